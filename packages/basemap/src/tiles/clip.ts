/** Which of x and y is clipped. */
export type Axis = 0 | 1;

/** A line, or a ring whose last vertex is joined to the first: x, y, x, y … in whole units of the grid of a zoom. */
export interface Part {
  readonly points: readonly number[];
  readonly hole: boolean;
}

/** The stretches of a line between two values of an axis. */
export function clipLine(points: readonly number[], axis: Axis, low: number, high: number): number[][] {
  const stretches: number[][] = [];
  let current: number[] = [];
  for (let i = 0; i + 3 < points.length; i += 2) {
    const from = points[i + axis] ?? 0;
    const to = points[i + 2 + axis] ?? 0;
    if ((from < low && to < low) || (from > high && to > high)) {
      if (current.length > 0) stretches.push(current);
      current = [];
      continue;
    }
    if (current.length === 0) {
      if (from < low) cross(points, i, i + 2, axis, low, current);
      else if (from > high) cross(points, i, i + 2, axis, high, current);
      else current.push(points[i] ?? 0, points[i + 1] ?? 0);
    }
    if (to < low || to > high) {
      cross(points, i, i + 2, axis, to < low ? low : high, current);
      stretches.push(current);
      current = [];
    } else {
      current.push(points[i + 2] ?? 0, points[i + 3] ?? 0);
    }
  }
  if (current.length > 0) stretches.push(current);
  return stretches;
}

/**
 * The part of a ring between two values of an axis, by the method of Sutherland and Hodgman (1974): where the ring leaves
 * and comes back it follows the edge, so it stays one ring. Empty when nothing is left.
 */
export function clipRing(points: readonly number[], axis: Axis, low: number, high: number): number[] {
  const clipped: number[] = [];
  let at = points.length - 2;
  for (let next = 0; next < points.length; at = next, next += 2) {
    const from = points[at + axis] ?? 0;
    const to = points[next + axis] ?? 0;
    if (from < low && to >= low) cross(points, at, next, axis, low, clipped);
    else if (from > high && to <= high) cross(points, at, next, axis, high, clipped);
    if (to >= low && to <= high) clipped.push(points[next] ?? 0, points[next + 1] ?? 0);
    else if (to > high && from <= high) cross(points, at, next, axis, high, clipped);
    else if (to < low && from >= low) cross(points, at, next, axis, low, clipped);
  }
  return clipped;
}

/** Appends the position at which the segment between two vertices has this value on the axis. */
function cross(
  points: readonly number[],
  from: number,
  to: number,
  axis: Axis,
  value: number,
  into: number[],
): void {
  const x = points[from] ?? 0;
  const y = points[from + 1] ?? 0;
  const dx = (points[to] ?? 0) - x;
  const dy = (points[to + 1] ?? 0) - y;
  if (axis === 0) into.push(value, Math.round(y + (dy * (value - x)) / dx));
  else into.push(Math.round(x + (dx * (value - y)) / dy), value);
}
