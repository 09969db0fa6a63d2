import type { LonLat, Seconds } from '@lamplight/base';
import type { RecommendationView } from '@lamplight/contracts';
import type { RecordedResponse } from '@lamplight/simulation';

/** How a unit came to be sent in the place of a recorded one. */
export type ChoiceKind =
  /** The best free candidate of the recommendation of the wanted type. */
  | 'recommended'
  /** Free and of the wanted type, but the run card does not ask for it: the nearest by road. */
  | 'outside-run-card'
  /** Offered by the recommendation from work of lower priority. */
  | 'preempted'
  /** Nobody is free: the order waits on the stack of the unit of that type with the shortest one. */
  | 'stacked';

export interface Choice {
  readonly response: RecordedResponse;
  readonly unitId: string;
  readonly kind: ChoiceKind;
}

export interface ChoiceFacts {
  readonly recommendation: Pick<RecommendationView, 'candidates' | 'excluded'>;
  /** The type of each unit. */
  readonly typeOf: ReadonlyMap<string, string>;
  /** Units that are being sent elsewhere at this moment. */
  readonly reserved: ReadonlySet<string>;
  /** Orders that a unit has. */
  readonly stackSize: (unitId: string) => number;
  /** Whether the unit has an order of this incident already. */
  readonly isAssigned: (unitId: string) => boolean;
  readonly positionOf: (unitId: string) => LonLat | undefined;
  readonly timesTo: (origins: readonly LonLat[]) => readonly Seconds[];
}

/**
 * A unit for each recorded response, by our recommendation among those of the recorded type; no unit twice. Where
 * nobody of the type is free: off other work if the recommendation offers that, else onto a stack. A response for
 * which there is no unit at all is left out.
 */
export function chooseUnits(responses: readonly RecordedResponse[], facts: ChoiceFacts): Choice[] {
  const { recommendation, typeOf, reserved, isAssigned } = facts;
  const taken = new Set<string>();
  const choices: Choice[] = [];
  for (const response of responses) {
    const fits = (unitId: string): boolean =>
      typeOf.get(unitId) === response.unitType &&
      !taken.has(unitId) &&
      !reserved.has(unitId) &&
      !isAssigned(unitId);
    const candidates = recommendation.candidates.filter(({ unitId }) => fits(unitId));
    const free = candidates.find(({ divertFrom }) => divertFrom === null);
    const choice =
      choose(free?.unitId, 'recommended') ??
      choose(nearestOutside(fits, facts), 'outside-run-card') ??
      choose(candidates.find(({ divertFrom }) => divertFrom !== null)?.unitId, 'preempted') ??
      choose(shortestStack(fits, facts), 'stacked');
    if (!choice) continue;
    taken.add(choice.unitId);
    choices.push({ response, ...choice });
  }
  return choices;
}

const choose = (unitId: string | undefined, kind: ChoiceKind) =>
  unitId === undefined ? undefined : { unitId, kind };

/** Only what the run card does not ask for is excluded for that; such a unit is on duty and free. */
function nearestOutside(fits: (unitId: string) => boolean, facts: ChoiceFacts): string | undefined {
  const { recommendation, positionOf, timesTo } = facts;
  const free: { unitId: string; position: LonLat }[] = [];
  for (const { unitId, reason } of recommendation.excluded) {
    const position = reason === 'capability-not-needed' && fits(unitId) ? positionOf(unitId) : undefined;
    if (position) free.push({ unitId, position });
  }
  const times = timesTo(free.map(({ position }) => position));
  let best: string | undefined;
  let bestTime = Infinity;
  free.forEach(({ unitId }, index) => {
    const time = times[index] ?? Infinity;
    if (time < bestTime) [best, bestTime] = [unitId, time];
  });
  return best;
}

const CANNOT_BE_SENT: ReadonlySet<string> = new Set(['off-duty', 'unavailable', 'crew-too-small']);

function shortestStack(fits: (unitId: string) => boolean, facts: ChoiceFacts): string | undefined {
  const { recommendation, typeOf, stackSize } = facts;
  const barred = new Set(
    recommendation.excluded.filter(({ reason }) => CANNOT_BE_SENT.has(reason)).map(({ unitId }) => unitId),
  );
  let best: string | undefined;
  let least = Infinity;
  for (const unitId of typeOf.keys()) {
    if (!fits(unitId) || barred.has(unitId)) continue;
    const size = stackSize(unitId);
    if (size < least) [best, least] = [unitId, size];
  }
  return best;
}
