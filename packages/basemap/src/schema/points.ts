import type { OsmTags } from '@lamplight/roads';
import { drawWater } from './areas.js';
import type { Drawing } from './feature.js';
import { field, namesOf, numberTag } from './names.js';

/** Kinds of points by key and value of OSM, with the first zoom of each. Values are passed through as kinds. */
const POIS: readonly (readonly [key: string, zooms: Readonly<Record<string, number>>])[] = [
  [
    'amenity',
    {
      hospital: 11,
      police: 12,
      fire_station: 12,
      university: 13,
      college: 13,
      ferry_terminal: 13,
      clinic: 14,
      school: 14,
      townhall: 14,
      prison: 14,
      fuel: 14,
      bus_station: 14,
      kindergarten: 15,
      doctors: 15,
      pharmacy: 15,
      nursing_home: 15,
      social_facility: 15,
      library: 15,
      post_office: 15,
      courthouse: 15,
      place_of_worship: 15,
      bank: 15,
      marketplace: 15,
      cinema: 15,
      theatre: 15,
      community_centre: 15,
      restaurant: 15,
      fast_food: 15,
      cafe: 15,
      bar: 15,
      pub: 15,
      nightclub: 15,
      parking: 15,
      charging_station: 15,
    },
  ],
  [
    'emergency',
    {
      ambulance_station: 12,
      mountain_rescue: 13,
      water_rescue: 13,
      assembly_point: 15,
      defibrillator: 15,
      phone: 15,
      fire_hydrant: 15,
    },
  ],
  ['railway', { station: 11, halt: 12, tram_stop: 15, subway_entrance: 15 }],
  ['aeroway', { aerodrome: 10, helipad: 13 }],
  ['highway', { bus_stop: 15 }],
  ['natural', { peak: 12 }],
  ['leisure', { park: 13, stadium: 13, nature_reserve: 12, sports_centre: 15, golf_course: 13, marina: 14 }],
  ['boundary', { national_park: 9 }],
  ['landuse', { cemetery: 14 }],
  [
    'tourism',
    {
      museum: 14,
      zoo: 13,
      hotel: 15,
      hostel: 15,
      camp_site: 14,
      attraction: 15,
      alpine_hut: 13,
      viewpoint: 15,
    },
  ],
  ['historic', { castle: 13 }],
  ['office', { government: 15 }],
  ['man_made', { works: 14, wastewater_plant: 14 }],
];

/** Places that a crew finds by its sign, named or not; the others are shown only with a name. */
const NAMELESS: ReadonlySet<string> = new Set([
  'hospital',
  'police',
  'fire_station',
  'ambulance_station',
  'school',
  'kindergarten',
  'clinic',
  'fuel',
  'bus_stop',
  'helipad',
  'parking',
  'defibrillator',
  'fire_hydrant',
  'assembly_point',
  'phone',
]);

/** A place of interest, or `undefined`. Areas become points in their middle. */
export function drawPoi(tags: OsmTags): Drawing | undefined {
  const names = namesOf(tags);
  for (const [key, zooms] of POIS) {
    const kind = tags.get(key);
    const minZoom = kind === undefined ? undefined : zooms[kind];
    if (kind === undefined || minZoom === undefined) continue;
    if (names.name === undefined && !NAMELESS.has(kind)) continue;
    return poi(kind, minZoom, { ...names, ...more(tags, kind) });
  }
  const shop = tags.get('shop');
  if (shop !== undefined && shop !== 'vacant' && names.name !== undefined) {
    return poi(shop, shop === 'mall' ? 14 : 15, names);
  }
  return undefined;
}

function poi(
  kind: string,
  minZoom: number,
  fields: Readonly<Record<string, string | number | boolean>>,
): Drawing {
  return {
    layer: 'pois',
    shape: 'point',
    attributes: { kind, ...fields, min_zoom: minZoom },
    minZoom,
    rank: 20 - minZoom,
  };
}

function more(tags: OsmTags, kind: string): Readonly<Record<string, string | number | boolean>> {
  switch (kind) {
    case 'peak':
      return field('elevation', numberTag(tags, 'ele'));
    case 'place_of_worship':
      return field('religion', tags.get('religion'));
    case 'restaurant':
      return field('cuisine', tags.get('cuisine'));
    case 'aerodrome':
      return field('iata', tags.get('iata'));
    default:
      return {};
  }
}

