import { err, type Result } from '@lamplight/base';

/**
 * Why a frame was not turned into a value.
 *
 * - `malformed`: not readable at all (not JSON, not an object).
 * - `missing-field`: a required field is absent.
 * - `invalid-field`: a field is there and cannot be what it says.
 * - `not-a-position`: a valid message of another kind; ignoring it is right.
 * - `no-fix`: the device says that it has no valid position.
 * - `encrypted`: the payload is sealed with a key that we do not hold.
 */
export interface CodecFailure {
  readonly code: 'malformed' | 'missing-field' | 'invalid-field' | 'not-a-position' | 'no-fix' | 'encrypted';
  /** The field in the words of the format, such as `coords.latitude`; empty when the whole frame is meant. */
  readonly field: string;
  /** One English phrase for logs and for whoever sets up the device. */
  readonly reason: string;
}

export type CodecResult<Value> = Result<Value, CodecFailure>;

export const fail = (
  code: CodecFailure['code'],
  field: string,
  reason: string,
): Result<never, CodecFailure> => err({ code, field, reason });
