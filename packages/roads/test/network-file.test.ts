import { describe, expect, it } from 'vitest';
import {
  createMetric,
  createSnapper,
  createTravelTimes,
  openNetwork,
  serializeNetwork,
} from '../src/index.js';
import { networkOf, place, randomTown, SQUARE } from './fixtures/towns.js';

const network = networkOf(SQUARE);
const file = serializeNetwork(network);

describe('the file of a network', () => {
  it('opens to the network that was written, report and names included', () => {
    const opened = openNetwork(file);
    expect(opened).toEqual({ ok: true, value: network });
  });

  it('is the same whenever it is written, also from an opened network', () => {
    const opened = openNetwork(file);
    expect(opened.ok && serializeNetwork(opened.value)).toEqual(file);
    expect(serializeNetwork(networkOf(SQUARE))).toEqual(file);
  });

  it('is looked into where it lies, without a copy', () => {
    const opened = openNetwork(file);
    expect(opened.ok && opened.value.arrays.arcHead.buffer).toBe(file.buffer);
  });

  it('opens at an odd place of a larger buffer', () => {
    const large = new Uint8Array(file.length + 3);
    large.set(file, 3);
    expect(openNetwork(large.subarray(3))).toEqual({ ok: true, value: network });
  });

  it('opens in shared memory and is searched there', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(file.length));
    shared.set(file);
    const opened = openNetwork(shared);
    if (!opened.ok) throw new Error(opened.error.message);
    const snapper = createSnapper(opened.value);
    const from = snapper.snap([place(10, 3).lon, place(10, 3).lat]);
    const to = snapper.snap([place(180, 3).lon, place(180, 3).lat]);
    if (!from.ok || !to.ok) throw new Error('off the network');
    expect(
      createTravelTimes(createMetric(opened.value)).oneToMany(from.value, [to.value])[0],
    ).toBeGreaterThan(0);
    expect(opened.value.arrays.arcHead.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('is refused with any one byte changed', () => {
    for (let byte = 0; byte < file.length; byte++) {
      const damaged = file.slice();
      damaged[byte] = (damaged[byte] ?? 0) ^ (1 << (byte % 8));
      const opened = openNetwork(damaged);
      const expected =
        byte < 8 ? 'not-a-network' : byte < 12 ? 'network-version' : /^network-(checksum|truncated)$/;
      expect(opened.ok).toBe(false);
      if (!opened.ok) expect(opened.error.code).toMatch(expected);
    }
  });

  it('is refused when it has another version, and says which', () => {
    const older = file.slice();
    new DataView(older.buffer).setUint32(8, 1, true);
    const opened = openNetwork(older);
    expect(opened).toMatchObject({ error: { code: 'network-version' } });
    expect(!opened.ok && opened.error.message).toBe('the file has format 1, this program reads 2');
  });

  it('is refused when cut at any byte', () => {
    for (let length = 0; length < file.length; length++) {
      const opened = openNetwork(file.slice(0, length));
      expect(opened.ok).toBe(false);
      if (!opened.ok) expect(opened.error.code).toBe(length < 8 ? 'not-a-network' : 'network-truncated');
    }
  });

  it('is refused with something after its end', () => {
    const longer = new Uint8Array(file.length + 1);
    longer.set(file);
    expect(openNetwork(longer)).toMatchObject({ ok: false, error: { code: 'network-checksum' } });
  });

  it('keeps every array at a multiple of eight', () => {
    const opened = openNetwork(serializeNetwork(networkOf(randomTown('file', 60))));
    if (!opened.ok) throw new Error(opened.error.message);
    for (const array of Object.values(opened.value.arrays)) expect(array.byteOffset % 8).toBe(0);
  });
});
