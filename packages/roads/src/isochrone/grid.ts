import type { ReachedLines } from './trace.js';

/** A grid of vertices over the ground. Column and row 0 are in the south-west; units are 1e-7 degrees. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly west: number;
  readonly south: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** Cells around what is reached, so that no contour comes to the rim. */
const MARGIN = 4;

/**
 * The grid for some lines: cells of `cell` metres, or larger so that no side has more than `maxCells` of them.
 * `unit` is the metres in 1e-7 degrees of latitude, and `eastScale` a degree of longitude in degrees of latitude.
 */
export function layGrid(
  { x, y, count }: ReachedLines,
  cell: number,
  maxCells: number,
  unit: number,
  eastScale: number,
): Grid {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (let i = 0; i < count; i++) {
    const lon = x[i] ?? 0;
    const lat = y[i] ?? 0;
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  const inner = maxCells - 2 * MARGIN;
  const extent = Math.max((east - west) * eastScale, north - south) * unit;
  const size = Math.max(cell, extent / inner);
  const cellHeight = size / unit;
  const cellWidth = cellHeight / eastScale;
  return {
    columns: Math.ceil((east - west) / cellWidth) + 2 * MARGIN + 1,
    rows: Math.ceil((north - south) / cellHeight) + 2 * MARGIN + 1,
    west: west - MARGIN * cellWidth,
    south: south - MARGIN * cellHeight,
    cellWidth,
    cellHeight,
  };
}
