import type {
  ExpressionFilterSpecification,
  ExpressionSpecification,
  LayerSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import type { LayerName } from '../schema/index.js';

export type Expression = ExpressionSpecification;
export type Filter = ExpressionFilterSpecification;
export type Layer = LayerSpecification;

/** Name of the source of all the layers. */
export const SOURCE = 'basemap';
export const REGULAR = ['Noto Sans Regular'];
export const BOLD = ['Noto Sans Bold'];

export const from = (layer: LayerName): { readonly source: string; readonly 'source-layer': LayerName } => ({
  source: SOURCE,
  'source-layer': layer,
});

export const get = (key: string): Expression => ['get', key];

/** True for a feature whose field is one of these. */
export const isOneOf = (key: string, ...values: readonly string[]): Expression => [
  'in',
  ['coalesce', ['get', key], ''],
  ['literal', [...values]],
];

export const isArea: Expression = ['==', ['geometry-type'], 'Polygon'];
export const isLine: Expression = ['==', ['geometry-type'], 'LineString'];
export const isPoint: Expression = ['==', ['geometry-type'], 'Point'];

/** Values by zoom. */
type Stops<Value> = Readonly<Record<number, Value>>;

/** What holds at each of these zooms; between them it grows as the scale of the map does. */
export const byZoom = (stops: Stops<number | Expression>): Expression => [
  'interpolate',
  ['exponential', 1.6],
  ['zoom'],
  ...inOrder(stops),
];

/** The same in even steps: for sizes of letters and for fading. */
export const evenly = (stops: Stops<number | Expression>): Expression => [
  'interpolate',
  ['linear'],
  ['zoom'],
  ...inOrder(stops),
];

/** An object keeps whole numbers before fractions, a style wants them by size. */
function inOrder<Value>(stops: Stops<Value>): [number, Value, ...(number | Value)[]] {
  const sorted = Object.entries(stops)
    .map(([zoom, value]): [number, Value] => [Number(zoom), value])
    .sort(([a], [b]) => a - b);
  const [first, ...rest] = sorted;
  if (!first) throw new RangeError('no zoom is given');
  return [...first, ...rest.flat()];
}

/** A name in the language of the reader where the map has it, else as the place itself writes it. */
export function nameIn(language: 'en' | 'zh-CN'): Expression {
  return ['coalesce', ['get', language === 'en' ? 'name:en' : 'name:zh-Hans'], ['get', 'name']];
}
