import { createRandom, type Random } from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createMatrix,
  createPointQuery,
  createSweep,
  createUnitBuckets,
  type HierarchyPath,
  prepareHierarchy,
  RestrictedSweep,
  UNREACHABLE,
} from '../src/hierarchy/index.js';
import { CLOSED, type End, type SearchGraph } from '../src/search/graph.js';
import { plainTimes, timeInto } from './graphs/dijkstra.js';
import { randomGraph, searchGraphOf } from './graphs/search-graph.js';

/** A graph of up to 60 nodes with between none and some four steps for each. */
const graphs = fc.record({ seed: fc.integer(), nodes: fc.integer({ min: 1, max: 60 }), density: fc.nat(4) });
const RUNS = { seed: 20_261_124, numRuns: 60 };

function randomEnds(random: Random, { nodeCount }: SearchGraph): End[] {
  return Array.from({ length: 1 + random.integer(4) }, () => ({
    node: random.integer(nodeCount),
    duration: random.integer(30),
  }));
}

/** Checks that a way holds together, step by step, and takes what it says. */
function expectWay(
  { leaving }: SearchGraph,
  path: HierarchyPath,
  sources: readonly End[],
  targets: readonly End[],
): void {
  let node = sources[path.source]?.node;
  let time = sources[path.source]?.duration ?? Number.NaN;
  for (const step of path.steps) {
    if (node === undefined) throw new Error('the way starts nowhere');
    expect(step).toBeGreaterThanOrEqual(leaving.first[node] ?? Number.NaN);
    expect(step).toBeLessThan(leaving.first[node + 1] ?? Number.NaN);
    expect(leaving.weight[step]).not.toBe(CLOSED);
    time += leaving.weight[step] ?? Number.NaN;
    node = leaving.node[step];
  }
  expect(node).toBe(targets[path.target]?.node);
  expect(time + (targets[path.target]?.duration ?? Number.NaN)).toBe(path.time);
}

describe('a hierarchy of any graph', () => {
  it('answers from point to point as a plain search does, by a way that takes as long', () => {
    fc.assert(
      fc.property(graphs, ({ seed, nodes, density }) => {
        const random = createRandom(seed);
        const graph = randomGraph(random, nodes, density * nodes);
        const query = createPointQuery(prepareHierarchy(graph));
        for (let i = 0; i < 20; i++) {
          const sources = randomEnds(random, graph);
          const times = plainTimes(nodes, graph.leaving, sources);
          for (let j = 0; j < 5; j++) {
            const targets = randomEnds(random, graph);
            const expected = timeInto(times, targets);
            expect(query.time(sources, targets)).toBe(expected);
            const path = query.path(sources, targets);
            expect(path?.time ?? UNREACHABLE).toBe(expected);
            if (path) expectWay(graph, path, sources, targets);
          }
        }
      }),
      RUNS,
    );
  });

  it('answers for all nodes at once, in both directions', () => {
    fc.assert(
      fc.property(graphs, ({ seed, nodes, density }) => {
        const random = createRandom(seed);
        const graph = randomGraph(random, nodes, density * nodes);
        const sweep = createSweep(prepareHierarchy(graph));
        const out = new Uint32Array(nodes);
        for (let i = 0; i < 10; i++) {
          const ends = randomEnds(random, graph);
          sweep.times(ends, 'along', out);
          expect(out).toEqual(plainTimes(nodes, graph.leaving, ends));
          sweep.times(ends, 'against', out);
          expect(out).toEqual(plainTimes(nodes, graph.entering, ends));
        }
      }),
      RUNS,
    );
  });

  it('answers for a chosen list, and then for another', () => {
    fc.assert(
      fc.property(graphs, ({ seed, nodes, density }) => {
        const random = createRandom(seed);
        const graph = randomGraph(random, nodes, density * nodes);
        const hierarchy = prepareHierarchy(graph);
        for (const direction of ['along', 'against'] as const) {
          const sweep = new RestrictedSweep(hierarchy, direction);
          for (let i = 0; i < 4; i++) {
            const list = Array.from({ length: random.integer(8) }, () => randomEnds(random, graph));
            const out = new Uint32Array(list.length);
            sweep.choose(list);
            for (let j = 0; j < 4; j++) {
              const ends = randomEnds(random, graph);
              const times = plainTimes(nodes, direction === 'along' ? graph.leaving : graph.entering, ends);
              sweep.times(ends, out);
              expect([...out]).toEqual(list.map((item) => timeInto(times, item)));
            }
          }
        }
      }),
      RUNS,
    );
  });

  it('keeps units up to date while they come, move and go', () => {
    fc.assert(
      fc.property(graphs, ({ seed, nodes, density }) => {
        const random = createRandom(seed);
        const graph = randomGraph(random, nodes, density * nodes);
        const buckets = createUnitBuckets(prepareHierarchy(graph));
        const units: (readonly End[] | undefined)[] = [];
        for (let i = 0; i < 60; i++) {
          const unit = random.integer(12);
          const ends = random.integer(4) === 0 ? undefined : randomEnds(random, graph);
          if (ends) buckets.put(unit, ends);
          else buckets.remove(unit);
          units[unit] = ends;
          if (i % 6 !== 5) continue;
          const targets = randomEnds(random, graph);
          const times = plainTimes(nodes, graph.entering, targets);
          const out = new Uint32Array(buckets.capacity);
          buckets.timesTo(targets, out);
          expect([...out]).toEqual(
            Array.from({ length: buckets.capacity }, (_, at) => timeInto(times, units[at] ?? [])),
          );
        }
      }),
      RUNS,
    );
  });

  it('fills a matrix row by row, whatever its shape', () => {
    fc.assert(
      fc.property(graphs, ({ seed, nodes, density }) => {
        const random = createRandom(seed);
        const graph = randomGraph(random, nodes, density * nodes);
        const matrix = createMatrix(prepareHierarchy(graph));
        for (const [rows, columns] of [
          [1, 7],
          [7, 1],
          [5, 6],
          [0, 3],
          [3, 0],
        ] as const) {
          const sources = Array.from({ length: rows }, () => randomEnds(random, graph));
          const targets = Array.from({ length: columns }, () => randomEnds(random, graph));
          const out = new Uint32Array(rows * columns);
          matrix.times(sources, targets, out);
          const expected = sources.flatMap((ends) => {
            const times = plainTimes(nodes, graph.leaving, ends);
            return targets.map((target) => timeInto(times, target));
          });
          expect([...out]).toEqual(expected);
        }
      }),
      RUNS,
    );
  });
});

