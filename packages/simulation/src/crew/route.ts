import {
  bearing,
  distance,
  interpolate,
  type LonLat,
  type MetresPerSecond,
  metresPerSecond,
  type Seconds,
  seconds,
} from '@lamplight/base';
import { itemAt } from '../sure.js';

/** A way to drive: vertices, and the time at which each is reached, counted from the start and never falling. */
export interface DrivenRoute {
  readonly geometry: readonly LonLat[];
  readonly seconds: readonly number[];
}

/** Where something is and how it moves. Bearing in degrees clockwise from north. */
export interface Motion {
  readonly position: LonLat;
  readonly speed: MetresPerSecond;
  readonly bearing: number;
}

/** How long the whole route takes; 0 for a route without length. */
export const routeDuration = (route: DrivenRoute): Seconds => seconds(route.seconds.at(-1) ?? 0);

/**
 * Where a vehicle is after `elapsed` seconds on the route, at the steady speed of each piece. Before the start it
 * stands at the first vertex, after the end at the last. Throws a RangeError for a route without vertices.
 */
export function alongRoute(route: DrivenRoute, elapsed: Seconds): Motion {
  const { geometry, seconds: times } = route;
  const last = geometry.length - 1;
  const standing = (index: number): Motion => ({
    position: itemAt(geometry, index),
    speed: metresPerSecond(0),
    bearing:
      last > 0 ? bearing(itemAt(geometry, Math.max(0, index - 1)), itemAt(geometry, Math.max(1, index))) : 0,
  });
  if (elapsed <= 0 || last === 0) return standing(0);
  if (elapsed >= itemAt(times, last)) return standing(last);
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (itemAt(times, middle) <= elapsed) low = middle;
    else high = middle;
  }
  const from = itemAt(geometry, low);
  const to = itemAt(geometry, high);
  const duration = itemAt(times, high) - itemAt(times, low);
  const fraction = duration > 0 ? (elapsed - itemAt(times, low)) / duration : 1;
  return {
    position: interpolate(from, to, fraction),
    speed: metresPerSecond(duration > 0 ? distance(from, to) / duration : 0),
    bearing: bearing(from, to),
  };
}
