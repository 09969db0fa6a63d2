import { createRandom, distance, type LonLat, metres, seconds } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import {
  createMetric,
  createSnapper,
  createTravelTimes,
  positionAlong,
  prepareHierarchy,
  type RoadNetwork,
  type Route,
  type Snap,
} from '../src/index.js';
import { bellmanFord, plainGraph, turnGraph } from './fixtures/oracle.js';
import { networkOf, node, place, randomTown, SQUARE, way } from './fixtures/towns.js';

function snapAt(network: RoadNetwork, east: number, north: number): Snap {
  const { lon, lat } = place(east, north);
  const snapped = createSnapper(network).snap([lon, lat]);
  if (!snapped.ok) throw new Error(snapped.error.message);
  return snapped.value;
}

function routeOf(network: RoadNetwork, from: Snap, to: Snap, turns = false): Route {
  const route = createTravelTimes(createMetric(network, { turns })).route(from, to);
  if (!route.ok) throw new Error(route.error.message);
  return route.value;
}

/** Places on random edges: at ends, in the middle, several on one edge, some twice the same. */
function randomPlaces(network: RoadNetwork, seed: string, count: number): Snap[] {
  const random = createRandom(seed);
  const places: Snap[] = [];
  while (places.length < count) {
    const last = places.at(-1);
    const again = last !== undefined && random.next() < 0.3;
    // Streets that meet have edges near each other in number.
    const near = Math.min(network.edgeCount - 1, (last?.edge ?? 0) + random.integer(3));
    const edge = again ? random.pick([last.edge, near]) : random.integer(network.edgeCount);
    const fraction = random.pick([0, 1, random.next(), random.next(), random.next()]);
    places.push({ edge, fraction, position: [0, 0], distance: metres(0) });
    if (random.next() < 0.1 && last) places.push(last);
  }
  return places.slice(0, count);
}

describe('a01 times on a square of streets', () => {
  const network = networkOf(SQUARE);
  const times = createTravelTimes(createMetric(network, { turns: false }));
  const go = (from: Snap, to: Snap): number | undefined => times.oneToMany(from, [to])[0];

  it('drives a part of an edge in a part of its time', () => {
    // 60 m at 36 km/h
    expect(go(snapAt(network, 20, 0), snapAt(network, 80, 0))).toBeCloseTo(6, 1);
    expect(go(snapAt(network, 80, 0), snapAt(network, 20, 0))).toBeCloseTo(6, 1);
  });

  it('needs no time to where it is', () => {
    const here = snapAt(network, 50, 100);
    expect(go(here, here)).toBe(0);
  });

  it('goes with the one-way street directly and against it all the way round', () => {
    const east = snapAt(network, 80, 100);
    const west = snapAt(network, 20, 100);
    // The north street runs west: 60 m at 18 km/h.
    expect(go(east, west)).toBeCloseTo(12, 1);
    // 20 m on, down the alley (24 s), along Jiefang Road (10 s), up Bent Street (12 s), 20 m in.
    expect(go(west, east)).toBeCloseTo(4 + 24 + 10 + 12 + 4, 0);
  });

  it('leaves a node at the start of a one-way street by any street', () => {
    // At the north-west corner, given as the end of the one-way street and as the start of the alley: the same place.
    const byOneWay = { ...snapAt(network, 20, 100), fraction: 1 };
    const target = snapAt(network, 0, 50);
    expect(go(byOneWay, target)).toBeCloseTo(12, 1);
  });

  it('gives Infinity beyond the limit and the time up to it', () => {
    const from = snapAt(network, 0, 0);
    const to = snapAt(network, 100, 0);
    expect(times.oneToMany(from, [to], { limit: seconds(9.9) })).toEqual(Float64Array.of(Infinity));
    expect(times.oneToMany(from, [to], { limit: seconds(10) })).toEqual(Float64Array.of(10));
  });

  it('answers nothing for nothing', () => {
    const here = snapAt(network, 0, 0);
    expect(times.oneToMany(here, [])).toEqual(new Float64Array(0));
    expect(times.manyToOne([], here)).toEqual(new Float64Array(0));
    expect(times.matrix([], [here])).toEqual(new Float64Array(0));
    expect(times.nearest(here, [], 3)).toEqual([]);
    expect(times.nearest(here, [here], 0)).toEqual([]);
  });
});

