import type { Seconds } from '@lamplight/base';
import { misused } from '../failure.js';
import { readInput } from '../files.js';
import { findProfileFile } from '../rehearsal/profile-file.js';
import type { TripFile } from './departed-trip.js';
import { readCallFile, readProfileFile, readStationFile } from './recording-files.js';
import { stationTrips } from './station-trips.js';
import { readTraceFeatures, readTraceRows, TRACE_COLUMNS } from './traces.js';
import { type ColumnNames, readTripRows } from './trip-rows.js';

export interface TripSource {
  readonly file: string;
  /** IANA zone of the agency; a recording's profile has its own. */
  readonly timeZone?: string;
  readonly names: ColumnNames;
  /** Given, the file is a recording of calls, of which the trips that begin at a station are taken. */
  readonly stations?: string;
  /** How to read a recording; that of the San Francisco Fire Department by default. */
  readonly profile?: string;
  readonly settled: Seconds;
}

/**
 * Reads recorded trips from whatever they are in: a recording of calls, GeoJSON traces, a CSV of fixes or a CSV of
 * trips, told by the stations and by content. Throws a `Failure` that says what does not fit and where.
 */
export async function readTrips(source: TripSource): Promise<TripFile> {
  const { file, timeZone, names, stations, settled } = source;
  if (stations !== undefined) {
    const profile = await readProfileFile(source.profile ?? findProfileFile());
    const recording = await readCallFile(file, profile);
    return stationTrips(recording, profile, await readStationFile(stations), settled);
  }
  if (source.profile !== undefined) throw misused('usage.profile-without-stations');
  if (timeZone === undefined) throw misused('usage.time-zone-missing');
  const bytes = await readInput(file);
  const options = { file, timeZone, names };
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).trimStart();
  if (start.startsWith('{')) return readTraceFeatures(bytes, options);
  const heading = (start.split(/\r?\n/, 1)[0] ?? '').toLowerCase();
  const cells = new Set(heading.split(',').map((cell) => cell.replaceAll('"', '').trim()));
  const isTrace = TRACE_COLUMNS.every((column) => cells.has((names.get(column) ?? column).toLowerCase()));
  return isTrace ? readTraceRows(bytes, options) : readTripRows(bytes, options);
}
