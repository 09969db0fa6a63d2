import { describe, expect, it } from 'vitest';
import {
  emergencyProfile,
  findProfile,
  footProfile,
  ordinaryProfile,
  PROFILES,
  readMaxspeed,
} from '../src/index.js';

type Tags = Record<string, string>;

const tagsOf = (tags: Tags): ReadonlyMap<string, string> => new Map(Object.entries(tags));

/** `forward/backward` in km/h, `-` for a direction that is shut, or the reason of a refusal. */
function verdict(tags: Tags, profile = emergencyProfile): string {
  const result = profile.way(tagsOf(tags));
  if (result.kind === 'refused') return result.reason;
  const show = (speed: number | undefined): string =>
    speed === undefined ? '-' : String(Math.round(speed * 36) / 10);
  return `${show(result.forward)}/${show(result.backward)}`;
}

describe('maxspeed', () => {
  it.each([
    ['50', 50],
    ['50 km/h', 50],
    ['50kmh', 50],
    ['25 mph', 40.2],
    ['25mph', 40.2],
    ['10 knots', 18.5],
    ['50;70', 70],
    ['30|50|80', 80],
    ['30, 40', 40],
    ['none', 130],
    ['walk', 7],
    ['DE:urban', 50],
    ['DE:rural', 100],
    ['DE:motorway', 130],
    ['DE:zone30', 30],
    ['DE:zone:20', 20],
    ['CN:urban', 50],
    ['RU:urban', 60],
    ['GB:nsl_single', 97],
    ['UK:nsl_dual', 113],
    ['NL:rural', 80],
    ['BE-VLG:urban', 50],
    ['signals', undefined],
    ['variable', undefined],
    ['0', undefined],
    ['-30', undefined],
    ['fast', undefined],
    ['DE:toString', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is %s km/h', (value, kilometres) => {
    const speed = readMaxspeed(value);
    expect(speed === undefined ? undefined : Math.round(speed * 36) / 10).toBe(kilometres);
  });
});

describe('the emergency profile drives', () => {
  it.each<[Tags, string]>([
    [{ highway: 'motorway' }, '100/-'],
    [{ highway: 'motorway', oneway: 'no' }, '100/100'],
    [{ highway: 'motorway_link' }, '70/70'],
    [{ highway: 'trunk' }, '70/70'],
    [{ highway: 'primary' }, '65/65'],
    [{ highway: 'secondary' }, '60/60'],
    [{ highway: 'tertiary' }, '50/50'],
    [{ highway: 'residential' }, '30/30'],
    [{ highway: 'living_street' }, '10/10'],
    [{ highway: 'residential', maxspeed: '50' }, '50/50'],
    [{ highway: 'residential', maxspeed: 'signals' }, '30/30'],
    [{ highway: 'primary', 'maxspeed:forward': '80', maxspeed: '50' }, '80/50'],
    [{ highway: 'primary', 'maxspeed:backward': '30' }, '65/30'],
    [{ highway: 'service' }, '20/20'],
    [{ highway: 'service', service: 'driveway' }, '15/15'],
    [{ highway: 'service', service: 'parking_aisle' }, '10/10'],
    [{ highway: 'service', maxspeed: '50' }, '20/20'],
    [{ highway: 'service', maxspeed: '10' }, '10/10'],
    [{ highway: 'track' }, '15/15'],
    [{ highway: 'track', tracktype: 'grade1' }, '20/20'],
    [{ highway: 'track', tracktype: 'grade5' }, '5/5'],
    [{ highway: 'track', tracktype: 'constructor' }, '15/15'],
  ])('%j at %s', (tags, expected) => expect(verdict(tags)).toBe(expected));
});

describe('the emergency profile keeps to one-way streets', () => {
  it.each<[Tags, string]>([
    [{ oneway: 'yes' }, '30/-'],
    [{ oneway: '1' }, '30/-'],
    [{ oneway: 'true' }, '30/-'],
    [{ oneway: '-1' }, '-/30'],
    [{ oneway: 'reverse' }, '-/30'],
    [{ oneway: 'no' }, '30/30'],
    [{ oneway: 'alternating' }, '30/30'],
    [{ oneway: 'reversible' }, 'reversible'],
    [{ junction: 'roundabout' }, '30/-'],
    [{ junction: 'circular' }, '30/-'],
    [{ junction: 'roundabout', oneway: '-1' }, '-/30'],
    [{ oneway: 'yes', 'oneway:emergency': 'no' }, '30/30'],
  ])('%j: %s', (tags, expected) => expect(verdict({ highway: 'residential', ...tags })).toBe(expected));
});

describe('the emergency profile enters', () => {
  it.each<[Tags, string]>([
    [{ highway: 'residential', access: 'no' }, 'access'],
    [{ highway: 'residential', access: 'private' }, '30/30'],
    [{ highway: 'residential', access: 'destination' }, '30/30'],
    [{ highway: 'residential', access: 'no', emergency: 'yes' }, '30/30'],
    [{ highway: 'residential', access: 'no', emergency: 'designated' }, '30/30'],
    [{ highway: 'residential', emergency: 'no' }, 'access'],
    [{ highway: 'residential', motor_vehicle: 'no' }, 'access'],
    [{ highway: 'residential', vehicle: 'no' }, 'access'],
    [{ highway: 'residential', vehicle: 'no', motor_vehicle: 'yes' }, '30/30'],
    [{ highway: 'residential', access: 'no', motor_vehicle: 'yes' }, '30/30'],
    [{ highway: 'residential', motor_vehicle: 'no', access: 'yes' }, 'access'],
    [{ highway: 'residential', motor_vehicle: 'emergency' }, '30/30'],
    [{ highway: 'track', motor_vehicle: 'agricultural' }, '15/15'],
    [{ highway: 'service', access: 'no', emergency: 'yes', service: 'emergency_access' }, '20/20'],
    [{ highway: 'pedestrian' }, 'not-a-road'],
    [{ highway: 'pedestrian', access: 'yes' }, 'not-a-road'],
    [{ highway: 'pedestrian', motor_vehicle: 'delivery' }, '10/10'],
    [{ highway: 'footway', emergency: 'yes' }, '10/10'],
    [{ highway: 'path', emergency: 'yes', maxspeed: '50' }, '10/10'],
    [{ highway: 'busway', emergency: 'yes' }, '30/30'],
    [{ highway: 'footway' }, 'not-a-road'],
    [{ highway: 'steps', emergency: 'yes' }, 'not-a-road'],
    [{ highway: 'construction' }, 'not-a-road'],
    [{ highway: 'proposed' }, 'not-a-road'],
    [{ highway: 'service', area: 'yes' }, 'not-a-road'],
    [{ building: 'yes' }, 'not-a-road'],
    [{}, 'not-a-road'],
  ])('%j: %s', (tags, expected) => expect(verdict(tags)).toBe(expected));
});

describe('the emergency profile passes', () => {
  it.each<[Tags, boolean]>([
    [{}, true],
    [{ highway: 'crossing' }, true],
    [{ barrier: 'gate' }, true],
    [{ barrier: 'gate', access: 'no' }, true],
    [{ barrier: 'gate', emergency: 'no' }, false],
    [{ barrier: 'lift_gate' }, true],
    [{ barrier: 'chain' }, true],
    [{ barrier: 'toll_booth' }, true],
    [{ barrier: 'bollard' }, false],
    [{ barrier: 'bollard', emergency: 'yes' }, true],
    [{ barrier: 'bollard', motor_vehicle: 'yes' }, true],
    [{ barrier: 'bollard', access: 'yes' }, false],
    [{ barrier: 'bollard', bollard: 'rising' }, true],
    [{ barrier: 'block' }, false],
    [{ barrier: 'jersey_barrier' }, false],
    [{ barrier: 'cycle_barrier' }, false],
    [{ barrier: 'something new' }, false],
  ])('%j: %s', (tags, expected) => expect(emergencyProfile.passable(tagsOf(tags))).toBe(expected));
});

describe('the ordinary profile', () => {
  it.each<[Tags, string]>([
    [{ highway: 'residential' }, '30/30'],
    [{ highway: 'residential', maxspeed: '50', oneway: 'yes' }, '50/-'],
    [{ highway: 'residential', oneway: 'yes', 'oneway:emergency': 'no' }, '30/-'],
    [{ highway: 'residential', oneway: 'yes', 'oneway:motor_vehicle': 'no' }, '30/30'],
    [{ highway: 'residential', access: 'private' }, 'access'],
    [{ highway: 'residential', access: 'no', emergency: 'yes' }, 'access'],
    [{ highway: 'residential', motor_vehicle: 'destination' }, '30/30'],
    [{ highway: 'service', access: 'customers' }, '20/20'],
    [{ highway: 'service', access: 'private', motorcar: 'yes' }, '20/20'],
    [{ highway: 'track', motor_vehicle: 'forestry' }, 'access'],
    [{ highway: 'pedestrian', motor_vehicle: 'delivery' }, 'access'],
    [{ highway: 'footway', emergency: 'yes' }, 'not-a-road'],
    [{ highway: 'busway' }, 'not-a-road'],
    [{ highway: 'steps' }, 'not-a-road'],
  ])('makes of %j: %s', (tags, expected) => expect(verdict(tags, ordinaryProfile)).toBe(expected));

  it.each<[Tags, boolean]>([
    [{ barrier: 'gate' }, true],
    [{ barrier: 'gate', access: 'private' }, false],
    [{ barrier: 'gate', locked: 'yes' }, false],
    [{ barrier: 'lift_gate', motor_vehicle: 'no' }, false],
    [{ barrier: 'bollard' }, false],
    [{ barrier: 'bollard', motor_vehicle: 'yes' }, true],
    [{ barrier: 'chain' }, false],
    [{ barrier: 'toll_booth' }, true],
  ])('passes %j: %s', (tags, expected) => expect(ordinaryProfile.passable(tagsOf(tags))).toBe(expected));
});

describe('the foot profile', () => {
  it.each<[Tags, string]>([
    [{ highway: 'footway' }, '5/5'],
    [{ highway: 'path', oneway: 'yes' }, '5/5'],
    [{ highway: 'residential', oneway: 'yes', maxspeed: '50' }, '5/5'],
    [{ highway: 'steps' }, '2/2'],
    [{ highway: 'pedestrian', area: 'yes' }, '5/5'],
    [{ highway: 'motorway' }, 'access'],
    [{ highway: 'trunk' }, 'access'],
    [{ highway: 'trunk', foot: 'yes' }, '5/5'],
    [{ highway: 'service', access: 'private' }, 'access'],
    [{ highway: 'service', access: 'private', foot: 'yes' }, '5/5'],
    [{ highway: 'residential', motor_vehicle: 'no' }, '5/5'],
    [{ highway: 'cycleway', foot: 'no' }, 'access'],
    [{ highway: 'construction' }, 'not-a-road'],
    [{ building: 'yes' }, 'not-a-road'],
  ])('makes of %j: %s', (tags, expected) => expect(verdict(tags, footProfile)).toBe(expected));

  it.each<[Tags, boolean]>([
    [{ barrier: 'bollard' }, true],
    [{ barrier: 'gate' }, true],
    [{ barrier: 'gate', access: 'private' }, false],
    [{ barrier: 'gate', access: 'private', foot: 'yes' }, true],
    [{ barrier: 'fence' }, false],
  ])('passes %j: %s', (tags, expected) => expect(footProfile.passable(tagsOf(tags))).toBe(expected));
});

describe('profiles', () => {
  it('are found by the names that networks keep', () => {
    expect(PROFILES.map(({ name }) => name)).toEqual([
      'emergency',
      'emergency-contraflow',
      'ordinary',
      'foot',
    ]);
    for (const profile of PROFILES) expect(findProfile(profile.name)).toBe(profile);
    expect(findProfile('hovercraft')).toBeUndefined();
  });
});
