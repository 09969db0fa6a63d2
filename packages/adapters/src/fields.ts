import { isLonLat, type LonLat, metres, metresPerSecond, ok } from '@lamplight/base';
import { type CodecResult, fail } from './failure.js';
import type { PositionFix } from './position-fix.js';

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON text to a value; never throws. */
export function parseJson(text: string): CodecResult<unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch {
    return fail('malformed', '', 'is not JSON');
  }
}

/**
 * How a protocol writes its numbers: JSON formats as numbers, query parameters as text.
 * `undefined` for anything that is not a finite number.
 */
export type NumberReader = (value: unknown) => number | undefined;

export const jsonNumber: NumberReader = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

export const textNumber: NumberReader = (value) =>
  typeof value === 'string' && DECIMAL.test(value.trim()) ? jsonNumber(Number(value)) : undefined;

/** Absent in every protocol here: no value, JSON `null`, an empty parameter. */
export const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Latitude and longitude, both required. `latName` and `lonName` are what a failure calls the fields. */
export function readPosition(
  read: NumberReader,
  [lonName, lonValue]: readonly [string, unknown],
  [latName, latValue]: readonly [string, unknown],
): CodecResult<LonLat> {
  if (isAbsent(latValue)) return fail('missing-field', latName, 'is required');
  if (isAbsent(lonValue)) return fail('missing-field', lonName, 'is required');
  const lat = read(latValue);
  const lon = read(lonValue);
  if (lat === undefined || !isLonLat([0, lat])) {
    return fail('invalid-field', latName, 'must be degrees from -90 to 90');
  }
  if (lon === undefined || !isLonLat([lon, 0])) {
    return fail('invalid-field', lonName, 'must be degrees from -180 to 180');
  }
  return ok([lon, lat]);
}

type Quantity = 'accuracy' | 'speed' | 'bearing' | 'altitude' | 'battery';

/** A quantity that a device may leave out: where its value stands, and the factor to our unit. */
export interface OptionalField {
  readonly quantity: Quantity;
  readonly name: string;
  readonly value: unknown;
  readonly toOurs?: (value: number) => number;
}

/**
 * Reads the optional quantities of a fix. A negative accuracy, speed, bearing or battery is how phones write
 * "unknown" (Apple's Core Location gives -1 for an invalid speed and course), so it is left out, not refused.
 */
export function readQuantities(
  read: NumberReader,
  fields: readonly OptionalField[],
): CodecResult<Omit<PositionFix, 'position' | 'eventAt'>> {
  const found: { -readonly [Name in Quantity]?: number } = {};
  for (const { quantity, name, value, toOurs } of fields) {
    if (isAbsent(value)) continue;
    const number = read(value);
    if (number === undefined) return fail('invalid-field', name, 'must be a number');
    if (number < 0 && quantity !== 'altitude') continue;
    const ours = toOurs ? toOurs(number) : number;
    if (quantity === 'bearing' && ours > 360) {
      return fail('invalid-field', name, 'must be degrees from 0 to 360');
    }
    if (quantity === 'battery' && ours > 1) {
      return fail('invalid-field', name, 'must not be more than full');
    }
    found[quantity] = quantity === 'bearing' ? ours % 360 : ours;
  }
  const { accuracy, speed, bearing, altitude, battery } = found;
  return ok({
    ...(accuracy === undefined ? {} : { accuracy: metres(accuracy) }),
    ...(speed === undefined ? {} : { speed: metresPerSecond(speed) }),
    ...(bearing === undefined ? {} : { bearing }),
    ...(altitude === undefined ? {} : { altitude: metres(altitude) }),
    ...(battery === undefined ? {} : { battery }),
  });
}
