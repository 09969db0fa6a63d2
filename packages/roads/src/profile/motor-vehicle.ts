import { kilometresPerHour, type MetresPerSecond, metresPerSecond } from '@lamplight/base';
import type { OsmTags } from '../osm/index.js';
import { readMaxspeed } from './maxspeed.js';
import { ROAD_CLASSES, type RoadClass } from './road-class.js';

/**
 * Speeds in km/h where no limit is tagged. From `motorway` to `road` they are the car defaults of GraphHopper, in use
 * for many years, but for `living_street`, which follows the car profile of OSRM (GraphHopper has 5). The rest are
 * ours: ways of walking width are only driven on where they are expressly opened, and at a crawl.
 */
const DEFAULT_SPEED: Readonly<Record<RoadClass, number>> = {
  motorway: 100,
  motorway_link: 70,
  trunk: 70,
  trunk_link: 65,
  primary: 65,
  primary_link: 60,
  secondary: 60,
  secondary_link: 50,
  tertiary: 50,
  tertiary_link: 40,
  unclassified: 30,
  residential: 30,
  living_street: 10,
  service: 20,
  track: 15,
  road: 20,
  busway: 30,
  pedestrian: 10,
  footway: 10,
  cycleway: 10,
  bridleway: 10,
  path: 10,
  steps: 10,
};

/** Service roads that are slower than the rest: between parked cars and up to a door. */
const SERVICE_SPEED: Readonly<Record<string, number>> = {
  driveway: 15,
  alley: 15,
  parking_aisle: 10,
  'drive-through': 10,
};

/** Tracks by their firmness (https://wiki.openstreetmap.org/wiki/Key:tracktype), again GraphHopper's car defaults. */
const TRACK_SPEED: Readonly<Record<string, number>> = {
  grade1: 20,
  grade2: 15,
  grade3: 10,
  grade4: 5,
  grade5: 5,
};

/** Classes that need an express permission, because general traffic has none there. */
export const CLOSED_CLASSES: ReadonlySet<RoadClass> = new Set([
  'busway',
  'pedestrian',
  'footway',
  'cycleway',
  'bridleway',
  'path',
]);

/** Classes whose posted limit does not mean that it can be driven: a limit only lowers the speed there. */
const SLOW_CLASSES: ReadonlySet<RoadClass> = new Set([
  ...CLOSED_CLASSES,
  'living_street',
  'service',
  'track',
]);

const CLASS_OF: ReadonlyMap<string, RoadClass> = new Map(
  ROAD_CLASSES.filter((name) => name !== 'steps').map((name) => [name, name]),
);

/** The class of a way that wheels can roll on, or `undefined`. */
export function findMotorClass(tags: OsmTags): RoadClass | undefined {
  return tags.get('area') === 'yes' ? undefined : CLASS_OF.get(tags.get('highway') ?? '');
}

/** In which direction of its nodes a way may be driven, by the first of these keys that it has. */
export function directionOf(
  tags: OsmTags,
  roadClass: RoadClass,
  keys: readonly string[],
): 'both' | 'forward' | 'backward' | 'reversible' {
  const value = keys.map((key) => tags.get(key)).find((found) => found !== undefined);
  switch (value) {
    case 'yes':
    case 'true':
    case '1':
      return 'forward';
    case '-1':
    case 'reverse':
      return 'backward';
    case 'no':
    case 'false':
    case '0':
    case 'alternating':
      return 'both';
    case 'reversible':
      return 'reversible';
  }
  return isRoundabout(tags) || roadClass === 'motorway' ? 'forward' : 'both';
}

export function isRoundabout(tags: OsmTags): boolean {
  const junction = tags.get('junction');
  return junction === 'roundabout' || junction === 'circular';
}

/** At the posted limit where one is tagged, else at the usual speed of the class. */
export function motorSpeed(
  tags: OsmTags,
  roadClass: RoadClass,
  side: 'forward' | 'backward',
): MetresPerSecond {
  return speedOf(tags, roadClass, tags.get(`maxspeed:${side}`) ?? tags.get('maxspeed'));
}

function speedOf(tags: OsmTags, roadClass: RoadClass, maxspeed: string | undefined): MetresPerSecond {
  const limit = readMaxspeed(maxspeed);
  const usual = kilometresPerHour(usualSpeed(tags, roadClass));
  if (limit === undefined) return usual;
  return SLOW_CLASSES.has(roadClass) ? metresPerSecond(Math.min(limit, usual)) : limit;
}

function usualSpeed(tags: OsmTags, roadClass: RoadClass): number {
  const table = roadClass === 'service' ? SERVICE_SPEED : roadClass === 'track' ? TRACK_SPEED : undefined;
  const value = tags.get(roadClass === 'service' ? 'service' : 'tracktype');
  if (table && value !== undefined && Object.hasOwn(table, value)) {
    return table[value] ?? DEFAULT_SPEED[roadClass];
  }
  return DEFAULT_SPEED[roadClass];
}