describe.each([false, true])(
  'b01 times on random towns equal those of Bellman and Ford, turns: %s',
  (turns) => {
    const towns = Array.from({ length: 12 }, (_, i) => `town ${i}`);

    it.each(towns)('%s', (seed) => {
      const network = networkOf(randomTown(seed, 12 + 5 * (seed.length + towns.indexOf(seed))));
      const places = randomPlaces(network, seed, 30);
      const graph = (turns ? turnGraph : plainGraph)(network, places);
      const expected = places.map((_, from) => {
        const known = bellmanFord(graph, `place ${from}`);
        return places.map((_place, to) => (known.get(`place ${to}`) ?? Infinity) / 10);
      });
      const times = createTravelTimes(createMetric(network, { turns }));

      expect([...times.matrix(places, places)]).toEqual(expected.flat());
      expect([...times.matrix(places, places.slice(0, 5))]).toEqual(
        expected.flatMap((row) => row.slice(0, 5)),
      );
      places.forEach((here, i) => {
        expect([...times.oneToMany(here, places)]).toEqual(expected[i]);
        const towards = places.map((_, from) => expected[from]?.[i] ?? Infinity);
        expect([...times.manyToOne(places, here)]).toEqual(towards);

        const ranked = towards
          .map((duration, index) => ({ index, duration }))
          .sort((a, b) => a.duration - b.duration || a.index - b.index);
        for (const count of [1, 4, 100]) {
          expect(times.nearest(here, places, count)).toEqual(ranked.slice(0, count));
        }
        const limit = seconds(60);
        expect(times.nearest(here, places, 100, { limit })).toEqual(
          ranked.filter(({ duration }) => duration <= limit),
        );
        expect([...times.oneToMany(here, places, { limit })]).toEqual(
          expected[i]?.map((duration) => (duration <= limit ? duration : Infinity)),
        );
      });
    });
  },
);

describe.each([false, true])('b02 answers from a hierarchy are those of searches, turns: %s', (turns) => {
  it.each(['h1', 'h2', 'h3', 'h4'])('%s', (seed) => {
    const network = networkOf(randomTown(seed, 60));
    const places = randomPlaces(network, seed, 40);
    const metric = createMetric(network, { turns });
    const searched = createTravelTimes(metric);
    const prepared = createTravelTimes(metric);
    expect(prepared.isPrepared).toBe(false);
    expect(prepared.useHierarchy(prepareHierarchy(metric.graph))).toBe(true);
    expect(prepared.isPrepared).toBe(true);
    const check = (): void => {
      const limit = seconds(80);
      expect(prepared.matrix(places, places)).toEqual(searched.matrix(places, places));
      expect(prepared.matrix(places, places, { limit })).toEqual(searched.matrix(places, places, { limit }));
      for (const from of places.slice(0, 12)) {
        expect(prepared.oneToMany(from, places)).toEqual(searched.oneToMany(from, places));
        expect(prepared.manyToOne(places, from)).toEqual(searched.manyToOne(places, from));
        for (const to of places) {
          expect(prepared.time(from, to)).toBe(searched.time(from, to));
          const [ours, theirs] = [prepared.route(from, to), searched.route(from, to)];
          expect(ours.ok && ours.value.duration).toBe(theirs.ok && theirs.value.duration);
        }
      }
    };
    check();
    // A weight changes: searches answer at once, until a hierarchy for the new weights is given.
    metric.setArc(0, 900, false);
    metric.setArc(1, 10, true);
    expect(prepared.isPrepared).toBe(false);
    check();
    expect(prepared.useHierarchy(prepareHierarchy(createMetric(network, { turns }).graph))).toBe(false);
    expect(prepared.useHierarchy(prepareHierarchy(metric.graph))).toBe(true);
    check();
  });
});

