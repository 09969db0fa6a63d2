import { elapsed, type Instant, instant, type Seconds } from '@lamplight/base';
import type { Assignment, Call, Incident, ProgressStage } from './entities.js';

/** The fifteen stamps of the whole chain, by their standard names. `null` where it has not happened or is not known. */
export interface IncidentClock {
  readonly ring: Instant | null;
  readonly answer: Instant | null;
  readonly located: Instant | null;
  readonly classified: Instant | null;
  readonly queued: Instant | null;
  readonly recommended: Instant | null;
  readonly dispatched: Instant | null;
  readonly acknowledged: Instant | null;
  readonly enroute: Instant | null;
  readonly onScene: Instant | null;
  readonly actionBegun: Instant | null;
  readonly resolved: Instant | null;
  readonly cleared: Instant | null;
  readonly recovered: Instant | null;
  readonly settled: Instant | null;
}

/**
 * The clock of an incident with all its calls and assignments: the first ring, the first answer, the first unit
 * notified, and so on. An order that was cancelled or declined before the crew arrived is no arrival; but it counts
 * as a notification, for then the centre had done its part, and as rolling if the crew had left. So turnout and
 * travel of an incident may begin with one crew and end with another.
 */
export function clockOf(
  incident: Pick<Incident, 'stamps'>,
  calls: readonly Pick<Call, 'ringAt' | 'answeredAt'>[],
  assignments: readonly Pick<Assignment, 'stamps' | 'endedAt'>[],
): IncidentClock {
  const firstStage = (stage: ProgressStage): Instant | null =>
    earliest(assignments.map((assignment) => assignment.stamps[stage] ?? null));
  const open = assignments.some((assignment) => assignment.endedAt === null);
  const { located, classified, queued, recommended, resolved, recovered, settled } = incident.stamps;
  return {
    ring: earliest(calls.map((call) => call.ringAt)),
    answer: earliest(calls.map((call) => call.answeredAt)),
    located,
    classified,
    queued,
    recommended,
    dispatched: firstStage('dispatched'),
    acknowledged: firstStage('acknowledged'),
    enroute: firstStage('enroute'),
    onScene: firstStage('onScene'),
    actionBegun: firstStage('actionBegun'),
    resolved,
    cleared: open ? null : latest(assignments.map((assignment) => assignment.stamps.cleared ?? null)),
    recovered,
    settled,
  };
}

function earliest(stamps: readonly (Instant | null)[]): Instant | null {
  const known = stamps.filter((stamp) => stamp !== null);
  return known.length > 0 ? instant(Math.min(...known)) : null;
}

function latest(stamps: readonly (Instant | null)[]): Instant | null {
  const known = stamps.filter((stamp) => stamp !== null);
  return known.length > 0 ? instant(Math.max(...known)) : null;
}

/** Each interval runs from one stamp to another; the names follow NENA-STA-020 and NFPA 1225 and 1710. */
export const INTERVALS = {
  alarmAnswering: ['ring', 'answer'],
  entry: ['answer', 'queued'],
  alarmProcessing: ['answer', 'dispatched'],
  acknowledgement: ['dispatched', 'acknowledged'],
  turnout: ['dispatched', 'enroute'],
  travel: ['enroute', 'onScene'],
  initiatingAction: ['onScene', 'actionBegun'],
  response: ['ring', 'onScene'],
  commitment: ['dispatched', 'cleared'],
} as const satisfies Record<string, readonly [keyof IncidentClock, keyof IncidentClock]>;
export type ChainInterval = keyof typeof INTERVALS;

export const CHAIN_INTERVALS: readonly ChainInterval[] = [
  'alarmAnswering',
  'entry',
  'alarmProcessing',
  'acknowledgement',
  'turnout',
  'travel',
  'initiatingAction',
  'response',
  'commitment',
];

/** The interval in seconds; `undefined` when a stamp is missing, negative when the stamps contradict each other. */
export function intervalOf(clock: IncidentClock, name: ChainInterval): Seconds | undefined {
  const [from, to] = INTERVALS[name];
  const start = clock[from];
  const end = clock[to];
  return start === null || end === null ? undefined : elapsed(start, end);
}
