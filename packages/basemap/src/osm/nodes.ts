import type { Growing } from '../growing.js';

/**
 * Positions of the nodes that are drawn, in world units, by index. The ids are sorted, each once; what the extract does
 * not have stays unknown.
 */
export interface NodePlaces {
  readonly count: number;
  /** Index of a node that may be looked up, or -1. */
  indexOf(id: number): number;
  isKnown(index: number): boolean;
  x(index: number): number;
  y(index: number): number;
  set(index: number, x: number, y: number): void;
}

const UNKNOWN = -1;

export function createNodePlaces(wanted: Growing<Float64Array>): NodePlaces {
  const ids = sortedOnce(wanted.view());
  const xs = new Int32Array(ids.length).fill(UNKNOWN);
  const ys = new Int32Array(ids.length);
  let last = -1;
  return {
    count: ids.length,
    indexOf(id) {
      // Extracts are sorted by id and ways go from node to neighbour, so the next one often is the one.
      if (ids[last + 1] === id) return ++last;
      let low = 0;
      let high = ids.length - 1;
      while (low <= high) {
        const middle = (low + high) >>> 1;
        const found = ids[middle] ?? 0;
        if (found === id) {
          last = middle;
          return middle;
        }
        if (found < id) low = middle + 1;
        else high = middle - 1;
      }
      return -1;
    },
    isKnown: (index) => xs[index] !== UNKNOWN,
    x: (index) => xs[index] ?? 0,
    y: (index) => ys[index] ?? 0,
    set(index, x, y) {
      xs[index] = x;
      ys[index] = y;
    },
  };
}

function sortedOnce(ids: Float64Array): Float64Array {
  const sorted = ids.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    const id = sorted[i] ?? 0;
    if (i > 0 && id === sorted[count - 1]) continue;
    sorted[count++] = id;
  }
  return sorted.slice(0, count);
}
