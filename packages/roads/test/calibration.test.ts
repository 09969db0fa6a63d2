import {
  createRandom,
  elapsed,
  instant,
  type LonLat,
  offset,
  parseInstant,
  type Random,
  seconds,
} from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { findDrivenWay } from '../src/calibration/driven-way.js';
import {
  bandAt,
  type Calibration,
  DEFAULT_BANDS,
  durationsFor,
  etaOf,
  type FitOptions,
  fitCalibration,
  HOURS_OF_WEEK,
  hourOfWeek,
  judgeCalibration,
  type Trip,
  tripOfTrace,
  UNCALIBRATED,
} from '../src/calibration/index.js';
import { findRankCorrelation } from '../src/calibration/judge.js';
import { createPathFinder } from '../src/calibration/paths.js';
import {
  createMatcher,
  createMetric,
  createSnapper,
  createTravelTimes,
  positionAlong,
  type RoadNetwork,
} from '../src/index.js';
import { networkOf, node, place, randomTown, way } from './fixtures/towns.js';

/** Streets 120 m apart, 24 each way; every fourth one is a main road, the rest are residential; all at 36 km/h. */
const GRID = 24;
const BLOCK = 120;
const city = gridCity();

function gridCity(): RoadNetwork {
  const idOf = (column: number, row: number): number => 1 + column + GRID * row;
  const line = Array.from({ length: GRID }, (_, i) => i);
  const highway = (index: number): string => (index % 4 === 0 ? 'primary' : 'residential');
  return networkOf({
    nodes: line.flatMap((column) => line.map((row) => node(idOf(column, row), column * BLOCK, row * BLOCK))),
    ways: line.flatMap((index) => [
      way(
        1000 + index,
        line.map((row) => idOf(index, row)),
        { highway: highway(index), maxspeed: '36' },
      ),
      way(
        2000 + index,
        line.map((column) => idOf(column, index)),
        { highway: highway(index), maxspeed: '36' },
      ),
    ]),
  });
}

/** What is true in the test city. */
const TRUTH: Calibration = {
  ...UNCALIBRATED,
  source: 'fitted',
  turns: false,
  bands: DEFAULT_BANDS,
  speedFactor: {
    primary: DEFAULT_BANDS.map(({ id }) => (id === 'weekday-morning' ? 0.6 : 0.75)),
    residential: DEFAULT_BANDS.map(({ id }) => (id === 'weekday-morning' ? 0.8 : 1)),
  },
  delay: seconds(50),
  routineFactor: 1.3,
  spread: { below: { share: 0.15, seconds: seconds(10) }, above: { share: 0.25, seconds: seconds(10) } },
};

const anywhere = (random: Random): LonLat => {
  const { lon, lat } = place(random.next() * (GRID - 1) * BLOCK, random.next() * (GRID - 1) * BLOCK);
  return [lon, lat];
};

/** Trips that come about as the truth says. */
function drive(seed: string, count: number): Trip[] {
  const random = createRandom(seed);
  const snapper = createSnapper(city);
  const times = TRUTH.bands.map((_, band) =>
    createTravelTimes(createMetric(city, { turns: false, durations: durationsFor(city, TRUTH, band) })),
  );
  const trips: Trip[] = [];
  while (trips.length < count) {
    const [from, to] = [anywhere(random), anywhere(random)];
    const hour = random.integer(HOURS_OF_WEEK);
    const urgent = random.next() < 0.7;
    const [a, b] = [snapper.snap(from), snapper.snap(to)];
    const engine = times[bandAt(TRUTH, hour)];
    if (!a.ok || !b.ok || !engine) throw new Error('off the test city');
    const eta = etaOf(TRUTH, engine.time(a.value, b.value), { urgent });
    const duration = eta.quantile(0.0005 + 0.999 * random.next());
    trips.push({ from, to, hour, urgent, duration });
  }
  return trips;
}

function fit(trips: readonly Trip[], options: FitOptions = {}) {
  const fitted = fitCalibration(city, trips, { turns: false, ...options });
  if (!fitted.ok) throw new Error(fitted.error.message);
  return fitted.value;
}

const unseen = drive('unseen', 2_000);

