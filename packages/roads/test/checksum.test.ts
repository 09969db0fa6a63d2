import { createRandom } from '@lamplight/base';
import { gzipSync, zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { adler32, crc32 } from '../src/checksum.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('checksums', () => {
  it('have their published check values', () => {
    expect(crc32(text('123456789'))).toBe(0xcbf43926);
    expect(adler32(text('Wikipedia'))).toBe(0x11e60398);
    expect(crc32(new Uint8Array(0))).toBe(0);
    expect(adler32(new Uint8Array(0))).toBe(1);
  });

  it('equal those that gzip and zlib write, at every length', () => {
    const random = createRandom('checksums');
    for (const length of [1, 2, 3, 4, 5, 7, 8, 63, 3_799, 3_800, 3_801, 20_000]) {
      const bytes = Uint8Array.from({ length }, () => random.integer(256));
      const gzip = gzipSync(bytes);
      const zlib = zlibSync(bytes);
      expect(crc32(bytes)).toBe(new DataView(gzip.buffer).getUint32(gzip.length - 8, true));
      expect(adler32(bytes)).toBe(new DataView(zlib.buffer).getUint32(zlib.length - 4));
    }
  });

  it('go on over the next piece', () => {
    const whole = text('guard the lights of ten thousand homes');
    for (let cut = 0; cut <= whole.length; cut++) {
      expect(crc32(whole.subarray(cut), crc32(whole.subarray(0, cut)))).toBe(crc32(whole));
    }
  });
});
