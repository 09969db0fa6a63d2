import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importCodes, type LocationCode } from '../src/index.js';
import { geocoderOf, TOWN } from './fixtures/town.js';

const LIST = `code,lon,lat,name
LP-00417,113.601,24.801,"Lamp post, 中山路"
LP-00418,113.602,24.801,
武江-07,113.59,24.80,河堤
`;

function codesOf(csv: string): readonly LocationCode[] {
  const imported = importCodes(csv);
  if (!imported.ok) throw new Error(imported.error);
  expect(imported.value.errors).toEqual([]);
  return imported.value.codes;
}

describe('importing codes', () => {
  it('reads quoted fields, missing names and Chinese headings', () => {
    expect(codesOf(LIST)).toEqual([
      { code: 'LP-00417', position: [113.601, 24.801], name: 'Lamp post, 中山路' },
      { code: 'LP-00418', position: [113.602, 24.801], name: '' },
      { code: '武江-07', position: [113.59, 24.8], name: '河堤' },
    ]);
    expect(codesOf('\uFEFF编号;纬度;经度\r\nA1;24.8;113.6\r\n')).toEqual([
      { code: 'A1', position: [113.6, 24.8], name: '' },
    ]);
  });

  it('names row and column of what is wrong, and keeps the rest', () => {
    const imported = importCodes(
      'code,lon,lat\nA1,x,24.8\n,113,24\nA2,113,95\nA3,113,24\na-3,113,24\n"A4,113,24\n',
    );
    expect(imported).toMatchObject({ ok: true, value: { codes: [{ code: 'A3' }] } });
    expect(imported.ok && imported.value.errors).toEqual([
      { row: 2, column: 'lon', message: '"x" is not a number' },
      { row: 3, column: 'code', message: 'is empty' },
      { row: 4, column: 'lat', message: '95 is outside -90 to 90' },
      { row: 6, column: 'code', message: '"a-3" is already in row 5' },
      { row: 7, column: 'row', message: 'a quoted field does not end' },
    ]);
  });

  it('refuses a list without the columns that it needs', () => {
    expect(importCodes('name,lon\nx,1\n')).toEqual({
      ok: false,
      error: 'the first row must name the columns code, lon, lat; missing: code, lat',
    });
    expect(importCodes('').ok).toBe(false);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        importCodes(text);
        importCodes(`code,lon,lat,name\n${text}`);
      }),
      { seed: 21, numRuns: 300 },
    );
  });
});

describe('codes', () => {
  const geocoder = geocoderOf(TOWN, { codes: codesOf(LIST) });

  it.each(['LP-00417', 'lp00417', ' LP 00417 ', 'ＬＰ－００４１７'])('are found exactly: %s', (text) => {
    const [answer] = geocoder.search(text);
    expect(answer).toMatchObject({ kind: 'post', precision: 'code', position: [113.601, 24.801] });
    expect(answer?.label).toEqual({
      en: 'LP-00417, Lamp post, 中山路',
      'zh-CN': 'LP-00417 Lamp post, 中山路',
    });
  });

  it('are found by their beginning, in order', () => {
    const labels = geocoder.search('LP-004').map(({ label }) => label['zh-CN']);
    expect(labels.slice(0, 2)).toEqual(['LP-00417 Lamp post, 中山路', 'LP-00418']);
    expect(geocoder.search('武江-0')[0]).toMatchObject({ kind: 'post' });
  });

  it.each([
    'G15 K123+500',
    'g15k123+500',
    'G15 K123.5',
    'G15 123.5 km',
    'G15高速123公里500米',
    'G15 K123+5'.concat('00'),
  ])('finds the kilometre post %s', (text) => {
    expect(geocoder.search(text)[0]).toMatchObject({ precision: 'code', label: { en: 'G15 K123+500' } });
  });

  it('finds kilometre posts by their beginning', () => {
    const labels = geocoder.search('G15 K12').map(({ label }) => label.en);
    expect(labels.slice(0, 2)).toEqual(['G15 K123+500', 'G15 K124+000']);
    expect(geocoder.search('G15 K124')[0]?.label.en).toBe('G15 K124+000');
  });
});
