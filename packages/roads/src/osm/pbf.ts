import { unzlibSync } from 'fflate';
import { adler32 } from '../checksum.js';
import { readPrimitiveBlock } from './pbf-block.js';
import { OsmFault, type OsmVisitor } from './visitor.js';
import { Wire } from './wire.js';

/** Upper bounds of the format (https://wiki.openstreetmap.org/wiki/PBF_Format#File_format). */
const MAX_HEADER_BYTES = 64 * 1024;
const MAX_BLOB_BYTES = 32 * 1024 * 1024;

const SUPPORTED_FEATURES: ReadonlySet<string> = new Set(['OsmSchema-V0.6', 'DenseNodes']);

/** A PBF file starts with the length of a blob header, whose first field is the text "OSMHeader". */
export function looksLikePbf(bytes: Uint8Array): boolean {
  const start = [0x0a, 9, ...new TextEncoder().encode('OSMHeader')];
  return bytes[0] === 0 && bytes[1] === 0 && start.every((byte, index) => bytes[4 + index] === byte);
}

/**
 * Reads an OSM PBF file. Every block is held against its Adler-32 and its stated size, so damage inside a compressed
 * block is found. A file cut exactly between two blocks cannot be told from a whole one: the format has no end mark.
 */
export function readPbf(file: Uint8Array, visitor: OsmVisitor): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let byte = 0;
  const take = (length: number, what: string): Uint8Array => {
    if (byte + length > file.length) {
      throw new OsmFault('osm-truncated', `PBF file ends inside ${what}`, file.length);
    }
    byte += length;
    return file.subarray(byte - length, byte);
  };

  while (byte < file.length) {
    const start = byte;
    take(4, 'the length of a block');
    const headerLength = view.getUint32(start);
    if (headerLength > MAX_HEADER_BYTES) {
      throw new OsmFault('osm-corrupt', `PBF block header of ${headerLength} bytes`, start);
    }
    const { type, size } = readBlobHeader(take(headerLength, 'a block header'), start);
    const at = byte;
    const blob = take(size, 'a block');
    if (start === 0) {
      if (type !== 'OSMHeader') throw new OsmFault('not-osm', 'PBF file does not start with a header', 0);
      checkFeatures(inflateBlob(blob, at), at);
    } else if (type === 'OSMData') {
      readPrimitiveBlock(inflateBlob(blob, at), at, visitor);
    } else {
      // The format allows to skip such blocks, but a skipped one may be a damaged name: roads missing in silence.
      throw new OsmFault('osm-unsupported', `PBF block of type "${type}"`, start);
    }
    visitor.progress?.(byte / file.length);
  }
}

function readBlobHeader(bytes: Uint8Array, byte: number): { type: string; size: number } {
  const wire = new Wire(bytes, byte);
  let type = '';
  let size = -1;
  wire.all((field) => {
    if (field === 1) type = new TextDecoder().decode(wire.bytes());
    else if (field === 3) size = wire.unsigned();
  });
  if (size < 0 || size > MAX_BLOB_BYTES) wire.fail(`a block of ${size} bytes`);
  return { type, size };
}

function inflateBlob(bytes: Uint8Array, byte: number): Uint8Array {
  const wire = new Wire(bytes, byte);
  let raw: Uint8Array | undefined;
  let zlib: Uint8Array | undefined;
  let rawSize = 0;
  wire.all((field) => {
    if (field === 1) raw = wire.bytes();
    else if (field === 2) rawSize = wire.unsigned();
    else if (field === 3) zlib = wire.bytes();
  });
  if (raw) return raw;
  if (!zlib) throw new OsmFault('osm-unsupported', 'PBF block is compressed by other means than zlib', byte);
  if (rawSize > MAX_BLOB_BYTES) wire.fail(`a block of ${rawSize} bytes`);
  return inflate(zlib, rawSize, byte);
}

function inflate(zlib: Uint8Array, rawSize: number, byte: number): Uint8Array {
  let inflated: Uint8Array;
  try {
    inflated = unzlibSync(zlib, { out: new Uint8Array(rawSize) });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OsmFault('osm-corrupt', `PBF block cannot be inflated: ${reason}`, byte);
  }
  // fflate leaves the check value that ends a zlib stream to its caller.
  const expected = new DataView(zlib.buffer, zlib.byteOffset + zlib.byteLength - 4, 4).getUint32(0);
  if (inflated.length !== rawSize || adler32(inflated) !== expected) {
    throw new OsmFault('osm-corrupt', 'PBF block does not match its checksum', byte);
  }
  return inflated;
}

function checkFeatures(header: Uint8Array, byte: number): void {
  const wire = new Wire(header, byte);
  wire.all((field) => {
    if (field !== 4) return;
    const feature = new TextDecoder().decode(wire.bytes());
    if (!SUPPORTED_FEATURES.has(feature)) {
      throw new OsmFault('osm-unsupported', `PBF file requires the feature "${feature}"`, byte);
    }
  });
}
