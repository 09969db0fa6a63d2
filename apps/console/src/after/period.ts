import { type Instant, instant } from '@lamplight/base';
import { readWallClock, writeWallClock } from '../state/wall-clock.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Stretches of time that end now, in milliseconds. */
const LENGTHS = { hour: HOUR, day: DAY, week: 7 * DAY, month: 30 * DAY, year: 365 * DAY } as const;
type Length = keyof typeof LENGTHS;

/** What a reader chose: a stretch that ends now, all time, or two readings of the agency's clock. */
export interface Period {
  readonly kind: Length | 'all' | 'custom';
  readonly from: string;
  readonly to: string;
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** The period `kind`; should the reader want two moments of their own, they start from the last day. */
export const periodOf = (kind: Period['kind'], now: Instant, zone: string): Period => ({
  kind,
  from: writeWallClock(instant(now - DAY), zone),
  to: writeWallClock(now, zone),
});

/** `undefined` where all time is meant, `null` where the two moments make no period. */
export function spanOf({ kind, from, to }: Period, now: Instant, zone: string): Span | undefined | null {
  if (kind === 'all') return undefined;
  if (kind !== 'custom') return { from: instant(now - LENGTHS[kind]), to: now };
  const start = readWallClock(from, zone);
  const end = readWallClock(to, zone);
  return start !== null && end !== null && start < end ? { from: start, to: end } : null;
}
