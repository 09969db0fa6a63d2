import { type BoundingBox, distance, type LonLat } from '@lamplight/base';
import { at, type Bilingual, INTERPOLATED, kindOf, type Places, positionAt, stringAt } from '../model.js';
import { FORM_LANGUAGES } from '../text/forms.js';
import { weightOfWord } from '../text/words.js';
import { type Alignment, alignPlace, type Reading, textScore } from './align.js';
import type { Candidate, CandidateKind, Precision } from './candidate.js';
import { type Explained, explainedBy, listWanted, partsOf, take, withAreas } from './explain.js';
import { findHouses, type HouseFinding, type WantedNumber } from './house.js';
import { addressLabel, intersectionLabel, placeLabel } from './labels.js';
import { listSpans, type Query } from './query.js';
import { createRetriever, type Focus, isInside, type Retriever } from './retrieve.js';
import type { Vocabulary } from './vocabulary.js';

/** Where and in which language to look first. */
export interface MatchOptions extends Focus {
  readonly language: 'en' | 'zh-CN' | undefined;
}

/** Finds addresses, streets, intersections and named places. */
export interface Matcher {
  match(query: Query, options: MatchOptions): Scored[];
}

/** Places that are compared closely. */
const SHORTLIST = 64;

/** Below this score of the text, an answer is none. */
const LEAST_SCORE = 0.42;

/** When no answer explains this share of the text, typing errors are looked for. */
const CONTENT = 0.93;

const NEAR_WEIGHT = 0.08;
const PROMINENCE_WEIGHT = 0.06;
/** Distance at which nearness has lost half of its worth, in metres. */
const HALF_NEAR = 2_000;

/** Makes a matcher, which owns the memory that its searches work in. */
export function createMatcher(places: Places, vocabulary: Vocabulary): Matcher {
  const retriever = createRetriever(places);
  const weights = Float32Array.from(places.vocabulary, weightOfWord);
  return {
    match(query, options) {
      if (query.atoms.length === 0) return [];
      const exact = { query, spans: listSpans(query, vocabulary, false), weights };
      const first = matchOnce(places, retriever, exact, options);
      if (first.some(({ explained }) => explained >= CONTENT)) return first;
      const tolerant = { query, spans: listSpans(query, vocabulary, true), weights };
      const second = matchOnce(places, retriever, tolerant, options);
      return [...first, ...second];
    },
  };
}

/** An answer before it is written out, because most are not shown. */
export interface Scored {
  readonly score: number;
  readonly write: () => Candidate;
  /** The share of the text that is explained, in [0, 1]. */
  readonly explained: number;
}

function matchOnce(places: Places, retriever: Retriever, reading: Reading, options: MatchOptions): Scored[] {
  const { query } = reading;
  const free = new Uint8Array(query.atoms.length);
  const shortlist = retriever.retrieve(reading, options, SHORTLIST).flatMap((place) => {
    const alignment = alignPlace(places, place, reading, free);
    return alignment ? [{ place, alignment }] : [];
  });
  const results = shortlist.flatMap(({ place, alignment }) =>
    answersFor(places, place, alignment, reading, options),
  );
  const best = results.reduce((most, { explained }) => Math.max(most, explained), 0);
  if (query.junction || best < CONTENT) results.push(...intersections(places, shortlist, reading, options));
  return results;
}

/** The house at a place when a number is typed, else the place itself. */
function answersFor(
  places: Places,
  place: number,
  alignment: Alignment,
  reading: Reading,
  options: MatchOptions,
): Scored[] {
  const { arrays } = places;
  const { query } = reading;
  const name = explainedBy(alignment);
  const hasHouses = (arrays.firstAddress[place + 1] ?? 0) > (arrays.firstAddress[place] ?? 0);
  const isStreet = kindOf(places, place) === 'street';
  const make = (explained: Explained, facts: Facts): Scored[] =>
    score(places, place, explained, alignment, facts, reading, options);
  const plain: Facts = {
    kind: kindOf(places, place),
    precision: isStreet ? 'street' : 'place',
    position: positionAt(arrays.position, place),
    label: () => placeLabel(places, place),
  };

  if (isStreet || hasHouses) {
    for (const { wanted, atoms } of listWanted(query, name.mask)) {
      const houses = findHouses(places, place, wanted);
      if (houses.length === 0) continue;
      return houses.flatMap((house) => {
        const areaSet = areaSetOf(places, place, house);
        const explained = withAreas(places, areaSet, name, reading, atoms);
        for (const atom of atoms) take(explained, query, atom, 'number', certaintyOf(places, house));
        return make(explained, houseFacts(places, place, house, wanted));
      });
    }
  }
  const explained = withAreas(places, at(arrays.areaSet, place), name, reading, []);
  const [missing] = isStreet ? listWanted(query, explained.mask) : [];
  const inArea =
    isStreet && [...explained.parts.values()].includes('area')
      ? pointInNamedArea(places, place, reading, name)
      : undefined;
  return make(explained, {
    ...plain,
    ...(inArea && { position: inArea }),
    ...(missing && { note: numberUnknown(missing.wanted.text) }),
  });
}

