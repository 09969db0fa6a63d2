import { type BoundingBox, err, ok, type Result, readJson } from '@lamplight/base';
import { gunzipSync } from 'fflate';
import type { BasemapError } from '../errors.js';
import { type Entry, findEntry, readDirectory } from './directory.js';
import {
  archiveVersion,
  type Compression,
  FIRST_READ_BYTES,
  HEADER_BYTES,
  type Header,
  readHeader,
  type Section,
} from './header.js';
import { type RangeReader, RecentCache, rangeOf } from './range.js';
import { MAX_ARCHIVE_ZOOM, tileId } from './tile-id.js';

/** A tile as it is stored. `encoding` is the value of the HTTP header `content-encoding` that it is sent with. */
export interface StoredTile {
  readonly bytes: Uint8Array;
  readonly encoding: 'identity' | 'gzip' | 'br' | 'zstd';
}

/** A PMTiles archive of vector tiles that can be asked for tiles. */
export interface Basemap {
  readonly bounds: BoundingBox;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** What the archive says of itself: its name, its attribution, its layers. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /**
   * A tile, or `undefined` where the archive has none, which means that there is nothing to draw. Rejects with a
   * `BasemapFault` when the archive turns out to be damaged, and with whatever the reader rejects with.
   */
  tile(z: number, x: number, y: number): Promise<StoredTile | undefined>;
}

/** An archive that was opened and then proved damaged. */
export class BasemapFault extends Error {
  readonly error: BasemapError;

  constructor(error: BasemapError) {
    super(error.message);
    this.error = error;
  }
}

export interface OpenOptions {
  /** How many tiles are kept in memory after they were asked for; 256 unless told otherwise. */
  readonly cachedTiles?: number;
}

/** No directory is larger unpacked: sixteen million tiles. What claims to be would only eat memory. */
const MAX_DIRECTORY_BYTES = 128 * 1024 * 1024;
const MIN_GZIP_BYTES = 18;
const MAX_DEPTH = 4;
const CACHED_LEAVES = 64;

const ENCODINGS: Readonly<Record<Compression, StoredTile['encoding']>> = {
  unknown: 'identity',
  none: 'identity',
  gzip: 'gzip',
  brotli: 'br',
  zstd: 'zstd',
};

/**
 * Opens a PMTiles archive of vector tiles, from its bytes or from a reader of ranges: one made by `buildBasemap`, or an
 * extract of the Protomaps basemap. Refused are what is no PMTiles archive, versions before and after 3, archives of
 * pictures, directories compressed by other means than gzip, and what is damaged or ends too early: the last byte is
 * read at once, so an archive cut off by a broken download does not open.
 */
export async function openBasemap(
  source: Uint8Array | RangeReader,
  { cachedTiles = 256 }: OpenOptions = {},
): Promise<Result<Basemap, BasemapError>> {
  const read = typeof source === 'function' ? source : rangeOf(source);
  try {
    return ok(await open(read, cachedTiles));
  } catch (cause) {
    if (cause instanceof BasemapFault) return err(cause.error);
    throw cause;
  }
}

async function open(read: RangeReader, cachedTiles: number): Promise<Basemap> {
  const start = await read(0, FIRST_READ_BYTES);
  const header = checkedHeader(start);
  const section = (part: Section, what: string): Promise<Uint8Array> => {
    const end = part.offset + part.length;
    return end <= start.length
      ? Promise.resolve(start.subarray(part.offset, end))
      : readWhole(read, part.offset, part.length, what);
  };
  const { root, tiles, internalCompression, tileCompression } = header;
  const rootEntries = directoryOf(await section(root, 'its directory'), internalCompression);
  const metadata = parseMetadata(await section(header.metadata, 'its metadata'), internalCompression);
  if (tiles.length > 0) await readWhole(read, tiles.offset + tiles.length - 1, 1, 'its tiles');

  const leaves = new RecentCache<readonly Entry[]>(CACHED_LEAVES);
  const leafOf = (entry: Entry): Promise<readonly Entry[]> =>
    leaves.get(entry.offset, async () => {
      checkWithin(header.leaves, entry, 'a directory');
      const bytes = await readWhole(read, header.leaves.offset + entry.offset, entry.length, 'a directory');
      return directoryOf(bytes, internalCompression);
    });
  const load = async (id: number): Promise<StoredTile | undefined> => {
    let entry = findEntry(rootEntries, id);
    for (let depth = 1; entry?.runLength === 0; depth++) {
      if (depth === MAX_DEPTH) throw corrupt('its directories are nested too deep');
      entry = findEntry(await leafOf(entry), id);
    }
    if (!entry) return undefined;
    checkWithin(tiles, entry, 'a tile');
    const bytes = await readWhole(read, tiles.offset + entry.offset, entry.length, 'a tile');
    return { bytes, encoding: ENCODINGS[tileCompression] };
  };

  const recent = new RecentCache<StoredTile | undefined>(cachedTiles);
  return {
    bounds: header.bounds,
    minZoom: header.minZoom,
    maxZoom: header.maxZoom,
    metadata,
    async tile(z, x, y) {
      const within = [z, x, y].every(Number.isInteger) && z >= header.minZoom && z <= header.maxZoom;
      const side = 2 ** z;
      if (!within || x < 0 || y < 0 || x >= side || y >= side) return undefined;
      const id = tileId(z, x, y);
      return recent.get(id, () => load(id));
    },
  };
}

