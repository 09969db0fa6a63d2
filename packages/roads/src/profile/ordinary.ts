import { metresPerSecond, seconds } from '@lamplight/base';
import type { OsmTags } from '../osm/index.js';
import { CLOSED_CLASSES, directionOf, findMotorClass, motorSpeed } from './motor-vehicle.js';
import type { RoadProfile } from './profile.js';
import { readRestriction } from './restriction-tags.js';
import { createTurnDelay } from './turn-delay.js';
import type { TurnModel } from './turn-model.js';

/** From the particular to the general: the first that says something decides (https://wiki.openstreetmap.org/wiki/Key:access). */
const ACCESS_KEYS = ['motorcar', 'motor_vehicle', 'vehicle', 'access'] as const;
const ONEWAY_KEYS = ['oneway:motorcar', 'oneway:motor_vehicle', 'oneway:vehicle', 'oneway'] as const;

/** Who is on the way to a scene has business there: `destination` and `customers` let him in. */
const ADMITTING: ReadonlySet<string> = new Set([
  'yes',
  'designated',
  'permissive',
  'destination',
  'customers',
]);

/** Values that let others in. Unknown values decide nothing. */
const SHUTTING: ReadonlySet<string> = new Set([
  'no',
  'private',
  'emergency',
  'agricultural',
  'forestry',
  'military',
  'delivery',
  'permit',
  'residents',
  'license',
  'official',
]);

/** Barriers that are open to traffic, or that open by themselves, unless their own access tags say otherwise. */
const PASSABLE_BARRIERS: ReadonlySet<string> = new Set([
  'gate',
  'lift_gate',
  'swing_gate',
  'sliding_gate',
  'toll_booth',
  'border_control',
  'checkpoint',
  'sally_port',
  'entrance',
  'cattle_grid',
  'height_restrictor',
  'kerb',
  'no',
]);

const STANDSTILL = metresPerSecond(0);
const UNHINDERED = { share: 0, speed: metresPerSecond(Infinity), wait: seconds(0) };

/** A signal with a cycle of a minute that shows green for 27 seconds of it. */
const SIGNAL = { cycle: 60, red: 33 };

/**
 * Obeys everything. Signals: whoever comes at random meets red in a share 1 − λ of the cycle c and then waits for half
 * of it, c(1 − λ)²/2 on average, which is the uniform term of Webster ("Traffic Signal Settings", Road Research
 * Technical Paper 39, 1958) for an empty road. With a cycle of 60 s, and with stopping and starting, 13 s straight on at
 * 50 km/h: level of service B of the Highway Capacity Manual 2010 (10 to 20 s). Turning round where nothing else leads
 * on takes the 20 s of the car profile of OSRM; elsewhere it does not. The other figures are our own judgement.
 */
const turns: TurnModel = {
  restriction: (tags) => readRestriction(tags, ['motorcar', 'motor_vehicle', 'vehicle'], 'obeyed'),
  disregarding: seconds(0),
  turningRound: seconds(20),
  delay: createTurnDelay({
    acceleration: 1.8,
    control: {
      none: UNHINDERED,
      'mini-roundabout': { share: 0.2, speed: STANDSTILL, wait: seconds(3) },
      'give-way': { share: 0.4, speed: STANDSTILL, wait: seconds(3) },
      stop: { share: 1, speed: STANDSTILL, wait: seconds(2) },
      signal: { share: SIGNAL.red / SIGNAL.cycle, speed: STANDSTILL, wait: seconds(SIGNAL.red / 2) },
    },
    gap: { local: seconds(0.5), main: seconds(3) },
    uTurn: undefined,
  }),
};

/** A car of volunteers or partners without privileges: where, in which direction and how fast everybody may. */
export const ordinaryProfile: RoadProfile = {
  name: 'ordinary',

  way(tags) {
    const roadClass = findMotorClass(tags);
    if (!roadClass) return { kind: 'refused', reason: 'not-a-road' };
    const access = accessOf(tags);
    if (access === 'closed') return { kind: 'refused', reason: 'access' };
    if (CLOSED_CLASSES.has(roadClass) && access !== 'open') return { kind: 'refused', reason: 'not-a-road' };
    const direction = directionOf(tags, roadClass, ONEWAY_KEYS);
    if (direction === 'reversible') return { kind: 'refused', reason: 'reversible' };
    return {
      kind: 'road',
      class: roadClass,
      forward: direction === 'backward' ? undefined : motorSpeed(tags, roadClass, 'forward'),
      backward: direction === 'forward' ? undefined : motorSpeed(tags, roadClass, 'backward'),
    };
  },

  passable(tags) {
    const barrier = tags.get('barrier');
    if (barrier === undefined) return true;
    const access = accessOf(tags);
    if (access !== 'usual') return access === 'open';
    return PASSABLE_BARRIERS.has(barrier) && tags.get('locked') !== 'yes';
  },

  turns,
};

/** `open`: cars are expressly let in. `usual`: as the class has it. `closed`: shut to them. */
function accessOf(tags: OsmTags): 'open' | 'usual' | 'closed' {
  for (const key of ACCESS_KEYS) {
    const value = tags.get(key);
    if (value === undefined) continue;
    if (SHUTTING.has(value)) return 'closed';
    // `access=yes` on a footpath speaks of those who may walk there, not of vehicles.
    if (ADMITTING.has(value)) return key === 'access' ? 'usual' : 'open';
  }
  return 'usual';
}