describe('fitting a calibration', () => {
  const trips = drive('seen', 3_000);
  const { calibration } = fit(trips);

  it('finds the delay, the speeds of classes and bands, and the factor of routine trips', () => {
    const factor = (roadClass: 'primary' | 'residential', id: string): number =>
      calibration.speedFactor[roadClass]?.[calibration.bands.findIndex((band) => band.id === id)] ??
      Number.NaN;
    expect(calibration.delay).toBeGreaterThan(40);
    expect(calibration.delay).toBeLessThan(60);
    expect(Math.abs(calibration.routineFactor - 1.3)).toBeLessThan(0.04);
    expect(Math.abs(factor('primary', 'night') - 0.75)).toBeLessThan(0.05);
    expect(Math.abs(factor('residential', 'night') - 1)).toBeLessThan(0.07);
    expect(Math.abs(factor('primary', 'weekday-morning') - 0.6)).toBeLessThan(0.07);
    expect(Math.abs(factor('residential', 'weekday-morning') - 0.8)).toBeLessThan(0.07);
  });

  it('predicts trips that it has not seen: medians, ninth deciles and order', () => {
    const { overall, byDistance, byBand } = judgeCalibration(city, calibration, unseen);
    expect(overall.n).toBeGreaterThan(1_950);
    expect(Math.abs((overall.medianRatio ?? 0) - 1)).toBeLessThan(0.02);
    expect(Math.abs((overall.withinP90 ?? 0) - 0.9)).toBeLessThan(0.02);
    expect(Math.abs((overall.betweenP10P90 ?? 0) - 0.8)).toBeLessThan(0.03);
    expect(overall.rankCorrelation).toBeGreaterThan(0.8);
    for (const { measures } of [...byDistance, ...byBand]) {
      if (measures.n >= 100) expect(Math.abs((measures.medianRatio ?? 0) - 1)).toBeLessThan(0.08);
    }
  });

  it('is better than what is assumed of an agency without trips', () => {
    const assumed = judgeCalibration(city, { ...UNCALIBRATED, turns: false }, unseen).overall;
    const fitted = judgeCalibration(city, calibration, unseen).overall;
    expect(fitted.meanAbsoluteError ?? Infinity).toBeLessThan(assumed.meanAbsoluteError ?? 0);
  });

  it('comes to the same from the same trips', () => {
    const some = trips.slice(0, 400);
    expect(fit(some)).toEqual(fit(some));
  });

  it('is hardly moved by one trip in ten with a gross error', () => {
    const random = createRandom('errors');
    const spoilt = trips.map((trip) =>
      random.next() < 0.1
        ? { ...trip, duration: seconds(random.next() < 0.5 ? 12 : 6 * trip.duration) }
        : trip,
    );
    const { overall } = judgeCalibration(city, fit(spoilt).calibration, unseen);
    expect(Math.abs((overall.medianRatio ?? 0) - 1)).toBeLessThan(0.04);
    expect(overall.withinP90).toBeLessThan(0.96);
  });

  it.each([60, 200])('stays sensible with %i trips', (count) => {
    const few = fit(drive(`few-${count}`, count)).calibration;
    const { overall } = judgeCalibration(city, few, unseen);
    expect(Math.abs((overall.medianRatio ?? 0) - 1)).toBeLessThan(0.1);
    expect(Math.abs((overall.withinP90 ?? 0) - 0.9)).toBeLessThan(0.07);
  });

  it('puts the bands that have hardly any trips into one', () => {
    const nights = drive('nights', 1_500).map((trip, i) => ({
      ...trip,
      hour: i % 20 === 0 ? 12 : 24 * (i % 7) + 2,
    }));
    const { bands } = fit(nights).calibration;
    expect(bands.map(({ id }) => id)).toEqual(['night', 'weekday-midday', 'other']);
    expect(bands.flatMap(({ hours }) => hours).sort((a, b) => a - b)).toEqual(
      Array.from({ length: HOURS_OF_WEEK }, (_, hour) => hour),
    );
  });

  it('says why trips were left out, and refuses when too few are left', () => {
    const [trip] = trips;
    if (!trip) throw new Error('no trip');
    const wrong: Trip[] = [
      { ...trip, duration: seconds(3) },
      { ...trip, duration: seconds(3 * 3600) },
      { ...trip, duration: seconds(Number.NaN) },
      { ...trip, hour: 168 },
      { ...trip, from: [500, 0] },
      { ...trip, to: trip.from },
      { ...trip, from: [0, 0], to: [0.01, 0], duration: seconds(600) },
      { ...trip, from: offset(trip.to, 0, 1_500), duration: seconds(11) },
    ];
    expect(fitCalibration(city, [...wrong, ...trips.slice(0, 40)], { turns: false })).toEqual({
      ok: false,
      error: {
        code: 'too-few-trips',
        message: expect.stringContaining('50 are needed'),
        usable: 40,
        needed: 50,
        leftOut: {
          'too-short': 1,
          'too-long': 1,
          unreadable: 3,
          'same-place': 1,
          'off-network': 1,
          'too-fast': 1,
        },
      },
    });
  });
});

