import { describe, expect, it } from 'vitest';
import { createGeocoder, describePlacesError, openPlaces, serializePlaces } from '../src/index.js';
import { placesOf, TOWN } from './fixtures/town.js';

const places = placesOf(TOWN);
const file = serializePlaces(places);

const codeOf = (bytes: Uint8Array): string => {
  const opened = openPlaces(bytes);
  return opened.ok ? 'ok' : opened.error.code;
};

describe('a places file', () => {
  it('holds everything: what is opened equals what was built', () => {
    const opened = openPlaces(file);
    expect(opened.ok && opened.value).toEqual(places);
  });

  it('is the same for the same extract', () => {
    expect(serializePlaces(placesOf(TOWN))).toEqual(file);
  });

  it('opens from anywhere in a buffer, and from shared memory', () => {
    const odd = new Uint8Array(file.length + 3);
    odd.set(file, 3);
    const shared = new Uint8Array(new SharedArrayBuffer(file.length));
    shared.set(file);
    for (const bytes of [odd.subarray(3), shared]) {
      const opened = openPlaces(bytes);
      if (!opened.ok) throw new Error(opened.error.message);
      const geocoder = createGeocoder(opened.value);
      expect(geocoder.search('中山路12号')[0]).toMatchObject({ precision: 'address' });
      const [position] = geocoder.search('中山路12号').map((answer) => answer.position);
      expect(geocoder.reverse(position ?? [0, 0])?.address).toBeDefined();
    }
  });

  it('is refused when it is something else, cut off, changed in any byte, or of another version', () => {
    expect(codeOf(new Uint8Array(0))).toBe('not-a-places-file');
    expect(codeOf(new TextEncoder().encode('LAMPROAD0000'))).toBe('not-a-places-file');
    for (let length = 8; length < file.length; length += 97) {
      expect(codeOf(file.subarray(0, length))).toBe('places-truncated');
    }
    for (let byte = 24; byte < file.length; byte += 101) {
      const damaged = file.slice();
      damaged[byte] = (damaged[byte] ?? 0) ^ 0x10;
      expect(codeOf(damaged)).toBe('places-checksum');
    }
    const other = file.slice();
    other[8] = 99;
    expect(codeOf(other)).toBe('places-version');
  });

  it('has a sentence in both languages for every refusal', () => {
    const opened = openPlaces(file.subarray(0, 100));
    expect(!opened.ok && describePlacesError(opened.error)).toEqual({
      en: 'The places file is incomplete. Build or copy it again.',
      'zh-CN': '地名文件不完整,请重新构建或复制。',
    });
  });
});
