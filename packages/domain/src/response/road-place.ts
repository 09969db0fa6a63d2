import type { LonLat } from '@lamplight/base';
import type { RefusalCode } from './refusals.js';
import type { RoadPlace } from './road-condition.js';

/** So many positions a place may have: more than anyone draws, and few enough to match at once. */
export const PLACE_POINT_LIMIT = 500;
/** A band around a line is at most so wide, in metres; what is wider is an area. */
export const LINE_WIDTH_LIMIT = 1000;

export interface PlaceFault {
  readonly code: RefusalCode;
  /** The field that does not fit, as a path. */
  readonly subject: string;
}

/**
 * What is wrong with the shape of a place, before any network is asked; `undefined` when nothing is. Costs the square
 * of the number of positions, which is looked at first.
 */
export function findPlaceFault(place: RoadPlace): PlaceFault | undefined {
  switch (place.kind) {
    case 'edges':
      if (place.edges.length === 0) return { code: 'place-points-missing', subject: 'place.edges' };
      if (place.edges.length > PLACE_POINT_LIMIT) return { code: 'place-too-large', subject: 'place.edges' };
      return undefined;
    case 'street':
      return place.name.trim() === '' ? { code: 'street-unknown', subject: place.name } : undefined;
    case 'line': {
      const { points, width } = place;
      if (points.length > PLACE_POINT_LIMIT) return { code: 'place-too-large', subject: 'place.points' };
      if (withoutRepeats(points).length < 2) return { code: 'place-points-missing', subject: 'place.points' };
      if (!(width > 0 && width <= LINE_WIDTH_LIMIT)) {
        return { code: 'place-width-invalid', subject: 'place.width' };
      }
      return undefined;
    }
    case 'polygon': {
      const { rings } = place;
      if (rings.length === 0) return { code: 'place-points-missing', subject: 'place.rings' };
      if (rings.reduce((count, ring) => count + ring.length, 0) > PLACE_POINT_LIMIT) {
        return { code: 'place-too-large', subject: 'place.rings' };
      }
      for (const [index, ring] of rings.entries()) {
        const corners = cornersOf(ring);
        if (corners.length < 3) return { code: 'place-points-missing', subject: `place.rings.${index}` };
        if (crossesItself(corners)) return { code: 'place-crosses-itself', subject: `place.rings.${index}` };
      }
      return undefined;
    }
  }
}

const isSame = (a: LonLat, b: LonLat): boolean => a[0] === b[0] && a[1] === b[1];

const withoutRepeats = (points: readonly LonLat[]): LonLat[] =>
  points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || !isSame(point, before);
  });

/** The corners of a ring, each once, whether or not its last position repeats its first. */
function cornersOf(ring: readonly LonLat[]): LonLat[] {
  const corners = withoutRepeats(ring);
  const [first] = corners;
  const last = corners.at(-1);
  if (first && last && corners.length > 1 && isSame(first, last)) corners.pop();
  return corners;
}

/** Whether two sides of a ring have more in common than the corner between neighbours. */
function crossesItself(corners: readonly LonLat[]): boolean {
  const sides = corners.map(
    (corner, index) => [corner, corners[(index + 1) % corners.length] ?? corner] as const,
  );
  for (const [i, [a, b]] of sides.entries()) {
    for (const [j, [c, d]] of sides.entries()) {
      if (j <= i) continue;
      if (j === i + 1) {
        if (foldsBack(a, b, d)) return true;
      } else if (i === 0 && j === sides.length - 1) {
        if (foldsBack(c, d, b)) return true;
      } else if (meet(a, b, c, d)) return true;
    }
  }
  return false;
}

/** Twice the area of the triangle, positive when it turns left. */
const turn = ([ax, ay]: LonLat, [bx, by]: LonLat, [cx, cy]: LonLat): number =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

/** Whether the way a → b → c comes back on itself. */
const foldsBack = (a: LonLat, b: LonLat, c: LonLat): boolean =>
  turn(a, b, c) === 0 && (a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1]) > 0;

const isBetween = (p: LonLat, a: LonLat, b: LonLat): boolean =>
  p[0] >= Math.min(a[0], b[0]) &&
  p[0] <= Math.max(a[0], b[0]) &&
  p[1] >= Math.min(a[1], b[1]) &&
  p[1] <= Math.max(a[1], b[1]);

/** Whether the segments a–b and c–d have a point in common. */
function meet(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return (
    (abc === 0 && isBetween(c, a, b)) ||
    (abd === 0 && isBetween(d, a, b)) ||
    (cda === 0 && isBetween(a, c, d)) ||
    (cdb === 0 && isBetween(b, c, d))
  );
}
