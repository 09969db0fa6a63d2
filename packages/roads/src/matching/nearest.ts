import { distance, type LonLat, METRES_PER_DEGREE } from '@lamplight/base';
import { GRID_PER_DEGREE, type RoadNetwork } from '../network/network.js';
import type { Snap } from '../snap.js';
import { placeAt } from './candidates.js';

/** A part of an edge, from one share of its length to another. */
interface Part {
  readonly edge: number;
  readonly start: number;
  readonly end: number;
}

/** The point of some parts of edges that is nearest to a position, and the edge with the direction of driving. */
export function nearestOn(
  network: RoadNetwork,
  parts: readonly Part[],
  position: LonLat,
): { readonly snap: Snap; readonly directed: number; readonly bearing: number } | undefined {
  const { firstPoint, points } = network.arrays;
  const north = METRES_PER_DEGREE / GRID_PER_DEGREE;
  const east = north * Math.max(1e-6, Math.cos((position[1] * Math.PI) / 180));
  const [x, y] = [position[0] * GRID_PER_DEGREE, position[1] * GRID_PER_DEGREE];
  let best = Infinity;
  let found: { snap: Snap; directed: number; bearing: number } | undefined;
  for (const { edge, start, end } of parts) {
    const first = firstPoint[edge] ?? 0;
    const last = (firstPoint[edge + 1] ?? 0) - 1;
    const against = end < start ? 1 : 0;
    for (let point = first; point < last; point++) {
      const startX = ((points[2 * point] ?? 0) - x) * east;
      const startY = ((points[2 * point + 1] ?? 0) - y) * north;
      const deltaX = ((points[2 * point + 2] ?? 0) - x) * east - startX;
      const deltaY = ((points[2 * point + 3] ?? 0) - y) * north - startY;
      const square = deltaX * deltaX + deltaY * deltaY;
      const share = square === 0 ? 0 : -(startX * deltaX + startY * deltaY) / square;
      const along = Math.min(1, Math.max(0, share));
      const off = Math.hypot(startX + along * deltaX, startY + along * deltaY);
      if (off >= best) continue;
      const { snap, bearing } = placeAt(network, edge, point - edge, along, off);
      if (snap.fraction < Math.min(start, end) || snap.fraction > Math.max(start, end)) {
        const clamped = shareAt(
          network,
          edge,
          snap.fraction < Math.min(start, end) ? Math.min(start, end) : Math.max(start, end),
          position,
        );
        if (clamped.snap.distance >= best) continue;
        best = clamped.snap.distance;
        found = { ...clamped, directed: 2 * edge + against };
        continue;
      }
      best = off;
      found = { snap, directed: 2 * edge + against, bearing };
    }
  }
  return found && { ...found, bearing: found.directed & 1 ? (found.bearing + 180) % 360 : found.bearing };
}

/** The place at a share of the length of an edge. */
function shareAt(network: RoadNetwork, edge: number, fraction: number, position: LonLat) {
  const { firstPoint } = network.arrays;
  const first = firstPoint[edge] ?? 0;
  const last = (firstPoint[edge + 1] ?? 0) - 1;
  let segment = first;
  let from = 0;
  for (let point = first; point < last; point++) {
    const to = placeAt(network, edge, point - edge, 1, 0).snap.fraction;
    segment = point;
    if (to >= fraction || point === last - 1) {
      const along = to > from ? Math.min(1, Math.max(0, (fraction - from) / (to - from))) : 0;
      const place = placeAt(network, edge, point - edge, along, 0);
      return {
        bearing: place.bearing,
        snap: { ...place.snap, distance: distance(place.snap.position, position) },
      };
    }
    from = to;
  }
  return placeAt(network, edge, segment - edge, 0, 0);
}