function checkedHeader(start: Uint8Array): Header {
  const version = archiveVersion(start);
  if (version === undefined) {
    throw new BasemapFault({ code: 'not-pmtiles', message: 'does not start as a PMTiles archive does' });
  }
  if (version !== 3) {
    throw new BasemapFault({ code: 'pmtiles-version', message: `PMTiles of version ${version}, not 3` });
  }
  if (start.length < HEADER_BYTES) throw truncated('its header');
  const header = readHeader(start);
  if (header.tileType !== 'mvt') {
    throw new BasemapFault({
      code: 'not-vector-tiles',
      message: `PMTiles archive of type ${header.tileType}`,
    });
  }
  if (header.internalCompression !== 'gzip' && header.internalCompression !== 'none') {
    const message = `PMTiles directories compressed by ${header.internalCompression}`;
    throw new BasemapFault({ code: 'pmtiles-compression', message });
  }
  const { minZoom, maxZoom, root } = header;
  if (minZoom > maxZoom || maxZoom > MAX_ARCHIVE_ZOOM) throw corrupt(`zooms ${minZoom} to ${maxZoom}`);
  if (root.offset < HEADER_BYTES || root.length === 0) throw corrupt('no directory');
  return header;
}

async function readWhole(
  read: RangeReader,
  offset: number,
  length: number,
  what: string,
): Promise<Uint8Array> {
  if (!Number.isSafeInteger(offset + length) || length > MAX_DIRECTORY_BYTES)
    throw corrupt(`size of ${what}`);
  const bytes = await read(offset, length);
  if (bytes.length < length) throw truncated(what);
  return bytes.length === length ? bytes : bytes.subarray(0, length);
}

function checkWithin(section: Section, { offset, length }: Section, what: string): void {
  if (offset + length > section.length) throw corrupt(`${what} reaches past its section`);
}

function directoryOf(bytes: Uint8Array, compression: Compression): readonly Entry[] {
  return readDirectory(unpack(bytes, compression)) ?? fail(corrupt('a directory cannot be read'));
}

function parseMetadata(bytes: Uint8Array, compression: Compression): Readonly<Record<string, unknown>> {
  if (bytes.length === 0) return {};
  const parsed = readJson(new TextDecoder().decode(unpack(bytes, compression)));
  if (typeof parsed !== 'object' || parsed === null) throw corrupt('its metadata is not a JSON object');
  return Object.fromEntries(Object.entries(parsed));
}

function unpack(bytes: Uint8Array, compression: Compression): Uint8Array {
  if (compression === 'none') return bytes;
  // The last four bytes of gzip are the size unpacked, for which memory is taken at once (RFC 1952).
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < MIN_GZIP_BYTES || view.getUint32(bytes.length - 4, true) > MAX_DIRECTORY_BYTES) {
    throw corrupt('size of a directory');
  }
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw corrupt(cause instanceof Error ? cause.message : String(cause));
  }
}

const corrupt = (what: string): BasemapFault =>
  new BasemapFault({ code: 'pmtiles-corrupt', message: `PMTiles archive: ${what}` });

const truncated = (what: string): BasemapFault =>
  new BasemapFault({ code: 'pmtiles-truncated', message: `PMTiles archive ends inside ${what}` });

function fail(fault: BasemapFault): never {
  throw fault;
}
