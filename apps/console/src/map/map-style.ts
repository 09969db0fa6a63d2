import type { UiLocale } from '@lamplight/ui';
import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, LineLayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Theme } from '../state/preferences.js';

/** Colours of the map, read from the design tokens so that map and lists can never disagree. */
export function readToken(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** With the base map, letters come from the server, and Chinese ones from the fonts of the machine. */
const GLYPH_FONT = ['Noto Sans Regular'];
/** Without it the style names no glyph server, and MapLibre draws every letter from the fonts of the machine. */
const LOCAL_FONT = [
  'Noto Sans',
  'Liberation Sans',
  'PingFang SC',
  'Microsoft YaHei',
  'Noto Sans CJK SC',
  'sans-serif',
];

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };
/**
 * Sources that are fed with features, by name. `matched` is what a sketch of a road condition would bear on; `draft` is
 * where a call is from, as a point and, where that is uncertain, the area it lies in.
 */
export const BOARD_SOURCES = ['stations', 'conditions', 'matched', 'reach', 'route', 'draft'] as const;
export type BoardSource = (typeof BOARD_SOURCES)[number];

/**
 * The whole style for the theme that is on now: the base map of the server, and what the board shows on it. Where the
 * base map cannot be had there is bare ground, and the board all the same.
 */
export async function mapStyle(locale: UiLocale, theme: Theme): Promise<StyleSpecification> {
  const base = await fetchBase(locale, theme).catch(() => null);
  const font = base ? GLYPH_FONT : LOCAL_FONT;
  const layers = base?.layers ?? [bareGround()];
  const firstLabel = layers.findIndex(({ type }) => type === 'symbol');
  const ground = firstLabel < 0 ? layers : layers.slice(0, firstLabel);
  const labels = firstLabel < 0 ? [] : layers.slice(firstLabel);
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const halo = { 'text-halo-color': readToken('--map-halo'), 'text-halo-width': 1.6 };
  return {
    version: 8,
    ...(base?.glyphs !== undefined && { glyphs: base.glyphs }),
    ...(base?.sprite !== undefined && { sprite: base.sprite }),
    sources: {
      ...base?.sources,
      ...Object.fromEntries(BOARD_SOURCES.map((name) => [name, { type: 'geojson', data: empty }] as const)),
    },
    layers: [
      ...ground,
      ...reachLayers(),
      ...conditionLayers(),
      ...matchedLayers(),
      {
        id: 'route-edge',
        type: 'line',
        source: 'route',
        layout: round,
        paint: { 'line-color': readToken('--map-halo'), 'line-width': ['case', ['get', 'main'], 7, 5] },
      },
      {
        id: 'route',
        type: 'line',
        source: 'route',
        layout: round,
        paint: {
          'line-color': readToken('--map-route'),
          'line-width': ['case', ['get', 'main'], 4, 2.5],
          'line-opacity': 0.9,
        },
      },
      // Names of streets stay readable on what is drawn along them.
      ...labels,
      {
        id: 'stations',
        type: 'symbol',
        source: 'stations',
        layout: {
          'icon-image': 'station',
          'icon-allow-overlap': true,
          'text-field': ['step', ['zoom'], '', 13, ['get', 'name']],
          'text-font': font,
          'text-size': 11,
          'text-anchor': 'top',
          'text-offset': [0, 0.9],
          'text-optional': true,
        },
        paint: { 'text-color': readToken('--map-label'), ...halo },
      },
      {
        id: 'draft-area',
        type: 'fill',
        source: 'draft',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': readToken('--focus'), 'fill-opacity': 0.12 },
      },
      {
        id: 'draft-area-edge',
        type: 'line',
        source: 'draft',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'line-color': readToken('--focus'), 'line-width': 1.5, 'line-dasharray': [3, 2] },
      },
      {
        id: 'draft',
        type: 'symbol',
        source: 'draft',
        filter: ['==', ['geometry-type'], 'Point'],
        layout: { 'icon-image': 'draft', 'icon-allow-overlap': true, 'icon-ignore-placement': true },
      },
    ],
  };
}

