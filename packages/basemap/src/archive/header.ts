import type { BoundingBox, LonLat } from '@lamplight/base';

/*
 * The header of PMTiles version 3: 127 bytes, little-endian,
 * https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md.
 */
export const HEADER_BYTES = 127;
/** Header and root directory together fit in the first 16 KiB, so that one request reads both. */
export const FIRST_READ_BYTES = 16_384;

const MAGIC = 'PMTiles';
export const COMPRESSIONS = ['unknown', 'none', 'gzip', 'brotli', 'zstd'] as const;
export type Compression = (typeof COMPRESSIONS)[number];
export const TILE_TYPES = ['unknown', 'mvt', 'png', 'jpeg', 'webp', 'avif', 'mlt'] as const;
export type TileType = (typeof TILE_TYPES)[number];

/** A stretch of the file. */
export interface Section {
  readonly offset: number;
  readonly length: number;
}

export interface Header {
  readonly root: Section;
  readonly metadata: Section;
  readonly leaves: Section;
  readonly tiles: Section;
  readonly addressedTiles: number;
  readonly tileEntries: number;
  readonly tileContents: number;
  readonly clustered: boolean;
  readonly internalCompression: Compression;
  readonly tileCompression: Compression;
  readonly tileType: TileType;
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly bounds: BoundingBox;
  readonly centreZoom: number;
  readonly centre: LonLat;
}

/** How the archive says it is written, or `undefined` when it is no PMTiles archive at all. */
export function archiveVersion(bytes: Uint8Array): number | undefined {
  // Versions 1 and 2 began with the two letters and the version as 16 bits.
  if (bytes[0] === 0x50 && bytes[1] === 0x4d && bytes[3] === 0 && (bytes[2] === 1 || bytes[2] === 2))
    return bytes[2];
  const isMagic = [...MAGIC].every((letter, index) => bytes[index] === letter.charCodeAt(0));
  return isMagic ? bytes[7] : undefined;
}

export function writeHeader(header: Header): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  bytes[7] = 3;
  const { root, metadata, leaves, tiles } = header;
  const numbers = [root, metadata, leaves, tiles].flatMap(({ offset, length }) => [offset, length]);
  numbers.push(header.addressedTiles, header.tileEntries, header.tileContents);
  numbers.forEach((value, index) => {
    view.setBigUint64(8 + 8 * index, BigInt(value), true);
  });
  bytes[96] = header.clustered ? 1 : 0;
  bytes[97] = COMPRESSIONS.indexOf(header.internalCompression);
  bytes[98] = COMPRESSIONS.indexOf(header.tileCompression);
  bytes[99] = TILE_TYPES.indexOf(header.tileType);
  bytes[100] = header.minZoom;
  bytes[101] = header.maxZoom;
  header.bounds.forEach((degrees, index) => {
    view.setInt32(102 + 4 * index, Math.round(degrees * 1e7), true);
  });
  bytes[118] = header.centreZoom;
  header.centre.forEach((degrees, index) => {
    view.setInt32(119 + 4 * index, Math.round(degrees * 1e7), true);
  });
  return bytes;
}

/** Reads the 127 bytes of a header of version 3. Numbers beyond 2^53 come out as they are and fit no file. */
export function readHeader(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number = (at: number): number => Number(view.getBigUint64(at, true));
  const section = (at: number): Section => ({ offset: number(at), length: number(at + 8) });
  const degrees = (at: number): number => view.getInt32(at, true) / 1e7;
  return {
    root: section(8),
    metadata: section(24),
    leaves: section(40),
    tiles: section(56),
    addressedTiles: number(72),
    tileEntries: number(80),
    tileContents: number(88),
    clustered: bytes[96] === 1,
    internalCompression: COMPRESSIONS[bytes[97] ?? 0] ?? 'unknown',
    tileCompression: COMPRESSIONS[bytes[98] ?? 0] ?? 'unknown',
    tileType: TILE_TYPES[bytes[99] ?? 0] ?? 'unknown',
    minZoom: bytes[100] ?? 0,
    maxZoom: bytes[101] ?? 0,
    bounds: [degrees(102), degrees(106), degrees(110), degrees(114)],
    centreZoom: bytes[118] ?? 0,
    centre: [degrees(119), degrees(123)],
  };
}
