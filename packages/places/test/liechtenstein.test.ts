import { createRandom, distance, type LonLat } from '@lamplight/base';
import { readOsm } from '@lamplight/roads';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BuildReport, buildPlaces, createGeocoder, type Geocoder } from '../src/index.js';
import { findSharedFile } from './fixtures/shared.js';

const extract = findSharedFile('osm/liechtenstein.osm.pbf');

interface RecordedAddress {
  readonly street: string;
  readonly number: string;
  readonly city: string;
  readonly position: LonLat;
}

/** Every address with a street in the extract, with the middle of its node or of the corners of its building. */
function listAddresses(bytes: Uint8Array): RecordedAddress[] {
  const positions = new Map<number, LonLat>();
  const addresses: RecordedAddress[] = [];
  const add = (tags: ReadonlyMap<string, string>, points: readonly LonLat[]): void => {
    const street = tags.get('addr:street');
    const number = tags.get('addr:housenumber');
    if (street === undefined || number === undefined || points.length === 0) return;
    const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
    addresses.push({ street, number, city: tags.get('addr:city') ?? '', position: [mean(0), mean(1)] });
  };
  readOsm(bytes, {
    node(id, lon, lat, tags) {
      positions.set(id, [lon, lat]);
      add(tags, [[lon, lat]]);
    },
    way: (_, refs, tags) =>
      add(
        tags,
        refs.slice(1).flatMap((ref) => {
          const position = positions.get(ref);
          return position ? [position] : [];
        }),
      ),
  });
  return addresses;
}

describe.skipIf(!extract)('Liechtenstein (skipped where the shared data is absent)', () => {
  let geocoder: Geocoder;
  let report: BuildReport;
  let sample: readonly RecordedAddress[];

  beforeAll(() => {
    const built = buildPlaces(extract ?? new Uint8Array());
    if (!built.ok) throw new Error(built.error.message);
    report = built.value.report;
    geocoder = createGeocoder(built.value.places);
    sample = createRandom('addresses')
      .shuffle(listAddresses(extract ?? new Uint8Array()))
      .slice(0, 500);
  });

  /** The share of the sample for which the first answer to the text is within 30 m of the record. */
  const shareFound = (textOf: (address: RecordedAddress) => string): number => {
    const found = sample.filter((address) => {
      const near = address.city === '' ? { near: address.position } : {};
      const [answer] = geocoder.search(textOf(address), near);
      return answer !== undefined && distance(answer.position, address.position) <= 30;
    });
    return found.length / sample.length;
  };

  it('has its addresses, streets and places', () => {
    expect(report.addresses).toBeGreaterThan(3_200);
    expect(report.streets).toBeGreaterThan(1_000);
    expect(report.junctions).toBeGreaterThan(1_500);
    expect(report.dropped['missing-node']).toBe(0);
  });

  it('finds at least 95 % of the recorded addresses first, in either order and with the street abbreviated', () => {
    expect(shareFound(({ street, number, city }) => `${street} ${number}, ${city}`)).toBeGreaterThan(0.95);
    expect(shareFound(({ street, number, city }) => `${number} ${street} ${city}`)).toBeGreaterThan(0.95);
    const short = (street: string): string => street.replace(/strasse$/, 'str.');
    expect(shareFound(({ street, number, city }) => `${city} ${short(street)} ${number}`)).toBeGreaterThan(
      0.95,
    );
  });

  it('finds at least 85 % of them first when a letter of the street is left out or two are swapped', () => {
    const random = createRandom('typing');
    const mistype = (street: string): string => {
      const at = 1 + random.integer(Math.max(1, street.length - 2));
      return random.next() < 0.5
        ? street.slice(0, at) + street.slice(at + 1)
        : street.slice(0, at) + street.charAt(at + 1) + street.charAt(at) + street.slice(at + 2);
    };
    expect(shareFound(({ street, number, city }) => `${mistype(street)} ${number} ${city}`)).toBeGreaterThan(
      0.85,
    );
  });

  it('finds intersections in both orders, and says the same of their position', () => {
    const [a, b] = ['Poststrasse', 'Landstrasse'];
    const forward = geocoder.search(`${a} & ${b}`)[0];
    const backward = geocoder.search(`corner of ${b} and ${a}`)[0];
    expect(forward).toMatchObject({ kind: 'intersection', precision: 'intersection' });
    expect(backward).toMatchObject({ kind: 'intersection', position: forward?.position });
    const answer = forward && geocoder.reverse(forward.position);
    expect(answer?.intersection?.distance).toBeLessThan(1);
  });

  it('says of the position of a recorded address that this address is there', () => {
    const right = sample.filter(({ position, number }) => {
      const answer = geocoder.reverse(position);
      return answer?.address?.label.en.includes(number) === true;
    });
    expect(right.length / sample.length).toBeGreaterThan(0.95);
  });

  it('knows the towns', () => {
    for (const town of ['Vaduz', 'Schaan', 'Balzers', 'Triesen', 'Eschen', 'Mauren', 'Ruggell', 'Planken']) {
      expect(geocoder.search(town)[0], town).toMatchObject({ kind: 'settlement', label: { en: town } });
    }
  });
});
