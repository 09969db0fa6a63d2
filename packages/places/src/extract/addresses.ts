import { distance, type LonLat } from '@lamplight/base';
import type { OsmTags } from '@lamplight/roads';
import type { Areas } from './areas.js';
import type { Collection, Feature, Line } from './collect.js';
import { type HouseNumber, readHouseNumbers } from './house-number.js';
import { clean, plainNames } from './names.js';
import type { DropReason } from './report.js';
import { alongLine, distanceToStreet, keysOf, lineLength, type Street, streetKey } from './streets.js';

export interface Address extends HouseNumber {
  readonly position: LonLat;
  /** Areas that the address names itself, smallest first. */
  readonly areas: readonly number[];
  /** True when the position was estimated along an interpolation line. */
  readonly interpolated: boolean;
}

/** An address belongs to a street of its name up to this far away, in metres; beyond, the name makes one of its own. */
const STREET_REACH = 2_000;

/** How much further a street in another settlement seems, in metres, when the address names its settlement. */
const OTHER_SETTLEMENT = 5_000;

/** Records of one number at one street this close are one address, in metres. */
const SAME_ADDRESS = 25;

/** An estimate gives way to a record of the same number up to this far away, in metres. */
const SAME_ESTIMATE = 400;

/** Longest stretch of numbers that one interpolation line is believed to cover. */
const MOST_INTERPOLATED = 400;

/**
 * Hands the addresses of the extract to the streets they are at, recorded ones first. Returns the streets, with one
 * more for each name of a street or place that no line has.
 */
export function collectAddresses(
  { features, interpolations, numbered }: Collection,
  streets: readonly Street[],
  areas: Areas,
  dropped: Record<DropReason, number>,
): Street[] {
  const book = createStreetBook(streets, areas);
  // Nodes first: somebody chose where they are, mostly at the door.
  for (const feature of [...features].sort((a, b) => Number(b.isNode) - Number(a.isNode))) {
    const address = addressOf(feature.tags, book);
    if (!address) {
      if (feature.tags.has('addr:housenumber')) dropped['address-without-street']++;
      continue;
    }
    const numbers = readHouseNumbers(address.number);
    if (numbers.length === 0) dropped['number-unreadable']++;
    const named = areasNamed(feature, areas);
    const street = book.streetFor(address.street, feature.position, named);
    for (const number of numbers) {
      const record = { ...number, position: feature.position, areas: named, interpolated: false };
      if (street.addresses.some((other) => isSame(other, record, SAME_ADDRESS)))
        dropped['duplicate-address']++;
      else street.addresses.push(record);
    }
  }
  for (const line of interpolations) interpolate(line, numbered, book, areas, dropped);
  return [...book.streets];
}

/** Streets by the names under which addresses refer to them. */
interface StreetBook {
  readonly streets: readonly Street[];
  /** True when a street has this name. */
  knows(name: string): boolean;
  /** The street of a name that a position is at; made when there is none. */
  streetFor(name: string, position: LonLat, areas: readonly number[]): Street;
}

function createStreetBook(given: readonly Street[], areas: Areas): StreetBook {
  const streets = [...given];
  const byKey = new Map<string, Street[]>();
  const register = (street: Street): void => {
    for (const key of keysOf(street.names)) {
      const same = byKey.get(key);
      if (same) same.push(street);
      else byKey.set(key, [street]);
    }
  };
  for (const street of streets) register(street);

  const settlementOf = (named: readonly number[]): number | undefined =>
    named.find((index) => areas.list[index]?.kind === 'settlement');
  return {
    streets,
    knows: (name) => byKey.has(streetKey(name)),
    streetFor(name, position, named) {
      const settlement = settlementOf(named);
      let best: Street | undefined;
      let least = STREET_REACH + OTHER_SETTLEMENT;
      for (const street of byKey.get(streetKey(name)) ?? []) {
        const metres =
          street.lines.length > 0
            ? distanceToStreet(street, position)
            : Math.min(...street.addresses.map((address) => distance(address.position, position)));
        if (metres > STREET_REACH) continue;
        const away = settlement !== undefined && street.settlement !== settlement ? OTHER_SETTLEMENT : 0;
        if (metres + away < least) {
          best = street;
          least = metres + away;
        }
      }
      if (best) return best;
      const inside = areas.areasAt(position);
      const made: Street = {
        names: plainNames(clean(name)),
        category: 'addr:street',
        prominence: 0.5,
        lines: [],
        box: [position[0], position[1], position[0], position[1]],
        settlement: settlement ?? settlementOf(inside),
        areas: [...new Set([...named, ...inside])],
        addresses: [],
      };
      streets.push(made);
      register(made);
      return made;
    },
  };
}

function addressOf(tags: OsmTags, book: StreetBook): { street: string; number: string } | undefined {
  const number = tags.get('addr:housenumber');
  const street = streetNamed(tags);
  if (number !== undefined && street !== undefined) return { street, number };
  const full = clean(tags.get('addr:full'));
  return full === '' ? undefined : readFullAddress(full, book, number);
}

function streetNamed(tags: OsmTags): string | undefined {
  for (const key of ['addr:street', 'addr:place', 'addr:street:zh', 'addr:street:en', 'addr:hamlet']) {
    const name = clean(tags.get(key));
    if (name !== '') return name;
  }
  return undefined;
}

