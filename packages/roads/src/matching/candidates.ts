import { METRES_PER_DEGREE } from '@lamplight/base';
import { GRID_PER_DEGREE, type RoadNetwork } from '../network/network.js';
import { edgeOfSegment, openSegmentIndex } from '../network/segment-index.js';
import { type Snap, snapAt } from '../snap.js';
import type { Fix } from './fix.js';

/** A place where the vehicle may have been, and the direction in which it drove there. */
export interface Candidate {
  readonly snap: Snap;
  /** Twice the edge, plus one against its geometry. */
  readonly directed: number;
  /** The share of the edge that lies behind, in the direction of driving. */
  readonly share: number;
  /** The direction of driving: degrees clockwise from north. */
  readonly bearing: number;
  /** Logarithm of how well it explains the fix. */
  readonly emission: number;
}

/** Of more edges near a fix than this the nearest count. With much noise, eight are too few where many roads meet. */
const MAX_EDGES = 16;

/** Roads within so many standard deviations are looked at, and at least within so many metres. */
const REACH = 3.5;
const LEAST_RADIUS = 35;

/** A bearing is off by so many degrees (one standard deviation), and never by more than a right angle. */
const BEARING_SIGMA = 35;
const LEAST_SPEED = 2;

/** Finds the places near a fix: the nearest point of each edge within reach, in each direction that may be driven. */
export function createCandidates(network: RoadNetwork, isDriven: (directed: number) => boolean) {
  const { arrays } = network;
  const { points } = arrays;
  const index = openSegmentIndex(arrays);
  const scale = METRES_PER_DEGREE / GRID_PER_DEGREE;
  /** The edges found so far and the nearest point of each. */
  const edges: number[] = [];
  const segments: number[] = [];
  const alongs: number[] = [];
  const distances: number[] = [];

  const take = (edge: number, segment: number, along: number, distance: number): void => {
    const known = edges.indexOf(edge);
    const slot = known < 0 ? edges.length : known;
    if (known >= 0 && (distances[known] ?? 0) <= distance) return;
    edges[slot] = edge;
    segments[slot] = segment;
    alongs[slot] = along;
    distances[slot] = distance;
  };

  return ({ position, bearing, speed }: Fix, sigma: number): Candidate[] => {
    const x = position[0] * GRID_PER_DEGREE;
    const y = position[1] * GRID_PER_DEGREE;
    const eastScale = scale * Math.max(1e-6, Math.cos((position[1] * Math.PI) / 180));
    const radius = Math.max(LEAST_RADIUS, REACH * sigma);
    const east = radius / eastScale;
    const north = radius / scale;
    edges.length = 0;
    index.search(x - east, y - north, x + east, y + north, (segment) => {
      const edge = edgeOfSegment(arrays, segment);
      const first = 2 * (segment + edge);
      const startX = ((points[first] ?? 0) - x) * eastScale;
      const startY = ((points[first + 1] ?? 0) - y) * scale;
      const deltaX = ((points[first + 2] ?? 0) - x) * eastScale - startX;
      const deltaY = ((points[first + 3] ?? 0) - y) * scale - startY;
      const square = deltaX * deltaX + deltaY * deltaY;
      const share = square === 0 ? 0 : -(startX * deltaX + startY * deltaY) / square;
      const along = Math.min(1, Math.max(0, share));
      const offX = startX + along * deltaX;
      const offY = startY + along * deltaY;
      const distance = Math.sqrt(offX * offX + offY * offY);
      if (distance <= radius) take(edge, segment, along, distance);
      return false;
    });

    const nearest = Array.from(edges.keys())
      .sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || (edges[a] ?? 0) - (edges[b] ?? 0))
      .slice(0, MAX_EDGES);
    const candidates: Candidate[] = [];
    const useBearing =
      bearing !== undefined && Number.isFinite(bearing) && (speed ?? LEAST_SPEED) >= LEAST_SPEED;
    for (const slot of nearest) {
      const edge = edges[slot] ?? 0;
      const distance = distances[slot] ?? 0;
      const { snap, bearing: ahead } = placeAt(
        network,
        edge,
        segments[slot] ?? 0,
        alongs[slot] ?? 0,
        distance,
      );
      const near = -0.5 * (distance / sigma) ** 2;
      for (const against of [0, 1]) {
        const directed = 2 * edge + against;
        if (!isDriven(directed)) continue;
        const driven = against ? (ahead + 180) % 360 : ahead;
        const off = useBearing ? Math.min(90, Math.abs(((driven - bearing + 540) % 360) - 180)) : 0;
        candidates.push({
          snap,
          directed,
          share: against ? 1 - snap.fraction : snap.fraction,
          bearing: driven,
          emission: near - 0.5 * (off / BEARING_SIGMA) ** 2,
        });
      }
    }
    return candidates;
  };
}

/** The place on an edge at a share of one of its segments, and the bearing of that segment. */
export function placeAt(
  { arrays }: RoadNetwork,
  edge: number,
  segment: number,
  along: number,
  distance: number,
): { readonly snap: Snap; readonly bearing: number } {
  const snap = snapAt(arrays, { segment, edge, along, distance });
  const { points } = arrays;
  const point = 2 * (segment + edge);
  const eastScale = Math.max(1e-6, Math.cos((snap.position[1] * Math.PI) / 180));
  const deltaX = ((points[point + 2] ?? 0) - (points[point] ?? 0)) * eastScale;
  const deltaY = (points[point + 3] ?? 0) - (points[point + 1] ?? 0);
  return { snap, bearing: ((Math.atan2(deltaX, deltaY) * 180) / Math.PI + 360) % 360 };
}
