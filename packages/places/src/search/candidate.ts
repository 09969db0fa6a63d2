import type { LonLat } from '@lamplight/base';
import type { Bilingual, PlaceKind } from '../model.js';

/** What an answer is. */
export type CandidateKind = PlaceKind | 'address' | 'intersection' | 'post' | 'coordinates';

/**
 * How near the position is to what was asked for: at the address as recorded; between recorded addresses; on the
 * street only, because the number is not known; at a junction, a named place, a post with a code, or coordinates.
 */
export type Precision =
  | 'address'
  | 'interpolated'
  | 'street'
  | 'intersection'
  | 'place'
  | 'code'
  | 'coordinates';

/** A stretch of the typed text, as indices of its UTF-16 units, and what it was taken for. */
export interface MatchedPart {
  readonly from: number;
  readonly to: number;
  readonly as: 'name' | 'number' | 'area' | 'code' | 'coordinates';
}

/** One answer to a typed text. */
export interface Candidate {
  /** For people. */
  readonly label: Bilingual;
  readonly kind: CandidateKind;
  readonly precision: Precision;
  readonly position: LonLat;
  /** From 0 to about 1; comparable between the answers to one text. */
  readonly score: number;
  /** The stretches of the typed text that this answer explains, in their order. What is outside them it does not. */
  readonly matched: readonly MatchedPart[];
  /** Exactly what was typed. */
  readonly asTyped: string;
  /** The OSM tag of the place, such as `amenity=school`, or the empty string. */
  readonly category: string;
  /** What to know before relying on it: a number that is not recorded, an order of coordinates that was guessed. */
  readonly note?: Bilingual;
}
