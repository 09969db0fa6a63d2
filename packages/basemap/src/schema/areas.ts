import type { OsmTags } from '@lamplight/roads';
import type { Drawing } from './feature.js';
import { field, holds, numberTag } from './names.js';

/** What each value of a key is drawn as in `landuse`. The order of the keys is the order in which they are asked. */
const LAND: readonly (readonly [key: string, kinds: Readonly<Record<string, string>>])[] = [
  [
    'aeroway',
    {
      aerodrome: 'aerodrome',
      runway: 'runway',
      taxiway: 'taxiway',
      apron: 'aerodrome',
      helipad: 'aerodrome',
    },
  ],
  [
    'amenity',
    {
      hospital: 'hospital',
      school: 'school',
      university: 'university',
      college: 'college',
      kindergarten: 'kindergarten',
      grave_yard: 'cemetery',
    },
  ],
  [
    'leisure',
    {
      park: 'park',
      garden: 'garden',
      golf_course: 'golf_course',
      playground: 'playground',
      pitch: 'pitch',
      nature_reserve: 'nature_reserve',
      dog_park: 'dog_park',
      stadium: 'stadium',
      sports_centre: 'recreation_ground',
      recreation_ground: 'recreation_ground',
      marina: 'marina',
    },
  ],
  ['tourism', { zoo: 'zoo', camp_site: 'camp_site' }],
  ['boundary', { national_park: 'national_park', protected_area: 'protected_area' }],
  [
    'natural',
    {
      wood: 'wood',
      scrub: 'scrub',
      heath: 'scrub',
      grassland: 'grassland',
      bare_rock: 'bare_rock',
      scree: 'bare_rock',
      shingle: 'bare_rock',
      sand: 'sand',
      beach: 'beach',
      glacier: 'glacier',
      wetland: 'wetland',
    },
  ],
  [
    'landuse',
    {
      residential: 'residential',
      commercial: 'commercial',
      retail: 'commercial',
      industrial: 'industrial',
      quarry: 'industrial',
      landfill: 'industrial',
      forest: 'forest',
      grass: 'grass',
      village_green: 'grass',
      meadow: 'meadow',
      farmland: 'farmland',
      vineyard: 'farmland',
      farmyard: 'farmyard',
      orchard: 'orchard',
      allotments: 'garden',
      cemetery: 'cemetery',
      military: 'military',
      railway: 'railway',
      recreation_ground: 'recreation_ground',
    },
  ],
  ['railway', { platform: 'platform' }],
  ['public_transport', { platform: 'platform' }],
];

/** Kinds that lie under others: they say what a whole quarter or a whole hillside is. */
const WIDE: ReadonlySet<string> = new Set([
  'residential',
  'commercial',
  'industrial',
  'farmland',
  'forest',
  'wood',
  'meadow',
  'grassland',
  'nature_reserve',
  'national_park',
  'protected_area',
  'military',
  'aerodrome',
]);

/** What a closed way or a multipolygon means as an area, unless it says `area=no`. */
export function drawAreas(tags: OsmTags): readonly Drawing[] {
  if (tags.get('area') === 'no' || tags.size === 0) return [];
  const drawn: Drawing[] = [];
  const water = drawWater(tags);
  if (water) drawn.push(water);
  const building = drawBuilding(tags);
  if (building) drawn.push(building);
  const land = water ? undefined : drawLand(tags);
  if (land) drawn.push(land);
  return drawn;
}

function drawLand(tags: OsmTags): Drawing | undefined {
  const kind = landKind(tags);
  if (kind === undefined) return undefined;
  return {
    layer: 'landuse',
    shape: 'area',
    attributes: { kind, ...field('sport', kind === 'pitch' ? tags.get('sport') : undefined) },
    minZoom: WIDE.has(kind) ? 5 : 9,
    rank: landRank(kind),
  };
}

function landRank(kind: string): number {
  if (kind === 'national_park' || kind === 'nature_reserve' || kind === 'protected_area') return 0;
  return WIDE.has(kind) ? 1 : 2;
}

function landKind(tags: OsmTags): string | undefined {
  const highway = tags.get('highway');
  if (highway !== undefined) {
    const walked = highway === 'pedestrian' || highway === 'footway';
    return walked && tags.get('area') === 'yes' ? 'pedestrian' : undefined;
  }
  if (tags.get('man_made') === 'pier') return tags.get('area') === 'yes' ? 'pier' : undefined;
  for (const [key, kinds] of LAND) {
    const value = tags.get(key);
    const kind = value === undefined ? undefined : kinds[value];
    // A school inside one building is that building and a point, not a plot of land.
    if (kind !== undefined && !(key === 'amenity' && holds(tags, 'building'))) return kind;
  }
  return undefined;
}

const LAKES: ReadonlySet<string> = new Set(['lake', 'reservoir', 'lagoon', 'oxbow']);

/** Water with banks: lakes, ponds, wide rivers, basins. */
export function drawWater(tags: OsmTags): Drawing | undefined {
  const detail = waterDetail(tags);
  if (detail === undefined) return undefined;
  return {
    layer: 'water',
    shape: 'area',
    attributes: {
      kind: LAKES.has(detail) ? 'lake' : 'water',
      ...field('kind_detail', detail),
      ...field('intermittent', tags.get('intermittent') === 'yes'),
    },
    minZoom: detail === 'swimming_pool' ? 15 : 4,
    rank: 1,
  };
}

function waterDetail(tags: OsmTags): string | undefined {
  if (tags.get('natural') === 'water') return tags.get('water') ?? '';
  const waterway = tags.get('waterway');
  if (waterway === 'riverbank') return 'river';
  if (waterway === 'dock') return 'dock';
  const landuse = tags.get('landuse');
  if (landuse === 'reservoir' || landuse === 'basin') return landuse;
  return tags.get('leisure') === 'swimming_pool' ? 'swimming_pool' : undefined;
}

/** Metres to a storey, where only storeys were counted. */
const STOREY = 3;

function drawBuilding(tags: OsmTags): Drawing | undefined {
  const whole = holds(tags, 'building');
  if (!whole && !holds(tags, 'building:part')) return undefined;
  const levels = numberTag(tags, 'building:levels');
  const height = numberTag(tags, 'height') ?? (levels === undefined ? undefined : levels * STOREY);
  const foot = numberTag(tags, 'min_height');
  return {
    layer: 'buildings',
    shape: 'area',
    attributes: {
      kind: whole ? 'building' : 'building_part',
      ...(height !== undefined && height > 0 ? { height: Math.round(height) } : {}),
      ...(foot !== undefined && foot > 0 ? { min_height: Math.round(foot) } : {}),
    },
    minZoom: whole ? 13 : 15,
    rank: whole ? 0 : 1,
  };
}
