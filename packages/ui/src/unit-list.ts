import { distance, type Instant, type LonLat, type Seconds, seconds } from '@lamplight/base';
import { isActive, isEnded, type StatusEffect, type Unit } from '@lamplight/domain';
import { ageOf, type UnitView, unitViewOf } from './board-selectors.js';
import type { BoardState } from './board-state.js';

/**
 * Lists the units in service by call sign, again and again as the board changes. A unit of which nothing changed keeps
 * its view, the same object, so that of 10,000 only those are drawn anew that are not as they were.
 */
export function createUnitList(): (board: BoardState, effectOf: StatusEffect) => readonly UnitView[] {
  let last: { readonly board: BoardState; readonly effectOf: StatusEffect } | null = null;
  let views: readonly UnitView[] = [];
  let order: readonly Unit[] = [];
  const known = new Map<string, UnitView>();

  return (board, effectOf) => {
    if (last?.effectOf !== effectOf) known.clear();
    else if (isSameWork(last.board, board)) return views;
    if (last?.board.units !== board.units) order = inOrder(board.units, order);
    last = { board, effectOf };
    views = order.map((unit) => {
      const view = unitViewOf(board, unit, effectOf);
      const before = known.get(unit.id);
      if (before && isSameView(before, view)) return before;
      known.set(unit.id, view);
      return view;
    });
    return views;
  };
}

const isSameWork = (a: BoardState, b: BoardState): boolean =>
  a.units === b.units && a.assignments === b.assignments && a.incidents === b.incidents;

const isSameView = (a: UnitView, b: UnitView): boolean =>
  a.unit === b.unit &&
  a.availability === b.availability &&
  a.assignment === b.assignment &&
  a.incident === b.incident &&
  a.stacked === b.stacked &&
  a.since === b.since;

/** Units in service, sorted anew only when one has come, gone or changed its call sign. */
function inOrder(units: ReadonlyMap<string, Unit>, before: readonly Unit[]): readonly Unit[] {
  const kept: Unit[] = [];
  let inService = 0;
  for (const unit of units.values()) if (!unit.retired) inService += 1;
  for (const { id, callSign } of before) {
    const unit = units.get(id);
    if (unit && !unit.retired && unit.callSign === callSign) kept.push(unit);
  }
  if (kept.length === inService && kept.length === before.length) return kept;
  return [...units.values()]
    .filter(({ retired }) => !retired)
    .map((unit) => ({ unit, key: sortKeyOf(unit.callSign) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ unit }) => unit);
}

/** So that `E9` comes before `E10`; comparing by `Intl.Collator` would take ten times as long for a whole city. */
const sortKeyOf = (callSign: string): string =>
  callSign.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(9, '0'));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What a unit is looked for by. */
export interface UnitFilter {
  readonly state: UnitState | null;
  readonly unitType: string | null;
  readonly capability: string | null;
  /** Words, each of which must be found in the call sign, the type, a capability or the name of a crew member. */
  readonly text: string;
}

export const UNIT_STATES = ['available', 'committed', 'other'] as const;
export type UnitState = (typeof UNIT_STATES)[number];

/** Whether a unit is free, on a call, or neither. */
export function unitStateOf({ availability }: UnitView): UnitState {
  switch (availability) {
    case 'available':
    case 'delayed':
      return 'available';
    case 'committed':
      return 'committed';
    case 'unavailable':
    case 'off-duty':
      return 'other';
  }
}

/** The units that fit. `capabilityName` gives the words in the reader's language. */
export function filterUnits(
  views: readonly UnitView[],
  filter: UnitFilter,
  capabilityName: (id: string) => string,
): readonly UnitView[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (view: UnitView): boolean => {
    const { unit } = view;
    if (filter.state !== null && unitStateOf(view) !== filter.state) return false;
    if (filter.unitType !== null && unit.unitType !== filter.unitType) return false;
    if (filter.capability !== null && !unit.capabilities.includes(filter.capability)) return false;
    if (words.length === 0) return true;
    const names = unit.capabilities.map(capabilityName);
    const text = [unit.callSign, unit.unitType, ...unit.capabilities, ...names, ...(unit.duty?.crew ?? [])]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return views.filter(fits);
}

export const UNIT_ORDERS = ['call-sign', 'longest', 'nearest'] as const;
export type UnitOrder = (typeof UNIT_ORDERS)[number];

/**
 * The units in another order: the longest in their state first, or the nearest to a place, as the crow flies, first.
 * Those of which that is not known come last.
 */
export function sortUnits(
  views: readonly UnitView[],
  order: UnitOrder,
  place: LonLat | null,
  fixes: BoardState['fixes'],
): readonly UnitView[] {
  const rank = (view: UnitView): number => {
    if (order === 'longest') return view.since ?? Number.POSITIVE_INFINITY;
    const position = fixes.get(view.unit.id)?.position ?? view.unit.home;
    return place && position ? distance(position, place) : Number.POSITIVE_INFINITY;
  };
  if (order === 'call-sign' || (order === 'nearest' && place === null)) return views;
  return views
    .map((view) => ({ view, rank: rank(view) }))
    .sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank))
    .map(({ view }) => view);
}

