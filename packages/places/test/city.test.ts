import { createRandom, distance } from '@lamplight/base';
import { type City, encodeOsmPbf, generateCity } from '@lamplight/simulation';
import { describe, expect, it } from 'vitest';
import { buildPlaces, createGeocoder, type Geocoder } from '../src/index.js';

/** A generated bilingual city through everything. */
function cityWith(size: number): { city: City; geocoder: Geocoder } {
  const city = generateCity({ size, seed: 'places' });
  const built = buildPlaces(encodeOsmPbf(city, { mainName: 'both' }));
  if (!built.ok) throw new Error(built.error.message);
  return { city, geocoder: createGeocoder(built.value.places) };
}

describe('a generated city', () => {
  const { city, geocoder } = cityWith(4_000);
  const random = createRandom('city');
  const addresses = random.shuffle(city.addresses).slice(0, 200);
  const nameOf = (street: number): { zh: string; en: string } =>
    city.streets[street]?.name ?? { zh: '', en: '' };

  /** The share of the sample for which one of the first `rank` answers is within 30 m. */
  const shareFound = (textOf: (address: (typeof addresses)[number]) => string): number => {
    const found = addresses.filter((address) => {
      const [answer] = geocoder.search(textOf(address));
      return answer !== undefined && distance(answer.position, address.position) <= 30;
    });
    return found.length / addresses.length;
  };

  it('finds its addresses in Chinese, in either order, and in English', () => {
    expect(shareFound(({ street, houseNumber }) => `${nameOf(street).zh}${houseNumber}号`)).toBeGreaterThan(
      0.97,
    );
    expect(shareFound(({ street, houseNumber }) => `${houseNumber}号${nameOf(street).zh}`)).toBeGreaterThan(
      0.97,
    );
    expect(shareFound(({ street, houseNumber }) => `${houseNumber} ${nameOf(street).en}`)).toBeGreaterThan(
      0.97,
    );
  });

  it('finds its places by their Chinese and English names', () => {
    for (const { name, position } of city.places) {
      for (const text of [name.zh, name.en]) {
        const positions = geocoder.search(text).map((answer) => distance(answer.position, position));
        expect(Math.min(...positions), text).toBeLessThan(160);
      }
    }
  });
});
