import type { LonLat } from '@lamplight/base';
import Flatbush from 'flatbush';
import { GRID_PER_DEGREE, INTERPOLATED, PLACE_KINDS, type PlaceArrays, type Places } from '../model.js';
import type { Address } from './addresses.js';
import type { Junction } from './junctions.js';
import type { Draft } from './places.js';
import type { Street } from './streets.js';
import { indexNames } from './text-index.js';

/** Puts places into arrays, in the order of their prominence, and indexes them by text and by ground. */
export function assemble(
  drafts: readonly Draft[],
  junctions: readonly Junction[],
  facts: Pick<Places, 'report' | 'bounds' | 'posts'>,
): Places {
  const order = [...drafts].sort(
    (a, b) => b.prominence - a.prominence || b.addresses.length - a.addresses.length,
  );
  const strings = createStringTable();
  const placeOfArea = new Map<number, number>();
  const placeOfStreet = new Map<Street, number>();
  order.forEach(({ area, street }, place) => {
    if (area !== undefined) placeOfArea.set(area, place);
    if (street !== undefined) placeOfStreet.set(street, place);
  });
  const sets = createAreaSets(placeOfArea);
  const setOfPlace = Uint32Array.from(order, ({ areas }) => sets.setOf(areas));
  const addresses = assembleAddresses(order, strings.intern, sets);
  const text = indexNames(
    order.map(({ names }) => names),
    strings.intern,
  );
  const { vocabulary, ...textArrays } = text;
  const arrays: PlaceArrays = {
    kind: Uint8Array.from(order, ({ kind }) => PLACE_KINDS.indexOf(kind)),
    category: Uint32Array.from(order, ({ category }) => strings.intern(category)),
    nameLocal: Uint32Array.from(order, ({ names }) => strings.intern(names.local)),
    nameEnglish: Uint32Array.from(order, ({ names }) => strings.intern(names.en)),
    nameChinese: Uint32Array.from(order, ({ names }) => strings.intern(names.zh)),
    addressLine: Uint32Array.from(order, ({ addressLine }) => strings.intern(addressLine)),
    prominence: Uint8Array.from(order, ({ prominence }) => Math.round(255 * prominence)),
    position: toGrid(order.map(({ position }) => position)),
    areaSet: setOfPlace,
    ...sets.arrays(),
    ...addresses,
    ...assembleLines(order),
    ...assembleJunctions(order.length, junctions, placeOfStreet),
    ...textArrays,
  };
  return { ...facts, strings: strings.list, vocabulary, arrays };
}

interface StringTable {
  readonly list: readonly string[];
  intern(text: string): number;
}

function createStringTable(): StringTable {
  const list: string[] = [''];
  const known = new Map<string, number>([['', 0]]);
  return {
    list,
    intern(text) {
      const index = known.get(text);
      if (index !== undefined) return index;
      known.set(text, list.length);
      list.push(text);
      return list.length - 1;
    },
  };
}

interface AreaSets {
  /** The number of the set of these areas, given as indices into `Areas.list`. */
  setOf(areas: readonly number[]): number;
  arrays(): Pick<PlaceArrays, 'firstArea' | 'areas'>;
}

function createAreaSets(placeOfArea: ReadonlyMap<number, number>): AreaSets {
  const sets: number[][] = [[]];
  const known = new Map<string, number>([['', 0]]);
  return {
    setOf(areas) {
      const key = areas.join(',');
      const index = known.get(key);
      if (index !== undefined) return index;
      known.set(key, sets.length);
      sets.push(areas.flatMap((area) => placeOfArea.get(area) ?? []));
      return sets.length - 1;
    },
    arrays() {
      const firstArea = new Uint32Array(sets.length + 1);
      sets.forEach((set, index) => {
        firstArea[index + 1] = (firstArea[index] ?? 0) + set.length;
      });
      return { firstArea, areas: Uint32Array.from(sets.flat()) };
    },
  };
}

type AddressArrays = Pick<
  PlaceArrays,
  | 'firstAddress'
  | 'addressText'
  | 'addressNumber'
  | 'addressEnd'
  | 'addressPosition'
  | 'addressAreaSet'
  | 'addressFlags'
  | 'addressIndex'
>;

