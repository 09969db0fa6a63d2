import { type Instant, isLonLat, type LonLat, readJson } from '@lamplight/base';
import { type TraceFix, tripOfTrace } from '@lamplight/roads';
import { numberIn, readTable } from '../csv.js';
import { type RowProblem, refused } from '../failure.js';
import { createTally, type TripFile } from './departed-trip.js';
import { momentIn, readMoment, type TripTableOptions } from './trip-rows.js';

/** The columns of a file of traces: one fix a row. */
export const TRACE_COLUMNS = ['trip', 'time', 'lon', 'lat'] as const;

/** Reads a CSV with one fix a row; those with the same `trip` are one trace, in the order of their times. */
export function readTraceRows(bytes: Uint8Array, { file, timeZone, names }: TripTableOptions): TripFile {
  const called = (column: string): string => (names.get(column) ?? column).toLowerCase();
  const traces = new Map<string, TraceFix[]>();
  readTable(bytes, { columns: TRACE_COLUMNS.map((column) => [called(column)]), file }, (row) => {
    const id = row.text(called('trip'));
    if (id === '') row.reject(called('trip'), 'row.empty');
    const at = momentIn(row, called('time'), timeZone);
    const position: LonLat = [numberIn(row, -180, 180, called('lon')), numberIn(row, -90, 90, called('lat'))];
    if (at === undefined) return undefined;
    const known = traces.get(id);
    if (known) known.push({ at, position });
    else traces.set(id, [{ at, position }]);
    return undefined;
  });
  for (const fixes of traces.values()) fixes.sort((a, b) => a.at - b.at);
  return tripsOf([...traces.values()], timeZone);
}

/**
 * Reads a GeoJSON FeatureCollection of LineStrings, each with the time of every point in its property `coordTimes`, or
 * `times`. Throws a `Failure` that names every feature that cannot be read; features count from 1.
 */
export function readTraceFeatures(bytes: Uint8Array, { file, timeZone }: TripTableOptions): TripFile {
  const json = readJson(new TextDecoder().decode(bytes));
  const features = fieldOf(json, 'features');
  if (!Array.isArray(features)) throw refused('refused.not-traces', { file });
  const problems: RowProblem[] = [];
  const traces: TraceFix[][] = [];
  features.forEach((feature: unknown, index) => {
    const fixes = readFeature(feature, timeZone);
    if (typeof fixes !== 'string') traces.push(fixes);
    else problems.push({ line: index + 1, column: fixes, reason: { key: 'row.trace' } });
  });
  if (problems.length > 0) throw refused('refused.rows', { file, count: problems.length }, problems);
  return tripsOf(traces, timeZone);
}

/** The fixes of a feature, or the name of the field that does not fit. */
function readFeature(feature: unknown, timeZone: string): TraceFix[] | string {
  const coordinates = fieldOf(fieldOf(feature, 'geometry'), 'coordinates');
  const properties = fieldOf(feature, 'properties');
  const times = fieldOf(properties, 'coordTimes') ?? fieldOf(properties, 'times');
  if (!Array.isArray(coordinates)) return 'geometry.coordinates';
  if (!Array.isArray(times) || times.length !== coordinates.length) return 'properties.coordTimes';
  const fixes: TraceFix[] = [];
  for (const [index, coordinate] of coordinates.entries()) {
    const position = positionOf(coordinate);
    if (!position) return `geometry.coordinates.${index}`;
    const at = momentOf(times[index], timeZone);
    if (at === undefined) return `properties.coordTimes.${index}`;
    fixes.push({ at, position });
  }
  return fixes;
}

function positionOf(coordinate: unknown): LonLat | undefined {
  if (!Array.isArray(coordinate)) return undefined;
  const [lon, lat]: unknown[] = coordinate;
  return typeof lon === 'number' && typeof lat === 'number' && isLonLat([lon, lat]) ? [lon, lat] : undefined;
}

const momentOf = (time: unknown, timeZone: string): Instant | undefined =>
  typeof time === 'string' ? readMoment(time, timeZone) : undefined;

function fieldOf(json: unknown, field: string): unknown {
  return typeof json === 'object' && json !== null ? new Map(Object.entries(json)).get(field) : undefined;
}

function tripsOf(traces: readonly (readonly TraceFix[])[], timeZone: string): TripFile {
  const passedOver = createTally();
  const trips = traces.flatMap((fixes) => {
    const trip = tripOfTrace(fixes, timeZone);
    const [first] = fixes;
    if (trip.ok && first) return [{ ...trip.value, departedAt: first.at }];
    passedOver.add('trace-without-trip');
    return [];
  });
  return { trips, timeZone, passedOver: passedOver.counts };
}
