import { err, isLonLat, type LonLat, ok, type Result } from '@lamplight/base';
import { itemAt } from '../sure.js';
import { parseTable, type TableError } from './table.js';

export interface RecordedStation {
  readonly id: string;
  readonly address: string;
  readonly position: LonLat;
}

export type StationsError =
  | TableError
  | { readonly code: 'missing-column'; readonly column: string }
  | {
      readonly code: 'bad-cell';
      /** As in a spreadsheet: the header is row 1. */
      readonly row: number;
      readonly column: string;
      readonly reason: string;
    };

/** Reads stations from CSV with the columns `station,address,lat,lon`. Refuses at the first cell that is wrong. */
export function readStations(csv: string): Result<RecordedStation[], StationsError> {
  const table = parseTable(csv);
  if (!table.ok) return table;
  const { header, rows } = table.value;
  for (const column of ['station', 'address', 'lat', 'lon'])
    if (!header.includes(column)) return err({ code: 'missing-column', column });
  const stations = new Map<string, RecordedStation>();
  for (let i = 0; i < rows.length; i++) {
    const row = i + 2;
    const cell = (column: string): string => itemAt(rows, i)[header.indexOf(column)] ?? '';
    const bad = (column: string, reason: string): Result<never, StationsError> =>
      err({ code: 'bad-cell', row, column, reason });
    const id = cell('station');
    if (id === '') return bad('station', 'is empty');
    if (stations.has(id)) return bad('station', `${id} appears twice`);
    for (const column of ['lat', 'lon']) {
      const text = cell(column);
      if (text === '' || !Number.isFinite(Number(text))) return bad(column, `"${text}" is not a number`);
    }
    const position: LonLat = [Number(cell('lon')), Number(cell('lat'))];
    if (!isLonLat(position)) return bad(Math.abs(position[1]) > 90 ? 'lat' : 'lon', 'is out of range');
    stations.set(id, { id, address: cell('address'), position });
  }
  return ok([...stations.values()]);
}
