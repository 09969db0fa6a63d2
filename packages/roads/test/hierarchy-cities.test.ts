import { createRandom } from '@lamplight/base';
import { encodeOsmPbf, generateCity } from '@lamplight/simulation';
import { describe, expect, it } from 'vitest';
import {
  createMatrix,
  createPointQuery,
  createSweep,
  createUnitBuckets,
  prepareHierarchy,
  RestrictedSweep,
} from '../src/hierarchy/index.js';
import { buildNetwork, type RoadNetwork } from '../src/index.js';
import type { End, SearchGraph } from '../src/search/graph.js';
import { findSharedFile } from './fixtures/towns.js';
import { plainTimes, timeInto } from './graphs/dijkstra.js';
import { nodeGraph, turnGraph } from './graphs/network-graphs.js';

const SOURCES = 25;
const TARGETS = 100;

function networkOf(extract: Uint8Array): RoadNetwork {
  const built = buildNetwork(extract);
  if (!built.ok) throw new Error(built.error.message);
  return built.value.network;
}

/** Every query against a plain search from 25 places to 100 others: 2,500 pairs, a tenth of them with their ways. */
function expectExact(graph: SearchGraph, seed: string): void {
  const random = createRandom(seed);
  const places = (count: number): (readonly End[])[] =>
    Array.from({ length: count }, () =>
      Array.from({ length: 1 + random.integer(2) }, () => ({
        node: random.integer(graph.nodeCount),
        duration: random.integer(200),
      })),
    );
  const hierarchy = prepareHierarchy(graph);
  const query = createPointQuery(hierarchy);
  const sweep = createSweep(hierarchy);
  const units = createUnitBuckets(hierarchy);
  const sources = places(SOURCES);
  const targets = places(TARGETS);
  const expected = sources.map((ends) => {
    const times = plainTimes(graph.nodeCount, graph.leaving, ends);
    const swept = new Uint32Array(graph.nodeCount);
    sweep.times(ends, 'along', swept);
    expect(swept).toEqual(times);
    return targets.map((target) => timeInto(times, target));
  });

  for (const [row, source] of sources.entries()) {
    units.put(row, source);
    for (const [column, target] of targets.entries()) {
      const time = expected[row]?.[column];
      expect(query.time(source, target)).toBe(time);
      if (column % 10 !== 0) continue;
      const path = query.path(source, target);
      expect(path && timeOf(graph, source, target, path)).toBe(time);
    }
  }
  const out = new Uint32Array(SOURCES * TARGETS);
  createMatrix(hierarchy).times(sources, targets, out);
  expect([...out]).toEqual(expected.flat());
  for (const [column, target] of targets.entries()) {
    units.timesTo(target, out);
    expect([...out.subarray(0, SOURCES)]).toEqual(expected.map((row) => row[column]));
  }
}

/** What a way takes by the weights of its steps, or `undefined` when they do not follow one another. */
function timeOf(
  { leaving }: SearchGraph,
  sources: readonly End[],
  targets: readonly End[],
  path: { readonly source: number; readonly target: number; readonly steps: readonly number[] },
): number | undefined {
  let { node, duration: time } = sources[path.source] ?? { node: -1, duration: 0 };
  for (const step of path.steps) {
    if (step < (leaving.first[node] ?? Infinity) || step >= (leaving.first[node + 1] ?? 0)) return undefined;
    time += leaving.weight[step] ?? 0;
    node = leaving.node[step] ?? -1;
  }
  const target = targets[path.target];
  return target?.node === node ? time + target.duration : undefined;
}

describe('a generated city', () => {
  const network = networkOf(encodeOsmPbf(generateCity({ seed: 1, size: 6_000 })));

  it('has the times of a plain search between 2,500 pairs of places', () => {
    expectExact(nodeGraph(network), 'city');
  });

  it('has them with turns, too', () => {
    expectExact(turnGraph(network), 'city with turns');
  });

  it('fills a matrix of 200 by 200 by buckets as sweeps do one row at a time', () => {
    const graph = turnGraph(network);
    const random = createRandom('matrix');
    const places = Array.from({ length: 200 }, () => [
      { node: random.integer(graph.nodeCount), duration: random.integer(200) },
    ]);
    const hierarchy = prepareHierarchy(graph);
    const choice = new RestrictedSweep(hierarchy, 'along');
    choice.choose(places);
    expect(choice.size).toBeGreaterThan(3_000); // else sweeps would be cheaper, and be what is compared

    const out = new Uint32Array(200 * 200);
    createMatrix(hierarchy).times(places, places, out);
    const sweep = createSweep(hierarchy);
    const swept = new Uint32Array(graph.nodeCount);
    for (const [row, source] of places.entries()) {
      sweep.times(source, 'along', swept);
      const expected = places.map((target) => timeInto(swept, target));
      expect([...out.subarray(200 * row, 200 * (row + 1))]).toEqual(expected);
    }
  });
});

const sanFrancisco = findSharedFile('sf/roads.osm.pbf');

describe.skipIf(!sanFrancisco)('San Francisco (skipped where the shared data is absent)', () => {
  it('has the times of a plain search between 2,500 pairs of places', () => {
    expectExact(nodeGraph(networkOf(sanFrancisco ?? new Uint8Array())), 'San Francisco');
  });
});
