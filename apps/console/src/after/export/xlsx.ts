import { toWallClock } from '@lamplight/base';
import { strToU8, zipSync } from 'fflate';
import type { Cell, ExportTable } from './table.js';

/**
 * Tables as a workbook (Office Open XML, ECMA-376), one sheet each. Only values: no cell is ever a formula. Numbers
 * are numbers and moments are dates, so that a spreadsheet can sort and reckon with them.
 */
export function toXlsx(tables: readonly ExportTable[], zone: string): Uint8Array<ArrayBuffer> {
  const names = sheetNames(tables.map(({ title }) => title));
  const files: Record<string, string> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>${tables
      .map(
        (_, index) =>
          `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`,
      )
      .join('')}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${DOCUMENT}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}/relationships"><sheets>${names
      .map((name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="r${index + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${tables
      .map(
        (_, index) =>
          `<Relationship Id="r${index + 1}" Type="${DOCUMENT}/relationships/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="styles" Type="${DOCUMENT}/relationships/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': STYLES,
  };
  for (const [index, table] of tables.entries())
    files[`xl/worksheets/sheet${index + 1}.xml`] = sheet(table, zone);
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
  return new Uint8Array(zipSync(Object.fromEntries(entries)));
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Cell formats by number: 0 plain, 1 bold for heads, 2 a date with its time. */
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

function sheet({ columns, rows }: ExportTable, zone: string): string {
  const head = columns.map((text, column) => textCell(column, 1, text, 1)).join('');
  const body = rows
    .map((cells, index) => {
      const row = index + 2;
      return `<row r="${row}">${cells.map((cell, column) => cellOf(cell, column, row, zone)).join('')}</row>`;
    })
    .join('');
  const widths = columns
    .map(
      (text, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${widthOf(text)}" customWidth="1"/>`,
    )
    .join('');
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData><row r="1">${head}</row>${body}</sheetData></worksheet>`;
}

function cellOf(cell: Cell, column: number, row: number, zone: string): string {
  if (cell === null) return '';
  const place = `${columnName(column)}${row}`;
  if (typeof cell === 'string') return textCell(column, row, cell, 0);
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  const { year, month, day, hour, minute, second } = toWallClock(cell.at, zone);
  const days = (Date.UTC(year, month - 1, day, hour, minute, second) - DAY_ZERO) / 86_400_000;
  return `<c r="${place}" s="2"><v>${days}</v></c>`;
}

const textCell = (column: number, row: number, text: string, style: number): string =>
  `<c r="${columnName(column)}${row}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

/** Day 0 of spreadsheets. */
const DAY_ZERO = Date.UTC(1899, 11, 30);

/** Roughly the width of the text in characters of the usual size; Chinese ones take twice as much. */
const widthOf = (text: string): number =>
  Math.min(
    40,
    Math.max(
      12,
      [...text].reduce((sum, char) => sum + (char > '\u2E80' ? 2 : 1), 2),
    ),
  );

/** `A`, `B`, … `Z`, `AA`, … */
function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML cannot hold most control characters, not even escaped. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"]/g, (char) => ESCAPES[char] ?? char);

/** Names of sheets have at most 31 characters, none of `[]:*?/\`, and no two are the same. */
function sheetNames(titles: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (const title of titles) {
    const plain =
      title
        .replaceAll(/[[\]:*?/\\]/g, ' ')
        .replaceAll(/^'|'$/g, '')
        .trim()
        .slice(0, 28) || 'Sheet';
    const taken = (name: string): boolean => names.some((each) => each.toLowerCase() === name.toLowerCase());
    let name = plain;
    for (let count = 2; taken(name); count += 1) name = `${plain.slice(0, 27)} ${count}`;
    names.push(name);
  }
  return names;
}
