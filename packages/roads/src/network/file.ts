import { err, ok, type Result } from '@lamplight/base';
import { crc32 } from '../checksum.js';
import type { RoadsError } from '../errors.js';
import { makeNetwork } from './assemble.js';
import { parseMeta, writeMeta } from './meta.js';
import type { NetworkArrays, RoadNetwork } from './network.js';

/*
 * The file, little-endian throughout:
 *
 *   0  8 bytes  "LAMPROAD"
 *   8  u32      version of the format
 *  12  u32      CRC-32 of every other byte of the file
 *  16  u32      length of the file in bytes
 *  20  u32      number of sections
 *  24  12 bytes for each section: u32 which, u32 offset, u32 length in bytes
 *
 * Sections begin at multiples of 8, so that each can be viewed as a typed array where it lies.
 */
const MAGIC = new TextEncoder().encode('LAMPROAD');
const VERSION = 2;
const HEADER_BYTES = 24;
const ENTRY_BYTES = 12;
const CHECKSUM_AT = 12;

const META = 0;

/** The number under which each array is stored. A number is never given to another array. */
const SECTION: Readonly<Record<keyof NetworkArrays, number>> = {
  nodePosition: 1,
  firstArc: 2,
  arcHead: 3,
  arcDuration: 4,
  arcEdge: 5,
  firstIncoming: 6,
  incomingArc: 7,
  incomingTail: 8,
  edgeFrom: 9,
  edgeTo: 10,
  edgeForwardArc: 11,
  edgeBackwardArc: 12,
  edgeLength: 13,
  edgeClass: 14,
  edgeName: 15,
  edgeWay: 16,
  firstPoint: 17,
  points: 18,
  segmentIndex: 19,
  stateArc: 20,
  firstTurn: 21,
  turnState: 22,
  turnDelay: 23,
  firstIncomingTurn: 24,
  incomingTurn: 25,
  incomingTurnState: 26,
  nodeControl: 27,
  edgeFlags: 28,
};

/** The network as bytes for `openNetwork`. The same network always gives the same bytes. */
export function serializeNetwork(network: RoadNetwork): Uint8Array {
  const sections: { which: number; bytes: Uint8Array }[] = [
    { which: META, bytes: new TextEncoder().encode(JSON.stringify(writeMeta(network))) },
  ];
  for (const name of listArrayNames()) {
    const { buffer, byteOffset, byteLength } = network.arrays[name];
    sections.push({ which: SECTION[name], bytes: new Uint8Array(buffer, byteOffset, byteLength) });
  }

  let end = align(HEADER_BYTES + ENTRY_BYTES * sections.length);
  const offsets = sections.map(({ bytes }) => {
    const offset = end;
    end = align(offset + bytes.length);
    return offset;
  });
  const file = new Uint8Array(end);
  const view = new DataView(file.buffer);
  file.set(MAGIC);
  view.setUint32(8, VERSION, true);
  view.setUint32(16, end, true);
  view.setUint32(20, sections.length, true);
  sections.forEach(({ which, bytes }, index) => {
    const offset = offsets[index] ?? 0;
    const entry = HEADER_BYTES + ENTRY_BYTES * index;
    view.setUint32(entry, which, true);
    view.setUint32(entry + 4, offset, true);
    view.setUint32(entry + 8, bytes.length, true);
    file.set(bytes, offset);
  });
  view.setUint32(CHECKSUM_AT, checksumOf(file), true);
  return file;
}

/**
 * Opens the bytes of `serializeNetwork`. Nothing is copied: the network looks into the given bytes, which must not be
 * changed afterwards and may lie in a `SharedArrayBuffer`. (Only when they do not begin at a multiple of 8 in their
 * buffer are they copied once.)
 *
 * Refused with `not-a-network`, `network-version`, `network-truncated` or `network-checksum`.
 */
export function openNetwork(bytes: Uint8Array): Result<RoadNetwork, RoadsError> {
  if (!MAGIC.every((byte, index) => bytes[index] === byte)) {
    return refuse('not-a-network', 'the file does not begin with LAMPROAD');
  }
  if (bytes.length < HEADER_BYTES) return refuse('network-truncated', 'the file ends inside its header');
  const file = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = view.getUint32(8, true);
  if (version !== VERSION) {
    return refuse('network-version', `the file has format ${version}, this program reads ${VERSION}`);
  }
  const length = view.getUint32(16, true);
  if (file.length < length) {
    return refuse('network-truncated', `the file has ${file.length} of ${length} bytes`);
  }
  if (file.length > length || checksumOf(file) !== view.getUint32(CHECKSUM_AT, true)) {
    return refuse('network-checksum', 'the file does not match its checksum');
  }
  return openSections(file, view);
}

