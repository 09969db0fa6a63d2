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
  findNameOf,
  GRID_PER_DEGREE,
  type NetworkArrays,
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
const FIRST_RADIUS = 40;

/**
 * Snaps positions to a network. Distances are measured to the segments themselves, on a plane laid around the position
 * (equirectangular), whose error is below a thousandth within a few kilometres. The index is read from the network.
 */
export function createSnapper(network: RoadNetwork): Snapper {
  const { arrays } = network;
  const index = openSegmentIndex(arrays);

  /** The segment found by the last call of `findWithin`, and what `measure` says of it. */
  const best = createFoot();
  const other = createFoot();
  const scale = METRES_PER_DEGREE / GRID_PER_DEGREE;

  /** The nearest segment within `radius` metres into `best`. Exact: a segment that near meets the box of that radius. */
  const findWithin = (x: number, y: number, eastScale: number, radius: number): boolean => {
    const north = radius / scale;
    const east = radius / eastScale;
    best.distance = radius;
    best.segment = NO_SEGMENT;
    // The tree only tells which boxes meet the search box; no list of results is made.
    index.search(x - east, y - north, x + east, y + north, (segment, minX, minY, maxX, maxY) => {
      const beside = (x < minX ? minX - x : x > maxX ? x - maxX : 0) * eastScale;
      const above = (y < minY ? minY - y : y > maxY ? y - maxY : 0) * scale;
      if (beside * beside + above * above > best.distance * best.distance) return false;
      measure(arrays, x, y, eastScale, scale, segment, other);
      // The lower number wins a tie, so that the answer does not hang on the shape of the tree.
      if (
        other.distance < best.distance ||
        (other.distance === best.distance && other.segment < best.segment)
      ) {
        best.segment = other.segment;
        best.edge = other.edge;
        best.along = other.along;
        best.distance = other.distance;
      }
      return false;
    });
    return best.segment !== NO_SEGMENT;
  };

  return {
    snap(position, { maxDistance = MAX_DISTANCE } = {}) {
      if (!isLonLat(position)) return offNetwork(metres(Infinity));
      const x = position[0] * GRID_PER_DEGREE;
      const y = position[1] * GRID_PER_DEGREE;
      const eastScale = scale * longitudeScale(position[1]);
      for (let radius = Math.min(FIRST_RADIUS, maxDistance); ; radius = Math.min(3 * radius, maxDistance)) {
        if (findWithin(x, y, eastScale, radius)) return ok(snapAt(arrays, best));
        if (radius >= maxDistance) break;
      }
      // Too far: the segment whose box is nearest tells about how far, without looking at all of them.
      const [segment] = index.neighbors(x, y, 1);
      if (segment === undefined) return offNetwork(metres(Infinity));
      measure(arrays, x, y, eastScale, scale, segment, other);
      return offNetwork(metres(other.distance));
    },
  };
}

/** What the street is called at this place, or `undefined` for a road without a name. */
export function streetNameAt(network: RoadNetwork, { edge }: Snap): StreetName | undefined {
  return findNameOf(network, edge);
}

/** The point of a segment that is nearest to a position. One object is filled again and again. */
export interface Foot {
  segment: number;
  edge: number;
  /** How far along the segment, in [0, 1]. */
  along: number;
  /** Metres. */
  distance: number;
}

const NO_SEGMENT = Number.MAX_SAFE_INTEGER;

const createFoot = (): Foot => ({ segment: NO_SEGMENT, edge: 0, along: 0, distance: Infinity });

function measure(
  arrays: NetworkArrays,
  x: number,
  y: number,
  eastScale: number,
  northScale: number,
  segment: number,
  foot: Foot,
): void {
  const { points } = arrays;
  const edge = edgeOfSegment(arrays, segment);
  const first = 2 * (segment + edge);
  const startX = ((points[first] ?? 0) - x) * eastScale;
  const startY = ((points[first + 1] ?? 0) - y) * northScale;
  const deltaX = ((points[first + 2] ?? 0) - x) * eastScale - startX;
  const deltaY = ((points[first + 3] ?? 0) - y) * northScale - startY;
  const square = deltaX * deltaX + deltaY * deltaY;
  const share = square === 0 ? 0 : -(startX * deltaX + startY * deltaY) / square;
  const along = Math.min(1, Math.max(0, share));
  const offX = startX + along * deltaX;
  const offY = startY + along * deltaY;
  foot.segment = segment;
  foot.edge = edge;
  foot.along = along;
  foot.distance = Math.sqrt(offX * offX + offY * offY);
}

/** The place at a foot: how far along its edge that is, by length. */
export function snapAt(
  { points, firstPoint }: NetworkArrays,
  { segment, edge, along, distance }: Readonly<Foot>,
): Snap {
  const foot = segment + edge;
  const position = interpolate(positionAt(points, foot), positionAt(points, foot + 1), along);
  // Good to a millionth between points of one edge, of which only shares are wanted.
  const eastScale = longitudeScale(position[1]);
  const last = (firstPoint[edge + 1] ?? 0) - 1;
  let before = 0;
  let total = 0;
  for (let point = firstPoint[edge] ?? 0; point < last; point++) {
    const deltaX = ((points[2 * point + 2] ?? 0) - (points[2 * point] ?? 0)) * eastScale;
    const deltaY = (points[2 * point + 3] ?? 0) - (points[2 * point + 1] ?? 0);
    const length = Math.sqrt(deltaX * deltaX + deltaY * deltaY);
    if (point < foot) before += length;
    else if (point === foot) before += along * length;
    total += length;
  }
  const fraction = total === 0 ? 0 : Math.min(1, before / total);
  return { edge, fraction, position, distance: metres(distance) };
}

/** A degree of longitude in degrees of latitude; kept off zero at the poles. */
const longitudeScale = (lat: number): number => Math.max(1e-6, Math.cos((lat * Math.PI) / 180));

function offNetwork(distance: Metres): Result<never, RoadsError> {
  const message = `the nearest road is ${Math.round(distance)} m away`;
  return err({ code: 'off-network', message, distance });
}
