import type { Fix, Matcher } from '../matching/index.js';
import { at } from '../network/network.js';
import type { Metric } from '../search/metric.js';
import type { Snap } from '../snap.js';
import { type Driven, type PathParts, pathAlong } from './paths.js';

/** The way in a trace, and its legs in the middle, which know neither start nor arrival. */
export interface DrivenWay {
  readonly path: PathParts;
  readonly legs: readonly { readonly path: PathParts; readonly seconds: number }[];
}

/** A leg is at least so many metres, so that an error of 10 m along the street at either end matters little. */
const LEG = 400;

/** The way that fixes were driven, matched to the roads; `undefined` where it has a gap or cannot be matched. */
export function findDrivenWay(
  metric: Metric,
  matcher: Matcher,
  fixes: readonly Fix[],
): DrivenWay | undefined {
  const match = matcher.match(fixes);
  const [segment, ...more] = match.segments;
  if (!segment || more.length > 0 || segment.parts.length === 0) return undefined;
  const places: Place[] = [];
  for (const [index, matched] of match.fixes.entries()) {
    const fix = fixes[index];
    if (matched.kind !== 'matched' || !fix) continue;
    const place = findPlace(segment.parts, matched.snap, places.at(-1));
    if (place) places.push({ ...place, after: fix.at });
  }
  return { path: pathAlong(metric, segment.parts), legs: legsBetween(metric, segment.parts, places) };
}

/** Somewhere on the way: in which of its parts, and at which share of the edge. */
interface Place {
  readonly part: number;
  readonly fraction: number;
  /** Since departure. */
  readonly after: number;
}

/** The first place at or after `from` where the way passes the snapped point. */
function findPlace(
  parts: readonly Driven[],
  { edge, fraction }: Snap,
  from: Place | undefined,
): Omit<Place, 'after'> | undefined {
  for (let part = from?.part ?? 0; part < parts.length; part++) {
    const driven = parts[part];
    if (driven?.edge !== edge) continue;
    const share = (fraction - driven.start) / (driven.end - driven.start);
    const reached = part === from?.part ? (from.fraction - driven.start) / (driven.end - driven.start) : 0;
    if (share >= reached && share <= 1) return { part, fraction };
  }
  return undefined;
}

function legsBetween(metric: Metric, parts: readonly Driven[], places: readonly Place[]): DrivenWay['legs'] {
  const legs: { path: PathParts; seconds: number }[] = [];
  let [start] = places;
  let metres = 0;
  let before = start;
  for (const place of places) {
    if (!start || !before) break;
    metres += lengthOf(metric, slice(parts, before, place));
    before = place;
    if (metres < LEG) continue;
    if (place.after > start.after)
      legs.push({ path: pathAlong(metric, slice(parts, start, place)), seconds: place.after - start.after });
    start = place;
    metres = 0;
  }
  // The first holds the start; what is left after the last holds the arrival.
  return legs.slice(1);
}

function slice(parts: readonly Driven[], from: Place, to: Place): Driven[] {
  return parts.slice(from.part, to.part + 1).map((driven, index, { length }) => ({
    edge: driven.edge,
    start: index === 0 ? from.fraction : driven.start,
    end: index === length - 1 ? to.fraction : driven.end,
  }));
}

const lengthOf = ({ network: { arrays } }: Metric, parts: readonly Driven[]): number =>
  parts.reduce((sum, { edge, start, end }) => sum + at(arrays.edgeLength, edge) * Math.abs(end - start), 0);
