import { elapsed, type Instant, quantile, type Seconds, seconds } from '@lamplight/base';
import type { RecordedCall, RecordedResponse } from './recording.js';

/** The moments an incident, or one unit's part in it, is measured by. */
export interface IntervalStamps {
  readonly ring?: Instant | undefined;
  readonly answer?: Instant | undefined;
  readonly queued?: Instant | undefined;
  readonly dispatched?: Instant | undefined;
  readonly enroute?: Instant | undefined;
  readonly onScene?: Instant | undefined;
  readonly cleared?: Instant | undefined;
}

/** The standard names of the chain's intervals, in order. */
export const INTERVALS = {
  alarmAnswering: ['ring', 'answer'],
  entry: ['answer', 'queued'],
  alarmProcessing: ['answer', 'dispatched'],
  turnout: ['dispatched', 'enroute'],
  travel: ['enroute', 'onScene'],
  response: ['ring', 'onScene'],
  commitment: ['dispatched', 'cleared'],
} as const satisfies Record<string, readonly [keyof IntervalStamps, keyof IntervalStamps]>;

export type IntervalName = keyof typeof INTERVALS;

/** How long an interval took over many cases. Quantiles are absent where nothing was measured. */
export interface IntervalSummary {
  readonly n: number;
  /** Cases that lack one of the two stamps. */
  readonly missing: number;
  readonly p50?: Seconds;
  readonly p90?: Seconds;
  readonly p95?: Seconds;
  readonly p99?: Seconds;
}

export type IntervalReport = Readonly<Record<IntervalName, IntervalSummary>>;

/** Summarises each interval over the cases; quantiles by linear interpolation. */
export function summariseIntervals(cases: readonly IntervalStamps[]): IntervalReport {
  return {
    alarmAnswering: summarise(cases, 'alarmAnswering'),
    entry: summarise(cases, 'entry'),
    alarmProcessing: summarise(cases, 'alarmProcessing'),
    turnout: summarise(cases, 'turnout'),
    travel: summarise(cases, 'travel'),
    response: summarise(cases, 'response'),
    commitment: summarise(cases, 'commitment'),
  };
}

function summarise(cases: readonly IntervalStamps[], name: IntervalName): IntervalSummary {
  const [from, to] = INTERVALS[name];
  const values: number[] = [];
  for (const stamps of cases) {
    const start = stamps[from];
    const end = stamps[to];
    if (start !== undefined && end !== undefined) values.push(elapsed(start, end));
  }
  values.sort((a, b) => a - b);
  const n = values.length;
  const missing = cases.length - n;
  const [p50, p90, p95, p99] = [0.5, 0.9, 0.95, 0.99].map((p) => quantile(values, p));
  if (p50 === undefined || p90 === undefined || p95 === undefined || p99 === undefined) return { n, missing };
  return { n, missing, p50: seconds(p50), p90: seconds(p90), p95: seconds(p95), p99: seconds(p99) };
}

/**
 * A recorded call as an incident: first unit sent, first wheels rolling, first arrival, last unit free. A recording
 * that knows only when the call was received gives no time of ringing apart from answering: the interval between
 * them is missing, and response counts from the receipt.
 */
export function incidentStamps(call: RecordedCall): IntervalStamps {
  const { responses } = call;
  const cleared = responses.map((response) => response.clearedAt);
  return {
    ...callStamps(call),
    dispatched: first(responses.map((response) => response.dispatchAt)),
    enroute: first(responses.map((response) => response.enrouteAt)),
    onScene: first(responses.map((response) => response.onSceneAt)),
    cleared: cleared.includes(undefined) ? undefined : last(cleared),
  };
}

/** One unit's response, measured on its own stamps. */
export function responseStamps(call: RecordedCall, response: RecordedResponse): IntervalStamps {
  return {
    ...callStamps(call),
    dispatched: response.dispatchAt,
    enroute: response.enrouteAt,
    onScene: response.onSceneAt,
    cleared: response.clearedAt,
  };
}

const callStamps = (call: RecordedCall): IntervalStamps => ({
  ring: call.receivedAt,
  answer: call.receivedAt,
  queued: call.entryAt,
});

/** The report over calls: one case a call. */
export const recordedIncidentIntervals = (calls: readonly RecordedCall[]): IntervalReport =>
  withoutAnswering(summariseIntervals(calls.map(incidentStamps)));

/** The report over responses: one case a unit sent. */
export const recordedResponseIntervals = (calls: readonly RecordedCall[]): IntervalReport =>
  withoutAnswering(
    summariseIntervals(calls.flatMap((call) => call.responses.map((each) => responseStamps(call, each)))),
  );

/** Receipt stands for both ring and answer, so the nought between them is no measurement. */
const withoutAnswering = (report: IntervalReport): IntervalReport => ({
  ...report,
  alarmAnswering: { n: 0, missing: report.alarmAnswering.n + report.alarmAnswering.missing },
});

function first(moments: readonly (Instant | undefined)[]): Instant | undefined {
  return moments.reduce(
    (best, at) => (best === undefined || (at !== undefined && at < best) ? at : best),
    undefined,
  );
}

function last(moments: readonly (Instant | undefined)[]): Instant | undefined {
  return moments.reduce(
    (best, at) => (best === undefined || (at !== undefined && at > best) ? at : best),
    undefined,
  );
}
