import { type BoundingBox, err, ok, type Result } from '@lamplight/base';
import type { OsmFormat } from '@lamplight/roads';
import { crc32 } from '@lamplight/roads';
import type { PlacesError } from './errors.js';
import { type BuildReport, DROP_REASONS, noneDropped } from './extract/report.js';
import type { PlaceArrays, Places, Post } from './model.js';

/*
 * The file, little-endian throughout:
 *
 *   0  8 bytes  "LAMPPLAC"
 *   8  u32      version of the format
 *  12  u32      CRC-32 of every other byte of the file
 *  16  u32      length of the file in bytes
 *  20  u32      number of sections
 *  24  12 bytes for each section: u32 which, u32 offset, u32 length in bytes
 *
 * Sections begin at multiples of 8, so that each can be viewed as a typed array where it lies. Tables of strings are
 * UTF-8, one string a line.
 */
const MAGIC = new TextEncoder().encode('LAMPPLAC');
const VERSION = 1;
const HEADER_BYTES = 24;
const ENTRY_BYTES = 12;
const CHECKSUM_AT = 12;

const META = 0;
const STRINGS = 1;
const VOCABULARY = 2;

/** The number under which each array is stored. A number is never given to another array. */
const SECTION: Readonly<Record<keyof PlaceArrays, number>> = {
  kind: 10,
  category: 11,
  nameLocal: 12,
  nameEnglish: 13,
  nameChinese: 14,
  addressLine: 15,
  prominence: 16,
  position: 17,
  areaSet: 18,
  firstArea: 19,
  areas: 20,
  firstAddress: 21,
  addressText: 22,
  addressNumber: 23,
  addressEnd: 24,
  addressPosition: 25,
  addressAreaSet: 26,
  addressFlags: 27,
  firstLine: 28,
  firstPoint: 29,
  points: 30,
  firstJunction: 31,
  junctionOther: 32,
  junctionPosition: 33,
  firstForm: 34,
  formKind: 35,
  firstWord: 36,
  formWords: 37,
  firstPosting: 38,
  postings: 39,
  pairs: 40,
  firstPairPosting: 41,
  pairPostings: 42,
  addressIndex: 43,
  segmentIndex: 44,
  segmentPoint: 45,
  segmentStreet: 46,
  junctionIndex: 47,
};

