import {
  BOLD,
  type Expression,
  evenly,
  from,
  get,
  isArea,
  isLine,
  isOneOf,
  type Layer,
  nameIn,
  REGULAR,
} from './expressions.js';
import type { Palette } from './palette.js';
import { poiLayers, signLayers } from './pois.js';

export type StyleLanguage = 'en' | 'zh-CN';

/** Text and signs, from the least important to the most: what comes later finds room first. */
export function labelLayers(palette: Palette, language: StyleLanguage): readonly Layer[] {
  const name = nameIn(language);
  const halo = { 'text-halo-color': palette.halo, 'text-halo-width': 1.4 } as const;
  return [
    oneway(),
    {
      ...from('buildings'),
      id: 'house-numbers',
      type: 'symbol',
      minzoom: 17,
      filter: isOneOf('kind', 'address'),
      layout: {
        'text-field': get('addr_housenumber'),
        'text-font': REGULAR,
        'text-size': evenly({ 17: 10.5, 20: 14 }),
        'text-padding': 1,
      },
      paint: { 'text-color': palette.numberText, ...halo },
    },
    ...waterNames(palette, name),
    ...poiLayers(palette, name),
    {
      ...from('roads'),
      id: 'path-names',
      type: 'symbol',
      minzoom: 15.5,
      filter: ['all', isLine, isOneOf('kind', 'path'), ['has', 'name']],
      layout: alongLine(name, evenly({ 15: 10, 18: 12 })),
      paint: { 'text-color': palette.poiText, ...halo },
    },
    {
      ...from('roads'),
      id: 'street-names-minor',
      type: 'symbol',
      minzoom: 14,
      filter: ['all', isLine, isOneOf('kind', 'minor_road'), ['has', 'name']],
      layout: alongLine(name, evenly({ 14: 10.5, 17: 13, 20: 17 })),
      paint: { 'text-color': palette.streetText, ...halo },
    },
    {
      ...from('roads'),
      id: 'street-names-major',
      type: 'symbol',
      minzoom: 12.5,
      filter: ['all', isLine, isOneOf('kind', 'highway', 'major_road'), ['has', 'name']],
      layout: alongLine(name, evenly({ 13: 11, 17: 14.5, 20: 19 })),
      paint: { 'text-color': palette.streetText, ...halo, 'text-halo-width': 1.6 },
    },
    shields(palette),
    ...signLayers(palette, name),
    ...placeNames(palette, name),
  ];
}

type SymbolLayer = Extract<Layer, { type: 'symbol' }>;

function alongLine(name: Expression, size: Expression): NonNullable<SymbolLayer['layout']> {
  return {
    'symbol-placement': 'line',
    'symbol-spacing': 300,
    'text-field': name,
    'text-font': REGULAR,
    'text-size': size,
    'text-max-angle': 35,
    'text-padding': 4,
    'text-letter-spacing': 0.02,
  };
}

/** The arrow of a one-way street points along its line. */
function oneway(): Layer {
  return {
    ...from('roads'),
    id: 'oneway-arrows',
    type: 'symbol',
    minzoom: 15.5,
    filter: ['all', isLine, isOneOf('kind', 'highway', 'major_road', 'minor_road'), isOneOf('oneway', 'yes')],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 110,
      'icon-image': 'oneway',
      'icon-size': evenly({ 15.5: 0.7, 18: 1.2 }),
      'icon-padding': 2,
      'icon-rotation-alignment': 'map',
      'icon-ignore-placement': true,
    },
  };
}

function shields(palette: Palette): Layer {
  return {
    ...from('roads'),
    id: 'road-numbers',
    type: 'symbol',
    minzoom: 9,
    filter: [
      'all',
      isLine,
      isOneOf('kind', 'highway', 'major_road'),
      ['has', 'ref'],
      ['<=', ['length', ['to-string', get('ref')]], 7],
      ['!', isOneOf('kind_detail', 'tertiary', 'tertiary_link')],
    ],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 420,
      'text-field': get('ref'),
      'text-font': BOLD,
      'text-size': 10,
      'text-rotation-alignment': 'viewport',
      'icon-rotation-alignment': 'viewport',
      'icon-image': 'shield',
      'icon-text-fit': 'both',
      'icon-text-fit-padding': [1, 3, 1, 3],
      'text-padding': 20,
    },
    paint: { 'text-color': palette.shieldText },
  };
}

function waterNames(palette: Palette, name: Expression): readonly Layer[] {
  const paint = {
    'text-color': palette.waterText,
    'text-halo-color': palette.waterHalo,
    'text-halo-width': 1.2,
  };
  return [
    {
      ...from('water'),
      id: 'stream-names',
      type: 'symbol',
      minzoom: 12,
      filter: ['all', isLine, ['has', 'name']],
      layout: { ...alongLine(name, evenly({ 12: 10.5, 18: 14 })), 'text-letter-spacing': 0.06 },
      paint,
    },
    {
      ...from('water'),
      id: 'lake-names',
      type: 'symbol',
      filter: ['all', ['!', isArea], ['!', isLine], ['has', 'name']],
      layout: {
        'text-field': name,
        'text-font': REGULAR,
        'text-size': evenly({ 6: 10.5, 16: 14 }),
        'text-max-width': 7,
      },
      paint,
    },
  ];
}

function placeNames(palette: Palette, name: Expression): readonly Layer[] {
  const halo = { 'text-halo-color': palette.halo, 'text-halo-width': 1.6 };
  return [
    {
      ...from('places'),
      id: 'quarter-names',
      type: 'symbol',
      minzoom: 12,
      maxzoom: 17,
      filter: isOneOf('kind', 'neighbourhood', 'macrohood'),
      layout: {
        'text-field': name,
        'text-font': REGULAR,
        'text-size': evenly({ 12: 11, 16: 15 }),
        'text-letter-spacing': 0.08,
        'text-max-width': 7,
        'text-padding': 8,
      },
      paint: { 'text-color': palette.poiText, ...halo },
    },
    {
      ...from('places'),
      id: 'place-names',
      type: 'symbol',
      maxzoom: 17,
      filter: isOneOf('kind', 'locality'),
      layout: {
        // A seat of government before a larger place without one.
        'symbol-sort-key': [
          '-',
          ['case', ['has', 'capital'], -10, 0],
          ['coalesce', get('population_rank'), 0],
        ],
        'text-field': name,
        'text-font': ['case', largerTown(), ['literal', BOLD], ['literal', REGULAR]],
        'text-size': evenly({
          6: ['case', largerTown(), 12, 10],
          12: ['case', largerTown(), 18, 13],
          16: ['case', largerTown(), 24, 16],
        }),
        'text-max-width': 8,
        'text-padding': 4,
      },
      paint: { 'text-color': palette.placeText, ...halo },
    },
    {
      ...from('places'),
      id: 'region-names',
      type: 'symbol',
      maxzoom: 8,
      filter: isOneOf('kind', 'country', 'region'),
      layout: {
        'text-field': name,
        'text-font': ['case', isOneOf('kind', 'country'), ['literal', BOLD], ['literal', REGULAR]],
        'text-size': evenly({ 3: 11, 8: 16 }),
        'text-transform': 'uppercase',
        'text-letter-spacing': 0.1,
        'text-max-width': 7,
      },
      paint: { 'text-color': palette.placeText, 'text-opacity': 0.8, ...halo },
    },
  ];
}

/** Cities and towns, or a place that is known to be as large as one. */
function largerTown(): Expression {
  return ['any', isOneOf('kind_detail', 'city', 'town'), ['>=', ['coalesce', get('population_rank'), 0], 8]];
}
