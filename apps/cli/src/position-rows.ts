import { isLonLat, type LonLat } from '@lamplight/base';
import { describeRoadsError, type Snap, type Snapper } from '@lamplight/roads';
import { numberIn, type Row, readTable } from './csv.js';
import { type RowProblem, refused } from './failure.js';
import { readInput } from './files.js';
import { identifierIn } from './import/station-rows.js';
import type { Terminal } from './terminal.js';

/** A position of a CSV file, and the line that it is in. */
export interface PositionRow {
  readonly line: number;
  readonly position: LonLat;
}

export interface UnitPositionRow extends PositionRow {
  readonly id: string;
}

/** Reads a CSV file with columns lon and lat. Throws a `Failure` that names every bad row. */
export async function readPositions(file: string): Promise<PositionRow[]> {
  return readTable(await readInput(file), { columns: [['lon'], ['lat']], file }, (row) => {
    const position = positionIn(row);
    return position && { line: row.line, position };
  });
}

/** Reads a CSV file with columns id (or unit), lon and lat. Throws a `Failure` that names every bad row. */
export async function readUnitPositions(file: string): Promise<UnitPositionRow[]> {
  const seen = new Set<string>();
  const columns = [['id', 'unit'], ['lon'], ['lat']];
  return readTable(await readInput(file), { columns, file }, (row) => {
    const id = identifierIn(row, seen, 'id', 'unit');
    const position = positionIn(row);
    return position && { line: row.line, id, position };
  });
}

/** The position of a row; rejects the row when it is none. */
export function positionIn(row: Row): LonLat | undefined {
  const position: LonLat = [numberIn(row, -180, 180, 'lon'), numberIn(row, -90, 90, 'lat')];
  return isLonLat(position) ? position : undefined;
}

/** Takes each row to the nearest street. Throws a `Failure` that names every row that is too far from any. */
export function snapRows(
  terminal: Terminal,
  snapper: Snapper,
  rows: readonly PositionRow[],
  file: string,
): Snap[] {
  const problems: RowProblem[] = [];
  const snaps: Snap[] = [];
  for (const { line, position } of rows) {
    const snap = snapper.snap(position);
    if (snap.ok) snaps.push(snap.value);
    else {
      const text = describeRoadsError(snap.error, terminal.language);
      problems.push({ line, column: 'lon,lat', reason: { key: 'row.roads', values: { text } } });
    }
  }
  if (problems.length > 0) throw refused('refused.rows', { file, count: problems.length }, problems);
  return snaps;
}