export const UNIT_GROUPINGS = ['none', 'state', 'station', 'type', 'capability'] as const;
export type UnitGrouping = (typeof UNIT_GROUPINGS)[number];

/** A group of units; `key` is a state, station, type or capability, and empty where a unit has none. */
export interface UnitGroup {
  readonly key: string;
  readonly views: readonly UnitView[];
}

/** The units by groups; one with several capabilities stands in the group of each. Groups come by their key. */
export function groupUnits(views: readonly UnitView[], grouping: UnitGrouping): readonly UnitGroup[] {
  if (grouping === 'none') return [{ key: '', views }];
  const groups = new Map<string, UnitView[]>();
  for (const view of views) {
    for (const key of keysOf(view, grouping)) {
      const group = groups.get(key);
      if (group) group.push(view);
      else groups.set(key, [view]);
    }
  }
  const rank = (key: string): string =>
    grouping === 'state' ? String(STATE_ORDER.indexOf(key)) : key === '' ? '\uffff' : key;
  return [...groups]
    .map(([key, members]) => ({ key, views: members }))
    .sort((a, b) => compare(rank(a.key), rank(b.key)));
}

const STATE_ORDER: readonly string[] = ['available', 'delayed', 'committed', 'unavailable', 'off-duty'];

function keysOf({ unit, availability }: UnitView, grouping: UnitGrouping): readonly string[] {
  switch (grouping) {
    case 'none':
      return [''];
    case 'state':
      return [availability];
    case 'station':
      return [unit.stationId ?? ''];
    case 'type':
      return [unit.unitType];
    case 'capability':
      return unit.capabilities.length > 0 ? unit.capabilities : [''];
  }
}

const minutes = (count: number): Seconds => seconds(count * 60);

/** How long a crew may be in a stage before somebody should ask after it. Starting values, not a standard's. */
const STAGE_LIMITS: Readonly<Partial<Record<string, Seconds>>> = {
  dispatched: minutes(1),
  acknowledged: minutes(2),
  enroute: minutes(20),
  staged: minutes(15),
  onScene: minutes(30),
  actionBegun: minutes(30),
  transporting: minutes(45),
  atDestination: minutes(20),
};
/** The same for a crew that can be sent only with a delay, such as at a meal. */
const DELAYED_LIMIT = minutes(45);

/** A share of the limit from which on its end is in sight. */
const NEAR = 0.75;

/** How the time a unit has been in its state stands to what is allowed for it. */
export interface TimeInState {
  readonly age: Seconds;
  readonly verdict: 'fine' | 'near' | 'over';
}

/** `null` where there is no telling, or no duty. */
export function timeInState(view: UnitView, now: Instant): TimeInState | null {
  if (view.since === null || view.availability === 'off-duty') return null;
  const age = ageOf(view.since, now);
  const limit = view.assignment
    ? STAGE_LIMITS[view.assignment.stage]
    : view.availability === 'delayed'
      ? DELAYED_LIMIT
      : undefined;
  const verdict = limit === undefined || age < limit * NEAR ? 'fine' : age < limit ? 'near' : 'over';
  return { age, verdict };
}

/** The units that would have to leave other work to be sent to an incident. */
export function listDiverted(
  board: BoardState,
  unitIds: readonly string[],
  incidentId: string,
): readonly { readonly unitId: string; readonly from: string }[] {
  const wanted = new Set(unitIds);
  return [...board.assignments.values()]
    .filter(
      (each) => wanted.has(each.unitId) && isActive(each) && !isEnded(each) && each.incidentId !== incidentId,
    )
    .map(({ unitId, incidentId: from }) => ({ unitId, from }));
}
