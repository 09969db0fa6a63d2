import type { Random } from '@lamplight/base';
import { CLOSED, type SearchGraph } from '../../src/search/graph.js';

export interface Step {
  readonly from: number;
  readonly to: number;
  /** Deciseconds, at least 1, or `CLOSED`. */
  readonly weight: number;
}

/** A graph of the given steps; those from one node keep their order. */
export function searchGraphOf(nodeCount: number, steps: readonly Step[]): SearchGraph {
  const sorted = steps.map((step) => step).sort((a, b) => a.from - b.from);
  const entering = sorted.map((step, number) => ({ ...step, number })).sort((a, b) => a.to - b.to);
  return {
    nodeCount,
    leaving: {
      first: firstsOf(nodeCount, sorted, 'from'),
      node: Uint32Array.from(sorted, ({ to }) => to),
      weight: Uint32Array.from(sorted, ({ weight }) => weight),
    },
    entering: {
      first: firstsOf(nodeCount, entering, 'to'),
      node: Uint32Array.from(entering, ({ from }) => from),
      weight: Uint32Array.from(entering, ({ weight }) => weight),
      step: Uint32Array.from(entering, ({ number }) => number),
    },
  };
}

function firstsOf(nodeCount: number, steps: readonly Step[], side: 'from' | 'to'): Uint32Array {
  const firsts = new Uint32Array(nodeCount + 1);
  for (const step of steps) firsts[step[side] + 1] = (firsts[step[side] + 1] ?? 0) + 1;
  for (let node = 0; node < nodeCount; node++)
    firsts[node + 1] = (firsts[node + 1] ?? 0) + (firsts[node] ?? 0);
  return firsts;
}

/**
 * A graph without any order: few weights, so that many ways take equally long, among them parallel steps, steps back to
 * their own node and closed ones; often in several parts.
 */
export function randomGraph(random: Random, nodeCount: number, stepCount: number): SearchGraph {
  return searchGraphOf(
    nodeCount,
    Array.from({ length: stepCount }, () => ({
      from: random.integer(nodeCount),
      to: random.integer(nodeCount),
      weight: random.integer(12) === 0 ? CLOSED : 1 + random.integer(random.integer(3) === 0 ? 1_000 : 6),
    })),
  );
}