function assembleAddresses(
  order: readonly Draft[],
  intern: (text: string) => number,
  sets: AreaSets,
): AddressArrays {
  const all: { readonly address: Address; readonly draft: Draft }[] = [];
  const firstAddress = new Uint32Array(order.length + 1);
  order.forEach((draft, place) => {
    const sorted = [...draft.addresses].sort(
      (a, b) =>
        a.number - b.number || Number(a.interpolated) - Number(b.interpolated) || (a.text < b.text ? -1 : 1),
    );
    for (const address of sorted) all.push({ address, draft });
    firstAddress[place + 1] = all.length;
  });
  const positions = toGrid(all.map(({ address }) => address.position));
  return {
    firstAddress,
    addressText: Uint32Array.from(all, ({ address }) => intern(address.text)),
    addressNumber: Uint32Array.from(all, ({ address }) => address.number),
    addressEnd: Uint32Array.from(all, ({ address }) => address.end),
    addressPosition: positions,
    addressAreaSet: Uint32Array.from(all, ({ address, draft }) => {
      const own = draft.area === undefined ? draft.areas : [draft.area, ...draft.areas];
      return sets.setOf([...new Set([...address.areas, ...own])]);
    }),
    addressFlags: Uint8Array.from(all, ({ address }) => (address.interpolated ? INTERPOLATED : 0)),
    addressIndex: indexPoints(positions),
  };
}

type LineArrays = Pick<
  PlaceArrays,
  'firstLine' | 'firstPoint' | 'points' | 'segmentIndex' | 'segmentPoint' | 'segmentStreet'
>;

function assembleLines(order: readonly Draft[]): LineArrays {
  const firstLine = new Uint32Array(order.length + 1);
  const firstPoint: number[] = [0];
  const positions: LonLat[] = [];
  const segmentPoint: number[] = [];
  const segmentStreet: number[] = [];
  order.forEach(({ street }, place) => {
    for (const { points } of street?.lines ?? []) {
      for (let i = 1; i < points.length; i++) {
        segmentPoint.push(positions.length + i - 1);
        segmentStreet.push(place);
      }
      for (const point of points) positions.push(point);
      firstPoint.push(positions.length);
    }
    firstLine[place + 1] = firstPoint.length - 1;
  });
  const points = toGrid(positions);
  return {
    firstLine,
    firstPoint: Uint32Array.from(firstPoint),
    points,
    segmentPoint: Uint32Array.from(segmentPoint),
    segmentStreet: Uint32Array.from(segmentStreet),
    segmentIndex: indexSegments(points, segmentPoint),
  };
}

function assembleJunctions(
  places: number,
  junctions: readonly Junction[],
  placeOfStreet: ReadonlyMap<Street, number>,
): Pick<PlaceArrays, 'firstJunction' | 'junctionOther' | 'junctionPosition' | 'junctionIndex'> {
  const sides = junctions.flatMap(({ a, b, position }) => {
    const one = placeOfStreet.get(a);
    const other = placeOfStreet.get(b);
    if (one === undefined || other === undefined) return [];
    return [
      { street: one, other, position },
      { street: other, other: one, position },
    ];
  });
  sides.sort((x, y) => x.street - y.street || x.other - y.other);
  const firstJunction = new Uint32Array(places + 1);
  for (const { street } of sides) firstJunction[street + 1] = (firstJunction[street + 1] ?? 0) + 1;
  for (let place = 0; place < places; place++) {
    firstJunction[place + 1] = (firstJunction[place + 1] ?? 0) + (firstJunction[place] ?? 0);
  }
  const junctionPosition = toGrid(sides.map(({ position }) => position));
  return {
    firstJunction,
    junctionOther: Uint32Array.from(sides, ({ other }) => other),
    junctionPosition,
    junctionIndex: indexPoints(junctionPosition),
  };
}

function toGrid(positions: readonly LonLat[]): Int32Array {
  const grid = new Int32Array(2 * positions.length);
  positions.forEach(([lon, lat], index) => {
    grid[2 * index] = Math.round(lon * GRID_PER_DEGREE);
    grid[2 * index + 1] = Math.round(lat * GRID_PER_DEGREE);
  });
  return grid;
}

/** A flatbush over points; empty for none, because flatbush refuses that. */
function indexPoints(positions: Int32Array): Uint8Array {
  const count = positions.length / 2;
  if (count === 0) return new Uint8Array(0);
  const index = new Flatbush(count, 16, Int32Array);
  for (let i = 0; i < count; i++) index.add(positions[2 * i] ?? 0, positions[2 * i + 1] ?? 0);
  index.finish();
  return new Uint8Array(index.data);
}

function indexSegments(points: Int32Array, starts: readonly number[]): Uint8Array {
  if (starts.length === 0) return new Uint8Array(0);
  const index = new Flatbush(starts.length, 16, Int32Array);
  for (const start of starts) {
    const x1 = points[2 * start] ?? 0;
    const y1 = points[2 * start + 1] ?? 0;
    const x2 = points[2 * start + 2] ?? 0;
    const y2 = points[2 * start + 3] ?? 0;
    index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
  }
  index.finish();
  return new Uint8Array(index.data);
}
