import { fromWallClock, type Instant, instant, toWallClock } from '@lamplight/base';

/** `14:03:27`, `14:03`, `140327` or `1403`, with digits and colons of either width. */
const READING = /^(\d{1,2}):?(\d{2})(?::?(\d{2}))?$/;
const DAY_MS = 24 * 3600 * 1000;

/**
 * A time of day as somebody types it, as the moment that lies nearest to `near` in the agency's time zone: what
 * happened just before midnight is not taken for tonight. `null` for what is no time.
 */
export function readTimeOfDay(text: string, near: Instant, zone: string): Instant | null {
  const parts = READING.exec(text.normalize('NFKC').trim())?.slice(1);
  if (!parts) return null;
  const [hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const onDayOf = (day: Instant): Instant => {
    const wall = toWallClock(day, zone);
    return fromWallClock({ ...wall, hour, minute, second }, zone).at;
  };
  const candidates = [-DAY_MS, 0, DAY_MS].map((shift) => onDayOf(instant(near + shift)));
  return candidates.reduce((best, at) => (Math.abs(at - near) < Math.abs(best - near) ? at : best));
}
