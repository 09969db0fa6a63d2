import { type Instant, instant, interpolate, type LonLat } from '@lamplight/base';
import type { IncidentReplayView, LoggedResponseEvent } from '@lamplight/contracts';
import { boardAfter } from '@lamplight/ui';

/** By which time events are taken: when they happened, or when the centre learned of them. */
export type PastView = 'happened' | 'known';

export const timeOf = ({ event, recordedAt }: LoggedResponseEvent, view: PastView): Instant =>
  view === 'happened' ? event.at : recordedAt;

/** The events that belong to a moment, in the order of the log. */
export const eventsUntil = (
  events: readonly LoggedResponseEvent[],
  at: Instant,
  view: PastView,
): readonly LoggedResponseEvent[] => events.filter((logged) => timeOf(logged, view) <= at);

/** The incident with its calls and orders as these events leave it. */
export const stateAfter = (events: readonly LoggedResponseEvent[]) =>
  boardAfter(events.map(({ event }) => event));

/** Two positions no further apart than this, in seconds, are joined; across a longer gap nobody knows the way. */
const JOINED = 30;
/** A position older than this, in seconds, may be anywhere by now. */
const STALE = 60;

interface Whereabouts {
  readonly position: LonLat;
  readonly bearing: number | null;
  /** Seconds since the position was taken. */
  readonly age: number;
  readonly stale: boolean;
}

type Points = IncidentReplayView['units'][number]['points'];

/** Where a unit was so many seconds after the start; `null` before its first position. */
export function whereabouts(points: Points, seconds: number): Whereabouts | null {
  const next = firstAfter(points, seconds);
  const before = points[next - 1];
  if (!before) return null;
  const [time, lon, lat, bearing] = before;
  const later = points[next];
  const age = seconds - time;
  if (later && later[0] - time <= JOINED) {
    const share = age / (later[0] - time);
    return {
      position: interpolate([lon, lat], [later[1], later[2]], share),
      bearing,
      age: 0,
      stale: false,
    };
  }
  return { position: [lon, lat], bearing, age, stale: age > STALE };
}

/** The way up to a moment. */
export const wayUntil = (points: Points, seconds: number): readonly LonLat[] =>
  points.slice(0, firstAfter(points, seconds)).map(([, lon, lat]) => [lon, lat]);

/** Stretches without a position that are long enough to be told of, in seconds from the start. */
export function gapsOf(
  points: Points,
  length: number,
): readonly { readonly from: number; readonly to: number }[] {
  const times = [0, ...points.map(([time]) => time), length];
  return times.flatMap((to, index) => {
    const from = times[index - 1];
    return from !== undefined && to - from > STALE ? [{ from, to }] : [];
  });
}

/** The index of the first point after a moment. Points come in the order of time. */
function firstAfter(points: Points, seconds: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const point = points[middle];
    if (point && point[0] <= seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The next moment at which something happened, or the last one before; `null` when there is none. */
export function eventBeside(
  events: readonly LoggedResponseEvent[],
  at: Instant,
  view: PastView,
  direction: 'next' | 'previous',
): Instant | null {
  const times = events.map((logged) => timeOf(logged, view));
  const beyond = times.filter((time) => (direction === 'next' ? time > at : time < at));
  if (beyond.length === 0) return null;
  return instant(direction === 'next' ? Math.min(...beyond) : Math.max(...beyond));
}