describe('a trace', () => {
  const slower: Calibration = { ...UNCALIBRATED, speedFactor: { primary: [0.9], residential: [0.75] } };
  const times = createTravelTimes(
    createMetric(city, { turns: false, durations: durationsFor(city, slower, 0) }),
  );
  const snapper = createSnapper(city);
  const start = parseInstant('2026-03-02T01:00:00Z');

  /** A vehicle that stands for a minute, drives the true way, and stands again; one fix every five seconds. */
  function record(from: LonLat, to: LonLat, wait = 60) {
    const [a, b] = [snapper.snap(from), snapper.snap(to)];
    if (!a.ok || !b.ok || !start.ok) throw new Error('off the test city');
    const route = times.route(a.value, b.value);
    if (!route.ok) throw new Error(route.error.message);
    const { duration } = route.value;
    return Array.from({ length: Math.ceil((duration + 2 * wait) / 5) }, (_, i) => ({
      at: instant(start.value + i * 5_000),
      position: positionAlong(route.value, seconds(Math.max(0, i * 5 - wait))).position,
    }));
  }

  it('gives the trip without the time of standing, at the hour of the agency', () => {
    const fixes = record(
      [place(0, 0).lon, place(0, 0).lat],
      [place(1_800, 1_200).lon, place(1_800, 1_200).lat],
    );
    const trip = tripOfTrace(fixes, 'Asia/Shanghai');
    if (!trip.ok) throw new Error(trip.error);
    expect(trip.value.hour).toBe(9);
    const [first] = fixes;
    const last = fixes.at(-1);
    const whole = first && last ? elapsed(first.at, last.at) : 0;
    expect(trip.value.duration).toBeLessThan(whole - 100);
    expect(trip.value.duration).toBeGreaterThan(whole - 150);
    expect(trip.value.fixes?.at(-1)?.at).toBe(trip.value.duration);
  });

  it('is taken apart like the way that it was recorded on, turns and all', () => {
    const metric = createMetric(city);
    const engine = createTravelTimes(metric);
    const matcher = createMatcher(metric);
    const random = createRandom('taken apart');
    for (let count = 0; count < 30; count++) {
      const [a, b] = [snapper.snap(anywhere(random)), snapper.snap(anywhere(random))];
      const route = a.ok && b.ok ? engine.route(a.value, b.value) : undefined;
      if (!route?.ok || route.value.length < 500) continue;
      const { value } = route;
      const fixes = Array.from({ length: Math.floor(value.duration) + 1 }, (_, at) => ({
        at: seconds(at),
        position: positionAlong(value, seconds(at)).position,
      }));
      const way = findDrivenWay(metric, matcher, fixes);
      expect(Math.abs((way?.path.metres ?? 0) - value.length)).toBeLessThan(15);
      expect(Math.abs((way?.path.duration ?? 0) - value.duration)).toBeLessThan(3);
      for (const leg of way?.legs ?? []) {
        expect(leg.path.metres).toBeGreaterThan(390);
        expect(Math.abs(leg.path.duration - leg.seconds)).toBeLessThan(6);
      }
    }
  });

  it('tells the speeds of classes from its legs, where two stamps would leave them to belief', () => {
    const random = createRandom('traces');
    const trips = Array.from({ length: 120 }, () => {
      // Straight along one street, so that there is one way only.
      const [street, block] = [random.integer(GRID), random.integer(12)];
      const from = place(street * BLOCK, block * BLOCK);
      const to = place(street * BLOCK, (block + 10) * BLOCK);
      const noisy = record([from.lon, from.lat], [to.lon, to.lat], 20).map(({ at, position }) => ({
        at,
        position: offset(position, random.normal(0, 5), random.normal(0, 5)),
      }));
      const trip = tripOfTrace(noisy, 'UTC');
      return trip.ok ? [trip.value] : [];
    }).flat();
    const { speedFactor } = fit(trips).calibration;
    expect(Math.abs((speedFactor.primary?.[0] ?? 0) - 0.9)).toBeLessThan(0.05);
    expect(Math.abs((speedFactor.residential?.[0] ?? 0) - 0.75)).toBeLessThan(0.05);
  });

  it.each([
    ['of two fixes', [0, 5].map((i) => ({ at: instant(i), position: [0, i / 100] as const })), 'has 2 fixes'],
    [
      'that goes back in time',
      [3, 2, 1].map((i) => ({ at: instant(i), position: [0, i / 100] as const })),
      'fix 2',
    ],
    ['off the Earth', [0, 1, 2].map((i) => ({ at: instant(i), position: [0, 91 + i] as const })), 'fix 1'],
    [
      'of a vehicle that stands',
      [0, 1, 2].map((i) => ({ at: instant(i), position: [0, 0] as const })),
      'never',
    ],
  ])('%s is refused with the reason', (_, fixes, reason) => {
    expect(tripOfTrace(fixes, 'UTC')).toEqual({ ok: false, error: expect.stringContaining(reason) });
  });
});

