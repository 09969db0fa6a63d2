import { fromWallClock, type Instant, toWallClock } from '@lamplight/base';

const READING = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/** What a `datetime-local` field holds, as a moment in the agency's time zone; `null` while it is incomplete. */
export function readWallClock(text: string, zone: string): Instant | null {
  const parts = READING.exec(text)?.slice(1).map(Number);
  if (!parts) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = parts;
  return fromWallClock({ year, month, day, hour, minute, second: 0 }, zone).at;
}

/** A moment as a `datetime-local` field shows it in the agency's time zone. */
export function writeWallClock(at: Instant, zone: string): string {
  const { year, month, day, hour, minute } = toWallClock(at, zone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}
