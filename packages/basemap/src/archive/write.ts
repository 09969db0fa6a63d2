import type { BoundingBox } from '@lamplight/base';
import { gzipSync } from 'fflate';
import { ByteWriter } from '../bytes.js';
import { type Entry, writeDirectory } from './directory.js';
import { FIRST_READ_BYTES, HEADER_BYTES, writeHeader } from './header.js';
import { type TileAddress, tileAt } from './tile-id.js';

export interface ArchiveOptions {
  readonly maxZoom: number;
  readonly bounds: BoundingBox;
  /** What the archive says of itself: a JSON object. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface WrittenArchive {
  readonly bytes: Uint8Array;
  readonly tiles: number;
  readonly distinctTiles: number;
  readonly largestTile: TileAddress & { readonly bytes: number };
}

/** Zoom at which a whole city is seen, and with which the archive says to begin. */
const CENTRE_ZOOM = 12;
/** Entries of a leaf directory, unless the root then has too many leaves. */
const LEAF_ENTRIES = 4_096;

/** `mtime: 0` leaves the clock out of the bytes; `slice` lets go of the room that gzip had taken for more. */
const compress = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 6, mtime: 0 }).slice();

/**
 * Writes a PMTiles archive of version 3 of gzipped vector tiles. Tiles are added in the order of their ids; equal ones
 * are stored once, and a row of equal ones is one entry.
 */
export class ArchiveWriter {
  /** Stored tiles, one behind the other. */
  readonly #data: Uint8Array[] = [];
  #dataLength = 0;
  readonly #entries: Entry[] = [];
  /** Stored tiles by a checksum of their bytes before compression. */
  readonly #stored = new Map<number, Stored[]>();
  #tiles = 0;
  #largest = { id: 0, bytes: 0 };

  add(id: number, tile: Uint8Array): void {
    this.#tiles++;
    const { offset, bytes } = this.#place(tile);
    const { length } = bytes;
    if (length > this.#largest.bytes) this.#largest = { id, bytes: length };
    const last = this.#entries[this.#entries.length - 1];
    if (last && last.offset === offset && last.tileId + last.runLength === id) {
      this.#entries[this.#entries.length - 1] = { ...last, runLength: last.runLength + 1 };
    } else {
      this.#entries.push({ tileId: id, runLength: 1, offset, length });
    }
  }

  finish({ maxZoom, bounds, metadata }: ArchiveOptions): WrittenArchive {
    const about = compress(new TextEncoder().encode(JSON.stringify(metadata)));
    const { root, leaves } = writeDirectories(this.#entries);
    const metadataAt = HEADER_BYTES + root.length;
    const leavesAt = metadataAt + about.length;
    const tilesAt = leavesAt + leaves.length;
    const [west, south, east, north] = bounds;
    const header = writeHeader({
      root: { offset: HEADER_BYTES, length: root.length },
      metadata: { offset: metadataAt, length: about.length },
      leaves: { offset: leavesAt, length: leaves.length },
      tiles: { offset: tilesAt, length: this.#dataLength },
      addressedTiles: this.#tiles,
      tileEntries: this.#entries.length,
      tileContents: this.#data.length,
      clustered: true,
      internalCompression: 'gzip',
      tileCompression: 'gzip',
      tileType: 'mvt',
      minZoom: 0,
      maxZoom,
      bounds,
      centreZoom: Math.min(CENTRE_ZOOM, maxZoom),
      centre: [(west + east) / 2, (south + north) / 2],
    });
    const bytes = new Uint8Array(tilesAt + this.#dataLength);
    let at = 0;
    for (const part of [header, root, about, leaves, ...this.#data]) {
      bytes.set(part, at);
      at += part.length;
    }
    return {
      bytes,
      tiles: this.#tiles,
      distinctTiles: this.#data.length,
      largestTile: { ...tileAt(this.#largest.id), bytes: this.#largest.bytes },
    };
  }

  #place(tile: Uint8Array): Stored {
    const sum = checksum(tile);
    const bytes = compress(tile);
    const alike = this.#stored.get(sum) ?? [];
    // Equal bytes compress to equal bytes, so what is stored can be compared itself.
    const same = alike.find((stored) => isEqual(stored.bytes, bytes));
    if (same) return same;
    const stored = { offset: this.#dataLength, bytes };
    this.#data.push(bytes);
    this.#dataLength += bytes.length;
    this.#stored.set(sum, [...alike, stored]);
    return stored;
  }
}

interface Stored {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const isEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash >>> 0;
}

/** One directory when it fits beside the header, else a root of leaves, each larger until the root fits. */
function writeDirectories(entries: readonly Entry[]): { root: Uint8Array; leaves: Uint8Array } {
  const room = FIRST_READ_BYTES - HEADER_BYTES;
  const whole = compress(writeDirectory(entries));
  if (whole.length <= room) return { root: whole, leaves: new Uint8Array() };
  for (let size = LEAF_ENTRIES; ; size *= 2) {
    const leaves = new ByteWriter();
    const pointers: Entry[] = [];
    for (let start = 0; start < entries.length; start += size) {
      const leaf = entries.slice(start, start + size);
      const packed = compress(writeDirectory(leaf));
      pointers.push({
        tileId: leaf[0]?.tileId ?? 0,
        runLength: 0,
        offset: leaves.length,
        length: packed.length,
      });
      leaves.bytes(packed);
    }
    const root = compress(writeDirectory(pointers));
    if (root.length <= room) return { root, leaves: leaves.view().slice() };
  }
}
