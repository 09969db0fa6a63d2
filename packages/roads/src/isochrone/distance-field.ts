import type { Grid } from './grid.js';
import type { ReachedLines } from './trace.js';

/** How far around reached roads ground counts as reached, in cells. */
export const BUFFER = 2;

/** In place of the squared distance of a vertex with no reached road within reach of a stamp, in cells. */
const FAR = 9;

/** Within one such part of a cell, of several points of road one is enough. */
const PARTS = 4;

/** How far apart points of a road may lie that stand for all of it, in cells. */
const SPACING = 1.5;

/** Squared distance within which every corner of a cell lies from a point in the cell. */
const CORNER = 2;

/**
 * For each limit, ascending, and each vertex of the grid: the squared distance in cells to the nearest road that is
 * reached within the limit; never less for a lesser limit. It is right wherever a contour at `BUFFER` passes; elsewhere
 * only the side on which it lies is.
 *
 * Roads count as points at most `SPACING` apart, moved within a part of a cell. Of a cell in which a road runs every
 * corner is within √(2 + (SPACING / 2)²) + √2 / PARTS < `BUFFER` of one of them, so all of the cell is reached.
 */
export class DistanceField {
  /** Those of limit number i begin at `i * vertices`. */
  squares = new Float32Array(0);
  /** For each part of a cell: one more than the least limit of a point there; 0 for none. */
  #marks = new Uint8Array(0);
  /** For each cell (named by its south-west vertex) and then each vertex, the number of a limit; `NEVER` for none. */
  #level = new Uint8Array(0);
  #window = new Uint8Array(0);
  /** For each point of the lines: its cell, or -1 where there are further points between it and the one before. */
  #cellOf = new Int32Array(0);
  #count = 0;
  #columns = 0;

