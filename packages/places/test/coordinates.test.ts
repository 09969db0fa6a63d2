import { type BoundingBox, createRandom, distance, type LonLat } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { parseCoordinates } from '../src/index.js';
import { geocoderOf, TOWN } from './fixtures/town.js';

/** Liechtenstein. */
const BOUNDS: BoundingBox = [9.47, 47.05, 9.64, 47.27];
const VADUZ: LonLat = [9.5225, 47.1405];

const read = (text: string, bounds = BOUNDS): LonLat | undefined =>
  parseCoordinates(text, bounds)[0]?.position;

describe('coordinates', () => {
  it.each([
    '47.1405, 9.5225',
    '47.1405,9.5225',
    '47.1405 9.5225',
    '47.1405; 9.5225',
    '(47.1405, 9.5225)',
    '47,1405; 9,5225',
    '４７．１４０５，９．５２２５',
    '47.1405°, 9.5225°',
    '47.1405N 9.5225E',
    '47.1405° N, 9.5225° E',
    'N 47.1405 E 9.5225',
    'N47.1405, E9.5225',
    '9.5225 E, 47.1405 N',
    '47°08\'25.8"N 9°31\'21"E',
    "47° 8.43' N, 9° 31.35' E",
    '47 8 25.8 N 9 31 21 E',
    '47°8′25.8″, 9°31′21″',
    '北纬47.1405° 东经9.5225°',
    '东经9.5225,北纬47.1405',
    '北纬47度8分25.8秒,东经9度31分21秒',
    '北緯47度8分25.8秒 東經9度31分21秒',
    'geo:47.1405,9.5225',
    'geo:47.1405,9.5225;u=35',
    'https://www.google.com/maps/@47.1405,9.5225,17z',
    'https://www.google.com/maps/place/X/@47.2,9.6,17z/data=!3m1!3d47.1405!4d9.5225',
    'https://maps.google.com/?q=47.1405,9.5225',
    'https://maps.google.com/?q=47.1405%2C9.5225&z=3',
    'https://maps.apple.com/?ll=47.1405,9.5225&q=Here',
    'https://www.openstreetmap.org/?mlat=47.1405&mlon=9.5225#map=10/1/2',
    'https://www.openstreetmap.org/#map=17/47.1405/9.5225',
  ])('reads %s', (text) => {
    const position = read(text);
    expect(position && distance(position, VADUZ)).toBeLessThan(1);
  });

  it('reads south and west as negative', () => {
    expect(read('33.86 S 151.21 E')).toEqual([151.21, -33.86]);
    expect(read('南纬33.86 西经70.5')).toEqual([-70.5, -33.86]);
    expect(read('-33.86, -70.5')).toEqual([-70.5, -33.86]);
  });

  it('takes longitude first when only that is possible or only that is in the extract, and says so', () => {
    expect(parseCoordinates('9.5225, 47.1405', BOUNDS)).toMatchObject([
      { position: VADUZ, note: { en: 'Read as longitude, latitude.' } },
    ]);
    expect(parseCoordinates('113.6, 24.8', BOUNDS)).toMatchObject([
      { position: [113.6, 24.8], note: { en: 'Read as longitude, latitude.' } },
    ]);
    expect(parseCoordinates('12.5, 40.25', BOUNDS)).toMatchObject([
      { position: [40.25, 12.5], note: { en: 'Read as latitude, longitude.' } },
    ]);
  });

  it('gives both when both orders lie in the extract', () => {
    const readings = parseCoordinates('10.1, 10.2', [9, 9, 11, 11]);
    expect(readings.map(({ position }) => position)).toEqual([
      [10.2, 10.1],
      [10.1, 10.2],
    ]);
  });

  it.each([
    '',
    '12 14',
    '12, 14',
    '47.14',
    '91.5 N 9.5 E',
    '47.1 N 9.5 N',
    "47°61'N 9°5'E",
    '200.5, 100.5',
    'Landstrasse 12.5, 9.5',
    'https://example.org/nothing',
    'https://uri.amap.com/marker?position=116.47,39.99&q=39.99,116.47',
    'https://map.baidu.com/@12959219,4825334,13z',
    'geo:47.14',
  ])('does not read %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('reads plus codes, and completes short ones near by', () => {
    // From the test data of the specification.
    expect(distance(read('7FG49QCJ+2VX') ?? [0, 0], [2.782234375, 20.3701135])).toBeLessThan(4);
    expect(distance(read('8FVC2222+22') ?? [0, 0], [8.0000625, 47.0000625])).toBeLessThan(1);
    const whole = read('8FVC9G8F+6X');
    const short = parseCoordinates('9G8F+6X', BOUNDS, [8.5, 47.4])[0];
    expect(short?.position).toEqual(whole);
    expect(short?.note).toBeDefined();
    expect(read('8FVC9G8F+6I')).toBeUndefined();
  });

  it('reads UTM and MGRS as an independent forward projection writes them', () => {
    const random = createRandom('grid');
    for (let i = 0; i < 300; i++) {
      const position: LonLat = [-180 + 360 * random.next(), -79.5 + 163 * random.next()];
      const { zone, band, easting, northing } = toUtm(position);
      const utm = read(`${zone}${band} ${easting.toFixed(2)} ${northing.toFixed(2)}`);
      expect(utm && distance(utm, position), `${position}`).toBeLessThan(0.1);
      const mgrs = read(toMgrs(zone, band, easting, northing));
      expect(mgrs && distance(mgrs, position), toMgrs(zone, band, easting, northing)).toBeLessThan(1);
    }
  });

  it('reads the published position of the CN Tower', () => {
    expect(distance(read('17T 630084 4833438') ?? [0, 0], [-79.387139, 43.642567])).toBeLessThan(2);
  });

  it('are the only answer of a search, with a label in both languages', () => {
    const answers = geocoderOf(TOWN).search(' 24.8012, 113.6 ');
    expect(answers).toEqual([
      {
        label: { en: '24.80120, 113.60000', 'zh-CN': '北纬24.80120°,东经113.60000°' },
        kind: 'coordinates',
        precision: 'coordinates',
        position: [113.6, 24.8012],
        score: 1,
        matched: [{ from: 1, to: 15, as: 'coordinates' }],
        asTyped: ' 24.8012, 113.6 ',
        category: '',
      },
    ]);
  });
});

