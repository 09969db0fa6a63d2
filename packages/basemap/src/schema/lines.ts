import type { OsmTags } from '@lamplight/roads';
import type { Drawing } from './feature.js';
import { field, holds, namesOf } from './names.js';

interface RoadClass {
  readonly kind: 'highway' | 'major_road' | 'minor_road' | 'path';
  readonly minZoom: number;
  readonly rank: number;
}

/** Values of `highway` that are drawn. What is planned or under construction is not. */
const ROADS: Readonly<Record<string, RoadClass>> = {
  motorway: { kind: 'highway', minZoom: 4, rank: 90 },
  motorway_link: { kind: 'highway', minZoom: 9, rank: 85 },
  trunk: { kind: 'major_road', minZoom: 6, rank: 80 },
  trunk_link: { kind: 'major_road', minZoom: 9, rank: 75 },
  primary: { kind: 'major_road', minZoom: 7, rank: 70 },
  primary_link: { kind: 'major_road', minZoom: 10, rank: 65 },
  secondary: { kind: 'major_road', minZoom: 9, rank: 60 },
  secondary_link: { kind: 'major_road', minZoom: 11, rank: 55 },
  tertiary: { kind: 'major_road', minZoom: 10, rank: 50 },
  tertiary_link: { kind: 'major_road', minZoom: 12, rank: 45 },
  residential: { kind: 'minor_road', minZoom: 12, rank: 40 },
  unclassified: { kind: 'minor_road', minZoom: 12, rank: 40 },
  living_street: { kind: 'minor_road', minZoom: 12, rank: 38 },
  road: { kind: 'minor_road', minZoom: 12, rank: 38 },
  busway: { kind: 'minor_road', minZoom: 13, rank: 36 },
  raceway: { kind: 'minor_road', minZoom: 13, rank: 34 },
  service: { kind: 'minor_road', minZoom: 13, rank: 30 },
  pedestrian: { kind: 'path', minZoom: 13, rank: 28 },
  track: { kind: 'path', minZoom: 13, rank: 20 },
  path: { kind: 'path', minZoom: 13, rank: 18 },
  cycleway: { kind: 'path', minZoom: 13, rank: 18 },
  bridleway: { kind: 'path', minZoom: 14, rank: 16 },
  footway: { kind: 'path', minZoom: 14, rank: 14 },
  steps: { kind: 'path', minZoom: 14, rank: 14 },
};

/** Ways on a plot, which would hide the streets of a quarter when seen from further away. */
const SMALL_SERVICE: ReadonlySet<string> = new Set(['driveway', 'parking_aisle', 'drive-through']);

const RAILWAYS: Readonly<Record<string, number>> = {
  rail: 8,
  light_rail: 11,
  subway: 12,
  narrow_gauge: 10,
  monorail: 12,
  funicular: 12,
  tram: 13,
};

const WATERWAYS: Readonly<Record<string, number>> = { river: 8, canal: 11, stream: 13, drain: 14, ditch: 14 };

/** What a way means as a line: streets, rails, ferries, and water too narrow to have banks. */
export function drawLine(tags: OsmTags): Drawing | undefined {
  return drawRoad(tags) ?? drawOtherWay(tags) ?? drawWaterway(tags);
}

function drawRoad(tags: OsmTags): Drawing | undefined {
  const highway = tags.get('highway');
  const road = highway === undefined ? undefined : ROADS[highway];
  if (!highway || !road || (tags.get('area') === 'yes' && road.kind !== 'highway')) return undefined;
  const oneway = onewayOf(tags, highway);
  return {
    layer: 'roads',
    shape: 'line',
    attributes: {
      kind: road.kind,
      kind_detail: detailOf(tags, highway),
      ...namesOf(tags),
      ...field('ref', tags.get('ref')),
      ...field('oneway', oneway === 'no' ? undefined : 'yes'),
      ...field('service', highway === 'service' ? tags.get('service') : undefined),
      ...field('is_link', highway.endsWith('_link')),
      ...structureOf(tags),
    },
    minZoom: minZoomOf(tags, highway, road),
    rank: road.rank + levelOf(tags),
    ...(oneway === 'reverse' ? { reversed: true } : {}),
  };
}

function detailOf(tags: OsmTags, highway: string): string {
  const footway = highway === 'footway' ? tags.get('footway') : undefined;
  return footway === 'sidewalk' || footway === 'crossing' ? footway : highway;
}

function minZoomOf(tags: OsmTags, highway: string, road: RoadClass): number {
  if (detailOf(tags, highway) !== highway) return 15;
  if (highway !== 'service') return road.minZoom;
  const service = tags.get('service');
  if (service !== undefined && SMALL_SERVICE.has(service)) return 15;
  return service === undefined ? road.minZoom : 14;
}

