import {
  type BoundingBox,
  formatInstant,
  type Instant,
  isLonLat,
  type LonLat,
  type Metres,
  parseInstant,
  type Seconds,
} from '@lamplight/base';
import { z } from 'zod';

/** RFC 3339 on the wire, milliseconds since the epoch inside. */
export const instantSchema = z.codec(
  z.string().meta({ format: 'date-time' }),
  z.custom<Instant>((value) => Number.isFinite(value)).meta({ type: 'string', format: 'date-time' }),
  {
    decode: (text, context) => {
      const parsed = parseInstant(text);
      if (parsed.ok) return parsed.value;
      context.issues.push({ code: 'custom', message: parsed.error, input: text });
      return z.NEVER;
    },
    encode: formatInstant,
  },
);

export const secondsSchema = z
  .custom<Seconds>((value) => Number.isFinite(value), 'must be a number of seconds')
  .meta({ type: 'number' });

export const metresSchema = z
  .custom<Metres>(
    (value) => typeof value === 'number' && value >= 0 && value < 1e8,
    'must be metres, zero or more',
  )
  .meta({ type: 'number', minimum: 0 });

/** `[longitude, latitude]` in degrees, WGS 84. */
export const lonLatSchema = z
  .custom<LonLat>(
    (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      typeof value[0] === 'number' &&
      typeof value[1] === 'number' &&
      isLonLat([value[0], value[1]]),
    'must be [longitude, latitude] in degrees, longitude first',
  )
  .meta({ type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 });

/** `[west, south, east, north]` in degrees; does not cross the antimeridian. */
export const boundingBoxSchema = z
  .custom<BoundingBox>((value) => {
    if (!Array.isArray(value) || value.length !== 4) return false;
    const [west, south, east, north]: readonly unknown[] = value;
    if (typeof west !== 'number' || typeof south !== 'number') return false;
    if (typeof east !== 'number' || typeof north !== 'number') return false;
    return isLonLat([west, south]) && isLonLat([east, north]) && west < east && south < north;
  }, 'must be [west, south, east, north] in degrees')
  .meta({ type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 });

/** PostgreSQL text and the hash chain cannot hold U+0000 or half a surrogate pair; nobody types them. */
const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

/** Any text that can be kept, bounded. */
export const storableSchema = (maximum: number) =>
  z.string().max(maximum).refine(isStorable, 'has characters that cannot be stored');

/** Text that a person wrote: trimmed, not empty, bounded. */
export const textSchema = (maximum: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(maximum)
    .refine(isStorable, 'has characters that cannot be stored');

export const identifierSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
    'must be 1 to 64 letters, digits, dots, dashes, colons or underscores',
  );

export const codeSchema = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,32}$/, 'must be a code of letters, digits and dashes');

export const prioritySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);

export const localizedSchema = z.object({ en: z.string(), zh: z.string() }).readonly();

/** The caller of a command may name the thing it makes; else the server does. */
export const newIdSchema = z.uuid().optional();
