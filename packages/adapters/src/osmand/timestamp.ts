import { type Instant, instant, ok, parseInstant } from '@lamplight/base';
import { type CodecResult, fail } from '../failure.js';
import { jsonNumber, textNumber } from '../fields.js';

/**
 * Below this a number counts seconds, from it on milliseconds, as Traccar's server decides it (2^31 - 1): seconds
 * reach it in 2038, milliseconds passed it in January 1970.
 */
const FIRST_MILLISECOND_STAMP = 2_147_483_647;

/** The last millisecond of the year 9999. */
const LAST_MILLISECOND_STAMP = 253_402_300_799_999;

const DATE_AND_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/**
 * A moment in any of the forms that devices send: seconds or milliseconds since the epoch, RFC 3339, or
 * `yyyy-MM-dd HH:mm:ss`, which names no zone and is read as UTC.
 */
export function readTimestamp(value: unknown, field: string): CodecResult<Instant> {
  const number = jsonNumber(value) ?? textNumber(value);
  if (number !== undefined) {
    const milliseconds = number < FIRST_MILLISECOND_STAMP ? number * 1000 : number;
    if (milliseconds <= 0 || milliseconds > LAST_MILLISECOND_STAMP) {
      return fail('invalid-field', field, 'must be a positive number of seconds or milliseconds');
    }
    return ok(instant(Math.round(milliseconds)));
  }
  if (typeof value !== 'string') return fail('invalid-field', field, 'must be text or a number');
  const parsed = parseInstant(DATE_AND_TIME.test(value) ? `${value}Z` : value);
  return parsed.ok ? parsed : fail('invalid-field', field, parsed.error);
}
