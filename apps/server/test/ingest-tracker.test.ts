import type { PositionFix } from '@lamplight/adapters';
import {
  type Instant,
  instant,
  type LonLat,
  metres,
  metresPerSecond,
  offset,
  seconds,
} from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIntake } from '../src/ingest/intake.js';
import { TokenBuckets } from '../src/ingest/token-bucket.js';
import {
  createTracker,
  type PositionRow,
  type TrackedPosition,
  type TrackerOptions,
} from '../src/ingest/tracker.js';

const START = 1_769_846_400_000;
const HOME: LonLat = [-122.419416, 37.774929];

function setUp(options: Partial<TrackerOptions> = {}) {
  const clock = { at: START };
  const rows: PositionRow[] = [];
  const heard: TrackedPosition[] = [];
  const now = (): Instant => instant(clock.at);
  const tracker = createTracker({
    now,
    staleAfter: seconds(60),
    onFix: (position) => heard.push(position),
    onHistory: async (batch) => void rows.push(...batch),
    ...options,
  });
  const fixAt = (at: number, position: LonLat = HOME): PositionFix => ({ position, eventAt: instant(at) });
  return { clock, now, rows, heard, tracker, fixAt };
}

describe('the latest position of a unit', () => {
  it('is the newest fix, with both clocks and its age', () => {
    const { tracker, clock, heard } = setUp();
    const fix: PositionFix = {
      position: HOME,
      eventAt: instant(START - 2000),
      accuracy: metres(8),
      speed: metresPerSecond(12),
      bearing: 90,
      battery: 0.5,
    };
    expect(tracker.accept('u1', 'd1', fix, 'owntracks-mqtt')).toBe('latest');
    clock.at += 10_000;
    expect(tracker.findLatest('u1')).toEqual({
      unitId: 'u1',
      deviceId: 'd1',
      position: HOME,
      accuracy: 8,
      speed: 12,
      bearing: 90,
      battery: 0.5,
      eventTime: START - 2000,
      deviceTime: START - 2000,
      receiveTime: START,
      clockSuspect: false,
      implausible: false,
      source: 'owntracks-mqtt',
      age: 12,
      stale: false,
    });
    clock.at += 48_000;
    expect(tracker.findLatest('u1')).toMatchObject({ age: 60, stale: true });
    expect(heard).toHaveLength(1);
    expect(tracker.findLatest('u2')).toBeUndefined();
  });

  it('is not replaced by a fix that comes late, which still goes to history', async () => {
    const { tracker, clock, fixAt, rows } = setUp();
    clock.at += 60_000;
    expect(tracker.accept('u1', 'd1', fixAt(START + 50_000), 'osmand')).toBe('latest');
    expect(tracker.accept('u1', 'd1', fixAt(START + 20_000, offset(HOME, 50, 0)), 'osmand')).toBe('history');
    expect(tracker.findLatest('u1')).toMatchObject({ eventTime: START + 50_000, position: HOME });
    await tracker.flushHistory();
    expect(rows.map((row) => row.eventTime)).toEqual([START + 50_000, START + 20_000]);
    expect(rows[0]).toEqual({
      unitId: 'u1',
      deviceId: 'd1',
      eventTime: START + 50_000,
      receiveTime: START + 60_000,
      lon: HOME[0],
      lat: HOME[1],
      accuracy: undefined,
      speed: undefined,
      bearing: undefined,
      battery: undefined,
      source: 'osmand',
    });
  });

  it('is the same whatever the order in which fixes arrive', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 12 }, (_, i) => i),
          { minLength: 1 },
        ),
        (order) => {
          const { tracker, clock, fixAt } = setUp();
          clock.at += 60_000;
          for (const i of order)
            tracker.accept('u1', 'd1', fixAt(START + i * 1000, offset(HOME, i, 0)), 'osmand');
          expect(tracker.findLatest('u1')?.eventTime).toBe(START + Math.max(...order) * 1000);
          expect(tracker.counters.historyWaiting).toBe(order.length);
        },
      ),
      { seed: 3 },
    );
  });

  it('counts a fix that is sent twice once', () => {
    const { tracker, fixAt } = setUp();
    expect(tracker.accept('u1', 'd1', fixAt(START), 'owntracks-mqtt')).toBe('latest');
    expect(tracker.accept('u1', 'd1', fixAt(START), 'owntracks-mqtt')).toBe('duplicate');
    expect(tracker.counters).toMatchObject({ accepted: { latest: 1, duplicate: 1 }, historyWaiting: 1 });
  });
});

