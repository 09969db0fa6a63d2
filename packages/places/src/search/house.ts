import { distance, interpolate, type LonLat } from '@lamplight/base';
import { at, INTERPOLATED, type Places, positionAt, stringAt } from '../model.js';
import { fold } from '../text/fold.js';
import { compact } from '../text/tokens.js';

/** A house number as typed, folded: `12`, `12a`. */
export interface WantedNumber {
  readonly number: number;
  readonly text: string;
}

/** What the map knows of a house number at a place. */
export type HouseFinding =
  /** Recorded, or estimated by an interpolation line of the map: see the flags of the address. */
  | { readonly kind: 'address'; readonly address: number }
  /** Not recorded with this letter, but the house number itself is. */
  | { readonly kind: 'neighbour'; readonly address: number }
  /** Between two recorded numbers of the same side. */
  | {
      readonly kind: 'between';
      readonly position: LonLat;
      readonly areaSet: number;
      readonly low: string;
      readonly high: string;
    };

/** Houses between which a number is estimated are not further apart, in metres and in numbers. */
const WIDEST_GAP = 400;
const WIDEST_COUNT = 40;

/** Houses of one number this close together are one answer, in metres. */
const SAME_HOUSE = 40;

/** All houses with a number at a place; by estimate when none is recorded; empty when nothing can be said. */
export function findHouses(places: Places, place: number, wanted: WantedNumber): HouseFinding[] {
  const { firstAddress, addressNumber, addressEnd, addressFlags } = places.arrays;
  const first = firstAddress[place] ?? 0;
  const end = firstAddress[place + 1] ?? 0;
  const exact: number[] = [];
  const sameNumber: number[] = [];
  const inRange: number[] = [];
  for (let address = first; address < end; address++) {
    const number = addressNumber[address] ?? 0;
    if (number > wanted.number) break;
    if (number === wanted.number) {
      const text = compact(fold(stringAt(places, at(places.arrays.addressText, address))));
      if (text === wanted.text) exact.push(address);
      else sameNumber.push(address);
    } else if ((addressEnd[address] ?? 0) >= wanted.number && (wanted.number - number) % 2 === 0) {
      inRange.push(address);
    }
  }
  const recorded = exact.filter((address) => ((addressFlags[address] ?? 0) & INTERPOLATED) === 0);
  const found = recorded.length > 0 ? recorded : exact;
  if (found.length > 0) return apart(places, found).map((address) => ({ kind: 'address', address }));
  if (inRange.length > 0) return apart(places, inRange).map((address) => ({ kind: 'address', address }));
  if (sameNumber.length > 0)
    return apart(places, sameNumber)
      .slice(0, 2)
      .map((address) => ({ kind: 'neighbour', address }));
  const between = findBetween(places, first, end, wanted.number);
  return between ? [between] : [];
}

/** One address of each group that lies together. */
function apart(places: Places, addresses: readonly number[]): number[] {
  const kept: number[] = [];
  for (const address of addresses) {
    const position = positionAt(places.arrays.addressPosition, address);
    const isNew = kept.every(
      (other) => distance(positionAt(places.arrays.addressPosition, other), position) > SAME_HOUSE,
    );
    if (isNew) kept.push(address);
  }
  return kept;
}

/** Estimates a position on the line between the nearest recorded numbers of the same side of the street. */
function findBetween(places: Places, first: number, end: number, number: number): HouseFinding | undefined {
  const { addressNumber, addressPosition, addressAreaSet, addressText } = places.arrays;
  let low = -1;
  let high = -1;
  for (let address = first; address < end; address++) {
    const other = addressNumber[address] ?? 0;
    if ((other - number) % 2 !== 0) continue;
    if (other < number) low = address;
    else if (other > number && high < 0) high = address;
  }
  if (low < 0 || high < 0) return undefined;
  const from = addressNumber[low] ?? 0;
  const to = addressNumber[high] ?? 0;
  const a = positionAt(addressPosition, low);
  const b = positionAt(addressPosition, high);
  if (to - from > WIDEST_COUNT || distance(a, b) > WIDEST_GAP) return undefined;
  return {
    kind: 'between',
    position: interpolate(a, b, (number - from) / (to - from)),
    areaSet: addressAreaSet[low] ?? 0,
    low: stringAt(places, at(addressText, low)),
    high: stringAt(places, at(addressText, high)),
  };
}
