import { parseInstant, type Seconds, seconds } from '@lamplight/base';
import type { Fix } from '@lamplight/roads';
import { findLocalTime } from '../options.js';

/** The fixes of one vehicle, in the order in which they were written. */
export interface Trace {
  /** What the file calls it; its number, from 1, where the file does not say. */
  readonly id: string;
  readonly fixes: readonly Fix[];
}

/**
 * The time of a fix in seconds on a clock that runs evenly: a moment of RFC 3339, a wall clock as
 * `2026-03-14 08:15:30` (which is not even when clocks are set), or a number of seconds. `undefined` for what is none.
 */
export function readTime(text: string): Seconds | undefined {
  const moment = parseInstant(text);
  if (moment.ok) return seconds(moment.value / 1000);
  if (text !== '' && Number.isFinite(Number(text))) return seconds(Number(text));
  const local = findLocalTime(text);
  return local === undefined ? undefined : seconds(local / 1000);
}
