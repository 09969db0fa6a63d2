import { type LonLat, METRES_PER_DEGREE, type Metres, metres, type Seconds, seconds } from '@lamplight/base';
import type { Route } from '../search/route.js';
import type { Snap } from '../snap.js';

export interface FollowOptions {
  /** How far beside the route a vehicle may be seen and still be on it; 60 m by default. */
  readonly tolerance?: Metres;
}

/** Follows one vehicle along a route that it is known to take. Keeps how far it has come. */
export interface RouteFollower {
  /**
   * Seconds left from where the vehicle is seen now to the end of the route, by the times of the route, or `undefined`
   * when it is too far off the route. Never more than it was before: a vehicle is taken to be where it has been seen
   * farthest along. O(points of the next half kilometre); of all that is left when it is not there.
   */
  timeLeft(place: LonLat | Snap): Seconds | undefined;
}

const TOLERANCE = metres(60);

/** Where the vehicle is looked for first: so far ahead of where it was. */
const AHEAD = 500;

/** A metre farther ahead must lie this much nearer, so that of two passes of one street the next one is meant. */
const PATIENCE = 0.1;

export function followRoute(
  { geometry, times, duration }: Route,
  { tolerance = TOLERANCE }: FollowOptions = {},
): RouteFollower {
  const eastScale = METRES_PER_DEGREE * Math.cos(((geometry[0]?.[1] ?? 0) * Math.PI) / 180);
  const x = Float64Array.from(geometry, ([lon]) => lon * eastScale);
  const y = Float64Array.from(geometry, ([, lat]) => lat * METRES_PER_DEGREE);
  const behind = new Float64Array(geometry.length);
  for (let i = 1; i < behind.length; i++) behind[i] = (behind[i - 1] ?? 0) + lengthOf(i);

  /** Metres along the route, and the segment that this is on. */
  let progress = 0;
  let segment = 1;

  function lengthOf(to: number): number {
    return Math.hypot((x[to] ?? 0) - (x[to - 1] ?? 0), (y[to] ?? 0) - (y[to - 1] ?? 0));
  }

  /** Moves on to the best point at most `ahead` metres from where it was; false where none is near enough. */
  const advance = (eastOf: number, northOf: number, ahead: number): boolean => {
    let best = Infinity;
    let bestSegment = segment;
    let bestProgress = progress;
    for (let i = segment; i < x.length && (behind[i - 1] ?? 0) <= progress + ahead; i++) {
      const length = lengthOf(i);
      const startX = x[i - 1] ?? 0;
      const startY = y[i - 1] ?? 0;
      const deltaX = (x[i] ?? 0) - startX;
      const deltaY = (y[i] ?? 0) - startY;
      const share =
        length === 0 ? 0 : ((eastOf - startX) * deltaX + (northOf - startY) * deltaY) / (length * length);
      // Not behind where it has been, which on the first segment lies in the middle of it.
      const along = Math.max(progress, (behind[i - 1] ?? 0) + Math.min(1, Math.max(0, share)) * length);
      const part = length === 0 ? 0 : (along - (behind[i - 1] ?? 0)) / length;
      const off = Math.hypot(startX + part * deltaX - eastOf, startY + part * deltaY - northOf);
      const cost = off + PATIENCE * (along - progress);
      if (off <= tolerance && cost < best) {
        best = cost;
        bestSegment = i;
        bestProgress = along;
      }
    }
    segment = bestSegment;
    progress = bestProgress;
    return best < Infinity;
  };

  return {
    timeLeft(place) {
      const [lon, lat] = 'edge' in place ? place.position : place;
      const [eastOf, northOf] = [lon * eastScale, lat * METRES_PER_DEGREE];
      if (!advance(eastOf, northOf, AHEAD) && !advance(eastOf, northOf, Infinity)) return undefined;
      const start = times[segment - 1] ?? 0;
      const end = times[segment] ?? duration;
      const length = lengthOf(segment);
      const share = length === 0 ? 1 : (progress - (behind[segment - 1] ?? 0)) / length;
      return seconds(Math.max(0, duration - (start + share * (end - start))));
    },
  };
}
