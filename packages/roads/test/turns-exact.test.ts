import { seconds } from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordinaryProfile, type RoadProfile, readRestriction, type TurnModel } from '../src/index.js';
import { networkOf, randomVillage } from './fixtures/towns.js';
import { countBreaches, listLegs, walksInStates, walksOfLegs, withRestrictions } from './fixtures/walks.js';

/** Drives as everybody does; turns take no time but what breaking a rule costs: one second. */
function profileOf(answer: 'obeyed' | 'disregarded', uTurns: boolean): RoadProfile {
  const turns: TurnModel = {
    restriction: (tags) => readRestriction(tags, ['motorcar', 'motor_vehicle', 'vehicle'], answer),
    disregarding: seconds(1),
    turningRound: seconds(0),
    delay: ({ kind }) => (kind === 'u-turn' && !uTurns ? undefined : seconds(0)),
  };
  return { ...ordinaryProfile, turns };
}

const LENGTH = 5;
const VILLAGES = Array.from({ length: 24 }, (_, i) => `village ${i}`);

describe('walks through a random village with random restrictions', () => {
  it.each(VILLAGES)('are those that the relations leave, read word for word: %s', (seed) => {
    const data = withRestrictions(randomVillage(seed, 8, 9), seed, 20);
    for (const uTurns of [false, true]) {
      const network = networkOf(data, { profile: profileOf('obeyed', uTurns) });
      const legs = listLegs(network, data.nodes);
      const allowed = walksOfLegs(legs, network, LENGTH, uTurns)
        .filter((walk) => countBreaches(walk, legs, data) === 0)
        .map((walk) => walk.map(({ arc }) => arc).join('>'));
      expect([...walksInStates(network, LENGTH).keys()].sort()).toEqual(allowed.sort());
    }
  });

  it.each(VILLAGES)(
    'cost a second for each turn that breaks a rule where rules are disregarded: %s',
    (seed) => {
      const data = withRestrictions(randomVillage(seed, 8, 9), seed, 20);
      const network = networkOf(data, { profile: profileOf('disregarded', true) });
      const legs = listLegs(network, data.nodes);
      const expected = new Map<string, number>();
      for (const walk of walksOfLegs(legs, network, LENGTH, true)) {
        expected.set(walk.map(({ arc }) => arc).join('>'), 10 * countBreaches(walk, legs, data));
      }
      expect(walksInStates(network, LENGTH)).toEqual(expected);
    },
  );

  it('meet restrictions over ways that overlap, so that arcs have several states', () => {
    const copies = VILLAGES.map((seed) => {
      const data = withRestrictions(randomVillage(seed, 8, 9), seed, 20);
      const network = networkOf(data, { profile: profileOf('obeyed', false) });
      return network.stateCount - network.arcCount;
    });
    expect(copies.filter((count) => count > 0).length).toBeGreaterThan(8);
    expect(Math.max(...copies)).toBeGreaterThan(3);
  });
});

describe('relations of any kind', () => {
  const village = randomVillage('any', 8, 9);
  const ids = [...village.nodes.map(({ id }) => id), ...village.ways.map(({ id }) => id), 999];
  const member = fc.record({
    type: fc.constantFrom('node', 'way', 'relation'),
    id: fc.constantFrom(...ids),
    role: fc.constantFrom('from', 'via', 'to', '', 'location_hint'),
  });
  const tags = fc.record(
    {
      type: fc.constantFrom('restriction', 'restriction', 'restriction', 'route'),
      restriction: fc.constantFrom(
        'no_left_turn',
        'no_u_turn',
        'no_entry',
        'only_straight_on',
        'no_such_thing',
        '',
      ),
      'restriction:motorcar': fc.constantFrom('none', 'only_right_turn'),
      'restriction:conditional': fc.constant('no_left_turn @ (22:00-06:00)'),
      except: fc.constantFrom('psv', 'motorcar;psv', ';'),
    },
    { requiredKeys: ['type'] },
  );
  const relation = fc.record({
    id: fc.integer({ min: 1, max: 30 }),
    members: fc.array(member, { maxLength: 6 }),
    tags,
  });

  it('are each counted once, and leave every arc a state', () => {
    fc.assert(
      fc.property(fc.array(relation, { maxLength: 20 }), (relations) => {
        const data = {
          ...village,
          relations: relations.map(({ id, members, tags: own }) => ({ id, members, tags: { ...own } })),
        };
        const { report, stateCount, arcCount, arrays } = networkOf(data, {
          profile: profileOf('obeyed', false),
        });
        const { read, obeyed, disregarded, exempt, broken } = report.restrictions;
        expect(read).toBe(relations.filter(({ tags: own }) => own.type === 'restriction').length);
        expect(Object.values(broken).reduce((a, b) => a + b, obeyed + disregarded + exempt)).toBe(read);
        expect(stateCount).toBeGreaterThanOrEqual(arcCount);
        expect([...arrays.stateArc.subarray(0, arcCount)]).toEqual(
          Array.from({ length: arcCount }, (_, arc) => arc),
        );
      }),
      { seed: 20_261, numRuns: 200 },
    );
  });
});