function openSections(file: Uint8Array, view: DataView): Result<RoadNetwork, RoadsError> {
  const sections = new Map<number, Uint8Array>();
  for (let index = 0; index < view.getUint32(20, true); index++) {
    const entry = HEADER_BYTES + ENTRY_BYTES * index;
    const offset = view.getUint32(entry + 4, true);
    sections.set(
      view.getUint32(entry, true),
      file.subarray(offset, offset + view.getUint32(entry + 8, true)),
    );
  }
  const section = (which: number): Uint8Array => {
    const found = sections.get(which);
    if (!found) throw new RangeError(`section ${which} is missing from a file whose checksum is right`);
    return found;
  };
  const bytesOf = (name: keyof NetworkArrays): Uint8Array => section(SECTION[name]);
  const unsigned = (name: keyof NetworkArrays): Uint32Array => {
    const { buffer, byteOffset, byteLength } = bytesOf(name);
    return new Uint32Array(buffer, byteOffset, byteLength / 4);
  };
  const signed = (name: keyof NetworkArrays): Int32Array => {
    const { buffer, byteOffset, byteLength } = bytesOf(name);
    return new Int32Array(buffer, byteOffset, byteLength / 4);
  };
  const short = (name: keyof NetworkArrays): Uint16Array => {
    const { buffer, byteOffset, byteLength } = bytesOf(name);
    return new Uint16Array(buffer, byteOffset, byteLength / 2);
  };
  const real = (name: keyof NetworkArrays): Float64Array => {
    const { buffer, byteOffset, byteLength } = bytesOf(name);
    return new Float64Array(buffer, byteOffset, byteLength / 8);
  };

  // A decoder does not take shared memory everywhere, so the text is copied out first.
  const meta = parseMeta(JSON.parse(new TextDecoder().decode(section(META).slice())));
  if (!meta.ok) return refuse('not-a-network', meta.error);
  const arrays: NetworkArrays = {
    nodePosition: signed('nodePosition'),
    firstArc: unsigned('firstArc'),
    arcHead: unsigned('arcHead'),
    arcDuration: unsigned('arcDuration'),
    arcEdge: unsigned('arcEdge'),
    firstIncoming: unsigned('firstIncoming'),
    incomingArc: unsigned('incomingArc'),
    incomingTail: unsigned('incomingTail'),
    edgeFrom: unsigned('edgeFrom'),
    edgeTo: unsigned('edgeTo'),
    edgeForwardArc: unsigned('edgeForwardArc'),
    edgeBackwardArc: unsigned('edgeBackwardArc'),
    edgeLength: real('edgeLength'),
    edgeClass: bytesOf('edgeClass'),
    edgeName: unsigned('edgeName'),
    edgeWay: real('edgeWay'),
    firstPoint: unsigned('firstPoint'),
    points: signed('points'),
    segmentIndex: bytesOf('segmentIndex'),
    stateArc: unsigned('stateArc'),
    firstTurn: unsigned('firstTurn'),
    turnState: unsigned('turnState'),
    turnDelay: short('turnDelay'),
    firstIncomingTurn: unsigned('firstIncomingTurn'),
    incomingTurn: unsigned('incomingTurn'),
    incomingTurnState: unsigned('incomingTurnState'),
    nodeControl: bytesOf('nodeControl'),
    edgeFlags: bytesOf('edgeFlags'),
  };
  return ok(makeNetwork(arrays, meta.value.names, meta.value.report));
}

function* listArrayNames(): Iterable<keyof NetworkArrays> {
  for (const name in SECTION) if (isArrayName(name)) yield name;
}

const isArrayName = (name: string): name is keyof NetworkArrays => Object.hasOwn(SECTION, name);

const align = (offset: number): number => Math.ceil(offset / 8) * 8;

const checksumOf = (file: Uint8Array): number =>
  crc32(file.subarray(CHECKSUM_AT + 4), crc32(file.subarray(0, CHECKSUM_AT)));

function refuse(
  code: 'not-a-network' | 'network-version' | 'network-truncated' | 'network-checksum',
  message: string,
): Result<never, RoadsError> {
  return err({ code, message });
}
