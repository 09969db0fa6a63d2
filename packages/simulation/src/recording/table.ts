import { err, ok, type Result } from '@lamplight/base';
import { CsvError, parse } from 'csv-parse/sync';

export type TableError =
  | { readonly code: 'bad-csv'; readonly line: number; readonly reason: string }
  | { readonly code: 'empty-table' };

/** A table of texts with a header. Row numbers are those of a spreadsheet: the header is row 1. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Reads CSV text (RFC 4180, a byte order mark allowed). Rows may be shorter or longer than the header. */
export function parseTable(csv: string): Result<Table, TableError> {
  try {
    const [header, ...rows] = parse(csv, {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
    });
    return header ? ok({ header, rows }) : err({ code: 'empty-table' });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return err({ code: 'bad-csv', line: Number(error.lines ?? 0), reason: error.message });
  }
}