describe('the ways of trips', () => {
  it.each([true, false])('take the time that every other search gives, turns %s, and add up', (turns) => {
    const network = networkOf(randomTown('calibration', 60));
    const metric = createMetric(network, { turns });
    const finder = createPathFinder(metric);
    const times = createTravelTimes(metric);
    const random = createRandom('ways');
    const snapper = createSnapper(network);
    const snaps = Array.from({ length: 40 }, () => {
      const { lon, lat } = place(random.integer(2_000), random.integer(2_000));
      const snap = snapper.snap([lon, lat]);
      return snap.ok ? [snap.value] : [];
    }).flat();
    for (const from of snaps.slice(0, 12)) {
      const expected = times.oneToMany(from, snaps);
      const routes = snaps.map((to) => times.route(from, to));
      finder.find(from, snaps).forEach((path, i) => {
        const route = routes[i];
        expect(path?.duration ?? Infinity).toBe(expected[i]);
        if (!path || !route?.ok) return;
        expect(path.metres).toBeCloseTo(route.value.length, 3);
        const sum = path.turning + path.freeFlow.reduce((total, part) => total + part, 0);
        expect(Math.abs(sum - path.duration)).toBeLessThan(0.11);
      });
    }
  });
});

describe('judging', () => {
  it('ranks as counting pairs by hand does, ties included', () => {
    expect(findRankCorrelation([1, 2, 3, 4], [10, 20, 30, 40])).toBeCloseTo(1);
    expect(findRankCorrelation([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1);
    // Ranks 1.5 1.5 3 4 against 1 2 3.5 3.5: covariance 4, squares 4.5 and 4.5.
    expect(findRankCorrelation([5, 5, 6, 7], [1, 2, 3, 3])).toBeCloseTo(4 / 4.5);
    expect(findRankCorrelation([1, 1], [1, 2])).toBeUndefined();
  });

  it('counts what it leaves out and gives no figures where there are no trips', () => {
    const [trip] = unseen;
    if (!trip) throw new Error('no trip');
    const judged = judgeCalibration(city, TRUTH, [{ ...trip, duration: seconds(0) }]);
    expect(judged).toMatchObject({
      overall: { n: 0 },
      byDistance: [],
      byHour: [],
      leftOut: { 'too-short': 1 },
    });
  });
});

describe('hours of the week', () => {
  it('begin on Monday at midnight by the clock of the zone, through a change of the clocks', () => {
    const hourAt = (text: string, zone: string): number => {
      const at = parseInstant(text);
      return at.ok ? hourOfWeek(at.value, zone) : Number.NaN;
    };
    expect(hourAt('2026-03-02T00:30:00Z', 'UTC')).toBe(0);
    expect(hourAt('2026-03-01T23:30:00Z', 'UTC')).toBe(167);
    expect(hourAt('2026-03-01T16:30:00Z', 'Asia/Shanghai')).toBe(0);
    expect(hourAt('2026-03-08T09:59:00Z', 'America/Los_Angeles')).toBe(6 * 24 + 1);
    expect(hourAt('2026-03-08T10:01:00Z', 'America/Los_Angeles')).toBe(6 * 24 + 3);
  });

  it('are each in one of the default bands', () => {
    expect(DEFAULT_BANDS.flatMap(({ hours }) => hours).sort((a, b) => a - b)).toEqual(
      Array.from({ length: HOURS_OF_WEEK }, (_, hour) => hour),
    );
  });

  it('must not be in two bands that are given', () => {
    const bands = [
      { id: 'a', hours: [1, 2] },
      { id: 'b', hours: [2] },
    ];
    expect(() => fit(unseen.slice(0, 60), { bands })).toThrow('hour 2 is in two bands');
  });
});
