import { distance, type LonLat, offset, type Random } from '@lamplight/base';
import { listFronts } from '../city/fronts.js';
import { type Bilingual, type City, houseNumberAt, type Place } from '../city/index.js';
import { itemAt } from '../sure.js';
import type { IncidentKind } from './incident-kinds.js';

/** A spot where something happens, and how a resident would say where it is. */
export interface Spot {
  readonly position: LonLat;
  readonly neighbourhood: number;
  readonly streetName: Bilingual;
  readonly words: Bilingual;
  readonly front: number;
}

/** Finds spots in a city for incidents of a kind, by where people live, shop and go out. */
export interface SpotFinder {
  /** A spot for an incident of this kind. */
  find(kind: number, random: Random): Spot;
  /** Where another caller stands who sees the same thing: within about a block. */
  findNear(spot: Spot, random: Random): Spot;
  /** The chance that an incident of the kind lies in the neighbourhood. */
  shareOf(kind: number, neighbourhood: number): number;
}

/** A caller mentions a place this near, metres. */
const NEARBY = 250;
/** Of the incidents that some kind of place draws, this share happens at one. */
const DRAWN = 0.6;

export function createSpotFinder(city: City, kinds: readonly IncidentKind[]): SpotFinder {
  const fronts = listFronts(city.nodes, city.ways);
  const byNeighbourhood = city.neighbourhoods.map((): number[] => []);
  const metresOf = new Float64Array(city.neighbourhoods.length);
  fronts.forEach((front, i) => {
    const { neighbourhood } = front.way;
    byNeighbourhood[neighbourhood]?.push(i);
    metresOf[neighbourhood] = itemAt(metresOf, neighbourhood) + front.length;
  });
  const weights = kinds.map((kind) => {
    const raw = city.neighbourhoods.map(
      ({ id, density, landUse }) => density * itemAt(metresOf, id) * (kind.landUse[landUse] ?? 1),
    );
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    return raw.map((weight) => weight / total);
  });
  const placesOf = city.neighbourhoods.map((): Place[] => []);
  for (const place of city.places) placesOf[place.neighbourhood]?.push(place);
  const crossings = listCrossings(city);
  const frontsOfStreet = new Map<number, number[]>();
  fronts.forEach((front, i) => {
    const list = frontsOfStreet.get(front.way.street);
    if (list) list.push(i);
    else frontsOfStreet.set(front.way.street, [i]);
  });

  const nearestFront = (street: number, neighbourhood: number, position: LonLat): number | undefined => {
    let best: number | undefined;
    let bestDistance = Infinity;
    for (const i of frontsOfStreet.get(street) ?? []) {
      const front = itemAt(fronts, i);
      const away = distance(front.a, position);
      if (front.way.neighbourhood === neighbourhood && away < bestDistance) {
        best = i;
        bestDistance = away;
      }
    }
    return best;
  };

  const placeNear = (position: LonLat, neighbourhood: number, except?: Place): Place | undefined => {
    let best: Place | undefined;
    let bestDistance = NEARBY;
    for (const place of itemAt(placesOf, neighbourhood)) {
      const away = distance(place.position, position);
      if (place !== except && away < bestDistance) {
        best = place;
        bestDistance = away;
      }
    }
    return best;
  };

  const describe = (frontIndex: number, site: IncidentKind['site'], random: Random): Spot => {
    const front = itemAt(fronts, frontIndex);
    const street = itemAt(city.streets, front.way.street).name;
    const { neighbourhood } = front.way;
    const corner = crossings.get(front.nodeA)?.find((other) => other !== front.way.street);
    if (site === 'crossing' && corner !== undefined) {
      const other = itemAt(city.streets, corner).name;
      const words = withPlace(
        { en: `at the corner of ${street.en} and ${other.en}`, zh: `${street.zh}和${other.zh}路口` },
        placeNear(front.a, neighbourhood),
      );
      return { position: front.a, neighbourhood, streetName: street, words, front: frontIndex };
    }
    const fraction = 0.1 + 0.8 * random.next();
    const side = random.next() < 0.5 ? 'left' : 'right';
    const onStreet: LonLat = [
      front.a[0] + (front.b[0] - front.a[0]) * fraction,
      front.a[1] + (front.b[1] - front.a[1]) * fraction,
    ];
    const number = houseNumberAt(front.from + fraction * front.length, side);
    const words: Bilingual =
      site === 'house'
        ? { en: `at ${number} ${street.en}`, zh: `${street.zh}${number}号` }
        : { en: `outside ${number} ${street.en}`, zh: `${street.zh}${number}号门口` };
    return {
      position: onStreet,
      neighbourhood,
      streetName: street,
      words: withPlace(words, placeNear(onStreet, neighbourhood)),
      front: frontIndex,
    };
  };

  const pickFront = (neighbourhood: number, random: Random): number => {
    const list = itemAt(byNeighbourhood, neighbourhood);
    // Fronts differ little in length: a few draws by rejection are cheaper than sums over thousands.
    for (let tries = 0; tries < 8; tries++) {
      const candidate = random.pick(list);
      if (random.next() * 260 < itemAt(fronts, candidate).length) return candidate;
    }
    return random.pick(list);
  };

  return {
    find(kindIndex, random) {
      const kind = itemAt(kinds, kindIndex);
      const neighbourhood = pickByWeight(itemAt(weights, kindIndex), random);
      const places = itemAt(placesOf, neighbourhood).filter((place) => kind.near?.includes(place.kind));
      if (places.length > 0 && random.next() < DRAWN) {
        const place = random.pick(places);
        const front = nearestFront(place.street, neighbourhood, place.position);
        if (front !== undefined) return describe(front, kind.site, random);
      }
      return describe(pickFront(neighbourhood, random), kind.site, random);
    },
    findNear(spot, random) {
      const again = describe(spot.front, 'street', random);
      return { ...again, position: offset(spot.position, random.normal(0, 25), random.normal(0, 25)) };
    },
    shareOf: (kind, neighbourhood) => itemAt(itemAt(weights, kind), neighbourhood),
  };
}

function withPlace(words: Bilingual, place: Place | undefined): Bilingual {
  if (!place) return words;
  return {
    en: `${words.en}, near ${place.name.en}`,
    zh: `${words.zh}，${place.name.zh}附近`,
  };
}

function pickByWeight(weights: readonly number[], random: Random): number {
  let rest = random.next();
  for (let i = 0; i < weights.length; i++) {
    rest -= itemAt(weights, i);
    if (rest < 0) return i;
  }
  // Rounding may leave a sliver at the end.
  return weights.findLastIndex((weight) => weight > 0);
}

function listCrossings(city: City): Map<number, number[]> {
  const streetsAt = new Map<number, number[]>();
  for (const way of city.ways) {
    if (way.roundabout || way.roadClass === 'service') continue;
    for (const node of way.nodes) {
      const list = streetsAt.get(node);
      if (!list) streetsAt.set(node, [way.street]);
      else if (!list.includes(way.street)) list.push(way.street);
    }
  }
  return streetsAt;
}
