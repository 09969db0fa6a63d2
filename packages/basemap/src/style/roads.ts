import {
  byZoom,
  type Expression,
  evenly,
  type Filter,
  from,
  get,
  isLine,
  isOneOf,
  type Layer,
} from './expressions.js';
import type { Palette } from './palette.js';

/** Kinds of roads that are drawn alike, by the values of `kind_detail`. */
const CLASSES = {
  motorway: ['motorway'],
  trunk: ['trunk', 'primary'],
  secondary: ['secondary'],
  tertiary: ['tertiary'],
  link: ['motorway_link', 'trunk_link', 'primary_link', 'secondary_link', 'tertiary_link'],
  service: ['service', 'driveway', 'alley', 'parking_aisle', 'drive-through', 'busway', 'raceway'],
} as const;
type RoadClass = keyof typeof CLASSES | 'street';

const WALKED = ['pedestrian'];

/** Widths of the surface in pixels. Classes that are not yet drawn at a zoom have none. */
const WIDTHS: Readonly<Record<number, Readonly<Record<RoadClass, number>>>> = {
  5: { motorway: 0.8, trunk: 0.4, secondary: 0.2, tertiary: 0, link: 0, street: 0, service: 0 },
  8: { motorway: 1.6, trunk: 1.1, secondary: 0.6, tertiary: 0.3, link: 0.4, street: 0, service: 0 },
  10: { motorway: 2.3, trunk: 1.7, secondary: 1.2, tertiary: 0.8, link: 0.9, street: 0.2, service: 0 },
  12: { motorway: 3.4, trunk: 2.8, secondary: 2.2, tertiary: 1.7, link: 1.6, street: 0.9, service: 0.3 },
  14: { motorway: 6, trunk: 5.2, secondary: 4.6, tertiary: 3.9, link: 3, street: 2.7, service: 1.3 },
  16: { motorway: 12, trunk: 11, secondary: 10, tertiary: 9, link: 6.5, street: 7.5, service: 3.8 },
  18: { motorway: 26, trunk: 25, secondary: 23, tertiary: 21, link: 14, street: 18, service: 9 },
  20: { motorway: 70, trunk: 66, secondary: 60, tertiary: 56, link: 38, street: 50, service: 26 },
};

/** Streets from below to above: tunnels, paths and streets on the ground, rails, bridges. */
export function roadLayers(palette: Palette): readonly Layer[] {
  return [
    ...level(palette, 'tunnels', ['==', get('is_tunnel'), true]),
    ...pathLayers(palette),
    ...level(palette, 'roads', ['all', ['!=', get('is_tunnel'), true], ['!=', get('is_bridge'), true]]),
    ...railLayers(palette),
    ...level(palette, 'bridges', ['==', get('is_bridge'), true]),
    {
      ...from('roads'),
      id: 'aerialways',
      type: 'line',
      minzoom: 13,
      filter: isOneOf('kind', 'aerialway'),
      paint: { 'line-color': palette.rail, 'line-width': 1, 'line-dasharray': [6, 2] },
    },
  ];
}

/** The edge and the surface of the roads of one level. All edges lie below all surfaces, so that crossings are open. */
function level(palette: Palette, name: string, which: Expression): readonly Layer[] {
  const filter: Filter = ['all', isLine, isOneOf('kind', 'highway', 'major_road', 'minor_road'), which];
  const tunnel = name === 'tunnels';
  const bridge = name === 'bridges';
  return [
    {
      ...from('roads'),
      id: `${name}-edges`,
      type: 'line',
      minzoom: 7,
      filter,
      layout: {
        'line-cap': bridge ? 'butt' : 'round',
        'line-join': 'round',
        'line-sort-key': rankOf(),
      },
      paint: {
        'line-color': byClass(
          {
            motorway: palette.motorwayEdge,
            trunk: palette.majorEdge,
            secondary: palette.mediumEdge,
            tertiary: palette.mediumEdge,
            link: palette.majorEdge,
            service: palette.minorEdge,
          },
          palette.minorEdge,
        ),
        'line-width': widths((width, zoom) => (width === 0 ? 0 : width + edgeOf(zoom))),
        'line-opacity': evenly({ 7: 0.4, 11: 1 }),
        ...(tunnel ? { 'line-dasharray': [2, 1.5] } : {}),
      },
    },
    {
      ...from('roads'),
      id: name,
      type: 'line',
      minzoom: 5,
      filter,
      layout: { 'line-cap': tunnel ? 'butt' : 'round', 'line-join': 'round', 'line-sort-key': rankOf() },
      paint: {
        'line-color': byClass(
          {
            motorway: palette.motorway,
            trunk: palette.major,
            secondary: palette.medium,
            tertiary: palette.medium,
            link: palette.major,
            service: palette.minor,
          },
          palette.minor,
        ),
        'line-width': widths((width) => width),
        'line-opacity': tunnel ? 0.55 : 1,
      },
    },
  ];
}