/**
 * Forward transverse Mercator by the series in powers of the longitude difference (Snyder, "Map Projections: A Working
 * Manual", USGS Professional Paper 1395, 1987, equations 8-9 to 8-15 and 3-21): another way than the one tested.
 */
function toUtm([lon, lat]: LonLat): { zone: number; band: string; easting: number; northing: number } {
  const a = 6_378_137;
  const f = 1 / 298.257223563;
  const e2 = f * (2 - f);
  const k0 = 0.9996;
  const zone = Math.min(60, Math.floor((lon + 180) / 6) + 1);
  const phi = (lat * Math.PI) / 180;
  const ep2 = e2 / (1 - e2);
  const n = a / Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
  const t = Math.tan(phi) ** 2;
  const c = ep2 * Math.cos(phi) ** 2;
  const A = ((lon - (zone * 6 - 183)) * Math.PI * Math.cos(phi)) / 180;
  const m =
    a *
    ((1 - e2 / 4 - (3 * e2 ** 2) / 64 - (5 * e2 ** 3) / 256) * phi -
      ((3 * e2) / 8 + (3 * e2 ** 2) / 32 + (45 * e2 ** 3) / 1024) * Math.sin(2 * phi) +
      ((15 * e2 ** 2) / 256 + (45 * e2 ** 3) / 1024) * Math.sin(4 * phi) -
      ((35 * e2 ** 3) / 3072) * Math.sin(6 * phi));
  const easting =
    k0 * n * (A + ((1 - t + c) * A ** 3) / 6 + ((5 - 18 * t + t ** 2 + 72 * c - 58 * ep2) * A ** 5) / 120) +
    500_000;
  const northing =
    k0 *
    (m +
      n *
        Math.tan(phi) *
        (A ** 2 / 2 +
          ((5 - t + 9 * c + 4 * c ** 2) * A ** 4) / 24 +
          ((61 - 58 * t + t ** 2 + 600 * c - 330 * ep2) * A ** 6) / 720));
  const band = 'CDEFGHJKLMNPQRSTUVWXX'.charAt(Math.floor((lat + 80) / 8));
  return { zone, band, easting, northing: lat < 0 ? northing + 10_000_000 : northing };
}

function toMgrs(zone: number, band: string, easting: number, northing: number): string {
  const column = 'ABCDEFGHJKLMNPQRSTUVWXYZ'.charAt(8 * ((zone - 1) % 3) + Math.floor(easting / 100_000) - 1);
  const row = 'ABCDEFGHJKLMNPQRSTUV'.charAt((Math.floor(northing / 100_000) + (zone % 2 === 0 ? 5 : 0)) % 20);
  const digits = (value: number): string => String(Math.floor(value % 100_000)).padStart(5, '0');
  return `${zone}${band} ${column}${row} ${digits(easting)} ${digits(northing)}`;
}
