import {
  BOLD,
  type Expression,
  evenly,
  from,
  get,
  isOneOf,
  isPoint,
  type Layer,
  REGULAR,
} from './expressions.js';
import type { Palette } from './palette.js';

/** Places that a dispatcher looks for first: always drawn with their sign, from far away. */
const FIRST = ['hospital', 'police', 'fire_station', 'ambulance_station'];
const SECOND = [
  'school',
  'clinic',
  'university',
  'college',
  'bus_station',
  'ferry_terminal',
  'aerodrome',
  'helipad',
];
const RAIL = ['station', 'halt', 'train_station'];
/** Small things that a crew looks for when it is there. */
const EQUIPMENT = ['defibrillator', 'fire_hydrant', 'assembly_point', 'phone', 'emergency_phone'];
const GROUNDS = [
  'park',
  'national_park',
  'nature_reserve',
  'golf_course',
  'cemetery',
  'zoo',
  'forest',
  'garden',
];

/** Places that are not urgent, from zoom 16; peaks and parks from further away. */
export function poiLayers(palette: Palette, name: Expression): readonly Layer[] {
  const halo = { 'text-halo-color': palette.halo, 'text-halo-width': 1.2 };
  const beside: NonNullable<Extract<Layer, { type: 'symbol' }>['layout']> = {
    'text-field': name,
    'text-font': REGULAR,
    'text-size': 11,
    'text-anchor': 'top',
    'text-offset': [0, 1],
    'text-max-width': 8,
    'text-optional': true,
  };
  const apart = [...FIRST, ...SECOND, ...RAIL, ...EQUIPMENT, ...GROUNDS, 'peak'];
  return [
    {
      ...from('pois'),
      id: 'equipment',
      type: 'symbol',
      minzoom: 17,
      filter: isOneOf('kind', ...EQUIPMENT),
      layout: {
        'icon-image': [
          'match',
          get('kind'),
          ['fire_hydrant'],
          'hydrant',
          ['assembly_point'],
          'poi-assembly_point',
          ['defibrillator'],
          'poi-defibrillator',
          'dot',
        ],
        'icon-size': ['match', get('kind'), ['fire_hydrant'], 1, 0.7],
        'icon-padding': 0,
      },
    },
    {
      ...from('pois'),
      id: 'pois',
      type: 'symbol',
      minzoom: 16,
      filter: [
        'all',
        isPoint,
        ['!', isOneOf('kind', ...apart)],
        // A car park has no more than its sign to show, and a town is full of them.
        ['any', ['>=', ['zoom'], 17], ['!', isOneOf('kind', 'parking', 'charging_station')]],
      ],
      layout: { ...beside, 'icon-image': poiIcon(), 'icon-size': 0.72 },
      paint: { 'text-color': palette.poiText, ...halo },
    },
    {
      ...from('pois'),
      id: 'peaks',
      type: 'symbol',
      minzoom: 12,
      filter: isOneOf('kind', 'peak'),
      layout: { ...beside, 'icon-image': 'peak', 'text-offset': [0, 0.6], 'text-size': 10.5 },
      paint: { 'text-color': palette.poiText, ...halo },
    },
    {
      ...from('pois'),
      id: 'grounds',
      type: 'symbol',
      minzoom: 12,
      filter: ['all', isPoint, isOneOf('kind', ...GROUNDS), ['has', 'name']],
      layout: {
        'text-field': name,
        'text-font': REGULAR,
        'text-size': evenly({ 12: 10.5, 17: 13 }),
        'text-max-width': 8,
        'text-padding': 6,
      },
      paint: { 'text-color': palette.greenText, ...halo },
    },
  ];
}

/** Signs of places that are not urgent. What has no sign of its own is a dot. */
function poiIcon(): Expression {
  return [
    'match',
    get('kind'),
    ['pharmacy'],
    'poi-pharmacy',
    ['doctors', 'dentist'],
    'poi-clinic',
    ['kindergarten'],
    'poi-school',
    ['bus_stop', 'tram_stop', 'subway_entrance'],
    'poi-bus',
    ['fuel', 'charging_station'],
    'poi-fuel',
    ['parking'],
    'poi-parking',
    ['townhall', 'courthouse', 'government', 'museum', 'post_office', 'bank', 'prison', 'theatre'],
    'poi-townhall',
    ['library', 'books'],
    'poi-library',
    ['hotel', 'hostel', 'guest_house', 'alpine_hut', 'nursing_home', 'social_facility'],
    'poi-lodging',
    ['restaurant', 'fast_food', 'cafe', 'bar', 'pub', 'nightclub'],
    'poi-food',
    ['supermarket', 'convenience', 'mall', 'marketplace', 'department_store', 'clothes', 'bakery'],
    'poi-shop',
    ['place_of_worship'],
    ['case', isOneOf('religion', 'christian'), 'poi-worship', 'poi-townhall'],
    'dot',
  ];
}

/** Signs that a dispatcher looks for: schools and stations from zoom 13.5, police, fire and hospitals from 11.5. */
export const signLayers = (palette: Palette, name: Expression): readonly Layer[] => [
  signs(palette, name, 'signs-second', 13.5, [...SECOND, ...RAIL]),
  signs(palette, name, 'signs-first', 11.5, FIRST),
];

function signs(
  palette: Palette,
  name: Expression,
  id: string,
  minzoom: number,
  kinds: readonly string[],
): Layer {
  return {
    ...from('pois'),
    id,
    type: 'symbol',
    minzoom,
    filter: ['all', isPoint, isOneOf('kind', ...kinds)],
    layout: {
      'icon-image': [
        'match',
        get('kind'),
        [...RAIL],
        'poi-railway',
        ['university', 'college', 'school'],
        'poi-school',
        ['bus_station'],
        'poi-bus',
        ['ferry_terminal'],
        'poi-ferry',
        ['aerodrome'],
        'poi-airport',
        ['concat', 'poi-', get('kind')],
      ],
      'icon-size': evenly({ 11: 0.6, 15: 0.9, 18: 1.1 }),
      'text-field': ['step', ['zoom'], '', 14.5, name],
      'text-font': id === 'signs-first' ? BOLD : REGULAR,
      'text-size': evenly({ 14: 10.5, 18: 12.5 }),
      'text-anchor': 'top',
      'text-offset': [0, 1.1],
      'text-max-width': 8,
      'text-optional': true,
    },
    paint: { 'text-color': palette.poiText, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
  };
}
