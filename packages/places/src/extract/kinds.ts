import type { OsmTags } from '@lamplight/roads';
import type { PlaceKind } from '../model.js';
import { clean } from './names.js';

/** What the tags of an OSM object make of it. */
export interface Classification {
  readonly kind: PlaceKind;
  /** The tag that decided, such as `amenity=school`. */
  readonly category: string;
  /** How likely it is meant, other things equal, in [0, 1]. */
  readonly prominence: number;
}

/** Kind and prominence by the value of a tag; `*` is any other value. Keys are tried in this order. */
const RULES: readonly (readonly [
  key: string,
  values: Readonly<Record<string, readonly [PlaceKind, number]>>,
])[] = [
  [
    'place',
    {
      country: ['region', 0.5],
      state: ['region', 0.7],
      province: ['region', 0.7],
      region: ['region', 0.5],
      county: ['region', 0.7],
      city: ['settlement', 1],
      municipality: ['settlement', 0.9],
      town: ['settlement', 0.9],
      village: ['settlement', 0.8],
      district: ['quarter', 0.8],
      borough: ['quarter', 0.75],
      suburb: ['quarter', 0.7],
      quarter: ['quarter', 0.65],
      neighbourhood: ['quarter', 0.6],
      hamlet: ['quarter', 0.6],
      isolated_dwelling: ['locality', 0.35],
      farm: ['locality', 0.35],
      square: ['leisure', 0.5],
      '*': ['locality', 0.3],
    },
  ],
  ['emergency', { ambulance_station: ['emergency', 0.7], '*': ['other', 0.1] }],
  [
    'amenity',
    {
      hospital: ['health', 0.85],
      clinic: ['health', 0.55],
      doctors: ['health', 0.4],
      dentist: ['health', 0.3],
      pharmacy: ['health', 0.4],
      nursing_home: ['health', 0.5],
      police: ['emergency', 0.75],
      fire_station: ['emergency', 0.75],
      university: ['education', 0.75],
      college: ['education', 0.65],
      school: ['education', 0.6],
      kindergarten: ['education', 0.45],
      library: ['education', 0.5],
      bus_station: ['transport', 0.65],
      ferry_terminal: ['transport', 0.6],
      fuel: ['transport', 0.45],
      parking: ['transport', 0.25],
      charging_station: ['transport', 0.2],
      place_of_worship: ['worship', 0.45],
      townhall: ['office', 0.6],
      courthouse: ['office', 0.55],
      prison: ['office', 0.6],
      restaurant: ['food', 0.35],
      cafe: ['food', 0.35],
      bar: ['food', 0.35],
      pub: ['food', 0.35],
      fast_food: ['food', 0.35],
      marketplace: ['shop', 0.5],
      bank: ['office', 0.35],
      theatre: ['leisure', 0.5],
      cinema: ['leisure', 0.5],
      bench: ['other', 0.02],
      '*': ['other', 0.3],
    },
  ],
  ['railway', { station: ['transport', 0.8], halt: ['transport', 0.65], tram_stop: ['transport', 0.4] }],
  ['aeroway', { aerodrome: ['transport', 0.85], terminal: ['transport', 0.7] }],
  [
    'public_transport',
    { station: ['transport', 0.6], stop_position: ['transport', 0.2], platform: ['transport', 0.25] },
  ],
  ['highway', { bus_stop: ['transport', 0.3], services: ['transport', 0.5], rest_area: ['transport', 0.45] }],
  ['healthcare', { hospital: ['health', 0.8], '*': ['health', 0.4] }],
  [
    'shop',
    { mall: ['shop', 0.6], supermarket: ['shop', 0.45], department_store: ['shop', 0.5], '*': ['shop', 0.3] },
  ],
  [
    'tourism',
    {
      hotel: ['lodging', 0.5],
      hostel: ['lodging', 0.4],
      guest_house: ['lodging', 0.4],
      museum: ['leisure', 0.55],
      attraction: ['leisure', 0.5],
      alpine_hut: ['lodging', 0.45],
      information: ['other', 0.1],
      '*': ['leisure', 0.35],
    },
  ],
  [
    'leisure',
    {
      park: ['leisure', 0.55],
      stadium: ['leisure', 0.65],
      sports_centre: ['leisure', 0.55],
      '*': ['leisure', 0.35],
    },
  ],
  ['historic', { castle: ['leisure', 0.6], '*': ['leisure', 0.3] }],
  ['office', { government: ['office', 0.5], '*': ['office', 0.3] }],
  ['craft', { '*': ['shop', 0.3] }],
  ['club', { '*': ['leisure', 0.3] }],
  ['man_made', { bridge: ['other', 0.45], '*': ['other', 0.3] }],
  [
    'landuse',
    {
      industrial: ['other', 0.45],
      commercial: ['other', 0.45],
      residential: ['quarter', 0.45],
      '*': ['other', 0.3],
    },
  ],
  ['building', { '*': ['building', 0.35] }],
  ['natural', { peak: ['nature', 0.4], water: ['nature', 0.4], '*': ['nature', 0.3] }],
  ['waterway', { river: ['nature', 0.4], dam: ['nature', 0.4], '*': ['nature', 0.25] }],
  ['aerialway', { station: ['transport', 0.4] }],
];

/** What a named object is, by the first key that decides; `undefined` for what is not a place to look for. */
export function classify(tags: OsmTags): Classification | undefined {
  for (const [key, values] of RULES) {
    const value = tags.get(key);
    if (value === undefined || value === 'no') continue;
    const rule = values[value] ?? values['*'];
    if (rule) return { kind: rule[0], category: clean(`${key}=${value}`), prominence: rule[1] };
  }
  return undefined;
}

/** How prominent a street is, by the value of its `highway`. */
export function streetProminence(highway: string): number {
  return STREETS[highway.replace(/_link$/, '')] ?? 0.45;
}

const STREETS: Readonly<Record<string, number>> = {
  motorway: 0.7,
  trunk: 0.7,
  primary: 0.7,
  secondary: 0.68,
  tertiary: 0.65,
  unclassified: 0.6,
  residential: 0.6,
  living_street: 0.6,
  pedestrian: 0.6,
  service: 0.5,
  busway: 0.4,
  footway: 0.4,
  cycleway: 0.35,
  path: 0.35,
  steps: 0.35,
  track: 0.4,
};

/** Values of `highway` that are lines one can live on or stand in. */
export const isStreet = (highway: string): boolean =>
  STREETS[highway.replace(/_link$/, '')] !== undefined || highway === 'road';
