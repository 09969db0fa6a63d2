import type { LonLat } from '@lamplight/base';
import { identifierSchema } from '@lamplight/contracts';
import { numberIn, type Row, readTable } from '../csv.js';

export interface StationRow {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly kind: string;
  readonly position: LonLat;
}

/** Reads and checks a CSV of stations. Throws a `Failure` that names every bad row. */
export function readStationRows(bytes: Uint8Array, file: string): StationRow[] {
  const seen = new Set<string>();
  const columns = [['id', 'station'], ['name_en', 'name', 'address'], ['lon'], ['lat']];
  return readTable(bytes, { columns, file }, (row) => {
    const id = identifierIn(row, seen, 'id', 'station');
    const en = row.text('name_en', 'name', 'address');
    if (en === '') row.reject('name_en', 'row.empty');
    const position: LonLat = [numberIn(row, -180, 180, 'lon'), numberIn(row, -90, 90, 'lat')];
    return {
      id,
      name: { en, zh: row.text('name_zh') || en },
      kind: row.text('kind') || 'station',
      position,
    };
  });
}

/** An identifier that no row before has; rejects the row otherwise. */
export function identifierIn(
  row: Row,
  seen: Set<string>,
  ...columns: readonly [string, ...string[]]
): string {
  const id = row.text(...columns);
  const [column] = columns;
  if (id === '') row.reject(column, 'row.empty');
  else if (!identifierSchema.safeParse(id).success) row.reject(column, 'row.identifier', { text: id });
  else if (seen.has(id)) row.reject(column, 'row.twice', { text: id });
  seen.add(id);
  return id;
}