/** Recorded houses come before estimated ones, and those before houses that differ in the letter. */
function certaintyOf(places: Places, house: HouseFinding): number {
  if (house.kind === 'between') return 0.92;
  if (house.kind === 'neighbour') return 0.8;
  return (at(places.arrays.addressFlags, house.address) & INTERPOLATED) === 0 ? 1 : 0.96;
}

interface Facts {
  readonly kind: CandidateKind;
  readonly precision: Precision;
  readonly position: LonLat;
  readonly label: () => Bilingual;
  readonly note?: Bilingual;
}

function houseFacts(places: Places, place: number, house: HouseFinding, wanted: WantedNumber): Facts {
  const { addressPosition, addressText, addressAreaSet, addressFlags } = places.arrays;
  if (house.kind === 'between') {
    const { low, high } = house;
    return {
      kind: 'address',
      precision: 'interpolated',
      position: house.position,
      label: () => addressLabel(places, place, wanted.text, house.areaSet),
      note: {
        en: `Number ${wanted.text} is not recorded; estimated between ${low} and ${high}.`,
        'zh-CN': `${wanted.text}号未登记,位置按${low}号与${high}号之间估算。`,
      },
    };
  }
  const { address } = house;
  const text = stringAt(places, at(addressText, address));
  const isEstimate = ((addressFlags[address] ?? 0) & INTERPOLATED) !== 0;
  const facts: Facts = {
    kind: 'address',
    precision: isEstimate || house.kind === 'neighbour' ? 'interpolated' : 'address',
    position: positionAt(addressPosition, address),
    label: () => addressLabel(places, place, text, at(addressAreaSet, address)),
  };
  if (house.kind === 'neighbour') {
    const note = {
      en: `Number ${wanted.text} is not recorded; this is ${text}.`,
      'zh-CN': `${wanted.text}号未登记,此处为${text}号。`,
    };
    return { ...facts, note };
  }
  if (!isEstimate) return facts;
  const note = {
    en: 'The position is estimated between recorded numbers.',
    'zh-CN': '位置按相邻门牌号估算。',
  };
  return { ...facts, note };
}

const numberUnknown = (number: string): Bilingual => ({
  en: `Number ${number} is not recorded; the position is that of the street.`,
  'zh-CN': `${number}号未登记,位置为所在道路。`,
});

function areaSetOf(places: Places, place: number, house: HouseFinding): number {
  if (house.kind === 'between') return house.areaSet;
  return places.arrays.addressAreaSet[house.address] ?? at(places.arrays.areaSet, place);
}

/** For a street through several settlements: its point nearest to the one that the text names. */
function pointInNamedArea(
  places: Places,
  place: number,
  reading: Reading,
  name: Explained,
): LonLat | undefined {
  const { areaSet, firstArea, areas, position, firstLine, firstPoint, points } = places.arrays;
  const set = at(areaSet, place);
  const settlements = Array.from(areas.subarray(firstArea[set], firstArea[set + 1])).filter(
    (area) => kindOf(places, area) === 'settlement',
  );
  if (settlements.length < 2) return undefined;
  const named = settlements.find((area) => (alignPlace(places, area, reading, name.mask)?.share ?? 0) > 0.7);
  if (named === undefined) return undefined;
  const middle = positionAt(position, named);
  let best: LonLat | undefined;
  const end = firstPoint[firstLine[place + 1] ?? 0] ?? 0;
  for (let point = firstPoint[firstLine[place] ?? 0] ?? 0; point < end; point++) {
    const candidate = positionAt(points, point);
    if (!best || distance(candidate, middle) < distance(best, middle)) best = candidate;
  }
  return best;
}

