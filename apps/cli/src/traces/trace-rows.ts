import { metres } from '@lamplight/base';
import type { Fix } from '@lamplight/roads';
import { numberIn, type Row, readTable } from '../csv.js';
import { positionIn } from '../position-rows.js';
import { readTime, type Trace } from './trace.js';

/**
 * Reads a CSV with one fix a row: time, lon, lat and, where known, accuracy (metres), bearing (degrees), speed (metres a
 * second). Rows with the same `trip` are one trace; without that column all are. Throws a `Failure` that names every row
 * that cannot be read.
 */
export function readTraceRows(bytes: Uint8Array, file: string): Trace[] {
  const traces = new Map<string, Fix[]>();
  readTable(bytes, { columns: [['time'], ['lon'], ['lat']], file }, (row) => {
    const fix = readFix(row);
    if (!fix) return undefined;
    const id = row.text('trip') || '1';
    const known = traces.get(id);
    if (known) known.push(fix);
    else traces.set(id, [fix]);
    return undefined;
  });
  return Array.from(traces, ([id, fixes]) => ({ id, fixes }));
}

function readFix(row: Row): Fix | undefined {
  const text = row.text('time');
  const at = readTime(text);
  if (at === undefined) row.reject('time', text === '' ? 'row.empty' : 'row.time', { text });
  const position = positionIn(row);
  if (at === undefined || !position) return undefined;
  const accuracy = measureIn(row, 'accuracy', 100_000);
  const bearing = measureIn(row, 'bearing', 360);
  const speed = measureIn(row, 'speed', 200);
  return {
    position,
    at,
    ...(accuracy === undefined ? {} : { accuracy: metres(accuracy) }),
    ...(bearing === undefined ? {} : { bearing }),
    ...(speed === undefined ? {} : { speed }),
  };
}

const measureIn = (row: Row, column: string, maximum: number): number | undefined =>
  row.text(column) === '' ? undefined : numberIn(row, 0, maximum, column);
