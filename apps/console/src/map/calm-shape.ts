import type { LonLat } from '@lamplight/base';
import { ringArea } from './mercator.js';

type Ring = readonly LonLat[];

/** Holes and islands smaller than this say nothing to who looks at a city, in square metres. */
const LEAST_HOLE = 150_000;
const LEAST_ISLAND = 40_000;
/** How far the outline may be off, in degrees of latitude: about 20 m, less than what a travel time knows. */
const TOLERANCE = 0.00018;
/** Rounds of cutting corners. */
const ROUNDS = 2;

/**
 * The same ground in a calmer outline: specks and pinholes between streets are left out, corners are rounded. The
 * largest part is always kept. For looking at, not for deciding by.
 */
export function calmShape(polygons: readonly (readonly Ring[])[]): LonLat[][][] {
  const sized = polygons.map((rings) => ({ rings, area: ringArea(rings[0] ?? []) }));
  const largest = Math.max(...sized.map(({ area }) => area));
  return sized
    .filter(({ area }) => area === largest || area >= LEAST_ISLAND)
    .map(({ rings: [outer = [], ...holes] }) =>
      [outer, ...holes.filter((hole) => ringArea(hole) >= LEAST_HOLE)].map(calmRing),
    );
}

/** A closed ring with its first point at the end again, as GeoJSON wants it. */
function calmRing(ring: Ring): LonLat[] {
  const open = isClosed(ring) ? ring.slice(0, -1) : ring;
  const half = Math.floor(open.length / 2);
  const simple =
    open.length < 8
      ? [...open]
      : [
          ...simplify(open.slice(0, half + 1)).slice(0, -1),
          ...simplify(open.slice(half).concat(open.slice(0, 1))).slice(0, -1),
        ];
  let points = simple.length < 3 ? [...open] : simple;
  for (let round = 0; round < ROUNDS; round++) points = cutCorners(points);
  return [...points, ...points.slice(0, 1)];
}

const isClosed = (ring: Ring): boolean => {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
};

/** Douglas and Peucker (1973), without recursion. */
function simplify(line: Ring): LonLat[] {
  const keep = new Uint8Array(line.length);
  keep[0] = 1;
  keep[line.length - 1] = 1;
  const spans: (readonly [number, number])[] = [[0, line.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let furthest = -1;
    let most = TOLERANCE;
    for (let index = from + 1; index < to; index++) {
      const off = offLine(line[index], line[from], line[to]);
      if (off > most) {
        most = off;
        furthest = index;
      }
    }
    if (furthest < 0) continue;
    keep[furthest] = 1;
    spans.push([from, furthest], [furthest, to]);
  }
  return line.filter((_, index) => keep[index] === 1);
}

/** Distance of a point from a segment, in degrees of latitude. */
function offLine(point: LonLat | undefined, a: LonLat | undefined, b: LonLat | undefined): number {
  if (!point || !a || !b) return 0;
  const shrink = Math.cos((point[1] * Math.PI) / 180);
  const [dx, dy] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const [px, py] = [(point[0] - a[0]) * shrink, point[1] - a[1]];
  const square = dx * dx + dy * dy;
  const part = square === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / square));
  return Math.hypot(px - part * dx, py - part * dy);
}

/** Chaikin (1974): each corner is replaced by two points on its sides. */
const cutCorners = (ring: Ring): LonLat[] =>
  ring.flatMap(([lonA, latA], index) => {
    const [lonB, latB] = ring[(index + 1) % ring.length] ?? [lonA, latA];
    return [
      [lonA + (lonB - lonA) / 4, latA + (latB - latA) / 4],
      [lonA + (3 * (lonB - lonA)) / 4, latA + (3 * (latB - latA)) / 4],
    ] as const;
  });