/** Reads an address in one line: `广东省韶关市中山路12号`, `12 Main Street, Springfield`, `Landstrasse 12, 9490 Vaduz`. */
function readFullAddress(
  full: string,
  book: StreetBook,
  recorded: string | undefined,
): { street: string; number: string } | undefined {
  const chinese = /^(.+?)(\d+(?:[-—]\d+)?)\s*[号號]/.exec(full.normalize('NFKC'));
  if (chinese) {
    const [, head = '', number = ''] = chinese;
    for (let start = 0; start < head.length - 1; start++) {
      if (book.knows(head.slice(start))) return { street: head.slice(start), number: recorded ?? number };
    }
    const tail = /[^省市区县镇乡街道]+(?:路|街|大道|巷|弄|村)$/.exec(head);
    return tail ? { street: tail[0], number: recorded ?? number } : undefined;
  }
  const [line = ''] = full.split(',');
  const before = /^(\d+[a-zA-Z]?)\s+(.+)$/.exec(line.trim());
  if (before?.[1] && before[2]) return { street: before[2], number: recorded ?? before[1] };
  const after = /^(.+?)\s+(\d+\s?[a-zA-Z]?)$/.exec(line.trim());
  return after?.[1] && after[2] ? { street: after[1], number: recorded ?? after[2] } : undefined;
}

/** Areas that an address names itself, smallest first. */
function areasNamed({ tags, position }: Pick<Feature, 'tags' | 'position'>, areas: Areas): number[] {
  const named: number[] = [];
  const add = (kind: 'quarter' | 'settlement' | 'postcode', key: string): void => {
    const name = clean(tags.get(key));
    if (name !== '') named.push(areas.ensure(kind, name, position));
  };
  add('quarter', 'addr:suburb');
  add('quarter', 'addr:district');
  add('settlement', 'addr:city');
  add('postcode', 'addr:postcode');
  return [...new Set(named)];
}

const isSame = (a: Address, b: Address, reach: number): boolean =>
  a.number === b.number && a.text === b.text && distance(a.position, b.position) <= reach;

/**
 * Fills in the numbers between the numbered nodes of an `addr:interpolation` line, at equal shares of its length
 * (https://wiki.openstreetmap.org/wiki/Addresses#Using_interpolation).
 */
function interpolate(
  line: Line,
  numbered: ReadonlyMap<number, Feature>,
  book: StreetBook,
  areas: Areas,
  dropped: Record<DropReason, number>,
): void {
  const step = stepOf(line.tags.get('addr:interpolation') ?? '');
  const stops = line.refs.flatMap((ref, index) => {
    const feature = numbered.get(ref);
    const [number] = feature ? readHouseNumbers(feature.tags.get('addr:housenumber') ?? '') : [];
    return feature && number ? [{ index, feature, number }] : [];
  });
  const name = [line.tags, ...stops.map(({ feature }) => feature.tags)]
    .map(streetNamed)
    .find((found) => found !== undefined);
  if (step === undefined || name === undefined || stops.length < 2) {
    dropped['interpolation-unusable']++;
    return;
  }
  for (let i = 1; i < stops.length; i++) {
    const a = stops[i - 1];
    const b = stops[i];
    if (!a || !b) continue;
    const span = listBetween(a.number, b.number, step);
    if (span === undefined) {
      dropped['interpolation-unusable']++;
      continue;
    }
    const points = line.points.slice(a.index, b.index + 1);
    if (lineLength(points) === 0) continue;
    span.forEach((number, index) => {
      const position = alongLine(points, (index + 1) / (span.length + 1));
      const named = areasNamed({ tags: a.feature.tags, position }, areas);
      const street = book.streetFor(name, position, named);
      const estimate = { ...number, position, areas: named, interpolated: true };
      if (street.addresses.some((other) => isSame(other, estimate, SAME_ESTIMATE)))
        dropped['duplicate-address']++;
      else street.addresses.push(estimate);
    });
  }
}

/** Numbers from one house to the next; 0 for letters; `undefined` for a value that is not understood. */
function stepOf(value: string): number | undefined {
  if (value === 'odd' || value === 'even') return 2;
  if (value === 'all') return 1;
  if (value === 'alphabetic') return 0;
  return /^[1-9]\d?$/.test(value) ? Number(value) : undefined;
}

/** The numbers strictly between two, from the first to the second; `undefined` when they do not fit the step. */
function listBetween(a: HouseNumber, b: HouseNumber, step: number): HouseNumber[] | undefined {
  if (step === 0) {
    const first = /^(\d+)([a-z])$/i.exec(a.text);
    const last = /^(\d+)([a-z])$/i.exec(b.text);
    if (!first || !last || first[1] !== last[1]) return undefined;
    const from = first[2]?.toLowerCase().charCodeAt(0) ?? 0;
    const to = last[2]?.toLowerCase().charCodeAt(0) ?? 0;
    return rangeBetween(from, to, 1).map((code) => ({
      text: `${a.number}${String.fromCharCode(code)}`,
      number: a.number,
      end: a.number,
    }));
  }
  const span = Math.abs(b.number - a.number);
  if (span % step !== 0 || span > MOST_INTERPOLATED) return undefined;
  return rangeBetween(a.number, b.number, step).map((number) => ({
    text: String(number),
    number,
    end: number,
  }));
}

function rangeBetween(from: number, to: number, step: number): number[] {
  const count = Math.max(0, Math.abs(to - from) / step - 1);
  const direction = to > from ? step : -step;
  return Array.from({ length: count }, (_, index) => from + (index + 1) * direction);
}