describe('a device whose clock is wrong', () => {
  it.each([
    ['more than a minute ahead', 60_001, true],
    ['a minute ahead', 60_000, false],
    ['a day behind', -86_400_000, false],
    ['more than a day behind', -86_400_001, true],
  ])('%s: suspect is %3$s', (_, skew, suspect) => {
    const { tracker, fixAt } = setUp();
    tracker.accept('u1', 'd1', fixAt(START + skew), 'osmand');
    const position = tracker.findLatest('u1');
    expect(position).toMatchObject({ clockSuspect: suspect, deviceTime: START + skew, receiveTime: START });
    expect(position?.eventTime).toBe(suspect ? START : Math.min(START, START + skew));
    expect(position?.age).toBeGreaterThanOrEqual(0);
    expect(tracker.counters.clockSuspect).toBe(suspect ? 1 : 0);
  });

  it('does not freeze its unit when it is put right', () => {
    const { tracker, clock, fixAt } = setUp();
    tracker.accept('u1', 'd1', fixAt(START + 50_000), 'osmand');
    clock.at += 1000;
    expect(tracker.accept('u1', 'd1', fixAt(START + 1000, offset(HOME, 10, 0)), 'osmand')).toBe('latest');
  });
});

describe('a jump', () => {
  it('is flagged above 100 m/s, and the position is shown all the same', () => {
    const { tracker, clock, fixAt } = setUp();
    clock.at += 100_000;
    tracker.accept('u1', 'd1', fixAt(START), 'osmand');
    tracker.accept('u1', 'd1', fixAt(START + 10_000, offset(HOME, 990, 0)), 'osmand');
    expect(tracker.findLatest('u1')?.implausible).toBe(false);
    tracker.accept('u1', 'd1', fixAt(START + 20_000, offset(HOME, 2000, 0)), 'osmand');
    expect(tracker.findLatest('u1')).toMatchObject({ implausible: true, eventTime: START + 20_000 });
    expect(tracker.counters.implausible).toBe(1);
  });

  it('is not seen in what the stated accuracy explains, nor between two devices of one unit', () => {
    const { tracker, clock, fixAt } = setUp();
    clock.at += 100_000;
    tracker.accept('u1', 'd1', fixAt(START), 'osmand');
    const coarse = { ...fixAt(START + 1000, offset(HOME, 3000, 0)), accuracy: metres(3000) };
    tracker.accept('u1', 'd1', coarse, 'osmand');
    tracker.accept('u1', 'd2', fixAt(START + 2000, offset(HOME, 9000, 0)), 'osmand');
    expect(tracker.counters.implausible).toBe(0);
  });
});

describe('limits', () => {
  it('drops what a device sends beyond its rate, and lets it go on later', () => {
    const { tracker, clock, fixAt } = setUp({ rate: { perSecond: 2, burst: 3 } });
    const send = (i: number) => tracker.accept('u1', 'd1', fixAt(START - 1000 + i), 'osmand');
    expect([1, 2, 3, 4].map(send)).toEqual(['latest', 'latest', 'latest', 'rate-limited']);
    expect(tracker.accept('u2', 'd2', fixAt(START), 'osmand')).toBe('latest');
    clock.at += 1000;
    expect([5, 6, 7].map(send)).toEqual(['latest', 'latest', 'rate-limited']);
    expect(tracker.counters.accepted['rate-limited']).toBe(2);
  });

  it('forgets buckets that are full again', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 2 });
    for (let i = 0; i < 5000; i++) expect(buckets.take(`k${i}`, instant(i * 10))).toBe(true);
    expect(buckets.take('k4999', instant(50_000))).toBe(true);
    expect(buckets.take('k4999', instant(50_000))).toBe(false);
    buckets.giveBack('k4999', instant(50_000));
    expect(buckets.take('k4999', instant(50_000))).toBe(true);
  });
});

