import { createRandom, distance, type LonLat, metres } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import {
  createMetric,
  createSnapper,
  createTravelTimes,
  type Metric,
  type Route,
  type Snap,
} from '../src/index.js';
import { createAlternatives } from '../src/search/alternatives.js';
import { networkOf, node, place, randomTown, way } from './fixtures/towns.js';

function snapAt({ network }: Metric, east: number, north: number): Snap {
  const { lon, lat } = place(east, north);
  const snapped = createSnapper(network).snap([lon, lat], { maxDistance: metres(5_000) });
  if (!snapped.ok) throw new Error(snapped.error.message);
  return snapped.value;
}

function find(metric: Metric, from: Snap, to: Snap, count = 3): readonly Route[] {
  const found = createAlternatives(metric).find(from, to, { count });
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

const directionsOf = ({ edges }: Route): number[] =>
  edges.map(({ edge, start, end }) => 2 * edge + (end < start ? 1 : 0));

/** Seconds of the parts of a route that lie on some directed edges. */
function secondsOn(route: Route, directions: ReadonlySet<number>): number {
  const own = directionsOf(route);
  return route.edges.reduce((sum, { point }, i) => {
    const next = route.edges[i + 1]?.point ?? route.times.length - 1;
    const duration = (route.times[next] ?? 0) - (route.times[point] ?? 0);
    return sum + (directions.has(own[i] ?? -1) ? duration : 0);
  }, 0);
}

/** Deciseconds between nodes of the search graph, by relaxing every step until nothing changes. */
function timesFrom({ graph: { leaving, nodeCount } }: Metric, source: number): number[] {
  const times = new Array<number>(nodeCount).fill(Infinity);
  times[source] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let from = 0; from < nodeCount; from++) {
      const time = times[from] ?? Infinity;
      if (time === Infinity) continue;
      for (let step = leaving.first[from] ?? 0; step < (leaving.first[from + 1] ?? 0); step++) {
        const to = leaving.node[step] ?? 0;
        const then = time + (leaving.weight[step] ?? 0);
        if (then < (times[to] ?? 0)) {
          times[to] = then;
          changed = true;
        }
      }
    }
  }
  return times;
}

describe('a01 alternatives on random towns', () => {
  const found: number[] = [];
  it.each(['x1', 'x2', 'x3', 'x4'])('begin with the fastest, differ, and make no detours: %s', (seed) => {
    const metric = createMetric(networkOf(randomTown(seed, 70)), { turns: false });
    const { arrays } = metric.network;
    const random = createRandom(seed);
    const times = createTravelTimes(metric);
    const known = new Map<number, number[]>();
    let several = 0;
    for (let question = 0; question < 12; question++) {
      const from = snapAt(metric, random.integer(2_000), random.integer(2_000));
      const to = snapAt(metric, random.integer(2_000), random.integer(2_000));
      const routes = find(metric, from, to, 4);
      const fastest = times.time(from, to);
      expect(routes[0]?.duration).toBe(fastest);
      expect(routes.length).toBeLessThanOrEqual(4);
      if (routes.length > 1) several++;
      routes.forEach((route, number) => {
        expect(distance(route.geometry[0] ?? [0, 0], from.position)).toBeLessThan(0.1);
        expect(distance(route.geometry.at(-1) ?? [0, 0], to.position)).toBeLessThan(0.1);
        expect(route.duration).toBeLessThanOrEqual(1.25 * fastest + 0.1);
        for (const better of routes.slice(0, number)) {
          const shared = secondsOn(route, new Set(directionsOf(better)));
          expect(shared).toBeLessThanOrEqual(0.7 * fastest + 0.1);
          expect(route.duration - shared).toBeLessThanOrEqual(1.25 * (better.duration - shared) + 0.1);
        }
        // Every part of at most a fifth of the fastest time is the fastest between its nodes.
        const nodes = route.edges.slice(1).map(({ edge, start, point }) => ({
          node: (start === 0 ? arrays.edgeFrom : arrays.edgeTo)[edge] ?? 0,
          time: Math.round(10 * (route.times[point] ?? 0)),
        }));
        nodes.forEach((a, i) => {
          const reach = known.get(a.node) ?? timesFrom(metric, a.node);
          known.set(a.node, reach);
          for (const b of nodes.slice(i + 1)) {
            if (b.time - a.time <= 2 * fastest) expect(reach[b.node]).toBe(b.time - a.time);
          }
        });
      });
    }
    found.push(several);
  });

  it('find some', () => {
    expect(found.some((several) => several > 0)).toBe(true);
  });

  it('also where turns take time', () => {
    const metric = createMetric(networkOf(randomTown('turns', 70)));
    const random = createRandom('turns');
    const times = createTravelTimes(metric);
    for (let question = 0; question < 20; question++) {
      const from = snapAt(metric, random.integer(2_000), random.integer(2_000));
      const to = snapAt(metric, random.integer(2_000), random.integer(2_000));
      const routes = find(metric, from, to);
      expect(routes[0]?.duration).toBe(times.time(from, to));
      for (const route of routes) {
        expect(route.duration).toBeLessThanOrEqual(1.25 * times.time(from, to) + 0.1);
        expect(lengthOf(route.geometry)).toBeCloseTo(route.length, 0);
      }
    }
  });
});

