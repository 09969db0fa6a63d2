import { ByteWriter } from '../bytes.js';

/**
 * A line of a PMTiles directory: `runLength` tiles from `tileId` on, all with the same bytes. A run of 0 is a leaf
 * directory, which has the tiles from `tileId` on.
 */
export interface Entry {
  readonly tileId: number;
  readonly runLength: number;
  readonly offset: number;
  readonly length: number;
}

/** Writes entries, which must be sorted by tile id, column by column. */
export function writeDirectory(entries: readonly Entry[]): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(entries.length);
  let lastId = 0;
  for (const { tileId } of entries) {
    writer.varint(tileId - lastId);
    lastId = tileId;
  }
  for (const { runLength } of entries) writer.varint(runLength);
  for (const { length } of entries) writer.varint(length);
  // 0 means: right behind the one before.
  let next = -1;
  for (const { offset, length } of entries) {
    writer.varint(offset === next ? 0 : offset + 1);
    next = offset + length;
  }
  return writer.view().slice();
}

/** Reads a directory; `undefined` when the bytes are not one. */
export function readDirectory(bytes: Uint8Array): readonly Entry[] | undefined {
  let at = 0;
  let sound = true;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 0x80) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    sound = false;
    return 0;
  };

  const count = varint();
  // Every entry takes four bytes or more, so a count that the bytes cannot hold asks for no memory.
  if (!sound || count === 0 || count > bytes.length / 4) return undefined;
  const column = (): Float64Array => Float64Array.from({ length: count }, varint);
  const ids = column();
  const runs = column();
  const lengths = column();
  const offsets = column();
  if (!sound) return undefined;

  const entries: Entry[] = [];
  let tileId = 0;
  let next = 0;
  for (let i = 0; i < count; i++) {
    tileId += ids[i] ?? 0;
    const length = lengths[i] ?? 0;
    const stated = offsets[i] ?? 0;
    const offset = stated === 0 ? next : stated - 1;
    if (length === 0 || (stated === 0 && i === 0)) return undefined;
    entries.push({ tileId, runLength: runs[i] ?? 0, offset, length });
    next = offset + length;
  }
  return entries;
}

/** The entry that has a tile, or the leaf directory that may have it. */
export function findEntry(entries: readonly Entry[], id: number): Entry | undefined {
  let low = 0;
  let high = entries.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.tileId ?? 0) <= id) low = middle + 1;
    else high = middle - 1;
  }
  const entry = entries[high];
  if (!entry) return undefined;
  return entry.runLength === 0 || id < entry.tileId + entry.runLength ? entry : undefined;
}
