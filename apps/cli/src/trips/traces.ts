import type { Instant, LonLat } from '@lamplight/base';
import { type TraceFix, tripOfTrace } from '@lamplight/roads';
import { numberIn, readTable } from '../csv.js';
import { readLineStrings } from '../traces/line-strings.js';
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

/** Reads traces as GeoJSON, see `readLineStrings`; times are moments of the zone. */
export function readTraceFeatures(bytes: Uint8Array, { file, timeZone }: TripTableOptions): TripFile {
  return tripsOf(
    readLineStrings(bytes, file, (time) => momentOf(time, timeZone)),
    timeZone,
  );
}

const momentOf = (time: unknown, timeZone: string): Instant | undefined =>
  typeof time === 'string' ? readMoment(time, timeZone) : undefined;

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