/**
 * From west to east by a middle way, by one in the north that takes a little longer, and by one far in the south. Side
 * streets make junctions on the latter two, so that they hold plateaus.
 */
const WAYS = networkOf({
  nodes: [
    node(1, -200, 0),
    node(2, 0, 0),
    node(3, 1_000, 0),
    node(4, 1_200, 0),
    node(5, 250, 125),
    node(6, 500, 250),
    node(7, 750, 125),
    node(8, 400, -1_600),
    node(9, 500, -2_000),
    node(10, 600, -1_600),
    ...[5, 7, 8, 10].map((beside, i) =>
      node(20 + beside, [250, 750, 350, 650][i] ?? 0, i < 2 ? 175 : -1_600),
    ),
  ],
  ways: [
    way(1, [1, 2]),
    way(2, [2, 3]),
    way(3, [3, 4]),
    way(4, [2, 5, 6, 7, 3]),
    way(5, [2, 8, 9, 10, 3]),
    ...[5, 7, 8, 10].map((beside) => way(20 + beside, [beside, 20 + beside])),
  ],
});

describe('a02 alternatives between three ways', () => {
  const metric = createMetric(WAYS, { turns: false });
  const west = snapAt(metric, -100, 0);
  const east = snapAt(metric, 1_100, 0);

  it('are those that do not take much longer', () => {
    const lengths = find(metric, west, east, 5).map(({ length }) => Math.round(length / 10));
    expect(lengths).toEqual([120, 132]);
  });

  it('are as many as asked for', () => {
    expect(find(metric, west, east, 1)).toHaveLength(1);
    const more = createAlternatives(metric).find(west, east, { count: 5, stretch: 4 });
    expect(more.ok && more.value).toHaveLength(3);
  });

  it('are the others when a street is closed', () => {
    const closed = createMetric(WAYS, { turns: false });
    const middle = snapAt(closed, 500, 0).edge;
    for (const arcs of [WAYS.arrays.edgeForwardArc, WAYS.arrays.edgeBackwardArc]) {
      const arc = arcs[middle] ?? 0;
      closed.setArc(arc, WAYS.arrays.arcDuration[arc] ?? 1, true);
    }
    expect(find(closed, west, east, 3).map(({ length }) => Math.round(length / 10))).toEqual([132]);
  });

  it('are none along one edge, or to where one is', () => {
    expect(find(metric, west, snapAt(metric, -20, 0))).toHaveLength(1);
    expect(find(metric, west, west).map(({ duration }) => duration)).toEqual([0]);
  });

  it('refuses what is no share', () => {
    expect(() => createAlternatives(metric).find(west, east, { stretch: -1 })).toThrow('stretch');
    expect(() => createAlternatives(metric).find(west, east, { sharing: Number.NaN })).toThrow('sharing');
  });
});

const lengthOf = (line: readonly LonLat[]): number =>
  line.slice(1).reduce((sum, to, i) => sum + distance(line[i] ?? to, to), 0);
