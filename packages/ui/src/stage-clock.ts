import { after, elapsed, type Instant, type Seconds, seconds } from '@lamplight/base';
import type { Catalogue } from '@lamplight/contracts';
import {
  type Assignment,
  type Call,
  CHAIN_INTERVALS,
  type ChainInterval,
  clockOf,
  INTERVALS,
  type Incident,
  isActive,
} from '@lamplight/domain';

/** An order that no crew has acknowledged within this time needs a hand again. */
export const ACKNOWLEDGEMENT_DUE = seconds(60);

/** From this share of its target on, a clock warns. */
const WARNS_FROM = 0.75;

/** The clock of the stage that an incident is in, against what the agency wants of it. */
export interface StageClock {
  readonly interval: ChainInterval;
  readonly since: Instant;
  readonly dueAt: Instant;
}

/** `calm` below three quarters of the target, `warning` up to it, `over` beyond. */
const STAGE_LEVELS = ['calm', 'warning', 'over'] as const;
export type StageLevel = (typeof STAGE_LEVELS)[number];

/** What clocks are measured by. */
export interface StageTargets {
  readonly targets: Catalogue['targets'];
  /** The family of an incident type, which says whose targets apply. */
  familyOf(typeCode: string): string | undefined;
}

export const NO_TARGETS: StageTargets = { targets: [], familyOf: () => undefined };

/** Families that each service's own targets are for. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  fire: ['fire', 'rescue', 'hazard'],
  medical: ['medical'],
};

/** Intervals that a crew has in hand. */
const CREW_INTERVALS: ReadonlySet<ChainInterval> = new Set([
  'turnout',
  'travel',
  'initiatingAction',
  'commitment',
]);

/** Priorities that count as urgent: targets for a city's urgent calls apply to them, and to what has none yet. */
const URGENT = 2;

/**
 * Of all intervals that run for an open incident and have a target, the one that is due first; `null` when none has.
 * Where several targets are set for an interval, the shortest counts: it is better to look up too soon. After an order
 * came to nothing, the time to the next one is measured as the time to the first was.
 */
export function stageClockOf(
  incident: Incident,
  calls: readonly Call[],
  assignments: readonly Assignment[],
  { targets, familyOf }: StageTargets,
): StageClock | null {
  if (incident.status !== 'open') return null;
  const clock = clockOf(incident, calls, assignments);
  const family = incident.typeCode === null ? undefined : familyOf(incident.typeCode);
  const limitOf = (interval: ChainInterval): Seconds | null => {
    const fitting = targets.filter(
      (target) => target.interval === interval && applies(target.scope, incident, family),
    );
    return fitting.length === 0 ? null : seconds(Math.min(...fitting.map((target) => target.seconds)));
  };
  const active = assignments.filter(isActive);
  let first: StageClock | null = null;
  const consider = (interval: ChainInterval, since: Instant | null, limit: Seconds | null): void => {
    if (since === null || limit === null) return;
    const dueAt = after(since, limit);
    if (first === null || dueAt < first.dueAt) first = { interval, since, dueAt };
  };

  for (const interval of CHAIN_INTERVALS) {
    const [from, to] = INTERVALS[interval];
    // Acknowledgements are watched for each order below, not only for the first.
    if (interval === 'acknowledgement' || clock[to] !== null) continue;
    // An incident that nobody called in has nothing to answer, and its clock begins when it was opened.
    if (calls.length === 0 && interval === 'alarmAnswering') continue;
    // An order that came to nothing leaves its stamps behind, and no crew that could be late.
    if (active.length === 0 && CREW_INTERVALS.has(interval)) continue;
    const called = calls.length > 0 || (from !== 'ring' && from !== 'answer');
    consider(interval, called ? clock[from] : incident.openedAt, limitOf(interval));
  }
  for (const { stage, stamps } of active) {
    if (stage === 'dispatched') consider('acknowledgement', stamps.dispatched ?? null, ACKNOWLEDGEMENT_DUE);
  }
  const cameToNothing = assignments.filter(({ stage }) => stage === 'declined' || stage === 'cancelled');
  if (active.length === 0 && cameToNothing.length > 0 && !isWorked(incident, assignments)) {
    const ended = cameToNothing.map(({ endedAt }) => endedAt).filter((at) => at !== null);
    const last = ended.reduce<Instant | null>((a, b) => (a === null || b > a ? b : a), null);
    consider('alarmProcessing', last, limitOf('alarmProcessing'));
  }
  return isWorked(incident, assignments) && active.length === 0 ? null : first;
}

const isWorked = (incident: Incident, assignments: readonly Assignment[]): boolean =>
  incident.stamps.resolved !== null || assignments.some(({ stage }) => stage === 'cleared');

function applies(scope: string, { priority }: Incident, family: string | undefined): boolean {
  if (scope === 'any') return true;
  // Whether a place lies in the city is not known; the target for it is the stricter one.
  if (scope === 'city') return (priority ?? 1) <= URGENT;
  return family !== undefined && (SERVICES[scope]?.includes(family) ?? false);
}

/** Where the clock stands: how far, and how much time is left (below zero: by how much it is over). */
export function readStageClock(
  { since, dueAt }: StageClock,
  now: Instant,
): { readonly level: StageLevel; readonly left: Seconds } {
  const left = elapsed(now, dueAt);
  const warnsAt = after(since, seconds(elapsed(since, dueAt) * WARNS_FROM));
  return { level: left < 0 ? 'over' : now >= warnsAt ? 'warning' : 'calm', left };
}