describe('c01 routes', () => {
  it.each([
    ['r1', false],
    ['r2', false],
    ['r3', true],
    ['r4', true],
  ])('take the time of the search and hang together: town %s, turns: %s', (seed, turns) => {
    const network = networkOf(randomTown(seed, 60));
    const snapper = createSnapper(network);
    const random = createRandom(seed);
    const places: Snap[] = [];
    while (places.length < 25) {
      const { lon, lat } = place(random.integer(2_000), random.integer(2_000));
      const snapped = snapper.snap([lon, lat]);
      if (snapped.ok) places.push(snapped.value);
    }
    const times = createTravelTimes(createMetric(network, { turns }));
    for (const from of places) {
      const expected = times.oneToMany(from, places);
      places.forEach((to, index) => {
        const route = routeOf(network, from, to, turns);
        expect(route.duration).toBe(expected[index]);
        expect(route.times.at(-1)).toBe(route.duration);
        expect(route.times.length).toBe(route.geometry.length);
        expect(route.times.every((time, i) => time >= (route.times[i - 1] ?? 0))).toBe(true);
        expect(gapBetween(route.geometry[0], from.position)).toBeLessThan(0.01);
        expect(gapBetween(route.geometry.at(-1), to.position)).toBeLessThan(0.05);
        expect(lengthOf(route.geometry)).toBeCloseTo(route.length, 0);
        expect(sum(route.streets.map(({ length }) => length))).toBeCloseTo(route.length, 6);
        expect(sum(route.streets.map(({ duration }) => duration))).toBeCloseTo(route.duration, 6);
      });
    }
  });

  it('names the streets driven, one entry for as long as the name stays', () => {
    const network = networkOf(SQUARE);
    const route = routeOf(network, snapAt(network, 0, 50), snapAt(network, 190, 0));
    expect(route.streets.map(({ name }) => name?.local)).toEqual([undefined, '解放路', 'Stub <&> "Road"']);
    expect(route.streets.map(({ length }) => Math.round(length))).toEqual([50, 100, 90]);
    expect(route.duration).toBeCloseTo(12 + 10 + 6.5, 1);
  });

  it('runs through the bends of a street in either direction', () => {
    const network = networkOf(SQUARE);
    const south = snapAt(network, 100, 0);
    const north = snapAt(network, 100, 100);
    for (const [from, to] of [
      [south, north],
      [north, south],
    ] as const) {
      const bend = routeOf(network, from, to).geometry.map(([lon]) => lon);
      expect(Math.max(...bend)).toBe(place(120, 50).lon);
    }
  });

  it('has two points even where nothing is to be driven', () => {
    const network = networkOf(SQUARE);
    const here = snapAt(network, 30, 0);
    expect(routeOf(network, here, here)).toEqual({
      duration: 0,
      length: 0,
      geometry: [here.position, here.position],
      times: [0, 0],
      streets: [],
      edges: [],
    });
  });
});

describe('c02 a vehicle on a route', () => {
  const network = networkOf(SQUARE);
  const route = routeOf(network, snapAt(network, 20, 0), snapAt(network, 100, 100));

  it('is where the time says', () => {
    // 40 m of the first street after 4 s, still heading east.
    const { position, bearing } = positionAlong(route, seconds(4));
    expect(gapBetween(position, [place(60, 0).lon, place(60, 0).lat])).toBeLessThan(0.5);
    expect(bearing).toBeCloseTo(90, 0);
    expect(positionAlong(route, seconds(10)).bearing).toBeLessThan(45);
  });

  it('waits at the start and stays at the end', () => {
    expect(positionAlong(route, seconds(-5)).position).toEqual(route.geometry[0]);
    expect(positionAlong(route, seconds(0)).position).toEqual(route.geometry[0]);
    expect(positionAlong(route, seconds(1e6)).position).toEqual(route.geometry.at(-1));
    expect(positionAlong(route, route.duration).position).toEqual(route.geometry.at(-1));
  });

  it('never moves faster than the street allows', () => {
    for (let t = 0; t < route.duration; t += 0.5) {
      const from = positionAlong(route, seconds(t)).position;
      expect(gapBetween(from, positionAlong(route, seconds(t + 0.5)).position)).toBeLessThan(5.3);
    }
  });
});

describe('d01 searchers', () => {
  it('do not disturb one another, and forget the run before', () => {
    const network = networkOf(randomTown('searchers', 50));
    const places = randomPlaces(network, 'searchers', 40);
    const used = createTravelTimes(createMetric(network, { turns: false }));
    for (let i = 0; i < places.length; i++) {
      const here = places[i];
      if (!here) continue;
      const some = places.slice(0, 1 + (i % 17));
      expect(used.oneToMany(here, some)).toEqual(
        createTravelTimes(createMetric(network, { turns: false })).oneToMany(here, some),
      );
      expect(used.nearest(here, some, 2)).toEqual(
        createTravelTimes(createMetric(network, { turns: false })).nearest(here, some, 2),
      );
    }
  });

  it('take far more targets than the network has nodes', () => {
    const network = networkOf({ nodes: [node(1, 0, 0), node(2, 100, 0)], ways: [way(1, [1, 2])] });
    const places = randomPlaces(network, 'many', 500);
    const [first] = places;
    if (!first) throw new Error('no place');
    const durations = createTravelTimes(createMetric(network, { turns: false })).manyToOne(places, first);
    expect(durations.every((duration) => duration <= 12)).toBe(true);
    expect(
      createTravelTimes(createMetric(network, { turns: false })).nearest(first, places, 500),
    ).toHaveLength(500);
  });
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const gapBetween = (a: LonLat | undefined, b: LonLat | undefined): number =>
  a && b ? distance(a, b) : Infinity;

const lengthOf = (line: readonly LonLat[]): number =>
  sum(line.slice(1).map((to, index) => gapBetween(line[index], to)));
