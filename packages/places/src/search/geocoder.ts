import { type BoundingBox, distance, isLonLat, type LonLat } from '@lamplight/base';
import type { Places } from '../model.js';
import { pinyinOf } from '../text/forms.js';
import type { Candidate, MatchedPart } from './candidate.js';
import { coordinatesLabel, parseCoordinates } from './coordinates.js';
import { createCodeBook, type LocationCode } from './location-codes.js';
import { createMatcher, type Scored } from './match.js';
import { MAX_QUERY_LENGTH, readQuery } from './query.js';
import { createReverse, type Reverse } from './reverse.js';
import { createVocabulary } from './vocabulary.js';

export interface GeocoderOptions {
  /** Codes of lamp posts, location boards and the like, from `importCodes`. */
  readonly codes?: readonly LocationCode[];
}

export interface SearchOptions {
  /** Among equal answers those near this position come first. */
  readonly near?: LonLat;
  /** Only answers inside. */
  readonly bounds?: BoundingBox;
  /** Most answers; 8 by default. */
  readonly limit?: number;
  /** The language in which it is typed: among equal answers, those whose name in it matches come first. */
  readonly language?: 'en' | 'zh-CN';
}

/** Finds places by what is typed, and says what is at a position. Answers from memory; asks nobody. */
export interface Geocoder {
  /**
   * Answers to a text, best first: coordinates, codes, intersections, addresses, streets, places. Each keeps the text as
   * typed and says which parts of it it explains. Of a text longer than 200 characters only the beginning is read. Never
   * throws for a text; none is found for an empty one.
   */
  search(text: string, options?: SearchOptions): readonly Candidate[];
  /** What is at a position; `undefined` when nothing is near. */
  readonly reverse: Reverse;
  /** Searches go by these codes from now on, instead of those it was made with. */
  useCodes(codes: readonly LocationCode[]): void;
}

const DEFAULT_LIMIT = 8;

/** Two answers of one label this close together are one, in metres. */
const SAME_ANSWER = 60;

/** Answers whose score is this much lower than that of the best are left out. */
const WIDEST_SCORE_GAP = 0.35;

/** Makes a geocoder, which owns the memory that its searches work in. Each worker makes its own. */
export function createGeocoder(places: Places, { codes = [] }: GeocoderOptions = {}): Geocoder {
  const matcher = createMatcher(places, createVocabulary(places.vocabulary));
  let codeBook = createCodeBook(places.posts, codes);
  const reverse = createReverse(places);
  // The first reading of a character loads the dictionary of readings, which must not wait for somebody who types.
  if (places.arrays.pairs.length > 0) pinyinOf('路');

  const byCoordinates = (text: string, near: LonLat | undefined): Candidate[] =>
    parseCoordinates(text, places.bounds, near).map(({ position, note }, index) => ({
      label: coordinatesLabel(position),
      kind: 'coordinates',
      precision: 'coordinates',
      position,
      score: 1 - 0.01 * index,
      matched: [whole(text, 'coordinates')],
      asTyped: text,
      category: '',
      ...(note && { note }),
    }));

  const byCode = (text: string, limit: number): Candidate[] => {
    if (text.length > MAX_QUERY_LENGTH) return [];
    return codeBook.find(text, limit).map(({ entry: { code, name, position }, exact }, index) => ({
      label:
        name === '' ? { en: code, 'zh-CN': code } : { en: `${code}, ${name}`, 'zh-CN': `${code} ${name}` },
      kind: 'post',
      precision: 'code',
      position,
      score: exact ? 0.99 : 0.9 - 0.001 * index,
      matched: [whole(text, 'code')],
      asTyped: text,
      category: '',
    }));
  };

  return {
    search(text, { near: from, bounds, limit = DEFAULT_LIMIT, language } = {}) {
      const near = from && isLonLat(from) ? from : undefined;
      const coordinates = byCoordinates(text, near);
      if (coordinates.length > 0) return coordinates.slice(0, limit);
      const isWanted = ({ position: [lon, lat] }: Candidate): boolean =>
        !bounds || (lon >= bounds[0] && lat >= bounds[1] && lon <= bounds[2] && lat <= bounds[3]);
      const coded = byCode(text, limit).filter(isWanted);
      const matched = matcher.match(readQuery(text), { near, bounds, language });
      const found = [...coded.map((code) => ({ score: code.score, write: () => code })), ...matched];
      return distinct(
        found.sort((a, b) => b.score - a.score),
        limit,
      );
    },
    reverse,
    useCodes(own) {
      codeBook = createCodeBook(places.posts, own);
    },
  };
}

/** The typed text without the blanks around it, as one part. */
function whole(text: string, as: MatchedPart['as']): MatchedPart {
  const from = text.length - text.trimStart().length;
  return { from, to: Math.max(from, text.trimEnd().length), as };
}

/** The best answers, each place once. */
function distinct(sorted: readonly Pick<Scored, 'score' | 'write'>[], limit: number): Candidate[] {
  const kept: Candidate[] = [];
  const [best] = sorted;
  for (const { score, write } of sorted) {
    if (kept.length >= limit || !best || score < best.score - WIDEST_SCORE_GAP) break;
    const candidate = write();
    const isNew = kept.every(
      (other) =>
        other.label.en !== candidate.label.en || distance(other.position, candidate.position) > SAME_ANSWER,
    );
    if (isNew) kept.push(candidate);
  }
  return kept;
}
