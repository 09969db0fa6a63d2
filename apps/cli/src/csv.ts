import { type CsvError, parse } from 'csv-parse/sync';
import { type RowProblem, refused } from './failure.js';
import type { Message, MessageKey, MessageValues } from './messages.js';

/** One row of a CSV file, read column by column; what is wrong with it is collected, not thrown. */
export interface Row {
  readonly line: number;
  /** The trimmed text of the first of these columns that the file has, or '' when it has none or the cell is empty. */
  text(...columns: readonly string[]): string;
  /** Notes what is wrong with a column of this row. */
  reject(column: string, key: MessageKey, values?: MessageValues): void;
}

export interface TableOptions {
  /** Each entry names a column that the file must have, or several of which it must have one. */
  readonly columns: readonly (readonly string[])[];
  /** For messages. */
  readonly file: string;
}

/**
 * Reads a CSV file with a heading (RFC 4180, UTF-8, with or without byte order mark) into items. Every row is looked
 * at before anything is reported: throws a `Failure` that names line, column and reason of each bad one.
 * `readRow` gives `undefined` for a row that it has rejected.
 */
export function readTable<Item>(
  bytes: Uint8Array,
  { columns, file }: TableOptions,
  readRow: (row: Row) => Item | undefined,
): Item[] {
  const [heading, ...records] = parseRecords(bytes, file);
  if (!heading) throw refused('refused.table-empty', { file });
  const index = new Map(heading.cells.map((name, at) => [name.trim().toLowerCase(), at]));
  for (const wanted of columns) {
    if (wanted.some((name) => index.has(name))) continue;
    throw refused('refused.column-missing', {
      file,
      column: wanted.join(' | '),
      found: heading.cells.join(', '),
    });
  }
  const problems: RowProblem[] = [];
  const items: Item[] = [];
  for (const { line, cells } of records) {
    if (cells.length !== heading.cells.length) {
      const reason: Message = {
        key: 'row.cells',
        values: { found: cells.length, wanted: heading.cells.length },
      };
      problems.push({ line, column: '-', reason });
      continue;
    }
    const before = problems.length;
    const item = readRow({
      line,
      text(...names) {
        const at = names.map((name) => index.get(name)).find((found) => found !== undefined);
        return at === undefined ? '' : (cells[at] ?? '').trim();
      },
      reject(column, key, values = {}) {
        problems.push({ line, column, reason: { key, values } });
      },
    });
    if (item !== undefined && problems.length === before) items.push(item);
  }
  if (problems.length > 0) throw refused('refused.rows', { file, count: problems.length }, problems);
  return items;
}

interface TextRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function parseRecords(bytes: Uint8Array, file: string): TextRecord[] {
  const records: TextRecord[] = [];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    parse(text, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      onRecord(cells: string[], { lines }: { lines: number }) {
        records.push({ line: lines, cells });
        return null;
      },
    });
  } catch (thrown) {
    if (isCsvError(thrown)) throw refused('refused.not-csv', { file, reason: thrown.message });
    if (thrown instanceof TypeError) throw refused('refused.not-utf8', { file });
    throw thrown;
  }
  return records;
}

const isCsvError = (thrown: unknown): thrown is CsvError =>
  thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('CSV_');

/** A number from a cell; rejects the row and gives NaN when it is none or outside the range. */
export function numberIn(row: Row, minimum: number, maximum: number, ...columns: readonly string[]): number {
  const text = row.text(...columns);
  const value = text === '' ? Number.NaN : Number(text);
  if (value >= minimum && value <= maximum) return value;
  row.reject(columns[0] ?? '-', text === '' ? 'row.empty' : 'row.number', { text, minimum, maximum });
  return Number.NaN;
}

/** A whole number from a cell; rejects the row and gives NaN when it is none or outside the range. */
export function wholeIn(row: Row, minimum: number, maximum: number, ...columns: readonly string[]): number {
  const value = numberIn(row, minimum, maximum, ...columns);
  if (Number.isNaN(value) || Number.isInteger(value)) return value;
  row.reject(columns[0] ?? '-', 'row.whole', { text: row.text(...columns) });
  return Number.NaN;
}

/** A cell for CSV output, quoted where it must be. */
export const toCell = (value: string | number): string =>
  typeof value === 'string' && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
