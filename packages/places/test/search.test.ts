import { distance, type LonLat, offset } from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../src/index.js';
import { CENTRE } from './fixtures/osm-xml.js';
import { geocoderOf, TOWN } from './fixtures/town.js';

const geocoder = geocoderOf(TOWN);

const first = (text: string): Candidate => {
  const [answer] = geocoder.search(text);
  if (!answer) throw new Error(`nothing found for ${text}`);
  return answer;
};

const place = (east: number, north: number): LonLat => offset(CENTRE, east, north);

const awayFrom = (answer: Candidate, position: LonLat): number => distance(answer.position, position);

describe('addresses', () => {
  it.each([
    '中山路12号',
    '中山路12',
    '12号中山路',
    '中山路十二号',
    '中山路１２號',
    '韶关市中山路12号',
    '广东韶关市浈江区中山路12号',
    '浈江区 中山路 12号',
    '中山路12号3单元402室',
    '中山路12号附近',
    '中山路12号楼',
    '12号中山路浈江区',
    '中山路浈江区12号',
    '12 Zhongshan Road',
    'Zhongshan Rd 12',
    '12 zhongshan road, shaoguan',
    'zhongshanlu 12',
    'zhong shan lu 12 hao',
    'zhongshanlu12hao',
    'zsl 12',
    '忠山路12号',
    'Zhongshn Road 12',
  ])('finds %s', (text) => {
    const answer = first(text);
    expect(answer).toMatchObject({ kind: 'address', precision: 'address' });
    expect(awayFrom(answer, place(60, 10))).toBeLessThan(1);
  });

  it('writes the label in both languages, each in its order', () => {
    expect(first('中山路12号').label).toEqual({
      en: '12 Zhongshan Road, Zhenjiang District, Shaoguan',
      'zh-CN': '韶关市浈江区中山路12号',
    });
  });

  it('writes the number before the name of an English street and after any other', () => {
    const labelOf = (street: string): string | undefined => {
      const position = place(0, 0);
      const tags = { 'addr:housenumber': '4', 'addr:street': street };
      return geocoderOf({ nodes: [{ id: 1, position, tags }] }).search(`${street} 4`)[0]?.label.en;
    };
    expect(labelOf('Ring Road East')).toBe('4 Ring Road East');
    expect(labelOf('Main St')).toBe('4 Main St');
    expect(labelOf('Städtle')).toBe('Städtle 4');
    expect(labelOf('Im Bretscha')).toBe('Im Bretscha 4');
  });

  it('says when a number was interpolated by the map', () => {
    const answer = first('中山路26号');
    expect(answer).toMatchObject({ precision: 'interpolated' });
    expect(answer.note?.en).toMatch(/estimated/);
    expect(awayFrom(answer, place(160, 12))).toBeLessThan(1);
  });

  it('estimates between recorded numbers of the same side, and says so', () => {
    const answer = first('解放路9号');
    expect(answer).toMatchObject({ precision: 'street' });
    const between = first('中山路16号');
    expect(between).toMatchObject({ precision: 'interpolated' });
    expect(between.note?.en).toBe('Number 16 is not recorded; estimated between 12 and 20.');
  });

  it('finds a number inside a recorded range', () => {
    expect(awayFrom(first('中山路38号'), place(260, 10))).toBeLessThan(1);
  });

  it('finds letters, and without its letter the houses of that number', () => {
    expect(awayFrom(first('12b Main Street'), place(510, 180))).toBeLessThan(1);
    expect(awayFrom(first('Main Street 12 A'), place(510, 120))).toBeLessThan(1);
    const any = first('12 Main Street');
    expect(any).toMatchObject({ precision: 'interpolated' });
    expect(any.note?.en).toBe('Number 12 is not recorded; this is 12a.');
  });

  it('says that only the street is known when the number is not', () => {
    const answer = first('Main Street 777');
    expect(answer).toMatchObject({ kind: 'street', precision: 'street' });
    expect(answer.note).toEqual({
      en: 'Number 777 is not recorded; the position is that of the street.',
      'zh-CN': '777号未登记,位置为所在道路。',
    });
  });

  it('reads addresses that the map has in one line', () => {
    expect(awayFrom(first('中山路58号'), place(420, 10))).toBeLessThan(1);
  });

  it.each(['Main St 7', '7 main street', 'main  STREET, 7', 'Mian Street 7', 'mainstreet 7'])(
    'finds %s',
    (text) => {
      expect(awayFrom(first(text), place(510, 60))).toBeLessThan(1);
    },
  );
});

describe('streets', () => {
  it.each(['N Oak Ave', 'north oak avenue', 'oak av north', 'Nort Oak Avenu', 'north o'])(
    'finds %s',
    (text) => {
      expect(first(text).label.en).toMatch(/^North Oak Avenue/);
    },
  );

  it.each([
    'Schlösslestraße',
    'schlosslestrasse',
    'Schloesslestr.',
    'SCHLÖSSLESTR',
    'schlösle',
    'Schlössle Strasse',
  ])('finds %s', (text) => {
    expect(first(text).label.en).toMatch(/^Schlösslestraße/);
  });

  it.each(['和平3路', '和平三路', 'Heping 3rd Road', 'heping third rd', 'hepingsanlu'])(
    'finds %s',
    (text) => {
      expect(first(text).label['zh-CN']).toMatch(/和平三路$/);
    },
  );

  it('finds a street at each key of its name, from the second character on', () => {
    for (const name of ['Main Street', 'Zhongshan Road', '中山路', 'zhongshanlu']) {
      for (let length = 2; length <= name.length; length++) {
        const labels = geocoder
          .search(name.slice(0, length))
          .map(({ label }) => `${label.en} ${label['zh-CN']}`);
        const wanted = name === 'Main Street' ? 'Main Street' : '中山路';
        expect(
          labels.some((label) => label.includes(wanted)),
          name.slice(0, length),
        ).toBe(true);
      }
    }
  });
});

