import { exhaustive, ok, type Result } from '@lamplight/base';
import type { ResponseState } from './board.js';
import type { ConditionCommand } from './commands.js';
import type { Context, Decision } from './decision.js';
import type { Refusal } from './refusals.js';
import { refuse } from './refuse.js';
import { phaseOf, type RoadCondition, type RoadEffect } from './road-condition.js';
import { findPlaceFault } from './road-place.js';

/** No condition begins further from now than this, or lasts longer at once: whoever means that, edits the map. */
export const CONDITION_PERIOD_LIMIT_MS = 366 * 24 * 3600 * 1000;

export function decideCondition(command: ConditionCommand, state: ResponseState, context: Context): Decision {
  const { at, by } = context;
  const id = command.conditionId;
  const condition = state.findCondition(id);

  if (command.type === 'DeclareRoadCondition') {
    if (condition) return refuse('condition-already-known', id);
    const { effect, place, matched, to, source, reason } = command;
    const from = command.from ?? at;
    const fault = findPlaceFault(place);
    if (fault) return refuse(fault.code, fault.subject);
    if (matched === 0) {
      return place.kind === 'street'
        ? refuse('street-unknown', place.name)
        : refuse('place-matches-nothing', 'place');
    }
    const wrong = judge({ id, place, effect, from, to }, state, context);
    if (wrong) return wrong;
    return ok([
      { type: 'RoadConditionDeclared', id, at, by, effect, place, matched, from, to, source, reason },
    ]);
  }

  if (!condition) return refuse('condition-unknown', id);
  switch (command.type) {
    case 'AmendRoadCondition': {
      const before = phaseOf(condition, at);
      if (before === 'ended') return refuse('condition-ended', id);
      const { effect, from, to, reason, place } = { ...condition, ...command.changes };
      const same = isSameEffect(effect, condition.effect) && from === condition.from && to === condition.to;
      if (same && reason === condition.reason) return ok([]);
      // When it has begun, units have been sent by it: its beginning is a fact.
      if (from !== condition.from && before === 'active') return refuse('condition-begun', 'from');
      const wrong = same ? undefined : judge({ id, place, effect, from, to }, state, context);
      return wrong ?? ok([{ type: 'RoadConditionAmended', id, at, by, effect, from, to, reason }]);
    }

    case 'LiftRoadCondition':
      if (condition.ended?.how === 'lifted') return ok([]);
      if (phaseOf(condition, at) === 'ended') return refuse('condition-ended', id);
      return ok([{ type: 'RoadConditionLifted', id, at, by, reason: command.reason }]);

    case 'ExpireRoadCondition':
      if (condition.ended !== null || condition.to === null || condition.to > at) return ok([]);
      return ok([{ type: 'RoadConditionExpired', id, at: condition.to, by }]);

    default:
      return exhaustive(command);
  }
}

type Wanted = Pick<RoadCondition, 'id' | 'place' | 'effect' | 'from' | 'to'>;

/** Refused when a condition would hold at no time or beyond reason, or says what another one says already. */
function judge(wanted: Wanted, state: ResponseState, { at }: Context): Result<never, Refusal> | undefined {
  const { effect, from, to } = wanted;
  if (effect.kind === 'slowed' && !(effect.factor > 0 && effect.factor <= 1)) {
    return refuse('condition-factor-invalid', 'effect.factor');
  }
  if (to !== null && (to <= from || to <= at)) return refuse('condition-period-empty', 'to');
  // One that has held for more than a year may go on: only what somebody sets now is judged.
  if (from !== state.findCondition(wanted.id)?.from && Math.abs(from - at) > CONDITION_PERIOD_LIMIT_MS) {
    return refuse('condition-period-too-long', 'from');
  }
  if (to !== null && to - Math.max(from, at) > CONDITION_PERIOD_LIMIT_MS) {
    return refuse('condition-period-too-long', 'to');
  }
  const twin = state
    .listConditions()
    .find((other) => phaseOf(other, at) !== 'ended' && isTwin(other, wanted));
  return twin && refuse('condition-duplicate', twin.id);
}

/** Whether another condition says the same of the same place for some of the same time. */
const isTwin = (other: RoadCondition, wanted: Wanted): boolean =>
  other.id !== wanted.id &&
  isSameEffect(other.effect, wanted.effect) &&
  (other.to === null || other.to > wanted.from) &&
  (wanted.to === null || wanted.to > other.from) &&
  JSON.stringify(placeKey(other)) === JSON.stringify(placeKey(wanted));

const isSameEffect = (a: RoadEffect, b: RoadEffect): boolean =>
  a.kind === 'slowed' ? b.kind === 'slowed' && a.factor === b.factor : b.kind === 'closed';

/** A place as a value to compare: fields in one order, names in one spelling. */
function placeKey({ place }: Pick<RoadCondition, 'place'>): readonly unknown[] {
  switch (place.kind) {
    case 'edges':
      return [place.kind, place.direction, place.edges.map(({ way, position }) => [way, position])];
    case 'street':
      return [place.kind, place.name.normalize('NFKC').trim().toLowerCase(), place.within];
    case 'polygon':
      return [place.kind, place.rings];
    case 'line':
      return [place.kind, place.direction, place.width, place.points];
  }
}
