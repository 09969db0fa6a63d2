import { gridUnit } from '../tiles/world.js';

/** Deviation from the true line that nobody sees, in units of the tile grid: three eighths of a pixel of 512. */
const TOLERANCE = 3;
/** The same at the last zoom, which is drawn enlarged. */
const LAST_TOLERANCE = 0.5;

/** Marks a vertex that no zoom needs. */
export const NEVER = 255;

/** Squares of the tolerances in world units, by zoom. */
export function tolerances(maxZoom: number): Float64Array {
  return Float64Array.from(
    { length: maxZoom + 1 },
    (_, zoom) => (gridUnit(zoom) * (zoom === maxZoom ? LAST_TOLERANCE : TOLERANCE)) ** 2,
  );
}

/**
 * Writes to `zooms` the first zoom at which each vertex of a line is needed, so that any zoom can take its share in one
 * pass: the line simplification of Douglas and Peucker (1973), run once, with the deviation at each split as the
 * importance of the vertex, and never more than that of the split around it. `points` holds x, y, x, y …; the ends are
 * needed always.
 */
export function rankVertices(points: readonly number[], squares: Float64Array, zooms: number[]): void {
  const last = points.length / 2 - 1;
  zooms.length = last + 1;
  zooms.fill(NEVER);
  zooms[0] = 0;
  zooms[last] = 0;
  // Triples of first vertex, last vertex, importance of the split that made them.
  const stack: number[] = [0, last, Infinity];
  while (stack.length > 0) {
    const above = stack.pop() ?? 0;
    const to = stack.pop() ?? 0;
    const from = stack.pop() ?? 0;
    if (to - from < 2) continue;
    const found = farthest(points, from, to);
    const square = Math.min(above, found.square);
    const zoom = firstBelow(squares, square);
    if (zoom === NEVER) continue;
    zooms[found.index] = zoom;
    stack.push(from, found.index, square, found.index, to, square);
  }
}

function firstBelow(squares: Float64Array, square: number): number {
  for (let zoom = 0; zoom < squares.length; zoom++) {
    if (square > (squares[zoom] ?? Infinity)) return zoom;
  }
  return NEVER;
}

/** The vertex between two others that lies farthest from the segment that joins them; ties go to the middle one. */
function farthest(points: readonly number[], from: number, to: number): { index: number; square: number } {
  const x = points[2 * from] ?? 0;
  const y = points[2 * from + 1] ?? 0;
  const dx = (points[2 * to] ?? 0) - x;
  const dy = (points[2 * to + 1] ?? 0) - y;
  const length = dx * dx + dy * dy;
  const middle = (from + to) >> 1;
  let index = middle;
  let square = -1;
  for (let i = from + 1; i < to; i++) {
    const px = (points[2 * i] ?? 0) - x;
    const py = (points[2 * i + 1] ?? 0) - y;
    const along = length > 0 ? Math.max(0, Math.min(1, (px * dx + py * dy) / length)) : 0;
    const offX = px - along * dx;
    const offY = py - along * dy;
    const away = offX * offX + offY * offY;
    // Of a straight row of vertices the middle one splits best: the depth of the work stays small.
    if (away > square || (away === square && Math.abs(i - middle) < Math.abs(index - middle))) {
      square = away;
      index = i;
    }
  }
  return { index, square };
}
