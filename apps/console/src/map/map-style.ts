import type { UiLocale } from '@lamplight/ui';
import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl';

/** Colours of the map, read from the design tokens so that map and lists can never disagree. */
export function readToken(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * Font of all text on the map. The style names no glyph server, so MapLibre draws each letter from the fonts of the
 * machine; nothing is loaded from elsewhere.
 */
const FONT = [
  'Noto Sans',
  'Liberation Sans',
  'PingFang SC',
  'Microsoft YaHei',
  'Noto Sans CJK SC',
  'sans-serif',
];

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };
const ofClass = (...classes: readonly string[]): ExpressionSpecification => [
  'in',
  ['get', 'class'],
  ['literal', [...classes]],
];
const byZoom = (...stops: readonly number[]): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  ...stops,
];

/** Symbols shrink when the whole city is in sight; the selected one stays large. */
const iconSize = (far: number, near: number): ExpressionSpecification => [
  'interpolate',
  ['linear'],
  ['zoom'],
  10,
  ['case', ['get', 'selected'], near, far],
  13,
  ['case', ['get', 'selected'], near * 1.2, near],
];

const MAJOR = ofClass('motorway', 'trunk', 'primary', 'motorway_link', 'trunk_link', 'primary_link');
const MAIN = ofClass('secondary', 'secondary_link', 'tertiary', 'tertiary_link');
const PATHS = ofClass('footway', 'path', 'cycleway', 'pedestrian', 'bridleway', 'track', 'service');

/** Sources that the board feeds, by name. */
export const BOARD_SOURCES = ['units', 'incidents', 'stations', 'route', 'draft'] as const;
export type BoardSource = (typeof BOARD_SOURCES)[number];

/** The whole style for the theme that is on now: streets of the imported network and what the board shows on them. */
export function mapStyle(locale: UiLocale): StyleSpecification {
  const name: ExpressionSpecification = [
    'coalesce',
    ['get', locale === 'en' ? 'name_en' : 'name_zh'],
    ['get', 'name'],
  ];
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const streets = { type: 'line', source: 'streets', 'source-layer': 'streets', layout: round } as const;
  const halo = { 'text-halo-color': readToken('--map-halo'), 'text-halo-width': 1.6 };
  return {
    version: 8,
    sources: {
      streets: {
        type: 'vector',
        tiles: [`${window.location.origin}/api/v1/tiles/{z}/{x}/{y}.mvt`],
        minzoom: 0,
        maxzoom: 14,
      },
      units: { type: 'geojson', data: empty },
      incidents: { type: 'geojson', data: empty },
      stations: { type: 'geojson', data: empty },
      route: { type: 'geojson', data: empty },
      draft: { type: 'geojson', data: empty },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': readToken('--map-ground') } },
      {
        ...streets,
        id: 'streets-paths',
        minzoom: 14,
        filter: PATHS,
        paint: { 'line-color': readToken('--map-street'), 'line-width': byZoom(14, 0.6, 18, 4) },
      },
      {
        ...streets,
        id: 'streets-minor',
        filter: ['all', ['!', MAJOR], ['!', MAIN], ['!', PATHS]],
        paint: { 'line-color': readToken('--map-street'), 'line-width': byZoom(10, 0.5, 14, 2.2, 18, 14) },
      },
      {
        ...streets,
        id: 'streets-main',
        filter: MAIN,
        paint: {
          'line-color': readToken('--map-street-main'),
          'line-width': byZoom(9, 0.7, 14, 3.6, 18, 20),
        },
      },
      {
        ...streets,
        id: 'streets-major',
        filter: MAJOR,
        paint: { 'line-color': readToken('--map-street-major'), 'line-width': byZoom(8, 0.8, 14, 5, 18, 26) },
      },
      {
        id: 'route',
        type: 'line',
        source: 'route',
        layout: round,
        paint: { 'line-color': readToken('--map-route'), 'line-width': 4, 'line-opacity': 0.85 },
      },
      {
        id: 'street-names',
        type: 'symbol',
        source: 'streets',
        'source-layer': 'streets',
        minzoom: 13,
        filter: ['has', 'name'],
        layout: {
          'symbol-placement': 'line',
          'symbol-spacing': 320,
          'text-field': name,
          'text-font': FONT,
          'text-size': byZoom(13, 11, 17, 14),
        },
        paint: { 'text-color': readToken('--map-label'), ...halo },
      },
      {
        id: 'stations',
        type: 'symbol',
        source: 'stations',
        layout: {
          'icon-image': 'station',
          'icon-allow-overlap': true,
          'text-field': ['step', ['zoom'], '', 13, ['get', 'name']],
          'text-font': FONT,
          'text-size': 11,
          'text-anchor': 'top',
          'text-offset': [0, 0.9],
          'text-optional': true,
        },
        paint: { 'text-color': readToken('--map-label'), ...halo },
      },
      {
        id: 'unit-heading',
        type: 'symbol',
        source: 'units',
        filter: ['has', 'bearing'],
        layout: {
          'icon-image': ['concat', 'heading:', ['get', 'mark']],
          'icon-rotate': ['get', 'bearing'],
          'icon-rotation-alignment': 'map',
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
        },
      },
      {
        id: 'units',
        type: 'symbol',
        source: 'units',
        layout: {
          'icon-image': ['concat', 'unit:', ['get', 'mark'], ['case', ['get', 'stale'], ':stale', '']],
          'icon-rotate': ['case', ['==', ['get', 'mark'], 'moving'], ['coalesce', ['get', 'bearing'], 0], 0],
          'icon-rotation-alignment': 'map',
          'icon-size': iconSize(0.75, 1),
          // At the scene a unit stands where its incident does; it is drawn below the incident's sign.
          'icon-offset': [
            'case',
            ['==', ['get', 'mark'], 'scene'],
            ['literal', [0, 20]],
            ['literal', [0, 0]],
          ],
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'symbol-sort-key': ['get', 'order'],
          'text-field': [
            'step',
            ['zoom'],
            ['case', ['get', 'selected'], ['get', 'label'], ''],
            12.5,
            ['get', 'label'],
          ],
          'text-font': FONT,
          'text-size': 11,
          'text-anchor': 'top',
          'text-offset': [
            'case',
            ['==', ['get', 'mark'], 'scene'],
            ['literal', [0, 2.5]],
            ['literal', [0, 0.85]],
          ],
          'text-optional': true,
        },
        paint: { 'text-color': readToken('--text'), ...halo },
      },
      {
        id: 'incidents',
        type: 'symbol',
        source: 'incidents',
        layout: {
          'icon-size': iconSize(0.7, 1),
          'icon-image': [
            'concat',
            'incident:',
            ['get', 'shape'],
            ['case', ['get', 'selected'], ':selected', ''],
          ],
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'symbol-sort-key': ['get', 'order'],
          'text-field': [
            'step',
            ['zoom'],
            ['case', ['get', 'selected'], ['get', 'label'], ''],
            12,
            ['get', 'label'],
          ],
          'text-font': FONT,
          'text-size': 12,
          'text-anchor': 'bottom',
          'text-offset': ['case', ['get', 'selected'], ['literal', [0, -2.1]], ['literal', [0, -1.5]]],
          'text-max-width': 12,
          'text-optional': true,
        },
        paint: { 'text-color': readToken('--text'), ...halo },
      },
      {
        id: 'draft',
        type: 'symbol',
        source: 'draft',
        layout: { 'icon-image': 'draft', 'icon-allow-overlap': true, 'icon-ignore-placement': true },
      },
    ],
  };
}
