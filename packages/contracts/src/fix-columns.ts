import {
  err,
  formatInstant,
  instant,
  isLonLat,
  type LonLat,
  ok,
  parseInstant,
  type Result,
} from '@lamplight/base';
import type { Fix } from './live.js';

/**
 * Many fixes, a column for each quantity; the same index is the same fix. A city of 10,000 units reports 10,000 fixes a
 * second: so written they take about a third of the room of a list of objects, and are read without a schema for each.
 */
export interface FixColumns {
  /** The time that `event` and `received` are counted from, RFC 3339. */
  readonly from: string;
  readonly unit: readonly string[];
  /** Degrees. */
  readonly lon: readonly number[];
  readonly lat: readonly number[];
  /** When it was measured, in milliseconds after `from`. */
  readonly event: readonly number[];
  /** When it reached the server, in milliseconds after `from`. */
  readonly received: readonly number[];
  /** Metres. */
  readonly accuracy: readonly (number | null)[];
  /** Metres a second. */
  readonly speed: readonly (number | null)[];
  /** Degrees clockwise from north. */
  readonly bearing: readonly (number | null)[];
  /** The indices of those whose clock is suspect. */
  readonly suspect: readonly number[];
}

/** Writes fixes as columns. {@link readFixColumns} gives back the same ones. */
export function writeFixColumns(fixes: readonly Fix[]): FixColumns {
  const from = instant(Math.floor(fixes[0]?.receivedAt ?? 0));
  return {
    from: formatInstant(from),
    unit: fixes.map(({ unitId }) => unitId),
    lon: fixes.map(({ position }) => position[0]),
    lat: fixes.map(({ position }) => position[1]),
    event: fixes.map(({ eventAt }) => Math.round(eventAt - from)),
    received: fixes.map(({ receivedAt }) => Math.round(receivedAt - from)),
    accuracy: fixes.map(({ accuracy }) => accuracy),
    speed: fixes.map(({ speed }) => speed),
    bearing: fixes.map(({ bearing }) => bearing),
    suspect: fixes.flatMap(({ clockSuspect }, index) => (clockSuspect ? [index] : [])),
  };
}

/**
 * Reads columns, or says which of them is wrong. Checked by hand: a schema for each fix would take longer than all else
 * that a page does with it.
 */
export function readFixColumns(columns: unknown): Result<readonly Fix[], string> {
  if (typeof columns !== 'object' || columns === null) return err('fixes must be columns');
  const column = (name: string): unknown => Reflect.get(columns, name);
  const written = column('from');
  const from = typeof written === 'string' ? parseInstant(written) : err('');
  if (!from.ok) return err('from must be a time');
  const unit = column('unit');
  if (!isListOf(isText, unit)) return err('unit must be a list of identifiers');
  const count = unit.length;
  const lon = column('lon');
  if (!isListOf(isNumber, lon, count)) return err('lon must have a number for each unit');
  const lat = column('lat');
  if (!isListOf(isNumber, lat, count)) return err('lat must have a number for each unit');
  const event = column('event');
  if (!isListOf(isNumber, event, count)) return err('event must have a number for each unit');
  const received = column('received');
  if (!isListOf(isNumber, received, count)) return err('received must have a number for each unit');
  const accuracy = column('accuracy');
  if (!isListOf(isNumberOrNull, accuracy, count))
    return err('accuracy must have a number or null for each unit');
  const speed = column('speed');
  if (!isListOf(isNumberOrNull, speed, count)) return err('speed must have a number or null for each unit');
  const bearing = column('bearing');
  if (!isListOf(isNumberOrNull, bearing, count))
    return err('bearing must have a number or null for each unit');
  const suspect = column('suspect');
  if (!isListOf(isNumber, suspect)) return err('suspect must be a list of indices');

  const suspects = new Set(suspect);
  const fixes: Fix[] = [];
  for (const [index, unitId] of unit.entries()) {
    const position: LonLat = [lon[index] ?? Number.NaN, lat[index] ?? Number.NaN];
    if (!isLonLat(position)) return err(`the position at ${index} must be [longitude, latitude] in degrees`);
    fixes.push({
      unitId,
      position,
      eventAt: instant(from.value + (event[index] ?? 0)),
      receivedAt: instant(from.value + (received[index] ?? 0)),
      accuracy: accuracy[index] ?? null,
      speed: speed[index] ?? null,
      bearing: bearing[index] ?? null,
      clockSuspect: suspects.has(index),
    });
  }
  return ok(fixes);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isNumberOrNull = (value: unknown): value is number | null => value === null || Number.isFinite(value);

/** True for an array of `count` such values; of any length when no count is given. */
function isListOf<Value>(
  is: (value: unknown) => value is Value,
  values: unknown,
  count?: number,
): values is readonly Value[] {
  if (!Array.isArray(values) || (count !== undefined && values.length !== count)) return false;
  return values.every(is);
}