/** The places as bytes for `openPlaces`. The same places always give the same bytes. */
export function serializePlaces(places: Places): Uint8Array {
  const { report, bounds, posts } = places;
  const text = new TextEncoder();
  const sections: { which: number; bytes: Uint8Array }[] = [
    { which: META, bytes: text.encode(JSON.stringify({ report, bounds, posts })) },
    { which: STRINGS, bytes: text.encode(places.strings.join('\n')) },
    { which: VOCABULARY, bytes: text.encode(places.vocabulary.join('\n')) },
  ];
  for (const name of listArrayNames()) {
    const { buffer, byteOffset, byteLength } = places.arrays[name];
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
 * Opens the bytes of `serializePlaces`. Arrays are views on the given bytes, which must not be changed afterwards and
 * may lie in a `SharedArrayBuffer`; only the tables of strings are decoded. (Bytes that do not begin at a multiple of
 * 8 in their buffer are copied once.)
 *
 * Refused with `not-a-places-file`, `places-version`, `places-truncated` or `places-checksum`.
 */
export function openPlaces(bytes: Uint8Array): Result<Places, PlacesError> {
  if (!MAGIC.every((byte, index) => bytes[index] === byte)) {
    return refuse('not-a-places-file', 'the file does not begin with LAMPPLAC');
  }
  if (bytes.length < HEADER_BYTES) return refuse('places-truncated', 'the file ends inside its header');
  const file = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = view.getUint32(8, true);
  if (version !== VERSION) {
    return refuse('places-version', `the file has format ${version}, this program reads ${VERSION}`);
  }
  const length = view.getUint32(16, true);
  if (file.length < length) {
    return refuse('places-truncated', `the file has ${file.length} of ${length} bytes`);
  }
  if (file.length > length || checksumOf(file) !== view.getUint32(CHECKSUM_AT, true)) {
    return refuse('places-checksum', 'the file does not match its checksum');
  }
  return openSections(file, view);
}

function openSections(file: Uint8Array, view: DataView): Result<Places, PlacesError> {
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
  // A decoder does not take shared memory everywhere, so the text is copied out first.
  const textOf = (which: number): string => new TextDecoder().decode(section(which).slice());
  const bytesOf = (name: keyof PlaceArrays): Uint8Array => section(SECTION[name]);
  const unsigned = (name: keyof PlaceArrays): Uint32Array => {
    const { buffer, byteOffset, byteLength } = bytesOf(name);
    return new Uint32Array(buffer, byteOffset, byteLength / 4);
  };
  const signed = (name: keyof PlaceArrays): Int32Array => {
    const { buffer, byteOffset, byteLength } = bytesOf(name);
    return new Int32Array(buffer, byteOffset, byteLength / 4);
  };

  const meta = parseMeta(JSON.parse(textOf(META)));
  if (!meta.ok) return refuse('not-a-places-file', meta.error);
  const vocabulary = textOf(VOCABULARY);
  return ok({
    ...meta.value,
    strings: textOf(STRINGS).split('\n'),
    vocabulary: vocabulary === '' ? [] : vocabulary.split('\n'),
    arrays: {
      kind: bytesOf('kind'),
      category: unsigned('category'),
      nameLocal: unsigned('nameLocal'),
      nameEnglish: unsigned('nameEnglish'),
      nameChinese: unsigned('nameChinese'),
      addressLine: unsigned('addressLine'),
      prominence: bytesOf('prominence'),
      position: signed('position'),
      areaSet: unsigned('areaSet'),
      firstArea: unsigned('firstArea'),
      areas: unsigned('areas'),
      firstAddress: unsigned('firstAddress'),
      addressText: unsigned('addressText'),
      addressNumber: unsigned('addressNumber'),
      addressEnd: unsigned('addressEnd'),
      addressPosition: signed('addressPosition'),
      addressAreaSet: unsigned('addressAreaSet'),
      addressFlags: bytesOf('addressFlags'),
      firstLine: unsigned('firstLine'),
      firstPoint: unsigned('firstPoint'),
      points: signed('points'),
      firstJunction: unsigned('firstJunction'),
      junctionOther: unsigned('junctionOther'),
      junctionPosition: signed('junctionPosition'),
      firstForm: unsigned('firstForm'),
      formKind: bytesOf('formKind'),
      firstWord: unsigned('firstWord'),
      formWords: unsigned('formWords'),
      firstPosting: unsigned('firstPosting'),
      postings: unsigned('postings'),
      pairs: unsigned('pairs'),
      firstPairPosting: unsigned('firstPairPosting'),
      pairPostings: unsigned('pairPostings'),
      addressIndex: bytesOf('addressIndex'),
      segmentIndex: bytesOf('segmentIndex'),
      segmentPoint: unsigned('segmentPoint'),
      segmentStreet: unsigned('segmentStreet'),
      junctionIndex: bytesOf('junctionIndex'),
    },
  });
}

function parseMeta(json: unknown): Result<Pick<Places, 'report' | 'bounds' | 'posts'>, string> {
  if (!isObject(json) || !isObject(json.report) || !Array.isArray(json.posts)) {
    return err('the file lacks its report or its posts');
  }
  const format = parseFormat(json.report.format);
  const bounds = parseBounds(json.bounds);
  if (!format || !bounds) return err('the file lacks its bounds or its format');
  const posts = json.posts.flatMap(parsePost);
  return ok({ report: parseReport(json.report, format), bounds, posts });
}

function parseReport(json: Record<string, unknown>, format: OsmFormat): BuildReport {
  const counted = isObject(json.dropped) ? json.dropped : {};
  const dropped = noneDropped();
  for (const reason of DROP_REASONS) dropped[reason] = numberIn(counted, reason);
  return {
    format,
    places: numberIn(json, 'places'),
    streets: numberIn(json, 'streets'),
    areas: numberIn(json, 'areas'),
    addresses: numberIn(json, 'addresses'),
    interpolated: numberIn(json, 'interpolated'),
    junctions: numberIn(json, 'junctions'),
    posts: numberIn(json, 'posts'),
    dropped,
  };
}

const parseFormat = (json: unknown): OsmFormat | undefined =>
  json === 'pbf' || json === 'xml' || json === 'xml.gz' ? json : undefined;

function parseBounds(json: unknown): BoundingBox | undefined {
  if (!Array.isArray(json)) return undefined;
  const [west, south, east, north]: unknown[] = json;
  return typeof west === 'number' &&
    typeof south === 'number' &&
    typeof east === 'number' &&
    typeof north === 'number'
    ? [west, south, east, north]
    : undefined;
}

function parsePost(json: unknown): Post[] {
  if (!isObject(json) || typeof json.code !== 'string' || !Array.isArray(json.position)) return [];
  const [lon, lat]: unknown[] = json.position;
  return typeof lon === 'number' && typeof lat === 'number'
    ? [{ code: json.code, position: [lon, lat] }]
    : [];
}

function numberIn(record: Record<string, unknown>, name: string): number {
  const value = record[name];
  return typeof value === 'number' ? value : 0;
}

function* listArrayNames(): Iterable<keyof PlaceArrays> {
  for (const name in SECTION) if (isArrayName(name)) yield name;
}

const isArrayName = (name: string): name is keyof PlaceArrays => Object.hasOwn(SECTION, name);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const align = (offset: number): number => Math.ceil(offset / 8) * 8;

const checksumOf = (file: Uint8Array): number =>
  crc32(file.subarray(CHECKSUM_AT + 4), crc32(file.subarray(0, CHECKSUM_AT)));

function refuse(
  code: 'not-a-places-file' | 'places-version' | 'places-truncated' | 'places-checksum',
  message: string,
): Result<never, PlacesError> {
  return err({ code, message });
}
