import { type Cell, type ExportTable, wallText } from './table.js';

/** Spreadsheets guess the encoding; with this mark at the front they read Chinese as what it is. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet would take for the start of a formula, and run. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * The table as CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front: a caller's
 * name must not be able to do anything on the machine of who opens the file.
 */
export function toCsv({ columns, rows }: ExportTable, zone: string): string {
  const lines = [columns, ...rows].map((cells) => cells.map((cell) => field(cell, zone)).join(','));
  return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}

function field(cell: Cell, zone: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = typeof cell === 'string' ? cell : wallText(cell.at, zone);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
