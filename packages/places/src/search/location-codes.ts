import { err, type LonLat, ok, type Result } from '@lamplight/base';
import type { Post } from '../model.js';
import { canonicalCode } from '../text/codes.js';

/** A lamp post, location board or other marker whose code callers read out. */
export interface LocationCode {
  readonly code: string;
  readonly position: LonLat;
  /** What stands there, for people; may be empty. */
  readonly name: string;
}

/** What is wrong with one row of an imported list. Rows count from 1, the header being row 1. */
export interface CodeRowError {
  readonly row: number;
  readonly column: 'code' | 'lon' | 'lat' | 'row';
  readonly message: string;
}

/** What an import gives: the codes of the rows that are right, and what is wrong with the others. */
export interface CodeImport {
  readonly codes: readonly LocationCode[];
  readonly errors: readonly CodeRowError[];
}

const COLUMNS = ['code', 'lon', 'lat', 'name'] as const;
type Column = (typeof COLUMNS)[number];

/** Headings under which a column may come. */
const HEADINGS: Readonly<Record<string, Column>> = {
  code: 'code',
  id: 'code',
  编号: 'code',
  编码: 'code',
  杆号: 'code',
  lon: 'lon',
  lng: 'lon',
  longitude: 'lon',
  经度: 'lon',
  lat: 'lat',
  latitude: 'lat',
  纬度: 'lat',
  name: 'name',
  名称: 'name',
  位置: 'name',
};

/**
 * Reads a CSV list of codes with a header that names the columns code, lon, lat and (if wanted) name, in any order, in
 * English or Chinese; separated by comma, semicolon or tab; fields may be quoted (RFC 4180). Positions are WGS 84
 * degrees. The whole list is refused when a column is missing; a wrong row only names itself.
 */
export function importCodes(csv: string): Result<CodeImport, string> {
  const text = csv.replace(/^\uFEFF/, '');
  const header = text.split(/\r?\n/, 1)[0] ?? '';
  const separator = [',', ';', '\t'].find((one) => header.includes(one)) ?? ',';
  const [first, ...rows] = readRows(text, separator);
  const columns = new Map<Column, number>();
  first?.cells.forEach((heading, index) => {
    const column = HEADINGS[heading.trim().toLowerCase()];
    if (column && !columns.has(column)) columns.set(column, index);
  });
  const missing = (['code', 'lon', 'lat'] as const).filter((column) => !columns.has(column));
  if (missing.length > 0)
    return err(`the first row must name the columns code, lon, lat; missing: ${missing.join(', ')}`);

  const codes: LocationCode[] = [];
  const errors: CodeRowError[] = [];
  const known = new Map<string, number>();
  for (const { cells, row, broken } of rows) {
    const cell = (column: Column): string => (cells[columns.get(column) ?? -1] ?? '').trim();
    if (broken) {
      errors.push({ row, column: 'row', message: 'a quoted field does not end' });
      continue;
    }
    const code = cell('code');
    const canonical = canonicalCode(code);
    const before = known.get(canonical);
    const lon = degreesOf(cell('lon'), 180);
    const lat = degreesOf(cell('lat'), 90);
    if (canonical === '') errors.push({ row, column: 'code', message: 'is empty' });
    else if (before !== undefined)
      errors.push({ row, column: 'code', message: `"${code}" is already in row ${before}` });
    if (!lon.ok) errors.push({ row, column: 'lon', message: lon.error });
    if (!lat.ok) errors.push({ row, column: 'lat', message: lat.error });
    if (canonical === '' || before !== undefined || !lon.ok || !lat.ok) continue;
    known.set(canonical, row);
    codes.push({ code, position: [lon.value, lat.value], name: cell('name') });
  }
  return ok({ codes, errors });
}

function degreesOf(text: string, most: number): Result<number, string> {
  const value = text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return err(`"${text}" is not a number`);
  return Math.abs(value) <= most ? ok(value) : err(`${text} is outside -${most} to ${most}`);
}

interface Row {
  readonly cells: readonly string[];
  readonly row: number;
  readonly broken: boolean;
}

function* readRows(text: string, separator: string): Iterable<Row> {
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let row = 1;
  let startRow = 1;
  for (let i = 0; i <= text.length; i++) {
    const character = text.charAt(i);
    if (quoted && character === '"' && text.charAt(i + 1) === '"') {
      cell += '"';
      i++;
    } else if (character === '"' && (quoted || cell.trim() === '')) {
      quoted = !quoted;
    } else if (i === text.length || (!quoted && (character === '\n' || character === separator))) {
      cells.push(cell.replace(/\r$/, ''));
      cell = '';
      if (character === separator && i < text.length) continue;
      if (cells.length > 1 || cells[0]?.trim() !== '') yield { cells, row: startRow, broken: quoted };
      cells = [];
      quoted = false;
      row++;
      startRow = row;
    } else {
      if (character === '\n') row++;
      cell += character;
    }
  }
}

/** Codes in the order of their spelling. */
export interface CodeBook {
  /** The entries that a text names exactly, else those that begin with it; at most `limit`. */
  find(text: string, limit: number): readonly { readonly entry: LocationCode; readonly exact: boolean }[];
}

/** Shortest beginning of a code that is completed, in characters. */
const SHORTEST_PREFIX = 2;

/** Joins the posts of an extract and imported codes; an imported code replaces a post of the same spelling. */
export function createCodeBook(posts: readonly Post[], codes: readonly LocationCode[]): CodeBook {
  const byCode = new Map<string, LocationCode>();
  for (const post of posts) byCode.set(plainOf(post.code), { ...post, name: '' });
  for (const entry of codes) byCode.set(plainOf(canonicalCode(entry.code)), entry);
  const sorted = [...byCode.keys()].sort();

  return {
    find(text, limit) {
      const exact = byCode.get(plainOf(canonicalCode(text)));
      if (exact) return [{ entry: exact, exact: true }];
      const prefix = plainOf(canonicalCode(text).replace(/\+000$/, ''));
      if (prefix.length < SHORTEST_PREFIX || !/\d|^[A-Z]+$/.test(prefix)) return [];
      const found: { entry: LocationCode; exact: boolean }[] = [];
      for (let index = lowerBound(sorted, prefix); index < sorted.length && found.length < limit; index++) {
        const key = sorted[index] ?? '';
        const entry = byCode.get(key);
        if (!key.startsWith(prefix) || !entry) break;
        found.push({ entry, exact: false });
      }
      return found;
    },
  };
}

/** A canonical code without its blank, so that `G15` and `G15K1` are beginnings of `G15 K123+500`. */
const plainOf = (canonical: string): string => canonical.replace(' ', '');

function lowerBound(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