const edgeOf = (zoom: number): number => (zoom < 10 ? 0.8 : zoom < 14 ? 1.2 : 2);

function widths(change: (width: number, zoom: number) => number): Expression {
  const stops = Object.entries(WIDTHS).map(([key, of]): [string, Expression] => {
    const zoom = Number(key);
    const width = (name: RoadClass): number => change(of[name], zoom);
    const classes = {
      motorway: width('motorway'),
      trunk: width('trunk'),
      secondary: width('secondary'),
      tertiary: width('tertiary'),
      link: width('link'),
      service: width('service'),
    };
    return [key, byClass(classes, width('street'))];
  });
  return byZoom(Object.fromEntries(stops));
}

function byClass<Value extends string | number>(
  values: Readonly<Record<keyof typeof CLASSES, Value>>,
  street: Value,
): Expression {
  const { motorway, trunk, secondary, tertiary, link, service } = CLASSES;
  return [
    'match',
    ['coalesce', get('kind_detail'), ''],
    [...motorway],
    values.motorway,
    [...trunk],
    values.trunk,
    [...secondary],
    values.secondary,
    [...tertiary],
    values.tertiary,
    [...link],
    values.link,
    [...service],
    values.service,
    street,
  ];
}

/** What is drawn above what where roads of one level meet. */
const rankOf = (): Expression =>
  byClass({ motorway: 6, trunk: 5, secondary: 4, tertiary: 3, link: 2, service: 0 }, 1);

function pathLayers(palette: Palette): readonly Layer[] {
  const onFoot: Expression = isOneOf('kind_detail', ...WALKED);
  return [
    {
      ...from('roads'),
      id: 'pedestrian-streets',
      type: 'line',
      minzoom: 13,
      filter: ['all', isLine, isOneOf('kind', 'path'), onFoot],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': palette.paved, 'line-width': byZoom({ 13: 1.2, 16: 6, 18: 14 }) },
    },
    {
      ...from('roads'),
      id: 'paths',
      type: 'line',
      minzoom: 14,
      filter: ['all', isLine, isOneOf('kind', 'path'), ['!', onFoot]],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.path,
        'line-width': byZoom({ 14: 0.7, 16: 1.3, 18: 2.6 }),
        'line-dasharray': [3, 1.6],
        'line-opacity': ['match', get('kind_detail'), ['sidewalk', 'crossing'], 0.5, 0.9],
      },
    },
    {
      ...from('roads'),
      id: 'ferries',
      type: 'line',
      minzoom: 9,
      filter: isOneOf('kind', 'ferry'),
      paint: {
        'line-color': palette.ferry,
        'line-width': byZoom({ 9: 0.8, 16: 2 }),
        'line-dasharray': [4, 3],
      },
    },
  ];
}

function railLayers(palette: Palette): readonly Layer[] {
  const filter: Filter = ['all', isLine, isOneOf('kind', 'rail'), ['!=', get('is_tunnel'), true]];
  return [
    {
      ...from('roads'),
      id: 'rails',
      type: 'line',
      minzoom: 9,
      filter,
      paint: { 'line-color': palette.rail, 'line-width': byZoom({ 9: 0.6, 14: 1.2, 18: 3 }) },
    },
    {
      ...from('roads'),
      id: 'sleepers',
      type: 'line',
      minzoom: 14,
      filter: ['all', filter, ['!=', get('kind_detail'), 'tram']],
      paint: {
        'line-color': palette.rail,
        'line-width': byZoom({ 14: 3, 18: 8 }),
        'line-dasharray': [0.25, 2],
      },
    },
  ];
}

export function boundaryLayers(palette: Palette): readonly Layer[] {
  const country: Expression = isOneOf('kind', 'country');
  return [
    {
      ...from('boundaries'),
      id: 'boundaries',
      type: 'line',
      minzoom: 6,
      filter: ['!', country],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.boundary,
        'line-opacity': 0.45,
        'line-width': byZoom({ 6: 0.5, 14: 1.4 }),
        'line-dasharray': [4, 2, 1, 2],
      },
    },
    {
      ...from('boundaries'),
      id: 'borders',
      type: 'line',
      filter: country,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.boundary,
        'line-opacity': 0.75,
        'line-width': byZoom({ 3: 0.7, 10: 1.8, 16: 3 }),
        'line-dasharray': [6, 2],
      },
    },
  ];
}