/** A motorway and a roundabout go one way even where nobody wrote it down. */
function onewayOf(tags: OsmTags, highway: string): 'forward' | 'reverse' | 'no' {
  const oneway = tags.get('oneway');
  if (oneway === '-1' || oneway === 'reverse') return 'reverse';
  if (oneway !== undefined) return oneway === 'yes' || oneway === 'true' || oneway === '1' ? 'forward' : 'no';
  const junction = tags.get('junction');
  return highway === 'motorway' || junction === 'roundabout' || junction === 'circular' ? 'forward' : 'no';
}

function structureOf(tags: OsmTags): Record<string, boolean> {
  return {
    ...(holds(tags, 'bridge') ? { is_bridge: true } : {}),
    ...(holds(tags, 'tunnel') || tags.get('covered') === 'yes' ? { is_tunnel: true } : {}),
  };
}

/** Bridges lie above and tunnels below everything on the ground. */
function levelOf(tags: OsmTags): number {
  return holds(tags, 'bridge') ? 200 : holds(tags, 'tunnel') ? -200 : 0;
}

function drawOtherWay(tags: OsmTags): Drawing | undefined {
  const railway = tags.get('railway');
  if (railway !== undefined && RAILWAYS[railway] !== undefined) {
    const aside = tags.get('service');
    const minZoom = aside === undefined ? RAILWAYS[railway] : 13;
    return otherWay('rail', railway, minZoom, 95 + levelOf(tags), tags, {
      ...field('service', aside),
      ...structureOf(tags),
    });
  }
  const aeroway = tags.get('aeroway');
  if (aeroway === 'runway' || aeroway === 'taxiway') {
    return otherWay('aeroway', aeroway, aeroway === 'runway' ? 10 : 13, 10, tags);
  }
  if (tags.get('route') === 'ferry') return otherWay('ferry', 'ferry', 10, 5, tags);
  if (tags.get('man_made') === 'pier') return otherWay('pier', 'pier', 14, 5, tags);
  const aerialway = tags.get('aerialway');
  if (aerialway === 'gondola' || aerialway === 'cable_car' || aerialway === 'chair_lift') {
    return otherWay('aerialway', aerialway, 13, 300, tags);
  }
  return undefined;
}

function otherWay(
  kind: string,
  detail: string,
  minZoom: number,
  rank: number,
  tags: OsmTags,
  more: Readonly<Record<string, string | number | boolean>> = {},
): Drawing {
  const attributes = { kind, kind_detail: detail, ...namesOf(tags), ...more };
  return { layer: 'roads', shape: 'line', attributes, minZoom, rank };
}

function drawWaterway(tags: OsmTags): Drawing | undefined {
  const waterway = tags.get('waterway');
  const minZoom = waterway === undefined ? undefined : WATERWAYS[waterway];
  if (!waterway || minZoom === undefined) return undefined;
  const underground = holds(tags, 'tunnel');
  return {
    layer: 'water',
    shape: 'line',
    attributes: {
      kind: waterway,
      ...namesOf(tags),
      ...field('intermittent', tags.get('intermittent') === 'yes'),
      ...field('tunnel', underground ? 'yes' : undefined),
    },
    minZoom: underground ? Math.max(minZoom, 14) : minZoom,
    rank: 0,
  };
}

const BOUNDARIES: readonly { readonly upTo: number; readonly kind: string; readonly minZoom: number }[] = [
  { upTo: 2, kind: 'country', minZoom: 0 },
  { upTo: 4, kind: 'region', minZoom: 4 },
  { upTo: 6, kind: 'county', minZoom: 8 },
  { upTo: 8, kind: 'locality', minZoom: 10 },
];

/** The administrative level of a boundary that is drawn, 2 (country) to 8 (town), or `undefined`. */
export function boundaryLevel(tags: OsmTags): number | undefined {
  if (tags.get('boundary') !== 'administrative') return undefined;
  const level = Number(tags.get('admin_level'));
  return Number.isInteger(level) && level >= 2 && level <= 8 ? level : undefined;
}

/** A line between two areas; where several meet, `level` is the lowest of them. */
export function drawBoundary(level: number): Drawing | undefined {
  const found = BOUNDARIES.find(({ upTo }) => level <= upTo);
  if (!found) return undefined;
  return {
    layer: 'boundaries',
    shape: 'line',
    attributes: { kind: found.kind, kind_detail: level },
    minZoom: found.minZoom,
    rank: -level,
  };
}
