import { distance, type LonLat, METRES_PER_DEGREE, offset, type Random } from '@lamplight/base';
import { itemAt } from '../sure.js';
import { houseNumberAt } from './house-numbers.js';
import type { Address, City, District, Neighbourhood, Place, PlaceKind, RoadWay } from './model.js';
import type { NameBook } from './names.js';
import { drawCount, PLACE_KINDS, PLACES, placeName } from './places.js';

/** As precise as an OSM file: 1e-7 of a degree, about a centimetre. */
export const roundPosition = ([lon, lat]: LonLat): LonLat => [
  Math.round(lon * 1e7) / 1e7,
  Math.round(lat * 1e7) / 1e7,
];

/** A stretch of street along which houses stand. */
export interface Front {
  readonly way: RoadWay;
  /** The node at `a`. */
  readonly nodeA: number;
  readonly a: LonLat;
  readonly b: LonLat;
  readonly from: number;
  readonly length: number;
}

/** Every stretch of ordinary street long enough for a house. */
export function listFronts(nodes: City['nodes'], ways: readonly RoadWay[]): Front[] {
  const fronts: Front[] = [];
  for (const way of ways) {
    const bare = way.bridge || way.roundabout || way.neighbourhood < 0 || way.roadClass === 'service';
    let from: number = way.fromMetres;
    for (let i = 1; i < way.nodes.length; i++) {
      const nodeA = itemAt(way.nodes, i - 1);
      const a = itemAt(nodes, nodeA).position;
      const b = itemAt(nodes, itemAt(way.nodes, i)).position;
      const length = distance(a, b);
      if (!bare && length > 20) fronts.push({ way, nodeA, a, b, from, length });
      from += length;
    }
  }
  return fronts;
}

/** A plot on a front: `back` metres behind the middle of the street. */
function plotOn(
  front: Front,
  back: number,
  random: Random,
): { readonly position: LonLat; readonly houseNumber: number } {
  const fraction = 0.15 + 0.7 * random.next();
  const left = random.next() < 0.5;
  const scale = Math.cos((front.a[1] * Math.PI) / 180);
  const east = (front.b[0] - front.a[0]) * scale * METRES_PER_DEGREE;
  const north = (front.b[1] - front.a[1]) * METRES_PER_DEGREE;
  const side = (left ? 1 : -1) * (back / front.length);
  const onStreet: LonLat = [
    front.a[0] + (front.b[0] - front.a[0]) * fraction,
    front.a[1] + (front.b[1] - front.a[1]) * fraction,
  ];
  return {
    position: roundPosition(offset(onStreet, -north * side, east * side)),
    houseNumber: houseNumberAt(front.from + fraction * front.length, left ? 'left' : 'right'),
  };
}

/** The places of the city, each on a street of its neighbourhood; every district has a hospital. */
export function findPlaces(
  fronts: readonly Front[],
  neighbourhoods: readonly Neighbourhood[],
  districts: readonly District[],
  names: NameBook,
  random: Random,
): Place[] {
  const byNeighbourhood = new Map<number, Front[]>();
  for (const front of fronts) {
    const list = byNeighbourhood.get(front.way.neighbourhood);
    if (list) list.push(front);
    else byNeighbourhood.set(front.way.neighbourhood, [front]);
  }
  const places: Place[] = [];
  const taken = new Set<string>();
  const add = (kind: PlaceKind, neighbourhood: Neighbourhood): void => {
    const list = byNeighbourhood.get(neighbourhood.id);
    if (!list) return;
    const front = random.pick(list);
    const key = `${neighbourhood.id}/${kind}`;
    const base = taken.has(key) ? names.proper() : neighbourhood.name;
    taken.add(key);
    places.push({
      id: places.length,
      kind,
      name: placeName(base, kind),
      ...plotOn(front, 22, random),
      street: front.way.street,
      neighbourhood: neighbourhood.id,
    });
  };
  for (const neighbourhood of neighbourhoods) {
    const expected = PLACES[neighbourhood.landUse];
    for (const kind of PLACE_KINDS)
      for (let left = drawCount(expected[kind] ?? 0, random); left > 0; left--) add(kind, neighbourhood);
  }
  for (const district of districts) {
    const inside = neighbourhoods.filter((each) => each.district === district.id);
    if (inside.length > 0) add('hospital', random.pick(inside));
  }
  for (let left = 1 + Math.floor(neighbourhoods.length / 250); left > 0; left--)
    add('railway-station', random.pick(neighbourhoods));
  return places;
}

/** About one house with its number to every third stretch of street. */
export function numberHouses(fronts: readonly Front[], random: Random): Address[] {
  return fronts
    .filter(() => random.next() < 0.35)
    .map((front) => ({ ...plotOn(front, 12, random), street: front.way.street }));
}
