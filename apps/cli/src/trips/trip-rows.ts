import { elapsed, fromWallClock, type Instant, type LonLat, parseInstant, seconds } from '@lamplight/base';
import { hourOfWeek } from '@lamplight/roads';
import { numberIn, type Row, readTable } from '../csv.js';
import { createTally, type DepartedTrip, type TripFile } from './departed-trip.js';

/** The columns of a file of trips; `arrived` or `seconds` must be there, `urgent` may. */
export const TRIP_COLUMNS = [
  'from_lon',
  'from_lat',
  'to_lon',
  'to_lat',
  'departed',
  'arrived',
  'seconds',
  'urgent',
] as const;

/** What the columns of a file are called, where that is not as here. */
export type ColumnNames = ReadonlyMap<string, string>;

export interface TripTableOptions {
  /** For messages. */
  readonly file: string;
  readonly timeZone: string;
  readonly names: ColumnNames;
}

/**
 * Reads a CSV with one trip a row. A row without an arrival is no trip and counted; throws a `Failure` that names
 * every row that cannot be read.
 */
export function readTripRows(bytes: Uint8Array, { file, timeZone, names }: TripTableOptions): TripFile {
  const called = (column: string): string => (names.get(column) ?? column).toLowerCase();
  const passedOver = createTally();
  const needed = ['from_lon', 'from_lat', 'to_lon', 'to_lat', 'departed'].map((column) => [called(column)]);
  const columns = [...needed, [called('arrived'), called('seconds')]];
  const trips = readTable(bytes, { columns, file }, (row): DepartedTrip | undefined => {
    const from: LonLat = [
      numberIn(row, -180, 180, called('from_lon')),
      numberIn(row, -90, 90, called('from_lat')),
    ];
    const to: LonLat = [numberIn(row, -180, 180, called('to_lon')), numberIn(row, -90, 90, called('to_lat'))];
    const departedAt = momentIn(row, called('departed'), timeZone);
    if (departedAt === undefined) return undefined;
    const hasArrival = row.text(called('arrived')) !== '' || row.text(called('seconds')) !== '';
    if (!hasArrival) {
      passedOver.add('no-travel-stamps');
      return undefined;
    }
    const arrivedAt =
      row.text(called('arrived')) === '' ? undefined : momentIn(row, called('arrived'), timeZone);
    const duration =
      arrivedAt === undefined
        ? seconds(numberIn(row, 0, 7 * 86_400, called('seconds')))
        : elapsed(departedAt, arrivedAt);
    const urgent = yesOrNoIn(row, called('urgent'));
    const hour = hourOfWeek(departedAt, timeZone);
    return { from, to, departedAt, hour, duration, ...(urgent === undefined ? {} : { urgent }) };
  });
  return { trips, timeZone, passedOver: passedOver.counts };
}

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;

/** A moment with an offset, or a reading of the agency's wall clock; rejects the row when it is neither. */
export function momentIn(row: Row, column: string, timeZone: string): Instant | undefined {
  const text = row.text(column);
  const moment = readMoment(text, timeZone);
  if (moment === undefined) row.reject(column, text === '' ? 'row.empty' : 'row.moment', { text });
  return moment;
}

export function readMoment(text: string, timeZone: string): Instant | undefined {
  const exact = parseInstant(text);
  if (exact.ok) return exact.value;
  const local = LOCAL.exec(text);
  if (!local || !parseInstant(`${text.slice(0, 10)}T${text.slice(11, 16)}:00Z`).ok) return undefined;
  const [, year, month, day, hour, minute, second = '0'] = local;
  if (Number(second) > 59) return undefined;
  const wall = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  };
  return fromWallClock(wall, timeZone).at;
}

const YES = ['yes', 'true', '1', 'y'];
const NO = ['no', 'false', '0', 'n'];

function yesOrNoIn(row: Row, column: string): boolean | undefined {
  const text = row.text(column).toLowerCase();
  if (text === '') return undefined;
  if (YES.includes(text)) return true;
  if (NO.includes(text)) return false;
  row.reject(column, 'row.one-of', { text, known: 'yes, no' });
  return undefined;
}
