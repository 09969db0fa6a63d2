/** So many units in one cell are drawn as one count; fewer stand beside each other. */
export const CROWD = 4;

export interface Crowding {
  /** For each unit the crowd it is in, or -1 for one that is drawn by itself. */
  readonly crowdOf: Int32Array;
  /** The units of each crowd. */
  readonly members: readonly (readonly number[])[];
}

/**
 * Which units stand too close to be told apart. The ground is cut into square cells that do not move with the view, so
 * that moving the map changes nothing; a cell with {@link CROWD} units or more becomes one crowd. Every unit is in
 * exactly one crowd or in none: the counts add up. Units for which `apart` answers true are always drawn by
 * themselves. One pass, and memory for the occupied cells.
 */
export function findCrowds(
  count: number,
  x: (index: number) => number,
  y: (index: number) => number,
  cell: number,
  apart: (index: number) => boolean,
): Crowding {
  const cells = new Map<number, number[]>();
  const columns = Math.ceil(1 / cell) + 1;
  for (let index = 0; index < count; index++) {
    if (apart(index)) continue;
    const key = Math.floor(y(index) / cell) * columns + Math.floor(x(index) / cell);
    const members = cells.get(key);
    if (members) members.push(index);
    else cells.set(key, [index]);
  }
  const crowdOf = new Int32Array(count).fill(-1);
  const members: number[][] = [];
  for (const together of cells.values()) {
    if (together.length < CROWD) continue;
    for (const index of together) crowdOf[index] = members.length;
    members.push(together);
  }
  return { crowdOf, members };
}
