import { distance, offset } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { buildPlaces } from '../src/index.js';
import { CENTRE, node, way, writeXml } from './fixtures/osm-xml.js';
import { geocoderOf, placesOf, TOWN } from './fixtures/town.js';

describe('building places', () => {
  it('counts what it finds and what it leaves out, by reason', () => {
    const { report } = placesOf(TOWN);
    // Ten nodes, of which one at a place and one in one line; two buildings; 22 24 26 28 by interpolation.
    expect(report).toMatchObject({ format: 'xml', streets: 7, addresses: 16, interpolated: 4, posts: 2 });
    expect(report.dropped).toMatchObject({
      'address-without-street': 1,
      'number-unreadable': 1,
      'interpolation-unusable': 1,
      'boundary-open': 1,
      'post-without-code': 1,
    });
  });

  it('refuses what is no extract, and an extract without names', () => {
    expect(buildPlaces(new Uint8Array([1, 2, 3]))).toMatchObject({ ok: false, error: { code: 'not-osm' } });
    expect(buildPlaces(writeXml({ nodes: [node(1, 0, 0)] }))).toMatchObject({
      ok: false,
      error: { code: 'no-places' },
    });
  });

  it('tells its progress', () => {
    const phases = new Set<string>();
    buildPlaces(writeXml(TOWN), { onProgress: (phase) => phases.add(phase) });
    expect([...phases]).toEqual(['relations', 'ways', 'nodes', 'places', 'index']);
  });

  it('puts the address of a building inside it, be it one outline or several pieces', () => {
    const geocoder = geocoderOf(TOWN);
    const [closed] = geocoder.search('解放路8号');
    expect(distance(closed?.position ?? [0, 0], offset(CENTRE, 20, 110))).toBeLessThan(1);
    const [pieces] = geocoder.search('解放路10号');
    expect(distance(pieces?.position ?? [0, 0], offset(CENTRE, 25, 215))).toBeLessThan(1);
  });

  it('puts the address of a building at its main entrance, or its only one', () => {
    const houseWith = (doors: Readonly<Record<number, string>>) =>
      geocoderOf({
        nodes: [
          [0, 0],
          [20, 0],
          [20, 20],
          [0, 20],
        ].map(([east = 0, north = 0], i) =>
          node(i + 1, east, north, doors[i + 1] === undefined ? {} : { entrance: doors[i + 1] ?? '' }),
        ),
        ways: [
          way(1, [1, 2, 3, 4, 1], { building: 'yes', 'addr:housenumber': '3', 'addr:street': 'Market Lane' }),
        ],
      });
    const whereIs = (doors: Readonly<Record<number, string>>) =>
      houseWith(doors).search('3 Market Lane')[0]?.position ?? [0, 0];
    expect(distance(whereIs({}), offset(CENTRE, 10, 10))).toBeLessThan(0.1);
    expect(distance(whereIs({ 2: 'yes' }), offset(CENTRE, 20, 0))).toBeLessThan(0.1);
    expect(distance(whereIs({ 2: 'yes', 4: 'main' }), offset(CENTRE, 0, 20))).toBeLessThan(0.1);
    expect(distance(whereIs({ 2: 'yes', 4: 'yes' }), offset(CENTRE, 10, 10))).toBeLessThan(0.1);
  });

  it('keeps streets of one name apart when their numbers repeat, and joins them when they do not', () => {
    const villages = (secondNumbers: readonly string[]) => ({
      nodes: [
        node(1, 0, 0),
        node(2, 900, 0),
        node(3, 1800, 0),
        node(4, -500, -500),
        node(5, 900, -500),
        node(6, 900, 500),
        node(7, -500, 500),
        node(8, 2500, -500),
        node(9, 2500, 500),
        ...['1', '3', '5'].map((number, i) =>
          node(20 + i, 100 + 100 * i, 10, { 'addr:housenumber': number, 'addr:street': 'Landstrasse' }),
        ),
        ...secondNumbers.map((number, i) =>
          node(30 + i, 1100 + 100 * i, 10, { 'addr:housenumber': number, 'addr:street': 'Landstrasse' }),
        ),
      ],
      ways: [
        way(1, [1, 2], { highway: 'primary', name: 'Landstrasse' }),
        way(2, [2, 3], { highway: 'primary', name: 'Landstrasse' }),
        way(3, [4, 5, 6, 7, 4], { boundary: 'administrative', admin_level: '8', name: 'Westdorf' }),
        way(4, [5, 8, 9, 6, 5], { boundary: 'administrative', admin_level: '8', name: 'Ostdorf' }),
      ],
    });
    expect(placesOf(villages(['1', '3', '5'])).report.streets).toBe(2);
    expect(placesOf(villages(['7', '9', '11'])).report.streets).toBe(1);
    const geocoder = geocoderOf(villages(['1', '3', '5']));
    const labels = geocoder.search('Landstrasse 3').map(({ label }) => label.en);
    expect(labels.slice(0, 2).sort()).toEqual(['Landstrasse 3, Ostdorf', 'Landstrasse 3, Westdorf']);
    expect(geocoder.search('Landstrasse 3 Ostdorf')[0]?.label.en).toBe('Landstrasse 3, Ostdorf');
  });

  it('names a street that only addresses know', () => {
    const geocoder = geocoderOf({
      nodes: [node(1, 0, 0, { 'addr:housenumber': '4', 'addr:street': 'Unpaved Lane' })],
    });
    expect(geocoder.search('unpaved lane 4')[0]).toMatchObject({ precision: 'address' });
  });

  it('finds addresses that name a place instead of a street', () => {
    const [answer] = geocoderOf(TOWN).search('石塘村5号');
    expect(answer).toMatchObject({ kind: 'address', precision: 'address' });
    expect(distance(answer?.position ?? [0, 0], offset(CENTRE, 900, 900))).toBeLessThan(1);
  });
});