async function fetchBase(locale: UiLocale, theme: Theme): Promise<StyleSpecification> {
  const time = theme === 'light' ? 'day' : 'night';
  const response = await fetch(`/api/v1/map/style?theme=${time}&language=${locale}`);
  if (!response.ok) throw new Error(`the style of the base map: ${response.status}`);
  return response.json();
}

const bareGround = (): StyleSpecification['layers'][number] => ({
  id: 'ground',
  type: 'background',
  paint: { 'background-color': readToken('--map-ground') },
});

/** Ground by travel time: what is near is deeper in colour and has a firm edge, what is far a dashed one. */
function reachLayers(): StyleSpecification['layers'] {
  const colour = readToken('--map-reach');
  const within5: ExpressionSpecification = ['<=', ['get', 'minutes'], 5];
  return [
    {
      id: 'reach',
      type: 'fill',
      source: 'reach',
      paint: { 'fill-color': colour, 'fill-opacity': 0.13, 'fill-antialias': false },
    },
    {
      id: 'reach-edge-far',
      type: 'line',
      source: 'reach',
      filter: ['!', within5],
      paint: { 'line-color': colour, 'line-width': 1.5, 'line-dasharray': [4, 3] },
    },
    {
      id: 'reach-edge-near',
      type: 'line',
      source: 'reach',
      filter: within5,
      paint: { 'line-color': colour, 'line-width': 2.2 },
    },
  ];
}

/** Pieces of street that a condition being drawn would bear on: a casing along both sides. */
function matchedLayers(): StyleSpecification['layers'] {
  return [
    {
      id: 'matched',
      type: 'line',
      source: 'matched',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': readToken('--focus'), 'line-width': 2, 'line-gap-width': 6 },
    },
  ];
}

/** Layers of road conditions that a press can find. */
export const CONDITION_LAYERS = [
  'conditions-drawn-slowed',
  'conditions-drawn-closed',
  'conditions-later-slowed',
  'conditions-later-closed',
  'conditions-slowed',
  'conditions-closed',
] as const;

/**
 * Closed and slow streets, told apart by pattern as well as by colour: closed ones are barred, slow ones dotted, those
 * of later thin, and the outline of what somebody drew finer still.
 */
function conditionLayers(): LineLayerSpecification[] {
  const drawn: ExpressionSpecification = ['==', ['get', 'shape'], 'drawn'];
  const later: ExpressionSpecification = ['==', ['get', 'phase'], 'scheduled'];
  const ofEffect = (effect: string): ExpressionSpecification => ['==', ['get', 'effect'], effect];
  const layer = (
    id: (typeof CONDITION_LAYERS)[number],
    filter: ExpressionSpecification,
    color: string,
    width: LineLayerSpecification['paint'] & object,
  ): LineLayerSpecification => ({
    id,
    type: 'line',
    source: 'conditions',
    filter,
    layout: { 'line-cap': 'butt', 'line-join': 'round' },
    paint: { 'line-color': readToken(color), ...width },
  });
  const now = (effect: string): ExpressionSpecification => [
    'all',
    ofEffect(effect),
    ['!', drawn],
    ['!', later],
  ];
  const then = (effect: string): ExpressionSpecification => ['all', ofEffect(effect), ['!', drawn], later];
  const fine = { 'line-width': 1.5, 'line-dasharray': [3, 3] };
  return [
    layer('conditions-drawn-slowed', ['all', ofEffect('slowed'), drawn], '--warning', fine),
    layer('conditions-drawn-closed', ['all', ofEffect('closed'), drawn], '--danger', fine),
    layer('conditions-later-slowed', then('slowed'), '--warning', { 'line-width': 2, 'line-opacity': 0.7 }),
    layer('conditions-later-closed', then('closed'), '--danger', { 'line-width': 2, 'line-opacity': 0.7 }),
    layer('conditions-slowed', now('slowed'), '--warning', { 'line-width': 5, 'line-dasharray': [0.6, 0.6] }),
    layer('conditions-closed', now('closed'), '--danger', { 'line-width': 5, 'line-dasharray': [2, 0.4] }),
  ];
}
