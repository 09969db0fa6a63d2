import { at } from '../network/network.js';
import type { Hierarchy } from './hierarchy.js';

/** Writes the steps of the graph that a rising arc stands for, in the order of driving, at the end of `steps`. */
export function unpackRising(hierarchy: Hierarchy, from: number, arc: number, steps: number[]): void {
  const { rising, risingOrigin } = hierarchy.arrays;
  unpack(hierarchy, from, at(rising, 2 * arc), at(risingOrigin, arc), steps);
}

/** The same for a falling arc to place `to`. */
export function unpackFalling(hierarchy: Hierarchy, to: number, arc: number, steps: number[]): void {
  const { falling, fallingOrigin } = hierarchy.arrays;
  unpack(hierarchy, at(falling, 2 * arc), to, at(fallingOrigin, arc), steps);
}

/** A shortcut falls to its middle and rises from there; both arcs are kept at the middle. No deeper than the levels. */
function unpack(hierarchy: Hierarchy, from: number, to: number, origin: number, steps: number[]): void {
  if (origin >= 0) {
    steps.push(origin);
    return;
  }
  const middle = ~origin;
  const { firstFalling, falling, firstRising, rising } = hierarchy.arrays;
  unpackFalling(hierarchy, middle, findArc(firstFalling, falling, middle, from), steps);
  unpackRising(hierarchy, middle, findArc(firstRising, rising, middle, to), steps);
}

function findArc(first: Int32Array, arcs: Int32Array, place: number, other: number): number {
  const end = at(first, place + 1);
  for (let arc = at(first, place); arc < end; arc++) if (arcs[2 * arc] === other) return arc;
  throw new RangeError(
    `the hierarchy has no arc between places ${place} and ${other}, which a shortcut needs`,
  );
}
