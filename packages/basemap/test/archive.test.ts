import { createRandom } from '@lamplight/base';
import fc from 'fast-check';
import { gunzipSync } from 'fflate';
import { PMTiles, tileIdToZxy, zxyToTileId } from 'pmtiles';
import { describe, expect, it } from 'vitest';
import { type Entry, findEntry, readDirectory, writeDirectory } from '../src/archive/directory.js';
import { tileAt, tileId } from '../src/archive/tile-id.js';
import { ArchiveWriter } from '../src/archive/write.js';
import { BasemapFault, describeBasemapError, openBasemap, type RangeReader } from '../src/index.js';

const SETTINGS = { seed: 20_170_101, numRuns: 300 };
const OPTIONS = { maxZoom: 15, bounds: [9, 47, 10, 48] as const, metadata: { name: 'test' } };

/** An archive of numbered tiles with the ids given. Its bytes are not tiles, which no archive asks. */
function archiveOf(tiles: readonly (readonly [id: number, content: string])[]): Uint8Array {
  const writer = new ArchiveWriter();
  for (const [id, content] of tiles) writer.add(id, new TextEncoder().encode(content));
  return writer.finish(OPTIONS).bytes;
}

const small = archiveOf([
  [tileId(0, 0, 0), 'world'],
  [tileId(1, 0, 0), 'west'],
  [tileId(1, 0, 1), 'south'],
  [tileId(1, 1, 1), 'south'],
]);

async function contentOf(
  source: Uint8Array | RangeReader,
  z: number,
  x: number,
  y: number,
): Promise<string | undefined> {
  const opened = await openBasemap(source);
  if (!opened.ok) throw new Error(opened.error.message);
  const tile = await opened.value.tile(z, x, y);
  return tile && new TextDecoder().decode(gunzipSync(tile.bytes));
}

/** The library that PMTiles comes with, on bytes in memory. */
const libraryOf = (bytes: Uint8Array): PMTiles =>
  new PMTiles({
    getKey: () => 'memory',
    getBytes: async (offset, length) => ({
      data: new Uint8Array(bytes.subarray(offset, offset + length)).buffer,
    }),
  });

describe('the ids of tiles', () => {
  it('are those of the PMTiles library, and lead back', () => {
    const address = fc.integer({ min: 0, max: 20 }).chain((z) => {
      const place = fc.integer({ min: 0, max: 2 ** z - 1 });
      return fc.tuple(fc.constant(z), place, place);
    });
    fc.assert(
      fc.property(address, ([z, x, y]) => {
        const id = tileId(z, x, y);
        expect(id).toBe(zxyToTileId(z, x, y));
        expect(tileIdToZxy(id)).toEqual([z, x, y]);
        expect(tileAt(id)).toEqual({ z, x, y });
      }),
      SETTINGS,
    );
  });
});

describe('a directory', () => {
  const entries = fc
    .array(
      fc.record({
        gap: fc.integer({ min: 1, max: 100_000 }),
        runLength: fc.integer({ min: 1, max: 50 }),
        length: fc.integer({ min: 1, max: 500_000 }),
        jump: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 1, maxLength: 200 },
    )
    .map((rows) => {
      let next = 0;
      let offset = 0;
      return rows.map(({ gap, runLength, length, jump }): Entry => {
        const entry = { tileId: next + gap, runLength, offset: offset + jump, length };
        next = entry.tileId + runLength;
        offset = entry.offset + length;
        return entry;
      });
    });

  it('reads as it was written, and finds each tile by itself', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 0, max: 3_000_000 }), (all, id) => {
        const read = readDirectory(writeDirectory(all)) ?? [];
        expect(read).toEqual(all);
        const wanted = all.find((entry) => id >= entry.tileId && id < entry.tileId + entry.runLength);
        expect(findEntry(read, id)).toEqual(wanted);
      }),
      SETTINGS,
    );
  });

  it('is refused, not misread, when it is cut or made of anything', () => {
    fc.assert(
      fc.property(entries, fc.nat(), (all, cut) => {
        const bytes = writeDirectory(all);
        expect(readDirectory(bytes.subarray(0, cut % bytes.length))).toBeUndefined();
      }),
      SETTINGS,
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        readDirectory(bytes);
      }),
      SETTINGS,
    );
  });
});

