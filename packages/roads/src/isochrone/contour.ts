import type { LonLat } from '@lamplight/base';
import { GRID_PER_DEGREE } from '../network/network.js';
import { BUFFER } from './distance-field.js';
import type { Grid } from './grid.js';

/** An outer ring, counter-clockwise, and the rings of its holes, clockwise; the first point of a ring is its last. */
export type PolygonRings = readonly (readonly LonLat[])[];

/** A contour never comes nearer to a vertex than this share of the cell, so no two of its points coincide. */
const CLEARANCE = 1 / 32;

/** Corners that are inside, as bits: south-west 1, south-east 2, north-east 4, north-west 8. */
const [SOUTH, EAST, NORTH, WEST] = [0, 1, 2, 3] as const;

/**
 * For each set of corners that are inside: from which side of the cell to which the contour runs, with the inside on
 * its left. Of two opposite corners each is cut off by itself, always, so what lies within a contour hangs together by
 * sides of the grid, and a contour around more vertices holds the whole of one around fewer.
 */
const RUNS: readonly (readonly number[])[] = [
  [],
  [SOUTH, WEST],
  [EAST, SOUTH],
  [EAST, WEST],
  [NORTH, EAST],
  [SOUTH, WEST, NORTH, EAST],
  [NORTH, SOUTH],
  [NORTH, WEST],
  [WEST, NORTH],
  [SOUTH, NORTH],
  [EAST, SOUTH, WEST, NORTH],
  [EAST, NORTH],
  [WEST, EAST],
  [SOUTH, EAST],
  [WEST, SOUTH],
  [],
];

const NONE = -1;

/**
 * Polygons around the vertices whose squared distance is less than `BUFFER`², by marching squares with crossings
 * interpolated on the distance. Rings are simple and do not touch. Holes smaller than a cell are filled.
 *
 * A crossing is named by twice the vertex at its west or south end, plus one where it lies on a side that runs north.
 */
export class Contours {
  #next = new Int32Array(0);
  #ring = new Int32Array(0);
  readonly #crossings: number[] = [];

  /** The contour of the field whose values begin at `offset`. */
  trace(grid: Grid, squares: Float32Array, offset: number): PolygonRings[] {
    const vertices = grid.columns * grid.rows;
    if (this.#next.length < 2 * vertices) {
      this.#next = new Int32Array(2 * vertices).fill(NONE);
      this.#ring = new Int32Array(2 * vertices).fill(NONE);
    }
    this.#march(grid, squares, offset);
    const rings = this.#link(grid, squares, offset);
    const polygons = this.#nest(grid, squares, offset, rings);
    for (const crossing of this.#crossings) {
      this.#next[crossing] = NONE;
      this.#ring[crossing] = NONE;
    }
    this.#crossings.length = 0;
    return polygons;
  }

  #march({ columns, rows }: Grid, squares: Float32Array, offset: number): void {
    const inside = BUFFER * BUFFER;
    const crossingsOf = [0, 0, 0, 0];
    for (let row = 0; row + 1 < rows; row++) {
      const south = row * columns;
      let corners =
        ((squares[offset + south] ?? 0) < inside ? 2 : 0) |
        ((squares[offset + south + columns] ?? 0) < inside ? 4 : 0);
      for (let column = 0; column + 1 < columns; column++) {
        const vertex = south + column;
        corners =
          ((corners & 2) >> 1) |
          ((corners & 4) << 1) |
          ((squares[offset + vertex + 1] ?? 0) < inside ? 2 : 0) |
          ((squares[offset + vertex + columns + 1] ?? 0) < inside ? 4 : 0);
        if (corners === 0 || corners === 15) continue;
        crossingsOf[SOUTH] = 2 * vertex;
        crossingsOf[EAST] = 2 * (vertex + 1) + 1;
        crossingsOf[NORTH] = 2 * (vertex + columns);
        crossingsOf[WEST] = 2 * vertex + 1;
        const runs = RUNS[corners] ?? [];
        for (let run = 0; run < runs.length; run += 2) {
          const from = crossingsOf[runs[run] ?? 0] ?? 0;
          this.#next[from] = crossingsOf[runs[run + 1] ?? 0] ?? 0;
          this.#crossings.push(from);
        }
      }
    }
  }

  #link(grid: Grid, squares: Float32Array, offset: number): Ring[] {
    const rings: Ring[] = [];
    for (const first of this.#crossings) {
      if (this.#ring[first] !== NONE) continue;
      const points: LonLat[] = [];
      let area = 0;
      let westmost = first;
      let westX = Infinity;
      let crossing = first;
      let [x, y] = placeOf(grid, squares, offset, first);
      do {
        this.#ring[crossing] = rings.length;
        points.push(positionOf(grid, x, y));
        if (x < westX) {
          westX = x;
          westmost = crossing;
        }
        crossing = this.#next[crossing] ?? first;
        const [nextX, nextY] = placeOf(grid, squares, offset, crossing);
        area += (x * nextY - nextX * y) / 2;
        x = nextX;
        y = nextY;
      } while (crossing !== first);
      points.push(positionOf(grid, x, y));
      rings.push({ points, area, westmost });
    }
    return rings;
  }

  /** Gives each hole to the ring around it: the first that is met on the way west, or the one around that hole. */
  #nest({ columns }: Grid, squares: Float32Array, offset: number, rings: readonly Ring[]): PolygonRings[] {
    const polygons = new Map<number, (readonly LonLat[])[]>();
    rings.forEach(({ points, area }, index) => {
      if (area > 0) polygons.set(index, [points]);
    });
    for (const { points, area, westmost } of rings) {
      if (area > 0 || -area < 1) continue;
      let around: Ring | undefined;
      let index = NONE;
      let vertex = westmost >>> 1;
      do {
        // Vertices on the way are inside, up to the crossing of the ring.
        while ((squares[offset + vertex - 1] ?? 0) < BUFFER * BUFFER) vertex--;
        index = this.#ring[2 * (vertex - 1)] ?? NONE;
        around = rings[index];
        vertex = (around?.westmost ?? 0) >>> 1;
      } while (around && around.area < 0 && vertex % columns > 0);
      polygons.get(index)?.push(points);
    }
    return [...polygons.values()];
  }
}

interface Ring {
  readonly points: readonly LonLat[];
  /** In cells; less than none for a hole. */
  readonly area: number;
  /** Its crossing farthest in the west, which of a hole always lies on a side that runs east. */
  readonly westmost: number;
}

/** Column and row of a crossing. */
function placeOf(
  { columns }: Grid,
  squares: Float32Array,
  offset: number,
  crossing: number,
): [number, number] {
  const vertex = crossing >>> 1;
  const north = (crossing & 1) === 1;
  const here = Math.sqrt(squares[offset + vertex] ?? 0);
  const there = Math.sqrt(squares[offset + vertex + (north ? columns : 1)] ?? 0);
  const share = Math.min(1 - CLEARANCE, Math.max(CLEARANCE, (BUFFER - here) / (there - here)));
  const column = vertex % columns;
  const row = (vertex - column) / columns;
  return north ? [column, row + share] : [column + share, row];
}

/** In whole 1e-6 degrees, about 0.1 m. */
function positionOf({ west, south, cellWidth, cellHeight }: Grid, x: number, y: number): LonLat {
  const round = (value: number): number => Math.round((value / GRID_PER_DEGREE) * 1e6) / 1e6;
  return [round(west + x * cellWidth), round(south + y * cellHeight)];
}
