import { kilometresPerHour, type MetresPerSecond, metresPerSecond } from '@lamplight/base';
import type { OsmTags } from '../osm/index.js';
import { readMaxspeed } from './maxspeed.js';
import { ROAD_CLASSES, type RoadClass, type RoadProfile, type WayVerdict } from './profile.js';

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
const CLOSED_CLASSES: ReadonlySet<RoadClass> = new Set([
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

/** From the particular to the general: the first that says something decides (https://wiki.openstreetmap.org/wiki/Key:access). */
const ACCESS_KEYS = ['emergency', 'motor_vehicle', 'vehicle', 'access'] as const;

/** Values that let at least some vehicles in; who is let in matters little to a crew on a call. */
const ADMITTING: ReadonlySet<string> = new Set([
  'yes',
  'designated',
  'official',
  'permissive',
  'private',
  'permit',
  'destination',
  'delivery',
  'customers',
  'residents',
  'license',
  'agricultural',
  'forestry',
  'military',
]);

/** Barriers that a crew drives through or opens: they carry keys and cutters for gates, chains and lift gates. */
const PASSABLE_BARRIERS: ReadonlySet<string> = new Set([
  'gate',
  'lift_gate',
  'swing_gate',
  'sliding_gate',
  'wicket_gate',
  'bump_gate',
  'hampshire_gate',
  'chain',
  'rope',
  'toll_booth',
  'border_control',
  'checkpoint',
  'sally_port',
  'entrance',
  'cattle_grid',
  'height_restrictor',
  'kerb',
  'rising_bollard',
  'no',
]);

const CLASS_OF: ReadonlyMap<string, RoadClass> = new Map(ROAD_CLASSES.map((name) => [name, name]));

/**
 * An emergency vehicle on a call: at the posted limit where one is tagged, else at the default of the class; through
 * gates, over private and restricted ground; never against a one-way street, never where motor vehicles are shut out
 * unless `emergency=*` opens the way. Free flow: real travel takes longer and is calibrated from recorded trips.
 */
export const emergencyProfile: RoadProfile = {
  name: 'emergency',

  way(tags) {
    const roadClass = CLASS_OF.get(tags.get('highway') ?? '');
    if (!roadClass || tags.get('area') === 'yes') return { kind: 'refused', reason: 'not-a-road' };
    const access = accessOf(tags);
    if (access === 'closed') return { kind: 'refused', reason: 'access' };
    if (CLOSED_CLASSES.has(roadClass) && access !== 'open') return { kind: 'refused', reason: 'not-a-road' };

    const direction = directionOf(tags, roadClass);
    if (direction === 'reversible') return { kind: 'refused', reason: 'reversible' };
    const speed = (side: 'forward' | 'backward'): MetresPerSecond =>
      speedOf(tags, roadClass, tags.get(`maxspeed:${side}`) ?? tags.get('maxspeed'));
    return road(
      roadClass,
      direction === 'backward' ? undefined : speed('forward'),
      direction === 'forward' ? undefined : speed('backward'),
    );
  },

  passable(tags) {
    const barrier = tags.get('barrier');
    if (barrier === undefined) return true;
    const emergency = tags.get('emergency');
    if (emergency === 'yes' || emergency === 'designated' || emergency === 'official') return true;
    if (emergency === 'no') return false;
    if (PASSABLE_BARRIERS.has(barrier)) return true;
    if (barrier === 'bollard' && tags.get('bollard') === 'rising') return true;
    return accessOf(tags) === 'open';
  },
};

const road = (
  roadClass: RoadClass,
  forward: MetresPerSecond | undefined,
  backward: MetresPerSecond | undefined,
): WayVerdict => ({ kind: 'road', class: roadClass, forward, backward });

/**
 * `open`: some kind of motor vehicle is expressly let in, so there is room for one. `usual`: as the class has it;
 * private and restricted ground counts so. `closed`: shut.
 */
function accessOf(tags: OsmTags): 'open' | 'usual' | 'closed' {
  for (const key of ACCESS_KEYS) {
    const value = tags.get(key);
    if (value === 'no') return 'closed';
    if (value === 'emergency') return 'open';
    // `access=yes` on a footpath speaks of those who may walk there, not of vehicles.
    if (value !== undefined && ADMITTING.has(value)) return key === 'access' ? 'usual' : 'open';
  }
  return 'usual';
}

function directionOf(tags: OsmTags, roadClass: RoadClass): 'both' | 'forward' | 'backward' | 'reversible' {
  // The exemption of the particular vehicle first: `oneway:emergency=no` opens a street to it in both directions.
  switch (tags.get('oneway:emergency') ?? tags.get('oneway')) {
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
  const junction = tags.get('junction');
  const implied = junction === 'roundabout' || junction === 'circular' || roadClass === 'motorway';
  return implied ? 'forward' : 'both';
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
