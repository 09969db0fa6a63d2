import { instant } from '@lamplight/base';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../src/after/export/csv.js';
import type { ExportTable } from '../src/after/export/table.js';
import { toXlsx } from '../src/after/export/xlsx.js';

const ZONE = 'Asia/Shanghai';
const table: ExportTable = {
  title: '警情 [2026]: a/b',
  columns: ['编号', 'Opened', 'Name', 'Seconds'],
  rows: [
    ['20260131-0001', { at: instant(Date.UTC(2026, 0, 31, 16, 30, 15)) }, '=HYPERLINK("http://x")', 12.5],
    ['20260131-0002', null, 'a, "quoted"\nname & <tag>', -3],
    ['+86 138', null, '@SUM(A1)', null],
    ['\t=1', null, '甲\u0001乙', 0],
  ],
};

/** Reads CSV by RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (rows.length === 0 || rows.at(-1)?.at(-1) === '\r\n') {
      rows.at(-1)?.pop();
      rows.push([]);
    }
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.at(-1)?.push('\r\n');
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1);
}

describe('a table as CSV', () => {
  const csv = toCsv(table, ZONE);

  it('begins with the mark by which spreadsheets read Chinese', () => {
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(csv).toContain('编号');
  });

  it('reads back as it was, times by the clock of the agency', () => {
    const [head, first, second] = readCsv(csv.slice(1));
    expect(head).toEqual(table.columns);
    expect(first?.[1]).toBe('2026-02-01 00:30:15');
    expect(first?.[3]).toBe('12.5');
    expect(second).toEqual(['20260131-0002', '', 'a, "quoted"\nname & <tag>', '-3']);
  });

  it('holds nothing that a spreadsheet would run', () => {
    const cells = readCsv(csv.slice(1)).flat();
    expect(cells).toContain(`'=HYPERLINK("http://x")`);
    expect(cells).toContain("'@SUM(A1)");
    expect(cells.filter((cell) => /^[=+@\t\r]/.test(cell))).toEqual([]);
    // A number below zero is a number.
    expect(cells).toContain('-3');
  });
});

describe('tables as a workbook', () => {
  const files = unzipSync(toXlsx([table, { ...table, title: '警情 [2026]: a/b' }], ZONE));
  const text = (path: string): string => {
    const bytes = files[path];
    if (!bytes) throw new Error(`no ${path}`);
    return strFromU8(bytes);
  };
  const sheet = text('xl/worksheets/sheet1.xml');
  const cell = (place: string): string | undefined =>
    new RegExp(`<c r="${place}"[^>]*>(.*?)</c>`, 's').exec(sheet)?.[1];

  it('have every part that the package names, each well-formed', () => {
    const named = [...text('[Content_Types].xml').matchAll(/PartName="\/([^"]+)"/g)].map(([, path]) => path);
    expect(named).toHaveLength(4);
    for (const path of named) expect(files).toHaveProperty([path ?? '']);
    for (const path of Object.keys(files)) expect(isWellFormed(text(path)), path).toBe(true);
  });

  it('have sheets of different and allowed names', () => {
    const names = [...text('xl/workbook.xml').matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
  });

  it('hold numbers as numbers, moments as dates, and text as text, never as a formula', () => {
    expect(cell('D2')).toBe('<v>12.5</v>');
    expect(cell('D3')).toBe('<v>-3</v>');
    // 1 February 2026, 00:30:15, in days since the day 0 of spreadsheets.
    expect(Number(/<v>(.*)<\/v>/.exec(cell('B2') ?? '')?.[1])).toBeCloseTo(46054 + 1815 / 86400, 9);
    expect(cell('C2')).toContain('=HYPERLINK(&quot;http://x&quot;)');
    expect(cell('C3')).toContain('a, &quot;quoted&quot;\nname &amp; &lt;tag&gt;');
    expect(cell('C5')).toContain('甲乙');
    expect(sheet).not.toContain('<f>');
    expect(cell('B3')).toBeUndefined();
  });
});

/** Every element is closed by its own end, in order. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  for (const [, end, name, empty] of xml.matchAll(/<(\/?)([A-Za-z][\w:]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (end) {
      if (open.pop() !== name) return false;
    } else if (!empty && name) open.push(name);
  }
  return open.length === 0 && !/&(?!amp;|lt;|gt;|quot;)/.test(xml);
}
