import type { BoundingBox, LonLat } from '@lamplight/base';
import { pairOf } from '../extract/text-index.js';
import { AREA_KINDS, at, GRID_PER_DEGREE, kindOf, PLACE_KINDS, type Places } from '../model.js';
import { weightOfWord } from '../text/words.js';
import { alignPlace, type Reading } from './align.js';
import type { Query, Span } from './query.js';

/** Where to look first, and where only. */
export interface Focus {
  readonly near: LonLat | undefined;
  readonly bounds: BoundingBox | undefined;
}

/** Finds the places that may be meant, before they are compared closely. */
export interface Retriever {
  /** The most promising places, at most `limit`, best first. */
  retrieve(reading: Reading, focus: Focus, limit: number): number[];
}

/** Most entries of the lists behind the completions of one word that are gone through. */
const MOST_POSTINGS = 40_000;

/** What it is worth to lie in an area that the text names, on the scale of the weights of words. */
const AREA_BONUS = 3;

/** Areas named in a text that are taken note of. */
const MOST_AREAS = 12;

const STREET = PLACE_KINDS.indexOf('street');

/** Makes a retriever, which owns the memory that its searches work in. */
export function createRetriever(places: Places): Retriever {
  const { arrays } = places;
  const count = arrays.kind.length;
  const score = new Float32Array(count);
  const lastSpan = new Uint32Array(count);
  const touched: number[] = [];
  let stamp = 0;
  const isGeneric = Uint8Array.from(places.vocabulary, (word) =>
    weightOfWord(word) < 3 || /^\d/.test(word) ? 1 : 0,
  );
  const isArea = Uint8Array.from(arrays.kind, (_, place) => (AREA_KINDS.has(kindOf(places, place)) ? 1 : 0));

  const add = (place: number, points: number): void => {
    if (score[place] === 0) touched.push(place);
    score[place] = (score[place] ?? 0) + points;
  };

  /** True when a span says something of its own: more than "street" or a number. */
  const isTelling = ({ matches: { words, ranges } }: Span): boolean => {
    for (const word of words.keys()) if (isGeneric[word] === 0) return true;
    return ranges.some(({ first }) => isGeneric[first] === 0);
  };

  /** Adds what a span says; with `known`, only to places that something else speaks for. */
  const addSpan = (span: Span, query: Query, known: boolean): void => {
    stamp++;
    let typed = 0;
    for (let atom = span.first; atom <= span.last; atom++) typed += query.atoms[atom]?.weight ?? 0;
    let read = 0;
    const addWord = (word: number, quality: number): void => {
      const first = arrays.firstPosting[word] ?? 0;
      const end = arrays.firstPosting[word + 1] ?? 0;
      // What is in many names tells little.
      const rarity = 1 / (1 + 0.15 * Math.log2(1 + end - first));
      const points = typed * quality * rarity * (isGeneric[word] === 1 ? 0.5 : 1);
      for (let i = first; i < end; i++) {
        const place = arrays.postings[i] ?? 0;
        if (lastSpan[place] === stamp || (known && score[place] === 0)) continue;
        lastSpan[place] = stamp;
        add(place, points);
      }
      read += end - first;
    };
    // The best first, because a place counts once for a span.
    for (const [word, quality] of [...span.matches.words].sort((a, b) => b[1] - a[1])) addWord(word, quality);
    for (const { first, end, quality } of span.matches.ranges) {
      for (let word = first; word < end && read < MOST_POSTINGS; word++) addWord(word, quality);
    }
  };

  const addPair = (pair: number, points: number): void => {
    const index = findPair(arrays.pairs, pair);
    if (index < 0) return;
    const first = arrays.firstPairPosting[index] ?? 0;
    const end = Math.min(arrays.firstPairPosting[index + 1] ?? 0, first + MOST_POSTINGS);
    const rarity = 1 / (1 + 0.15 * Math.log2(1 + end - first));
    for (let i = first; i < end; i++) add(arrays.pairPostings[i] ?? 0, points * rarity);
  };

  const addPairs = ({ compact, compactAtom, atoms }: Query): void => {
    for (let unit = 0; unit < compact.length; unit++) {
      const atom = atoms[compactAtom[unit] ?? 0];
      const before = atoms[compactAtom[unit - 1] ?? 0];
      const weight = atom?.weight ?? 0;
      if (unit > 0 && (atom?.kind === 'han' || before?.kind === 'han')) {
        const both = (weight + (before?.weight ?? 0)) / 2;
        addPair(pairOf(compact.charCodeAt(unit - 1), compact.charCodeAt(unit)), both);
      }
      if (atom?.kind === 'han' && (unit === 0 || before?.kind !== 'han' || atom.from > before.to)) {
        addPair(pairOf(compact.charCodeAt(unit), 0), weight * 0.6);
      }
    }
  };

  /** The areas that the text names, and for each set of areas whether it has one of them. */
  const areasNamed = (reading: Reading): { named: ReadonlySet<number>; sets: Uint8Array } | undefined => {
    const areas = touched.filter((place) => isArea[place] === 1);
    if (areas.length === 0) return undefined;
    areas.sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0));
    const free = new Uint8Array(reading.query.atoms.length);
    const named = new Set(
      areas
        .slice(0, MOST_AREAS)
        .filter((area) => (alignPlace(places, area, reading, free)?.share ?? 0) > 0.72),
    );
    if (named.size === 0) return undefined;
    const sets = new Uint8Array(arrays.firstArea.length - 1);
    for (let set = 0; set < sets.length; set++) {
      const end = arrays.firstArea[set + 1] ?? 0;
      for (let i = arrays.firstArea[set] ?? 0; i < end; i++)
        if (named.has(arrays.areas[i] ?? 0)) sets[set] = 1;
    }
    return { named, sets };
  };

  return {
    retrieve(reading, { near, bounds }, limit) {
      for (const place of touched) score[place] = 0;
      touched.length = 0;
      if (reading.spans.length + stamp > 0xffff_0000) {
        lastSpan.fill(0);
        stamp = 0;
      }
      addPairs(reading.query);
      for (const span of reading.spans) if (isTelling(span)) addSpan(span, reading.query, false);
      const known = touched.length > 0;
      for (const span of reading.spans) if (!isTelling(span)) addSpan(span, reading.query, known);

      const areas = areasNamed(reading);
      const lonScale = near ? Math.cos((near[1] * Math.PI) / 180) : 1;
      const best = createTop(limit);
      for (const place of touched) {
        const lon = (arrays.position[2 * place] ?? 0) / GRID_PER_DEGREE;
        const lat = (arrays.position[2 * place + 1] ?? 0) / GRID_PER_DEGREE;
        // A long street may reach into the bounds though its middle is outside; its addresses are looked at later.
        if (bounds && arrays.kind[place] !== STREET && !isInside(bounds, lon, lat)) continue;
        let points = (score[place] ?? 0) + at(arrays.prominence, place) / 255;
        if (areas && (areas.named.has(place) || areas.sets[arrays.areaSet[place] ?? 0] === 1))
          points += AREA_BONUS;
        if (near) {
          const degrees = Math.hypot((lon - near[0]) * lonScale, lat - near[1]);
          points += 2 / (1 + 50 * degrees);
        }
        best.offer(place, points);
      }
      return best.ranked();
    },
  };
}

export const isInside = (bounds: BoundingBox, lon: number, lat: number): boolean =>
  lon >= bounds[0] && lat >= bounds[1] && lon <= bounds[2] && lat <= bounds[3];

function findPair(pairs: Uint32Array, pair: number): number {
  let low = 0;
  let high = pairs.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = pairs[middle] ?? 0;
    if (value === pair) return middle;
    if (value < pair) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Keeps the `limit` items with the most points; among equals the lower number. */
function createTop(limit: number): { offer(item: number, points: number): void; ranked(): number[] } {
  const items: { item: number; points: number }[] = [];
  const before = (a: { item: number; points: number }, b: { item: number; points: number }): number =>
    b.points - a.points || a.item - b.item;
  let least = -Infinity;
  return {
    offer(item, points) {
      if (items.length >= limit && points <= least) return;
      items.push({ item, points });
      // Sorted and cut now and then, so that an offer costs little.
      if (items.length < 4 * limit) return;
      items.sort(before);
      items.length = limit;
      least = items.at(-1)?.points ?? -Infinity;
    },
    ranked: () =>
      items
        .sort(before)
        .slice(0, limit)
        .map(({ item }) => item),
  };
}
