import type { End } from '../search/graph.js';
import { Buckets } from './buckets.js';
import type { Hierarchy } from './hierarchy.js';
import { RestrictedSweep } from './restricted-sweep.js';

export interface Matrix {
  /**
   * Deciseconds from source i to target j at `out[i * targets.length + j]`, `UNREACHABLE` where there is no way. `out`
   * must have room for all of them.
   */
  times(sources: readonly (readonly End[])[], targets: readonly (readonly End[])[], out: Uint32Array): void;
}

/** A search up costs about as much as sweeping over this many places (measured on a city of 200,000 nodes). */
const PLACES_PER_SEARCH = 1500;

/**
 * Many-to-many times. With few rows or few columns a sweep for each of them over what lies above the others; else by
 * buckets, whose searches cost rows plus columns and not their product. Which is cheaper is told from the sizes.
 */
export function createMatrix(hierarchy: Hierarchy): Matrix {
  let sweeps: { along: RestrictedSweep; against: RestrictedSweep } | undefined;
  return {
    times(sources, targets, out) {
      const columns = targets.length;
      const needed = sources.length * columns;
      if (out.length < needed) throw new RangeError(`out: ${out.length} values where ${needed} are needed`);
      if (needed === 0) return;
      sweeps ??= {
        along: new RestrictedSweep(hierarchy, 'along'),
        against: new RestrictedSweep(hierarchy, 'against'),
      };
      const isWide = sources.length <= columns;
      const sweep = isWide ? sweeps.along : sweeps.against;
      const few = isWide ? sources : targets;
      sweep.choose(isWide ? targets : sources);
      if (few.length * sweep.size < PLACES_PER_SEARCH * (sources.length + columns)) {
        if (isWide) fillByRows(sweep, sources, columns, out);
        else fillByColumns(sweep, sources.length, targets, out);
        return;
      }
      const buckets = new Buckets(hierarchy, 'against');
      for (const [column, ends] of targets.entries()) buckets.put(column, ends);
      fillByRows(buckets, sources, columns, out);
    },
  };
}

function fillByRows(
  engine: RestrictedSweep | Buckets,
  sources: readonly (readonly End[])[],
  columns: number,
  out: Uint32Array,
): void {
  for (const [row, ends] of sources.entries()) engine.times(ends, out, row * columns);
}

function fillByColumns(
  sweep: RestrictedSweep,
  rows: number,
  targets: readonly (readonly End[])[],
  out: Uint32Array,
): void {
  const times = new Uint32Array(rows);
  for (const [column, ends] of targets.entries()) {
    sweep.times(ends, times);
    for (let row = 0; row < rows; row++) out[row * targets.length + column] = times[row] ?? 0;
  }
}
