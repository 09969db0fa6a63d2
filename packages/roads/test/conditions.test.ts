import { createRandom, type LonLat, metres } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import {
  createAreaFinder,
  createMetric,
  createRoadConditions,
  createTravelTimes,
  listEdges,
  type Metric,
  type RoadEffect,
  type Snap,
} from '../src/index.js';
import { networkOf, place, randomTown, SQUARE } from './fixtures/towns.js';

const at = (east: number, north: number): LonLat => [place(east, north).lon, place(east, north).lat];

describe('areas', () => {
  const network = networkOf(SQUARE);
  const find = createAreaFinder(network);
  const edges = [...listEdges(network)];
  const named = (name: string): number[] =>
    edges.filter((edge) => edge.name?.local === name).map(({ edge }) => edge);

  it('finds a street by its name in either language, whatever the case', () => {
    expect(find({ kind: 'street', name: '解放路' })).toEqual(named('解放路'));
    expect(find({ kind: 'street', name: ' jiefang ROAD ' })).toEqual(named('解放路'));
    expect(find({ kind: 'street', name: 'Nowhere Street' })).toEqual([]);
    expect(named('解放路').length).toBeGreaterThan(0);
  });

  it('finds part of a street within a box', () => {
    const all = named('解放路');
    const [west, south] = at(-5, -5);
    const [east, north] = at(50, 5);
    const some = find({ kind: 'street', name: '解放路', bounds: [west, south, east, north] });
    expect(some.length).toBeGreaterThan(0);
    expect(all).toEqual(expect.arrayContaining([...some]));
  });

  it('finds what a polygon touches, also where no point of the street lies in it, and spares its hole', () => {
    // A thin strip across the middle of the south street, between its ends.
    const strip = [at(45, -10), at(55, -10), at(55, 10), at(45, 10)];
    const touched = find({ kind: 'polygon', rings: [strip] });
    expect(touched.map((edge) => edges[edge]?.name?.local)).toEqual(['解放路']);
    const outer = [at(-40, -40), at(140, -40), at(140, 40), at(-40, 40)];
    const hole = [at(-20, -20), at(120, -20), at(120, 20), at(-20, 20)];
    const around = find({ kind: 'polygon', rings: [outer, hole] });
    expect(around.length).toBeGreaterThan(0);
    expect(around).not.toEqual(expect.arrayContaining([...touched]));
  });

  it('finds the streets a line runs along and not those it crosses', () => {
    const along = find({ kind: 'line', points: [at(2, 3), at(98, -3)], width: metres(12) });
    expect(along.map((edge) => edges[edge]?.name?.local)).toEqual(['解放路']);
    // A short line on a long street still means that street.
    expect(find({ kind: 'line', points: [at(40, 2), at(48, 2)], width: metres(12) })).toEqual(along);
  });

  it('finds an edge by its way and a position, also when the way was cut into several', () => {
    for (const { edge, way, geometry } of edges) {
      const [a, b] = geometry;
      if (!a || !b) continue;
      const position: LonLat = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      expect(find({ kind: 'edges', edges: [{ way, position }] })).toEqual([edge]);
    }
    expect(find({ kind: 'edges', edges: [{ way: -1, position: at(0, 0) }] })).toEqual([]);
  });
});

describe.each([false, true])('conditions, turns: %s', (turns) => {
  const spot = (edge: number): Snap => ({ edge, fraction: 0.5, position: [0, 0], distance: metres(0) });

  it.each(['c1', 'c2'])('leave a metric as if its streets had always been so: %s', (seed) => {
    const network = networkOf(randomTown(seed, 50));
    const metric = createMetric(network, { turns });
    const conditions = createRoadConditions(metric);
    const used = createTravelTimes(metric);
    const random = createRandom(seed);
    const places = Array.from({ length: 12 }, () => spot(random.integer(network.edgeCount)));
    const before = used.matrix(places, places);

    for (let round = 0; round < 15; round++) {
      const effects: RoadEffect[] = Array.from({ length: random.integer(4) }, () => ({
        edges: Array.from({ length: 1 + random.integer(8) }, () => random.integer(network.edgeCount)),
        direction: random.pick(['both', 'along', 'against'] as const),
        effect: random.next() < 0.5 ? 'closed' : { speedFactor: 0.2 + 0.8 * random.next() },
      }));
      conditions.apply(effects);
      expect(conditions.apply(effects)).toBe(0);
      expect(used.matrix(places, places)).toEqual(createTravelTimes(rebuilt(metric)).matrix(places, places));
    }
    conditions.apply([]);
    expect(used.matrix(places, places)).toEqual(before);
  });

  it('stay when the usual times change, and still go', () => {
    const network = networkOf(randomTown('rebase', 40));
    const metric = createMetric(network, { turns });
    const conditions = createRoadConditions(metric);
    const [slowed = 0, shut = 0] = [...listEdges(network)].flatMap(({ edge, direction }) =>
      direction === 'backward' ? [] : [edge],
    );
    conditions.apply([
      { edges: [slowed], effect: { speedFactor: 0.5 } },
      { edges: [shut], effect: 'closed' },
    ]);
    const slower = network.arrays.arcDuration.map((duration) => 2 * duration);
    expect(conditions.rebase(slower)).toBeGreaterThan(0);
    const arc = network.arrays.edgeForwardArc[slowed] ?? 0;
    expect(metric.durations[arc]).toBe(4 * (network.arrays.arcDuration[arc] ?? 0));
    expect(metric.closed[network.arrays.edgeForwardArc[shut] ?? 0]).toBe(1);
    conditions.apply([]);
    expect(metric.durations).toEqual(slower);
    expect(metric.closed.every((closed) => closed === 0)).toBe(true);
  });

  it('let a closed street be reached and left at its own places, and not be driven through', () => {
    const network = networkOf(SQUARE);
    const metric = createMetric(network, { turns });
    const times = createTravelTimes(metric);
    const south = [...listEdges(network)].filter((edge) => edge.name?.local === '解放路');
    const [edge] = south;
    if (!edge) throw new Error('the square has no south street');
    createRoadConditions(metric).apply([{ edges: south.map((row) => row.edge), effect: 'closed' }]);
    const inside = spot(edge.edge);
    for (const other of listEdges(network)) {
      const outside = spot(other.edge);
      expect(times.time(outside, inside)).toBeLessThan(Infinity);
      expect(times.time(inside, outside)).toBeLessThan(Infinity);
      const route = times.route(outside, { ...outside, fraction: 0.5 });
      expect(route.ok).toBe(true);
    }
  });
});

/** A metric made from nothing with the durations and closures of another. */
function rebuilt(metric: Metric): Metric {
  const fresh = createMetric(metric.network, { turns: metric.turns, durations: metric.durations.slice() });
  metric.closed.forEach((closed, arc) => {
    if (closed === 1) fresh.setArc(arc, metric.durations[arc] ?? 1, true);
  });
  return fresh;
}