describe('a hierarchy at the edges of what may be', () => {
  const from = (node: number, duration = 0): readonly End[] => [{ node, duration }];

  it('of one node knows that node', () => {
    const query = createPointQuery(prepareHierarchy(searchGraphOf(1, [])));
    expect(query.path(from(0, 3), from(0, 4))).toEqual({ time: 7, source: 0, target: 0, steps: [] });
  });

  it('takes the quicker of two parallel steps', () => {
    const graph = searchGraphOf(2, [
      { from: 0, to: 1, weight: 9 },
      { from: 0, to: 1, weight: 5 },
      { from: 0, to: 1, weight: CLOSED },
    ]);
    expect(createPointQuery(prepareHierarchy(graph)).path(from(0), from(1))).toEqual({
      time: 5,
      source: 0,
      target: 0,
      steps: [1],
    });
  });

  it('finds no way through a closed step, nor to another part, nor from nowhere', () => {
    const graph = searchGraphOf(3, [{ from: 0, to: 1, weight: CLOSED }]);
    const query = createPointQuery(prepareHierarchy(graph));
    expect(query.time(from(0), from(1))).toBe(UNREACHABLE);
    expect(query.path(from(0), from(2))).toBeUndefined();
    expect(query.time([], from(2))).toBe(UNREACHABLE);
  });

  it('counts times of 2^30 and more as no way at all, and never goes astray below', () => {
    const third = 2 ** 28;
    const line = [0, 1, 2, 3, 4].map((node) => ({ from: node, to: node + 1, weight: third }));
    const hierarchy = prepareHierarchy(searchGraphOf(6, [...line, { from: 0, to: 5, weight: 2 ** 31 }]));
    const query = createPointQuery(hierarchy);
    expect(query.time(from(0), from(3))).toBe(3 * third);
    for (const node of [4, 5]) expect(query.time(from(0), from(node))).toBe(UNREACHABLE);
    const out = new Uint32Array(6);
    createSweep(hierarchy).times(from(0), 'along', out);
    expect([...out]).toEqual([0, third, 2 * third, 3 * third, UNREACHABLE, UNREACHABLE]);
    const units = createUnitBuckets(hierarchy);
    units.put(0, from(1, third));
    units.timesTo(from(4), out);
    expect(out[0]).toBe(UNREACHABLE);
    units.timesTo(from(3), out);
    expect(out[0]).toBe(3 * third);
  });

  it('throws for a node that does not exist, a negative duration, and too little room', () => {
    const hierarchy = prepareHierarchy(searchGraphOf(2, [{ from: 0, to: 1, weight: 1 }]));
    expect(() => createPointQuery(hierarchy).time(from(2), from(0))).toThrow(RangeError);
    expect(() => createPointQuery(hierarchy).time(from(0), from(1, -1))).toThrow(/duration/);
    expect(() => createUnitBuckets(hierarchy).put(0, from(9))).toThrow(RangeError);
    expect(() => createUnitBuckets(hierarchy).put(-1, from(0))).toThrow(/unit/);
    expect(() => createSweep(hierarchy).times(from(0), 'along', new Uint32Array(1))).toThrow(/out/);
    expect(() => createMatrix(hierarchy).times([from(0)], [from(1)], new Uint32Array(0))).toThrow(/out/);
  });

  it('is not prepared for a step that takes no time', () => {
    expect(() => prepareHierarchy(searchGraphOf(2, [{ from: 0, to: 1, weight: 0 }]))).toThrow(
      /weight: step 0/,
    );
  });

  it('says how far it is, and is the same whenever it is prepared', () => {
    const graph = randomGraph(createRandom('progress'), 50, 150);
    const told: [number, number][] = [];
    const hierarchy = prepareHierarchy(graph, { onProgress: (done, of) => told.push([done, of]) });
    expect(told.at(-1)).toEqual([50, 50]);
    expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).sort((a, b) => a - b));
    expect(prepareHierarchy(graph)).toEqual(hierarchy);
  });
});