function score(
  places: Places,
  place: number,
  explained: Explained,
  alignment: Alignment,
  facts: Facts,
  { query }: Reading,
  options: MatchOptions,
): Scored[] {
  const ofText = Math.min(1, explained.gain / query.weight);
  const text = textScore(ofText, Math.min(1, alignment.share));
  if (text < LEAST_SCORE || isNumberAlone(query, explained) || !isWanted(facts.position, options.bounds))
    return [];
  const prominence = at(places.arrays.prominence, place) / 255;
  const language = FORM_LANGUAGES[alignment.language];
  const isSpoken =
    (options.language === 'en' && language === 'en') || (options.language === 'zh-CN' && language === 'zh');
  const points = total(text, prominence, facts.position, options.near) + (isSpoken ? 0.005 : 0);
  return [
    {
      explained: ofText,
      score: points,
      write: () => ({
        label: facts.label(),
        kind: facts.kind,
        precision: facts.precision,
        position: facts.position,
        score: points,
        matched: partsOf(query, explained),
        asTyped: query.typed,
        category: stringAt(places, at(places.arrays.category, place)),
        ...(facts.note && { note: facts.note }),
      }),
    },
  ];
}

/** True when words were typed and only a number is explained. */
function isNumberAlone({ atoms }: Query, { parts }: Explained): boolean {
  const isWord = ({ kind }: { readonly kind: string }): boolean => kind !== 'number';
  return atoms.some(isWord) && !atoms.some((atom, index) => isWord(atom) && parts.has(index));
}

function total(text: number, prominence: number, position: LonLat, near: LonLat | undefined): number {
  const nearness = near ? HALF_NEAR / (HALF_NEAR + distance(near, position)) : 0;
  return (
    (1 - NEAR_WEIGHT - PROMINENCE_WEIGHT) * text + PROMINENCE_WEIGHT * prominence + NEAR_WEIGHT * nearness
  );
}

const isWanted = ([lon, lat]: LonLat, bounds: BoundingBox | undefined): boolean =>
  bounds === undefined || isInside(bounds, lon, lat);

/** Streets of the shortlist that meet and explain different parts of the text. */
function intersections(
  places: Places,
  shortlist: readonly { readonly place: number; readonly alignment: Alignment }[],
  reading: Reading,
  options: MatchOptions,
): Scored[] {
  const { firstJunction, junctionOther, junctionPosition } = places.arrays;
  const streets = new Map(
    shortlist
      .filter(({ place, alignment }) => kindOf(places, place) === 'street' && alignment.share >= 0.3)
      .map(({ place, alignment }) => [place, alignment] as const),
  );
  const results: Scored[] = [];
  for (const [place, alone] of streets) {
    const end = firstJunction[place + 1] ?? 0;
    for (let junction = firstJunction[place] ?? 0; junction < end; junction++) {
      const other = junctionOther[junction] ?? 0;
      if (!streets.has(other)) continue;
      const second = alignPlace(places, other, reading, alone.mask);
      if (!second) continue;
      const ownGain = second.gain;
      // Each of the two must say something of its own; a word such as "street" alone does not.
      if (ownGain < 2.5 || alone.gain < 2.5) continue;
      if (!reading.query.junction && (alone.share < 0.8 || second.share < 0.5)) continue;
      const position = positionAt(junctionPosition, junction);
      const both: Explained = explainedBy({ ...second, gain: alone.gain + ownGain });
      const explained = withAreas(places, at(places.arrays.areaSet, place), both, reading, []);
      const facts: Facts = {
        kind: 'intersection',
        precision: 'intersection',
        position,
        label: () =>
          startOf(alone.mask, second.mask)
            ? intersectionLabel(places, place, other)
            : intersectionLabel(places, other, place),
      };
      const share = Math.min(1, (alone.share + second.share) / 2);
      results.push(...score(places, place, explained, { ...alone, share }, facts, reading, options));
    }
  }
  return results;
}

/** True when the first of two streets stands before the second in the text. */
function startOf(first: Uint8Array, both: Uint8Array): boolean {
  const own = first.findIndex((quality) => quality > 0);
  const other = both.findIndex((quality, atom) => quality > 0 && first[atom] === 0);
  return own <= other;
}
