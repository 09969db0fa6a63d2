import {
  bearing,
  distance,
  interpolate,
  type LonLat,
  type Metres,
  metres,
  type Seconds,
  seconds,
} from '@lamplight/base';
import type { RoadNetwork, StreetName } from '../network/index.js';
import { DECISECONDS_PER_SECOND, findNameOf, geometryOf, lengthOf } from '../network/network.js';
import type { Snap } from '../snap.js';
import type { Stretch } from './ends.js';

/** A way along the streets, with the time at each of its points. */
export interface Route {
  readonly duration: Seconds;
  readonly length: Metres;
  /** From the first snapped point to the second; at least two points, though they may be the same. */
  readonly geometry: readonly LonLat[];
  /** For each point of the geometry: seconds since departure. Never falls; the last is `duration`. */
  readonly times: readonly Seconds[];
  /** The streets in order; one entry for as long as the name stays. */
  readonly streets: readonly StreetRun[];
  /** The edges driven, in order; none where nothing is to be driven. */
  readonly edges: readonly RouteEdge[];
}

/** An edge, or the part of one, that a route drives: from the one to the other share of its length. */
export interface RouteEdge {
  readonly edge: number;
  /** Where it begins and ends; less at the end than at the start when it is driven against its geometry. */
  readonly start: number;
  readonly end: number;
  /** The point of the route's geometry at which it begins. The time from there on holds the turn into it. */
  readonly point: number;
}

export interface StreetRun {
  /** `undefined` for a road without a name. */
  readonly name: StreetName | undefined;
  readonly length: Metres;
  readonly duration: Seconds;
}

/** The route along stretches that follow one another, from `from` on. */
export function layRoute(network: RoadNetwork, from: Snap, path: readonly Stretch[]): Route {
  const geometry: LonLat[] = [from.position];
  const times: number[] = [0];
  const streets: { name: StreetName | undefined; length: number; duration: number }[] = [];
  const edges: RouteEdge[] = [];
  let elapsed = 0;
  let length = 0;

  for (const stretch of path) {
    if (stretch.start === stretch.end) continue;
    edges.push({ edge: stretch.edge, start: stretch.start, end: stretch.end, point: geometry.length - 1 });
    const duration = stretch.duration / DECISECONDS_PER_SECOND;
    const driven = lengthOf(network, stretch.edge) * Math.abs(stretch.end - stretch.start);
    for (const { position, share } of sliceOf(network, stretch)) {
      geometry.push(position);
      times.push(elapsed + share * duration);
    }
    // Sums of tenths stray in the last digits of a double; whole tenths are restored at each node.
    elapsed = Math.round((elapsed + duration) * DECISECONDS_PER_SECOND) / DECISECONDS_PER_SECOND;
    times[times.length - 1] = elapsed;
    length += driven;

    const name = findNameOf(network, stretch.edge);
    const last = streets.at(-1);
    if (last && last.name === name) {
      last.length += driven;
      last.duration += duration;
    } else {
      streets.push({ name, length: driven, duration });
    }
  }
  if (geometry.length === 1) {
    geometry.push(from.position);
    times.push(0);
  }
  return {
    duration: seconds(elapsed),
    length: metres(length),
    geometry,
    times: times.map(seconds),
    streets: streets.map((run) => ({
      name: run.name,
      length: metres(run.length),
      duration: seconds(run.duration),
    })),
    edges,
  };
}

/** A part of an edge, driven from the one to the other share of its length. */
type EdgePart = Pick<Stretch, 'edge' | 'start' | 'end'>;

/** The course of parts of edges that follow one another. */
export function geometryAlong(network: RoadNetwork, parts: readonly EdgePart[]): LonLat[] {
  const [first] = parts;
  if (!first) return [];
  const { edge, start, end } = first;
  const before = sliceOf(network, { edge, start: end > start ? 0 : 1, end: start }).at(-1)?.position;
  const line = geometryOf(network, edge);
  const origin = before ?? line[end > start ? 0 : line.length - 1];
  const onward = parts.flatMap((part) => sliceOf(network, part).map(({ position }) => position));
  return origin ? [origin, ...onward] : onward;
}

/** The points of a stretch after its first, with the share of the stretch that lies behind at each; the last is 1. */
function sliceOf(
  network: RoadNetwork,
  { edge, start, end }: EdgePart,
): { position: LonLat; share: number }[] {
  const forward = end > start;
  const line = forward ? geometryOf(network, edge) : geometryOf(network, edge).reverse();
  const low = forward ? start : 1 - start;
  const high = forward ? end : 1 - end;

  const behind: number[] = [0];
  for (let i = 1; i < line.length; i++) behind.push((behind[i - 1] ?? 0) + gap(line, i));
  const total = behind.at(-1) ?? 0;
  const slice: { position: LonLat; share: number }[] = [];
  for (let i = 1; i < line.length; i++) {
    const position = line[i];
    const previous = line[i - 1];
    if (!position || !previous) break;
    const from = total === 0 ? 0 : (behind[i - 1] ?? 0) / total;
    const to = total === 0 || i === line.length - 1 ? 1 : (behind[i] ?? 0) / total;
    if (to <= low) continue;
    if (to >= high) {
      slice.push({ position: interpolate(previous, position, (high - from) / (to - from)), share: 1 });
      break;
    }
    slice.push({ position, share: (to - low) / (high - low) });
  }
  return slice;
}

function gap(line: readonly LonLat[], index: number): number {
  const from = line[index - 1];
  const to = line[index];
  return from && to ? distance(from, to) : 0;
}

/** Where a vehicle is on its way, and the direction in which it looks: degrees clockwise from north, in [0, 360). */
export interface RoutePosition {
  readonly position: LonLat;
  readonly bearing: number;
}

/**
 * Where a vehicle is that left `elapsed` ago and keeps the times of the route. Before the start it is at the first
 * point, after the end at the last. O(log points).
 */
export function positionAlong({ geometry, times }: Route, elapsed: Seconds): RoutePosition {
  let low = 0;
  let high = geometry.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) <= elapsed) low = middle;
    else high = middle;
  }
  const from = geometry[low];
  const to = geometry[high];
  if (!from || !to) throw new RangeError('the route has no geometry');
  const start = times[low] ?? 0;
  const span = (times[high] ?? 0) - start;
  const fraction = span > 0 ? Math.min(1, Math.max(0, (elapsed - start) / span)) : elapsed > start ? 1 : 0;
  return { position: interpolate(from, to, fraction), bearing: bearing(...lastMove(geometry, low)) };
}

/** The move from point `index`, or the nearest before or after it that leads anywhere. */
function lastMove(geometry: readonly LonLat[], index: number): [LonLat, LonLat] {
  for (let i = index; i >= 0; i--) if (gap(geometry, i + 1) > 0) return moveAt(geometry, i);
  for (let i = index + 1; i + 1 < geometry.length; i++) {
    if (gap(geometry, i + 1) > 0) return moveAt(geometry, i);
  }
  return moveAt(geometry, 0);
}

function moveAt(geometry: readonly LonLat[], index: number): [LonLat, LonLat] {
  const from = geometry[index];
  const to = geometry[index + 1];
  if (!from || !to) throw new RangeError('the route has no geometry');
  return [from, to];
}
