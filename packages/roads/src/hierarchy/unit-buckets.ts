import type { End } from '../search/graph.js';
import { Buckets } from './buckets.js';
import type { Hierarchy } from './hierarchy.js';

export interface UnitBuckets {
  /** All numbers given to units so far are below this. */
  readonly capacity: number;
  /** Pins unit number `unit`, counted from 0, where trips leave by `sources`, in place of where it was before. */
  put(unit: number, sources: readonly End[]): void;
  /** Takes a unit away. Nothing happens when it is not there. */
  remove(unit: number): void;
  /**
   * Deciseconds from each unit to the targets, written to `out` by unit, which must have room for `capacity` of them;
   * `UNREACHABLE` where there is no way or no unit.
   */
  timesTo(targets: readonly End[], out: Uint32Array): void;
}

/**
 * Units that stand ready to be asked how soon each could be somewhere. Putting one costs a search up the hierarchy and
 * an entry at each place it settles; asking costs one such search and one addition for every entry it meets.
 */
export function createUnitBuckets(hierarchy: Hierarchy): UnitBuckets {
  const buckets = new Buckets(hierarchy, 'along');
  return {
    get capacity() {
      return buckets.capacity;
    },
    put: (unit, sources) => buckets.put(unit, sources),
    remove: (unit) => buckets.remove(unit),
    timesTo: (targets, out) => buckets.times(targets, out),
  };
}
