import { kilometresPerHour, metresPerSecond, seconds } from '@lamplight/base';
import type { OsmTags } from '../osm/index.js';
import { CLOSED_CLASSES, directionOf, findMotorClass, isRoundabout, motorSpeed } from './motor-vehicle.js';
import type { RoadProfile, WayVerdict } from './profile.js';
import { readRestriction } from './restriction-tags.js';
import type { RoadClass } from './road-class.js';
import { createTurnDelay } from './turn-delay.js';
import type { TurnModel } from './turn-model.js';

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

/** From the particular to the general: `oneway:emergency=no` opens a street to it in both directions. */
const ONEWAY_KEYS = ['oneway:emergency', 'oneway'] as const;

/** Streets of one carriageway, on which an oncoming crew is seen in time and can be let by. */
const CONTRAFLOW_CLASSES: ReadonlySet<RoadClass> = new Set([
  'tertiary',
  'unclassified',
  'residential',
  'living_street',
  'service',
  'road',
]);
const CONTRAFLOW_SHARE = 0.5;
const CONTRAFLOW_LIMIT = kilometresPerHour(30);

/** As it comes to a red light or a stop sign: slow enough to see whether all others have stopped. */
const CAUTION = metresPerSecond(3);
const UNHINDERED = { share: 0, speed: metresPerSecond(Infinity), wait: seconds(0) };

/**
 * On a call, with lights and siren. The figures are our own judgement: it meets red as often as others do (see
 * `ordinary.ts`), then slows to a run and looks, and does not wait for its phase; others make way, so gaps are found
 * fast. Restrictions bind it as little as the red light does: breaking one costs five seconds of care. It turns round
 * in any two-way street, at the price of a three-point turn.
 */
const turns: TurnModel = {
  restriction: (tags) => readRestriction(tags, ['emergency', 'motor_vehicle', 'vehicle'], 'disregarded'),
  disregarding: seconds(5),
  turningRound: seconds(15),
  delay: createTurnDelay({
    acceleration: 1.8,
    control: {
      none: UNHINDERED,
      'mini-roundabout': { share: 0.2, speed: CAUTION, wait: seconds(0) },
      'give-way': { share: 0.4, speed: CAUTION, wait: seconds(0.5) },
      stop: { share: 1, speed: CAUTION, wait: seconds(0.5) },
      signal: { share: 0.55, speed: CAUTION, wait: seconds(1) },
    },
    gap: { local: seconds(0), main: seconds(1) },
    uTurn: seconds(15),
  }),
};

export interface EmergencyOptions {
  /**
   * Lets it go against one-way streets of the neighbourhood (tertiary and below; never roundabouts), at half the speed
   * and at most 30 km/h. Off by default: the law, the agency and the street decide, not the map.
   */
  readonly contraflow?: boolean;
}

/**
 * An emergency vehicle on a call: at the posted limit where one is tagged, else at the default of the class; through
 * gates, over private and restricted ground; never against a one-way street unless asked for, never where motor
 * vehicles are shut out unless `emergency=*` opens the way. Free flow: real travel takes longer and is calibrated from
 * recorded trips. Its name is `emergency`, with contraflow `emergency-contraflow`.
 */
export function createEmergencyProfile({ contraflow = false }: EmergencyOptions = {}): RoadProfile {
  return {
    name: contraflow ? 'emergency-contraflow' : 'emergency',
    way(tags) {
      const verdict = readWay(tags);
      return contraflow ? openContraflow(tags, verdict) : verdict;
    },
    passable,
    turns,
  };
}

export const emergencyProfile: RoadProfile = createEmergencyProfile();

function readWay(tags: OsmTags): WayVerdict {
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
}

function openContraflow(tags: OsmTags, verdict: WayVerdict): WayVerdict {
  if (verdict.kind === 'refused') return verdict;
  const legal = verdict.forward ?? verdict.backward;
  const oneWay = verdict.forward === undefined || verdict.backward === undefined;
  if (!oneWay || legal === undefined || !CONTRAFLOW_CLASSES.has(verdict.class) || isRoundabout(tags))
    return verdict;
  const speed = metresPerSecond(Math.min(CONTRAFLOW_LIMIT, CONTRAFLOW_SHARE * legal));
  return verdict.forward === undefined
    ? { ...verdict, forward: speed, contraflow: 'forward' }
    : { ...verdict, backward: speed, contraflow: 'backward' };
}

function passable(tags: OsmTags): boolean {
  const barrier = tags.get('barrier');
  if (barrier === undefined) return true;
  const emergency = tags.get('emergency');
  if (emergency === 'yes' || emergency === 'designated' || emergency === 'official') return true;
  if (emergency === 'no') return false;
  if (PASSABLE_BARRIERS.has(barrier)) return true;
  if (barrier === 'bollard' && tags.get('bollard') === 'rising') return true;
  return accessOf(tags) === 'open';
}

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
