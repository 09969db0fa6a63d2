import { seconds } from '@lamplight/base';
import { describe, expect, test } from 'vitest';
import {
  CHAIN_INTERVALS,
  type ChainInterval,
  type IncidentClock,
  type IntervalStatistics,
  intervalReport,
  type Target,
} from '../src/index.js';
import { t } from './support/scenario.js';

const NOTHING: IncidentClock = {
  ring: null,
  answer: null,
  located: null,
  classified: null,
  queued: null,
  recommended: null,
  dispatched: null,
  acknowledged: null,
  enroute: null,
  onScene: null,
  actionBegun: null,
  resolved: null,
  cleared: null,
  recovered: null,
  settled: null,
};
/** A call that rang at the start and was answered so many seconds later. */
const answered = (after: number): IncidentClock => ({ ...NOTHING, ring: t(0), answer: t(after) });
const target = (interval: Target['interval'], percentile: number, limit: number): Target => ({
  interval,
  scope: 'any',
  percentile,
  seconds: seconds(limit),
  source: 'a test',
});

function of(
  interval: ChainInterval,
  clocks: readonly IncidentClock[],
  targets: readonly Target[] = [],
): IntervalStatistics {
  const found = intervalReport(clocks, targets).find((each) => each.interval === interval);
  if (!found) throw new Error(`no ${interval}`);
  return found;
}

describe('the interval report', () => {
  test('has a line for every interval, in the order of the chain, also where nothing happened', () => {
    const report = intervalReport([], []);
    expect(report.map(({ interval }) => interval)).toEqual(CHAIN_INTERVALS);
    for (const line of report) {
      expect(line).toMatchObject({ n: 0, missing: 0, contradictory: 0, p50: null, p90: null, p99: null });
    }
  });

  test('gives percentiles, by interpolation between neighbours', () => {
    const clocks = [10, 2, 8, 4, 6].map(answered);
    expect(of('alarmAnswering', clocks)).toMatchObject({ n: 5, p50: 6, p90: 9.2, p95: 9.6 });
    expect(of('alarmAnswering', clocks).p99).toBeCloseTo(9.92, 9);
  });

  test('counts what is missing, and does not take it for zero', () => {
    const line = of('alarmAnswering', [answered(4), NOTHING, { ...NOTHING, ring: t(0) }]);
    expect(line).toMatchObject({ n: 1, missing: 2, contradictory: 0, p50: 4 });
  });

  test('counts what runs backwards, and never averages it in', () => {
    const line = of('alarmAnswering', [answered(4), answered(-3)], [target('alarmAnswering', 90, 15)]);
    expect(line).toMatchObject({ n: 1, missing: 0, contradictory: 1, p50: 4, targets: [{ reached: 1 }] });
  });

  test('takes no time at all for a time', () => {
    expect(of('alarmAnswering', [answered(0)])).toMatchObject({ n: 1, contradictory: 0, p50: 0 });
  });

  test('counts every incident once for every interval', () => {
    for (const { n, missing, contradictory } of intervalReport([answered(1), answered(-1), NOTHING], [])) {
      expect(n + missing + contradictory).toBe(3);
    }
  });
});

describe('a target', () => {
  test('is held against the share that came within it, the limit included', () => {
    const clocks = [10, 15, 16, 20].map(answered);
    expect(of('alarmAnswering', clocks, [target('alarmAnswering', 90, 15)]).targets).toEqual([
      { seconds: 15, share: 0.9, reached: 0.5, source: 'a test' },
    ]);
  });

  test('of several for one interval each stands for itself, and none for another interval', () => {
    const targets = [
      target('alarmAnswering', 90, 15),
      target('alarmAnswering', 95, 20),
      target('travel', 90, 240),
    ];
    const clocks = [10, 18].map(answered);
    expect(of('alarmAnswering', clocks, targets).targets.map(({ reached }) => reached)).toEqual([0.5, 1]);
    expect(of('entry', clocks, targets).targets).toEqual([]);
  });

  test('is not judged where there is nothing to judge', () => {
    expect(of('travel', [answered(4)], [target('travel', 90, 240)]).targets[0]?.reached).toBeNull();
  });
});