describe('an archive', () => {
  it('gives back its tiles, and nothing where it has none', async () => {
    expect(await contentOf(small, 0, 0, 0)).toBe('world');
    expect(await contentOf(small, 1, 1, 1)).toBe('south');
    expect(await contentOf(small, 1, 1, 0)).toBeUndefined();
    for (const [z, x, y] of [
      [1, 2, 0],
      [1, -1, 0],
      [16, 0, 0],
      [0.5, 0, 0],
      [Number.NaN, 0, 0],
    ] as const) {
      expect(await contentOf(small, z, x, y)).toBeUndefined();
    }
  });

  it('is read by the PMTiles library', async () => {
    const library = libraryOf(small);
    const header = await library.getHeader();
    expect(header).toMatchObject({ specVersion: 3, clustered: true, tileType: 1, numAddressedTiles: 4 });
    // Two tiles are equal and side by side on the curve: one content, one entry.
    expect(header).toMatchObject({ numTileContents: 3, numTileEntries: 3 });
    expect(await library.getMetadata()).toEqual({ name: 'test' });
    const tile = await library.getZxy(1, 0, 1);
    expect(new TextDecoder().decode(tile?.data)).toBe('south');
  });

  it('has leaf directories when there are too many tiles for one, which the library reads too', async () => {
    const random = createRandom('leaves');
    const contents = new Map<number, string>();
    for (let id = 20; contents.size < 12_000; id += 1 + random.integer(2_000)) {
      contents.set(id, Array.from({ length: 1 + random.integer(20) }, () => random.next()).join());
    }
    const archive = archiveOf([...contents]);
    const header = await libraryOf(archive).getHeader();
    expect(header.leafDirectoryLength).toBeGreaterThan(0);
    expect(header.rootDirectoryOffset + header.rootDirectoryLength).toBeLessThanOrEqual(16_384);
    const opened = await openBasemap(archive);
    if (!opened.ok) throw new Error(opened.error.message);
    for (const id of [...contents.keys()].filter((_, index) => index % 700 === 0)) {
      const { z, x, y } = tileAt(id);
      const own = await opened.value.tile(z, x, y);
      expect(own && new TextDecoder().decode(gunzipSync(own.bytes))).toBe(contents.get(id));
      const other = await libraryOf(archive).getZxy(z, x, y);
      expect(new TextDecoder().decode(other?.data)).toBe(contents.get(id));
      const beside = tileAt(id + 1);
      const neighbour = await opened.value.tile(beside.z, beside.x, beside.y);
      expect(neighbour === undefined).toBe(!contents.has(id + 1));
    }
  });

  it('is read through a reader of ranges, each tile once for all who ask', async () => {
    const asked: [number, number][] = [];
    const opened = await openBasemap(async (offset, length) => {
      asked.push([offset, length]);
      return small.subarray(offset, offset + length);
    });
    if (!opened.ok) throw new Error(opened.error.message);
    asked.length = 0;
    const tiles = await Promise.all([1, 2, 3].map(() => opened.value.tile(0, 0, 0)));
    expect(tiles[0]?.encoding).toBe('gzip');
    expect(tiles[0]).toBe(tiles[2]);
    await opened.value.tile(0, 0, 0);
    expect(asked).toHaveLength(1);
  });

  it('forgets the tile that was not asked for longest', async () => {
    let reads = 0;
    const opened = await openBasemap(
      async (offset, length) => {
        reads++;
        return small.subarray(offset, offset + length);
      },
      { cachedTiles: 2 },
    );
    if (!opened.ok) throw new Error(opened.error.message);
    const { tile } = opened.value;
    reads = 0;
    await tile(0, 0, 0);
    await tile(1, 0, 0);
    await tile(0, 0, 0);
    await tile(1, 0, 1);
    expect(reads).toBe(3);
    await tile(0, 0, 0);
    expect(reads).toBe(3);
    await tile(1, 0, 0);
    expect(reads).toBe(4);
  });

  it('passes on that a reader failed, and asks again the next time', async () => {
    let broken = false;
    const opened = await openBasemap(async (offset, length) => {
      if (broken) throw new Error('disk');
      return small.subarray(offset, offset + length);
    });
    if (!opened.ok) throw new Error(opened.error.message);
    broken = true;
    await expect(opened.value.tile(0, 0, 0)).rejects.toThrow('disk');
    broken = false;
    expect(await opened.value.tile(0, 0, 0)).toBeDefined();
  });
});

describe('what is no base map', () => {
  const codeOf = async (bytes: Uint8Array): Promise<string> => {
    const opened = await openBasemap(bytes);
    if (opened.ok) return 'opened';
    for (const language of ['en', 'zh-CN'] as const) {
      expect(describeBasemapError(opened.error, language).length).toBeGreaterThan(5);
    }
    return opened.error.code;
  };
  const changed = (at: number, value: number): Uint8Array => {
    const bytes = small.slice();
    bytes[at] = value;
    return bytes;
  };

  it('is refused by name: no archive, another version, pictures, another compression', async () => {
    expect(await codeOf(new Uint8Array())).toBe('not-pmtiles');
    expect(await codeOf(new TextEncoder().encode('{"type":"FeatureCollection"}'))).toBe('not-pmtiles');
    expect(await codeOf(new Uint8Array([0x50, 0x4d, 2, 0, 0, 0, 0, 0]))).toBe('pmtiles-version');
    expect(await codeOf(changed(7, 4))).toBe('pmtiles-version');
    expect(await codeOf(changed(99, 2))).toBe('not-vector-tiles');
    expect(await codeOf(changed(97, 3))).toBe('pmtiles-compression');
    expect(await codeOf(changed(100, 30))).toBe('pmtiles-corrupt');
  });

  it('is refused wherever it is cut', async () => {
    for (let length = 8; length < small.length; length++) {
      expect(await codeOf(small.subarray(0, length)), String(length)).toMatch(
        /^pmtiles-(truncated|corrupt)$/,
      );
    }
    expect(await codeOf(small)).toBe('opened');
  });

  it('never hangs and never throws anything else when a byte is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length - 1), fc.nat(255), async (at, value) => {
        const opened = await openBasemap(changed(at, value));
        if (!opened.ok) return;
        try {
          for (const [z, x, y] of [
            [0, 0, 0],
            [1, 0, 0],
            [1, 1, 1],
          ] as const)
            await opened.value.tile(z, x, y);
        } catch (cause) {
          expect(cause).toBeInstanceOf(BasemapFault);
        }
      }),
      SETTINGS,
    );
  });
});
