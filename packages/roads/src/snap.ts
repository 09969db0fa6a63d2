import {
  err,
  interpolate,
  isLonLat,
  type LonLat,
  METRES_PER_DEGREE,
  type Metres,
  metres,
  ok,
  type Result,
} from '@lamplight/base';
import type { RoadsError } from './errors.js';
import {
  at,
  findNameOf,
  GRID_PER_DEGREE,
  positionAt,
  type RoadNetwork,
  type StreetName,
} from './network/network.js';
import { edgeOfSegment, openSegmentIndex } from './network/segment-index.js';

/** A place on the network: the point of an edge nearest to a position. */
export interface Snap {
  readonly edge: number;
  /** How far along the edge by length, from 0 at its first node to 1 at its second. */
  readonly fraction: number;
  /** The point on the edge. */
  readonly position: LonLat;
  /** From the position that was asked for to the point on the edge. */
  readonly distance: Metres;
}

export interface SnapOptions {
  /** How far off the road a position may be; 500 m by default. */
  readonly maxDistance?: Metres;
}

export interface Snapper {
  /**
   * The nearest point on any edge. Refused with `off-network`, which tells the distance, when that is farther than
   * `maxDistance`, or when the position is not one on Earth (distance `Infinity`).
   */
  snap(position: LonLat, options?: SnapOptions): Result<Snap, RoadsError>;
}

const MAX_DISTANCE = metres(500);
const FIRST_RADIUS = 60;

/**
 * Snaps positions to a network. Distances are measured to the segments themselves, on a plane laid around the position
 * (equirectangular), whose error is below a thousandth within a few kilometres. The index is read from the network.
 */
export function createSnapper(network: RoadNetwork): Snapper {
  const { arrays } = network;
  const index = openSegmentIndex(arrays);

  /** The nearest segment within `radius` metres, if any. Exact: a segment that near meets the box of that radius. */
  const nearestWithin = (position: LonLat, radius: number): Nearest | undefined => {
    const [lon, lat] = position;
    const north = (radius / METRES_PER_DEGREE) * GRID_PER_DEGREE;
    const east = north / longitudeScale(lat);
    const x = lon * GRID_PER_DEGREE;
    const y = lat * GRID_PER_DEGREE;
    let best: Nearest | undefined;
    for (const segment of index.search(x - east, y - north, x + east, y + north)) {
      const candidate = measure(network, position, segment);
      const closer = !best || candidate.distance < best.distance;
      // The lower number wins a tie, so that the answer does not hang on the shape of the tree.
      if (closer || (best && candidate.distance === best.distance && segment < best.segment))
        best = candidate;
    }
    return best && best.distance <= radius ? best : undefined;
  };

  return {
    snap(position, { maxDistance = MAX_DISTANCE } = {}) {
      if (!isLonLat(position)) return offNetwork(metres(Infinity));
      for (let radius = Math.min(FIRST_RADIUS, maxDistance); ; radius = Math.min(3 * radius, maxDistance)) {
        const found = nearestWithin(position, radius);
        if (found) return ok(snapAt(network, found));
        if (radius >= maxDistance) break;
      }
      // Too far: the segment whose box is nearest tells about how far, without looking at all of them.
      const [segment] = index.neighbors(position[0] * GRID_PER_DEGREE, position[1] * GRID_PER_DEGREE, 1);
      return offNetwork(
        metres(segment === undefined ? Infinity : measure(network, position, segment).distance),
      );
    },
  };
}

/** What the street is called at this place, or `undefined` for a road without a name. */
export function streetNameAt(network: RoadNetwork, { edge }: Snap): StreetName | undefined {
  return findNameOf(network, edge);
}

interface Nearest {
  readonly segment: number;
  readonly edge: number;
  /** The point at which the segment begins. */
  readonly point: number;
  /** How far along the segment, in [0, 1]. */
  readonly along: number;
  readonly distance: number;
}

function measure({ arrays }: RoadNetwork, [lon, lat]: LonLat, segment: number): Nearest {
  const edge = edgeOfSegment(arrays, segment);
  const point = segment + edge;
  const scale = METRES_PER_DEGREE / GRID_PER_DEGREE;
  const eastScale = scale * longitudeScale(lat);
  const x = lon * GRID_PER_DEGREE;
  const y = lat * GRID_PER_DEGREE;
  const startX = (at(arrays.points, 2 * point) - x) * eastScale;
  const startY = (at(arrays.points, 2 * point + 1) - y) * scale;
  const deltaX = (at(arrays.points, 2 * point + 2) - x) * eastScale - startX;
  const deltaY = (at(arrays.points, 2 * point + 3) - y) * scale - startY;
  const square = deltaX * deltaX + deltaY * deltaY;
  const foot = square === 0 ? 0 : -(startX * deltaX + startY * deltaY) / square;
  const along = Math.min(1, Math.max(0, foot));
  return {
    segment,
    edge,
    point,
    along,
    distance: Math.hypot(startX + along * deltaX, startY + along * deltaY),
  };
}

function snapAt({ arrays }: RoadNetwork, { edge, point, along, distance }: Nearest): Snap {
  const position = interpolate(positionAt(arrays.points, point), positionAt(arrays.points, point + 1), along);
  let before = 0;
  let total = 0;
  const first = at(arrays.firstPoint, edge);
  const last = at(arrays.firstPoint, edge + 1) - 1;
  for (let i = first; i < last; i++) {
    const length = planeDistance(positionAt(arrays.points, i), positionAt(arrays.points, i + 1));
    if (i < point) before += length;
    else if (i === point) before += along * length;
    total += length;
  }
  const fraction = total === 0 ? 0 : Math.min(1, before / total);
  return { edge, fraction, position, distance: metres(distance) };
}

/** Good to a millionth between points of one edge, of which only shares are wanted. */
function planeDistance([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  return Math.hypot((lonB - lonA) * longitudeScale((latA + latB) / 2), latB - latA);
}

/** A degree of longitude in degrees of latitude; kept off zero at the poles. */
const longitudeScale = (lat: number): number => Math.max(1e-6, Math.cos((lat * Math.PI) / 180));

function offNetwork(distance: Metres): Result<never, RoadsError> {
  const message = `the nearest road is ${Math.round(distance)} m away`;
  return err({ code: 'off-network', message, distance });
}
