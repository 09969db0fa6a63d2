import type { BoundingBox, LonLat } from '@lamplight/base';
import type { BuildReport } from './extract/report.js';

/** A text for people, in both languages of the screens. */
export interface Bilingual {
  readonly en: string;
  readonly 'zh-CN': string;
}

/**
 * What a place is. The order is fixed by the file format, which stores the index: add at the end only.
 */
export const PLACE_KINDS = [
  'region',
  'settlement',
  'quarter',
  'locality',
  'postcode',
  'street',
  'transport',
  'health',
  'education',
  'emergency',
  'food',
  'shop',
  'lodging',
  'leisure',
  'worship',
  'office',
  'building',
  'nature',
  'other',
] as const;

export type PlaceKind = (typeof PLACE_KINDS)[number];

/** Kinds that contain others and are named after them in an address. */
export const AREA_KINDS: ReadonlySet<PlaceKind> = new Set(['region', 'settlement', 'quarter', 'postcode']);

/** Positions are stored as whole numbers of 1e-7 degrees, the precision of OSM itself (about 1 cm). */
export const GRID_PER_DEGREE = 1e7;

/** Flag of an address: its position was estimated along an interpolation line, not recorded. */
export const INTERPOLATED = 1;

/** A post or marker with a code of its own, such as a kilometre post. */
export interface Post {
  readonly code: string;
  readonly position: LonLat;
}

/**
 * The places of an extract, ready to be searched. Places are numbered by falling prominence, so that lists in
 * ascending order begin with what is most likely meant. All arrays of an opened file are views on its bytes.
 */
export interface Places {
  readonly report: BuildReport;
  readonly bounds: BoundingBox;
  readonly posts: readonly Post[];
  /** Every string that the arrays refer to; string 0 is empty. */
  readonly strings: readonly string[];
  /** All words that names are made of, in ascending order of their UTF-16 units. */
  readonly vocabulary: readonly string[];
  readonly arrays: PlaceArrays;
}

export interface PlaceArrays {
  /** For each place: index into `PLACE_KINDS`. */
  readonly kind: Uint8Array;
  /** For each place: the OSM tag it comes from, such as `amenity=school`, as a string index. */
  readonly category: Uint32Array;
  /** For each place: its name as on its signs, in English and in Chinese, as string indices; 0 where the map has none. */
  readonly nameLocal: Uint32Array;
  readonly nameEnglish: Uint32Array;
  readonly nameChinese: Uint32Array;
  /** For each place: its own street and house number as one line, as a string index. */
  readonly addressLine: Uint32Array;
  /** For each place: how likely it is meant, other things equal, from 0 to 255. */
  readonly prominence: Uint8Array;
  /** For each place: longitude and latitude in 1e-7 degrees. */
  readonly position: Int32Array;
  /** For each place: the set of areas it lies in. */
  readonly areaSet: Uint32Array;
  /** Areas of set s are the places `areas[firstArea[s]]` up to, not including, `areas[firstArea[s + 1]]`, smallest first. */
  readonly firstArea: Uint32Array;
  readonly areas: Uint32Array;

  /** Addresses of place p are `firstAddress[p]` up to, not including, `firstAddress[p + 1]`, by ascending number. */
  readonly firstAddress: Uint32Array;
  /** For each address: the number as recorded, as a string index. */
  readonly addressText: Uint32Array;
  /** For each address: its number without letters, and the last of a range such as 12-16 (else the same). */
  readonly addressNumber: Uint32Array;
  readonly addressEnd: Uint32Array;
  readonly addressPosition: Int32Array;
  readonly addressAreaSet: Uint32Array;
  readonly addressFlags: Uint8Array;

  /** Lines of place p (a street) are `firstLine[p]` …; points of line l are `firstPoint[l]` …; in 1e-7 degrees. */
  readonly firstLine: Uint32Array;
  readonly firstPoint: Uint32Array;
  readonly points: Int32Array;

  /** Junctions of place p are `firstJunction[p]` …: the other street and where they meet. */
  readonly firstJunction: Uint32Array;
  readonly junctionOther: Uint32Array;
  readonly junctionPosition: Int32Array;

  /** Forms of place p are `firstForm[p]` …. */
  readonly firstForm: Uint32Array;
  /** For each form: index into `FORM_LANGUAGES`, plus 4 for Chinese characters. */
  readonly formKind: Uint8Array;
  /** Words of form f are `formWords[firstWord[f]]` …, indices into the vocabulary; of a Chinese form, one string index. */
  readonly firstWord: Uint32Array;
  readonly formWords: Uint32Array;
  /** Places with word w are `postings[firstPosting[w]]` …, ascending. */
  readonly firstPosting: Uint32Array;
  readonly postings: Uint32Array;
  /** Pairs of neighbouring characters (first × 65536 + second; second 0 for the first character alone), ascending. */
  readonly pairs: Uint32Array;
  readonly firstPairPosting: Uint32Array;
  readonly pairPostings: Uint32Array;

  /** Flatbush over the addresses, over the segments of streets (`segmentPoint` is where each begins), over junctions. */
  readonly addressIndex: Uint8Array;
  readonly segmentIndex: Uint8Array;
  readonly segmentPoint: Uint32Array;
  readonly segmentStreet: Uint32Array;
  readonly junctionIndex: Uint8Array;
}

/** Element `index`, which must exist. */
export function at(array: ArrayLike<number>, index: number): number {
  const value = array[index];
  if (value === undefined) throw new RangeError(`index ${index} is outside an array of ${array.length}`);
  return value;
}

/** Position number `index` of an array of positions in 1e-7 degrees. */
export function positionAt(positions: Int32Array, index: number): LonLat {
  return [at(positions, 2 * index) / GRID_PER_DEGREE, at(positions, 2 * index + 1) / GRID_PER_DEGREE];
}

/** The kind of a place. */
export function kindOf({ arrays }: Places, place: number): PlaceKind {
  const kind = PLACE_KINDS[at(arrays.kind, place)];
  if (kind === undefined) throw new RangeError(`place ${place} has a kind that does not exist`);
  return kind;
}

/** String `index`; the empty string where there is none. */
export const stringAt = ({ strings }: Places, index: number): string => strings[index] ?? '';