describe('batches', () => {
  it('hold each changed unit once, with its newest position', () => {
    const { tracker, clock, fixAt } = setUp();
    clock.at += 10_000;
    for (let i = 0; i < 5; i++) tracker.accept('u1', 'd1', fixAt(START + i * 1000), 'osmand');
    tracker.accept('u2', 'd2', fixAt(START), 'osmand');
    expect(tracker.drainChanged().map(({ unitId, eventTime }) => [unitId, eventTime])).toEqual([
      ['u1', START + 4000],
      ['u2', START],
    ]);
    expect(tracker.drainChanged()).toEqual([]);
    tracker.accept('u1', 'd1', fixAt(START + 1500), 'osmand');
    expect(tracker.drainChanged()).toEqual([]);
    expect(tracker.listLatest()).toHaveLength(2);
  });

  it('of history are kept in order and tried again when the sink fails', async () => {
    let fails = true;
    const written: number[] = [];
    const { tracker, clock, fixAt } = setUp({
      onHistory: async (rows) => {
        if (fails) throw new Error('no database');
        written.push(...rows.map((row) => row.eventTime));
      },
    });
    clock.at += 10_000;
    tracker.accept('u1', 'd1', fixAt(START), 'osmand');
    await expect(tracker.flushHistory()).rejects.toThrow('no database');
    tracker.accept('u1', 'd1', fixAt(START + 1000), 'osmand');
    fails = false;
    await tracker.flushHistory();
    expect(written).toEqual([START, START + 1000]);
    expect(tracker.counters).toMatchObject({ historyWaiting: 0, historyLost: 0 });
  });

  it('of history lose the oldest rows, counted, when the sink fails for long', async () => {
    const { tracker, clock, fixAt } = setUp({
      historyLimit: 10,
      onHistory: () => Promise.reject(new Error('no database')),
    });
    clock.at += 100_000;
    for (let i = 0; i < 25; i++) {
      tracker.accept('u1', 'd1', fixAt(START + i * 1000), 'osmand');
      await tracker.flushHistory().catch(() => undefined);
    }
    expect(tracker.counters.historyWaiting).toBeLessThanOrEqual(10);
    expect(tracker.counters.historyLost + tracker.counters.historyWaiting).toBe(25);
  });
});

describe('the intake', () => {
  it('reads every protocol into the tracker and counts what gave no position by reason', () => {
    const { tracker, now } = setUp();
    const intake = createIntake({ tracker, now });
    const own = (message: object) => JSON.stringify({ tst: START / 1000 - 5, lat: 1, lon: 2, ...message });
    const took = [
      intake.take('d1', 'u1', { format: 'owntracks-mqtt', text: own({ _type: 'location' }) }),
      intake.take('d2', 'u2', { format: 'osmand-parameters', parameters: { id: 'd2', lat: '1', lon: '2' } }),
      intake.take('d1', 'u1', { format: 'owntracks-mqtt', text: own({ _type: 'lwt' }) }),
      intake.take('d1', 'u1', { format: 'owntracks-http', text: '{' }),
      intake.take('d1', 'u1', { format: 'osmand-parameters', parameters: { id: 'd2', lat: '1', lon: '2' } }),
      intake.take('d1', 'u1', { format: 'osmand-json', body: {} }),
    ];
    expect(took.map((result) => (result.ok ? result.value : result.error.code))).toEqual([
      'latest',
      'latest',
      'not-a-position',
      'malformed',
      'invalid-field',
      'missing-field',
    ]);
    expect(intake.counters).toMatchObject({ malformed: 1, 'not-a-position': 1, 'invalid-field': 1 });
    expect(tracker.findLatest('u2')).toMatchObject({ source: 'osmand', eventTime: START });
  });
});
