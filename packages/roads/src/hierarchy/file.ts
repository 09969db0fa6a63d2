import { err, ok, type Result } from '@lamplight/base';
import { crc32 } from '../checksum.js';
import type { HierarchyError } from '../errors.js';
import type { Hierarchy, HierarchyArrays } from './hierarchy.js';

/*
 * The file, little-endian throughout, all numbers u32 or i32:
 *
 *   0  8 bytes  "LAMPHIER"
 *   8  version of the format
 *  12  CRC-32 of every other byte of the file
 *  16  length of the file in bytes
 *  20  fingerprint of the graph
 *  24  nodes
 *  28  rising arcs
 *  32  falling arcs
 *  36  nothing
 *  40  the arrays, in the order of `lengthsOf`
 */
const MAGIC = new TextEncoder().encode('LAMPHIER');
const VERSION = 1;
const HEADER_BYTES = 40;
const CHECKSUM_AT = 12;

/** The hierarchy as bytes for `openHierarchy`. The same hierarchy always gives the same bytes. */
export function serializeHierarchy({ nodeCount, fingerprint, arrays }: Hierarchy): Uint8Array {
  const lengths = lengthsOf(nodeCount, arrays.risingOrigin.length, arrays.fallingOrigin.length);
  const file = new Uint8Array(bytesFor(lengths));
  const view = new DataView(file.buffer);
  file.set(MAGIC);
  view.setUint32(8, VERSION, true);
  view.setUint32(16, file.length, true);
  view.setUint32(20, fingerprint, true);
  view.setUint32(24, nodeCount, true);
  view.setUint32(28, arrays.risingOrigin.length, true);
  view.setUint32(32, arrays.fallingOrigin.length, true);
  let offset = HEADER_BYTES;
  for (const [name, length] of lengths) {
    new Int32Array(file.buffer, offset, length).set(arrays[name]);
    offset += 4 * length;
  }
  view.setUint32(CHECKSUM_AT, checksumOf(file), true);
  return file;
}

/**
 * Opens the bytes of `serializeHierarchy`. Nothing is copied: the hierarchy looks into the given bytes, which must not
 * be changed afterwards and may lie in a `SharedArrayBuffer`. (Only when they do not begin at a multiple of 4 in their
 * buffer are they copied once.) Whether it is one for the graph at hand is told by `hierarchyFits`.
 */
export function openHierarchy(bytes: Uint8Array): Result<Hierarchy, HierarchyError> {
  if (!MAGIC.every((byte, index) => bytes[index] === byte)) {
    return refuse('not-a-hierarchy', 'the file does not begin with LAMPHIER');
  }
  if (bytes.length < HEADER_BYTES) return refuse('hierarchy-truncated', 'the file ends inside its header');
  const file = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = view.getUint32(8, true);
  if (version !== VERSION) {
    return refuse('hierarchy-version', `the file has format ${version}, this program reads ${VERSION}`);
  }
  const length = view.getUint32(16, true);
  if (file.length < length) {
    return refuse('hierarchy-truncated', `the file has ${file.length} of ${length} bytes`);
  }
  const nodeCount = view.getUint32(24, true);
  const lengths = lengthsOf(nodeCount, view.getUint32(28, true), view.getUint32(32, true));
  if (
    file.length > length ||
    bytesFor(lengths) !== length ||
    checksumOf(file) !== view.getUint32(CHECKSUM_AT, true)
  ) {
    return refuse('hierarchy-checksum', 'the file does not match its checksum');
  }
  const arrays = viewArrays(file, lengths);
  return ok({ nodeCount, fingerprint: view.getUint32(20, true), arrays });
}

type Lengths = readonly (readonly [name: keyof HierarchyArrays, length: number])[];

function lengthsOf(nodeCount: number, rising: number, falling: number): Lengths {
  return [
    ['placeOf', nodeCount],
    ['nodeAt', nodeCount],
    ['firstRising', nodeCount + 1],
    ['rising', 2 * rising],
    ['risingOrigin', rising],
    ['firstFalling', nodeCount + 1],
    ['falling', 2 * falling],
    ['fallingOrigin', falling],
  ];
}

function viewArrays(file: Uint8Array, lengths: Lengths): HierarchyArrays {
  const offsets = new Map<keyof HierarchyArrays, readonly [offset: number, length: number]>();
  let end = file.byteOffset + HEADER_BYTES;
  for (const [name, length] of lengths) {
    offsets.set(name, [end, length]);
    end += 4 * length;
  }
  const view = (name: keyof HierarchyArrays): Int32Array => {
    const [offset, length] = offsets.get(name) ?? [0, 0];
    return new Int32Array(file.buffer, offset, length);
  };
  return {
    placeOf: view('placeOf'),
    nodeAt: view('nodeAt'),
    firstRising: view('firstRising'),
    rising: view('rising'),
    risingOrigin: view('risingOrigin'),
    firstFalling: view('firstFalling'),
    falling: view('falling'),
    fallingOrigin: view('fallingOrigin'),
  };
}

const bytesFor = (lengths: Lengths): number =>
  lengths.reduce((bytes, [, length]) => bytes + 4 * length, HEADER_BYTES);

const checksumOf = (file: Uint8Array): number =>
  crc32(file.subarray(CHECKSUM_AT + 4), crc32(file.subarray(0, CHECKSUM_AT)));

const refuse = (code: HierarchyError['code'], message: string): Result<never, HierarchyError> =>
  err({ code, message });