  /** `levels` is how many limits there are. */
  measure(grid: Grid, lines: ReachedLines, levels: number): void {
    const vertices = grid.columns * grid.rows;
    this.#count = vertices;
    this.#columns = grid.columns;
    if (this.squares.length < levels * vertices) this.squares = new Float32Array(levels * vertices);
    const parts = PARTS * PARTS * vertices;
    if (this.#marks.length < parts) this.#marks = new Uint8Array(parts);
    if (this.#level.length < vertices) {
      this.#level = new Uint8Array(vertices);
      this.#window = new Uint8Array(vertices);
    }
    this.#marks.fill(0, 0, parts);
    this.#level.fill(NEVER, 0, vertices);

    this.#noteAll(grid, lines);
    this.#surround();
    for (let level = 0; level < levels; level++) this.#begin(level);
    this.#lookAround();
    this.#stampAll(grid, lines);
    this.#include(levels);
  }

  /** Goes through the points of the lines and notes the cells in which they are. */
  #noteAll({ west, south, cellWidth, cellHeight }: Grid, { x, y, begins, count }: ReachedLines): void {
    if (this.#cellOf.length < count) this.#cellOf = new Int32Array(2 * count);
    const perWidth = 1 / cellWidth;
    const perHeight = 1 / cellHeight;
    let level = 0;
    let fromX = 0;
    let fromY = 0;
    for (let i = 0; i < count; i++) {
      const toX = ((x[i] ?? 0) - west) * perWidth;
      const toY = ((y[i] ?? 0) - south) * perHeight;
      const begin = begins[i] ?? 0;
      const pieces = begin > 0 ? 1 : piecesOf(toX - fromX, toY - fromY);
      if (begin > 0) level = begin - 1;
      for (let piece = 1; piece < pieces; piece++) {
        const share = piece / pieces;
        this.#note(fromX + (toX - fromX) * share, fromY + (toY - fromY) * share, level);
      }
      const cell = this.#note(toX, toY, level);
      this.#cellOf[i] = pieces > 1 ? -1 : cell;
      fromX = toX;
      fromY = toY;
    }
  }

  /** Goes through the points again and measures from those near a contour. */
  #stampAll({ west, south, cellWidth, cellHeight }: Grid, { x, y, begins, count }: ReachedLines): void {
    const perWidth = 1 / cellWidth;
    const perHeight = 1 / cellHeight;
    let level = 0;
    for (let i = 0; i < count; i++) {
      const begin = begins[i] ?? 0;
      if (begin > 0) level = begin - 1;
      const cell = this.#cellOf[i] ?? 0;
      if (cell >= 0 && (this.#level[cell] ?? 0) <= level) continue;
      const toX = ((x[i] ?? 0) - west) * perWidth;
      const toY = ((y[i] ?? 0) - south) * perHeight;
      if (begin === 0) {
        const fromX = ((x[i - 1] ?? 0) - west) * perWidth;
        const fromY = ((y[i - 1] ?? 0) - south) * perHeight;
        const pieces = piecesOf(toX - fromX, toY - fromY);
        for (let piece = 1; piece < pieces; piece++) {
          const share = piece / pieces;
          this.#stamp(fromX + (toX - fromX) * share, fromY + (toY - fromY) * share, level);
        }
      }
      this.#stamp(toX, toY, level);
    }
  }

  #note(x: number, y: number, level: number): number {
    const cell = (y | 0) * this.#columns + (x | 0);
    if (level < (this.#level[cell] ?? 0)) this.#level[cell] = level;
    return cell;
  }

  /** From the levels of the cells to those of the vertices: the least of the four cells around. */
  #surround(): void {
    const cells = this.#level;
    const columns = this.#columns;
    for (let vertex = this.#count - 1; vertex > columns; vertex--) {
      const north = Math.min(cells[vertex] ?? 0, cells[vertex - 1] ?? 0);
      const south = Math.min(cells[vertex - columns] ?? 0, cells[vertex - columns - 1] ?? 0);
      cells[vertex] = Math.min(north, south);
    }
  }

  /** Vertices beside a reached cell are inside, and how near does not matter unless a contour passes. */
  #begin(level: number): void {
    const start = level * this.#count;
    for (let vertex = 0; vertex < this.#count; vertex++) {
      this.squares[start + vertex] = (this.#level[vertex] ?? 0) <= level ? CORNER : FAR;
    }
  }

  /** For each cell: the greatest level of the vertices from two before it to three after it, on both axes. */
  #lookAround(): void {
    const columns = this.#columns;
    const last = this.#count - 3 * columns - 3;
    greatestOfSix(this.#level, this.#window, 1, 2, this.#count - 3);
    greatestOfSix(this.#window, this.#level, columns, 2 * columns + 2, last);
  }

  /** Measures from a point to the vertices around it, if one of them may have a neighbour that is outside. */
  #stamp(x: number, y: number, level: number): void {
    const columns = this.#columns;
    const column = x | 0;
    const row = y | 0;
    if ((this.#level[row * columns + column] ?? 0) <= level) return;
    const part = ((y * PARTS) | 0) * columns * PARTS + ((x * PARTS) | 0);
    const mark = this.#marks[part] ?? 0;
    if (mark !== 0 && mark <= level + 1) return;
    this.#marks[part] = level + 1;

    const { squares } = this;
    const dx0 = x - column + 1;
    const dx1 = x - column;
    const dx2 = dx1 - 1;
    const dx3 = dx1 - 2;
    let vertex = level * this.#count + (row - 1) * columns + column - 1;
    for (let dy = y - row + 1; dy > -2.5; dy--) {
      const square = dy * dy;
      const d0 = square + dx0 * dx0;
      const d1 = square + dx1 * dx1;
      const d2 = square + dx2 * dx2;
      const d3 = square + dx3 * dx3;
      if (d0 < (squares[vertex] ?? 0)) squares[vertex] = d0;
      if (d1 < (squares[vertex + 1] ?? 0)) squares[vertex + 1] = d1;
      if (d2 < (squares[vertex + 2] ?? 0)) squares[vertex + 2] = d2;
      if (d3 < (squares[vertex + 3] ?? 0)) squares[vertex + 3] = d3;
      vertex += columns;
    }
  }

  /** What is reached within a limit is reached within every longer one. */
  #include(levels: number): void {
    const { squares } = this;
    const vertices = this.#count;
    for (let vertex = vertices; vertex < levels * vertices; vertex++) {
      const shorter = squares[vertex - vertices] ?? 0;
      if (shorter < (squares[vertex] ?? 0)) squares[vertex] = shorter;
    }
  }
}

const NEVER = 255;

/** `to[i]` is the greatest of six values of `from`, `stride` apart: from two before to three after, for `first ≤ i < end`. */
function greatestOfSix(from: Uint8Array, to: Uint8Array, stride: number, first: number, end: number): void {
  for (let i = first; i < end; i++) {
    const a = Math.max(from[i - 2 * stride] ?? 0, from[i - stride] ?? 0, from[i] ?? 0);
    const b = Math.max(from[i + stride] ?? 0, from[i + 2 * stride] ?? 0, from[i + 3 * stride] ?? 0);
    to[i] = Math.max(a, b);
  }
}

/** Into how many pieces a side of a line is cut so that its points stand for all of it. */
function piecesOf(east: number, north: number): number {
  const square = east * east + north * north;
  return square <= SPACING * SPACING ? 1 : Math.ceil(Math.sqrt(square) / SPACING);
}