describe('intersections', () => {
  it.each([
    '中山路与解放路交叉口',
    '解放路和中山路路口',
    '中山路解放路路口',
    '解放路中山路',
    'Zhongshan Road & Jiefang Road',
    'jiefang rd / zhongshan rd',
    'corner of Jiefang Rd and Zhongshan Road',
    'Zhongshan Road @ Jiefang Road',
    'zhongshan and jief',
    'Jiefang Rd & 中山路',
  ])('finds %s', (text) => {
    const answer = first(text);
    expect(answer).toMatchObject({ kind: 'intersection', precision: 'intersection' });
    expect(awayFrom(answer, place(0, 0))).toBeLessThan(1);
  });

  it('names the streets in the order in which they were typed', () => {
    expect(first('Jiefang Road & Zhongshan Road').label.en).toMatch(/^Jiefang Road & Zhongshan Road/);
    expect(first('中山路与解放路').label['zh-CN']).toMatch(/中山路与解放路交叉口$/);
  });

  it('does not make an intersection of streets that do not meet', () => {
    const kinds = geocoder.search('Main Street & 和平三路').map(({ kind }) => kind);
    expect(kinds).not.toContain('intersection');
  });
});

describe('named places', () => {
  it.each([
    ['第一人民医院', 150, 300],
    ['人民医院', 150, 300],
    ["first people's hospital", 150, 300],
    ['实验小学', -150, 300],
    ['syxx', -150, 300],
    ['Primary School', -150, 300],
    ['韶关东站', 0, 40],
    ['shaoguan east', 0, 40],
  ])('finds %s', (text, east, north) => {
    expect(awayFrom(first(text), place(east, north))).toBeLessThan(1);
  });

  it('keeps a name with quotes and a line end as one line', () => {
    expect(first('marks sons').label.en).toMatch(/^Marks & Sons "Corner" <Shop>/);
  });
});

describe('answers', () => {
  it('prefer what is near, among equals', () => {
    const [west] = geocoder.search('road', { near: place(-500, 0) });
    const [east] = geocoder.search('road', { near: place(500, 500) });
    expect(west?.label.en).toBeDefined();
    expect(east?.label.en).toBeDefined();
    const distances = [west, east].map((answer) => (answer ? awayFrom(answer, place(-500, 0)) : Infinity));
    expect(distances[0]).toBeLessThanOrEqual(distances[1] ?? 0);
  });

  it('lie inside the bounds that are asked for', () => {
    const [west, south] = place(-2_000, -2_000);
    const [east, north] = place(-100, 2_000);
    for (const { position } of geocoder.search('路', { bounds: [west, south, east, north] })) {
      expect(position[0]).toBeLessThanOrEqual(east);
    }
    expect(geocoder.search('Main Street', { bounds: [west, south, east, north] })).toEqual([]);
  });

  it('say which parts of the text they explain', () => {
    const text = '  浈江区中山路12号 zzzz';
    const parts = first(text).matched.map(({ from, to, as }) => [text.slice(from, to), as]);
    expect(parts).toEqual([
      ['浈江区', 'area'],
      ['中山路', 'name'],
      ['12号', 'number'],
    ]);
  });

  it('keep exactly what was typed, never throw, and point inside the text, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), typing()), (text) => {
        for (const { asTyped, matched, position, score, label } of geocoder.search(text)) {
          expect(asTyped).toBe(text);
          expect(score).toBeLessThanOrEqual(1.1);
          expect(position.every(Number.isFinite)).toBe(true);
          expect(label.en.length * label['zh-CN'].length).toBeGreaterThan(0);
          for (const { from, to } of matched) {
            expect(from).toBeLessThan(to);
            expect(to).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { seed: 20, numRuns: 500 },
    );
  });

  it('come for a text of 100 kB from its beginning, the rest of which counts as not understood', () => {
    const long = `中山路12号${' '.repeat(100_000)}`;
    const [answer] = geocoder.search(long);
    expect(answer).toMatchObject({ precision: 'address', asTyped: long });
    expect(answer?.score).toBeLessThan(first('中山路12号').score);
    expect(geocoder.search(`中山路12号 ${'x&中 '.repeat(25_000)}`)).toEqual([]);
    expect(geocoder.search('9'.repeat(100_000))).toEqual([]);
    expect(geocoder.search('\u0000\u0007\u001b[31m\ud800')).toEqual([]);
    expect(geocoder.search('中山路\u000012号')[0]).toMatchObject({ precision: 'address' });
    expect(geocoder.search('')).toEqual([]);
  });
});

/** Texts that look like what people type. */
function typing(): fc.Arbitrary<string> {
  const words = [
    '中山路',
    '12',
    '号',
    ' ',
    'Main',
    'St',
    '&',
    '与',
    'G15',
    'K1',
    '47.1',
    ',',
    '°',
    'N',
    '东经',
    '+',
    '8FVC',
    '🚒',
    'ß',
    'é',
  ];
  return fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((list) => list.join(''));
}