interface PlaceClass {
  readonly kind: 'country' | 'region' | 'locality' | 'macrohood' | 'neighbourhood';
  readonly minZoom: number;
  readonly rank: number;
}

const PLACES: Readonly<Record<string, PlaceClass>> = {
  country: { kind: 'country', minZoom: 2, rank: 100 },
  state: { kind: 'region', minZoom: 4, rank: 90 },
  province: { kind: 'region', minZoom: 4, rank: 90 },
  city: { kind: 'locality', minZoom: 6, rank: 80 },
  town: { kind: 'locality', minZoom: 8, rank: 70 },
  village: { kind: 'locality', minZoom: 10, rank: 60 },
  suburb: { kind: 'macrohood', minZoom: 11, rank: 50 },
  borough: { kind: 'macrohood', minZoom: 11, rank: 50 },
  quarter: { kind: 'neighbourhood', minZoom: 12, rank: 40 },
  neighbourhood: { kind: 'neighbourhood', minZoom: 12, rank: 30 },
  hamlet: { kind: 'locality', minZoom: 12, rank: 25 },
  isolated_dwelling: { kind: 'locality', minZoom: 14, rank: 10 },
  farm: { kind: 'locality', minZoom: 14, rank: 10 },
  locality: { kind: 'locality', minZoom: 14, rank: 5 },
};

/** Lower bounds of population, from the largest rank down; a place of unknown size has rank 0. */
const POPULATIONS = [
  1e9, 1e8, 5e7, 2e7, 1e7, 5e6, 1e6, 5e5, 2e5, 1e5, 5e4, 2e4, 1e4, 5e3, 2e3, 1e3, 200,
] as const;

/** A country, town, quarter or hamlet with a name. */
export function drawPlace(tags: OsmTags): Drawing | undefined {
  const detail = tags.get('place');
  const place = detail === undefined ? undefined : PLACES[detail];
  const names = namesOf(tags);
  if (!detail || !place || names.name === undefined) return undefined;
  const population = numberTag(tags, 'population');
  const populationRank = rankOf(population);
  const capital = tags.get('capital') === 'no' ? undefined : tags.get('capital');
  // A million people or a seat of government is seen from further away than the class alone says.
  const early = place.kind === 'locality' && (populationRank >= 11 || capital === 'yes') ? 2 : 0;
  const minZoom = place.minZoom - early;
  return {
    layer: 'places',
    shape: 'point',
    attributes: {
      kind: place.kind,
      kind_detail: detail,
      ...names,
      ...field('capital', capital),
      ...field('population', population === undefined ? undefined : Math.round(population)),
      population_rank: populationRank,
      min_zoom: minZoom,
    },
    minZoom,
    rank: place.rank + populationRank,
  };
}

function rankOf(population: number | undefined): number {
  if (population === undefined) return 0;
  const index = POPULATIONS.findIndex((least) => population >= least);
  return index < 0 ? 0 : POPULATIONS.length - index;
}

/** A house number to write on the map, or `undefined`. It is drawn in the layer of the buildings, as a point. */
export function drawAddress(tags: OsmTags): Drawing | undefined {
  const number = tags.get('addr:housenumber');
  if (number === undefined || number === '') return undefined;
  return {
    layer: 'buildings',
    shape: 'point',
    attributes: { kind: 'address', addr_housenumber: number },
    minZoom: 15,
    rank: 2,
  };
}

/** What is written in the middle of an area: its name when it is water, what it is to visit, its house number. */
export function drawAreaPoints(tags: OsmTags): readonly Drawing[] {
  const drawn: Drawing[] = [];
  const water = drawWater(tags);
  const names = namesOf(tags);
  if (water && names.name !== undefined) {
    const attributes = { ...water.attributes, ...names };
    drawn.push({ layer: 'water', shape: 'point', attributes, minZoom: 5, rank: 2, byArea: true });
  }
  const found = drawPoi(tags);
  if (found) drawn.push(GROUNDS.has(String(found.attributes.kind)) ? { ...found, byArea: true } : found);
  const address = drawAddress(tags);
  if (address) drawn.push(address);
  return drawn;
}

/** Places that are known for their extent: a park of a few square metres need not be named. */
const GROUNDS: ReadonlySet<string> = new Set([
  'park',
  'nature_reserve',
  'national_park',
  'cemetery',
  'golf_course',
]);
