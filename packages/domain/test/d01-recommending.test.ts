import { type Seconds, seconds } from '@lamplight/base';
import { describe, expect, test } from 'vitest';
import {
  EXCLUSION_REASONS,
  type Recommendation,
  type RecommendationFacts,
  recommend,
  recordOf,
  satisfies,
  type UnitFacts,
} from '../src/index.js';
import { t } from './support/scenario.js';

const unit = (unitId: string, eta: number | null, details: Partial<UnitFacts> = {}): UnitFacts => ({
  unitId,
  availability: 'available',
  capabilities: ['patrol'],
  crew: 2,
  minimumCrew: 2,
  positionAge: seconds(5),
  assumedAtHome: false,
  eta: eta === null ? null : { p50: seconds(eta), p90: seconds(2 * eta) },
  work: null,
  returning: false,
  ...details,
});
const busy = (
  unitId: string,
  eta: number,
  priority: 1 | 2 | 3 | 4 | 5 | null,
  details: { readonly bound?: boolean; readonly capabilities?: readonly string[] } = {},
): UnitFacts =>
  unit(unitId, eta, {
    availability: 'committed',
    work: { incidentId: 'other', priority, bound: details.bound ?? false },
    ...(details.capabilities ? { capabilities: details.capabilities } : {}),
  });

const facts = (
  requires: Readonly<Record<string, number>>,
  units: readonly UnitFacts[],
  details: Partial<RecommendationFacts> = {},
): RecommendationFacts => ({
  priority: 2,
  alarmLevel: 1,
  requires: Object.entries(requires).map(([capability, count]) => ({ capability, count })),
  assigned: [],
  units,
  staleAfter: seconds(300),
  satisfies,
  ...details,
});

const suggested = ({ candidates }: Recommendation): string[] =>
  candidates.filter((candidate) => candidate.suggested).map(({ unitId }) => unitId);
const order = ({ candidates }: Recommendation): string[] => candidates.map(({ unitId }) => unitId);
const whyNot = ({ excluded }: Recommendation): Record<string, string> =>
  Object.fromEntries(excluded.map(({ unitId, reason }) => [unitId, reason]));
const reasonsOf = ({ candidates }: Recommendation, unitId: string) =>
  candidates.find((candidate) => candidate.unitId === unitId)?.reasons;

describe('the order of candidates', () => {
  test('is by travel time; of two that are as near, by identifier, so that it never wavers', () => {
    const units = [unit('c', 90), unit('b', 60), unit('a', 90)];
    expect(order(recommend(facts({ patrol: 1 }, units)))).toEqual(['b', 'a', 'c']);
    expect(order(recommend(facts({ patrol: 1 }, units.toReversed())))).toEqual(['b', 'a', 'c']);
  });

  test('is by the median, and the time that nine in ten keep is told with it', () => {
    const sure = unit('sure', 60);
    const unsure = unit('unsure', 58, { eta: { p50: seconds(58), p90: seconds(400) } });
    const { candidates } = recommend(facts({ patrol: 1 }, [sure, unsure]));
    expect(candidates.map(({ unitId, eta, etaP90 }) => [unitId, eta, etaP90])).toEqual([
      ['unsure', 58, 400],
      ['sure', 60, 120],
    ]);
  });

  test('is told: the nearest, and each other one by how much it is behind', () => {
    const result = recommend(facts({ patrol: 1 }, [unit('near', 60), unit('far', 95)]));
    expect(reasonsOf(result, 'near')).toEqual([{ code: 'nearest' }, { code: 'fills', capability: 'patrol' }]);
    expect(reasonsOf(result, 'far')).toEqual([
      { code: 'behind', unitId: 'near', seconds: 35 },
      { code: 'reserve' },
    ]);
  });

  test('tells of what may cost time: a crew that must leave something, or is on its way back', () => {
    const units = [unit('meal', 60, { availability: 'delayed' }), unit('back', 70, { returning: true })];
    const result = recommend(facts({ patrol: 2 }, units));
    expect(reasonsOf(result, 'meal')).toContainEqual({ code: 'delayed' });
    expect(reasonsOf(result, 'back')).toContainEqual({ code: 'returning' });
  });
});

describe('who is left out, and why', () => {
  const cases: readonly (readonly [string, UnitFacts])[] = [
    ['off-duty', unit('x', 60, { availability: 'off-duty' })],
    ['unavailable', unit('x', 60, { availability: 'unavailable' })],
    ['committed', busy('x', 60, 2)],
    ['crew-too-small', unit('x', 60, { crew: 1 })],
    ['capability-not-needed', unit('x', 60, { capabilities: ['ladder'] })],
    ['position-unknown', unit('x', 60, { positionAge: null })],
    ['position-stale', unit('x', 60, { positionAge: seconds(301) })],
    ['unreachable', unit('x', null)],
    ['unreachable', unit('x', Infinity)],
  ];

  test.each(cases)('%s', (reason, excluded) => {
    const result = recommend(facts({ patrol: 1 }, [excluded, unit('y', 600)]));
    expect(whyNot(result)).toEqual({ x: reason });
    expect(suggested(result)).toEqual(['y']);
  });

  test('already-assigned: what is there is not offered again, whatever else is the matter with it', () => {
    const assigned = [{ unitId: 'x', capabilities: ['patrol'] }];
    const result = recommend(facts({ patrol: 2 }, [busy('x', 60, 5), unit('y', 600)], { assigned }));
    expect(whyNot(result)).toEqual({ x: 'already-assigned' });
  });

  test('for each reason that there is, there is a case', () => {
    expect(new Set([...cases.map(([reason]) => reason), 'already-assigned'])).toEqual(
      new Set(EXCLUSION_REASONS),
    );
  });

  test('everybody is either a candidate or left out, and never both', () => {
    const units = cases.map(([, excluded], index) => ({ ...excluded, unitId: `x${index}` }));
    const result = recommend(facts({ patrol: 1 }, [...units, unit('y', 9)]));
    expect([...order(result), ...Object.keys(whyNot(result))].sort()).toEqual(
      [...units.map(({ unitId }) => unitId), 'y'].sort(),
    );
  });

  test('not: a position just as old as is allowed', () => {
    expect(order(recommend(facts({ patrol: 1 }, [unit('x', 60, { positionAge: seconds(300) })])))).toEqual([
      'x',
    ]);
  });
});

test('a crew that never reported is taken to be at its station, and this is said', () => {
  const home = unit('home', 80, { positionAge: null, assumedAtHome: true });
  const result = recommend(facts({ patrol: 1 }, [home]));
  expect(reasonsOf(result, 'home')).toContainEqual({ code: 'assumed-at-home' });
  expect(result.candidates[0]?.positionAge).toBeNull();
});

describe('units on other work', () => {
  test('may be diverted from what is less urgent, and come after all that are free', () => {
    const result = recommend(facts({ patrol: 1 }, [busy('busy', 30, 3), unit('free', 400)]));
    expect(order(result)).toEqual(['free', 'busy']);
    expect(suggested(result)).toEqual(['free']);
    expect(result.candidates.map(({ divertFrom }) => divertFrom)).toEqual([null, 'other']);
  });

  test('are suggested when there is nobody else', () => {
    const result = recommend(facts({ patrol: 2 }, [busy('busy', 30, 3), unit('free', 400)]));
    expect(suggested(result)).toEqual(['free', 'busy']);
    expect(reasonsOf(result, 'busy')).toEqual([
      { code: 'diverted', incidentId: 'other', priority: 3 },
      { code: 'fills', capability: 'patrol' },
    ]);
  });

  test('stay where it is as urgent, or more', () => {
    for (const priority of [1, 2] as const) {
      expect(whyNot(recommend(facts({ patrol: 1 }, [busy('busy', 30, priority)])))).toEqual({
        busy: 'committed',
      });
    }
  });

  test('stay with work of which nobody knows yet how urgent it is', () => {
    expect(whyNot(recommend(facts({ patrol: 1 }, [busy('busy', 30, null)])))).toEqual({ busy: 'committed' });
  });

  test('stay once they are at the scene or carry somebody', () => {
    const result = recommend(facts({ patrol: 1 }, [busy('busy', 30, 5, { bound: true })]));
    expect(whyNot(result)).toEqual({ busy: 'committed' });
  });

  test('that are nearer than the nearest free one are not called behind it', () => {
    const result = recommend(facts({ patrol: 1 }, [busy('busy', 30, 3), unit('free', 400)]));
    expect(reasonsOf(result, 'busy')?.map(({ code }) => code)).toEqual(['diverted', 'reserve']);
  });

  test('are taken away as few as possible, though a faster set would take more', () => {
    const als = ['ambulance-als'];
    const result = recommend(
      facts({ 'ambulance-als': 1, patrol: 1 }, [
        busy('busy-als', 10, 4, { capabilities: als }),
        unit('free-als', 800, { capabilities: als }),
        busy('busy-patrol', 20, 4),
        unit('free-patrol', 700),
      ]),
    );
    expect(suggested(result)).toEqual(['free-patrol', 'free-als']);
  });
});

describe('the run card is filled', () => {
  test('with one unit for each place, whatever else it can do', () => {
    const both = unit('both', 60, { capabilities: ['patrol', 'rescue'] });
    const result = recommend(facts({ patrol: 1, rescue: 1 }, [both]));
    expect(suggested(result)).toEqual(['both']);
    expect(result.requirements).toEqual([
      { capability: 'patrol', required: 1, assigned: 0, suggested: 1, lacking: 0 },
      { capability: 'rescue', required: 1, assigned: 0, suggested: 0, lacking: 1 },
    ]);
  });

  test('by moving who can do more to the place that nobody else can fill', () => {
    const result = recommend(
      facts({ patrol: 1, rescue: 1 }, [
        unit('both', 60, { capabilities: ['patrol', 'rescue'] }),
        unit('patrol', 300),
      ]),
    );
    expect(suggested(result)).toEqual(['both', 'patrol']);
    expect(reasonsOf(result, 'both')).toContainEqual({ code: 'fills', capability: 'rescue' });
    expect(reasonsOf(result, 'patrol')).toContainEqual({ code: 'fills', capability: 'patrol' });
  });

  test('with what implies what is asked for: an advanced ambulance does for a basic one, not the other way round', () => {
    const als = unit('als', 60, { capabilities: ['ambulance-als'] });
    const bls = unit('bls', 50, { capabilities: ['ambulance-bls'] });
    expect(suggested(recommend(facts({ 'ambulance-bls': 1 }, [als])))).toEqual(['als']);
    expect(whyNot(recommend(facts({ 'ambulance-als': 1 }, [bls])))).toEqual({ bls: 'capability-not-needed' });
  });

  test('in the order of the card, so that what lacks is what is easier to find', () => {
    const als = unit('als', 60, { capabilities: ['ambulance-als'] });
    const result = recommend(facts({ 'ambulance-als': 1, 'ambulance-bls': 1 }, [als]));
    expect(result.requirements.map(({ capability, lacking }) => [capability, lacking])).toEqual([
      ['ambulance-als', 0],
      ['ambulance-bls', 1],
    ]);
  });

  test('also where nobody is to be had: then it says what lacks', () => {
    expect(recommend(facts({ patrol: 2, k9: 1 }, [unit('a', 60)])).requirements).toEqual([
      { capability: 'patrol', required: 2, assigned: 0, suggested: 1, lacking: 1 },
      { capability: 'k9', required: 1, assigned: 0, suggested: 0, lacking: 1 },
    ]);
    expect(recommend(facts({ patrol: 1 }, [])).requirements[0]?.lacking).toBe(1);
  });

  test('and when it asks for nothing, nobody is needed', () => {
    const result = recommend(facts({}, [unit('a', 60)]));
    expect(result.requirements).toEqual([]);
    expect(whyNot(result)).toEqual({ a: 'capability-not-needed' });
  });
});

describe('units that are on the incident already', () => {
  const both = { unitId: 'both', capabilities: ['patrol', 'rescue'] };

  test('count, and are not asked for twice', () => {
    const result = recommend(facts({ patrol: 1 }, [unit('a', 60)], { assigned: [both] }));
    expect(suggested(result)).toEqual([]);
    expect(reasonsOf(result, 'a')).toContainEqual({ code: 'reserve' });
    expect(result.requirements).toEqual([
      { capability: 'patrol', required: 1, assigned: 1, suggested: 0, lacking: 0 },
    ]);
  });

  test('take the place that leaves the other to who can fill it', () => {
    const result = recommend(facts({ patrol: 1, rescue: 1 }, [unit('a', 60)], { assigned: [both] }));
    expect(suggested(result)).toEqual(['a']);
    expect(result.requirements).toEqual([
      { capability: 'patrol', required: 1, assigned: 0, suggested: 1, lacking: 0 },
      { capability: 'rescue', required: 1, assigned: 1, suggested: 0, lacking: 0 },
    ]);
  });

  test('make room for each other', () => {
    const assigned = [both, { unitId: 'p', capabilities: ['patrol'] }];
    const result = recommend(facts({ patrol: 1, rescue: 1 }, [unit('a', 60)], { assigned }));
    expect(suggested(result)).toEqual([]);
    expect(result.requirements.map(({ assigned, lacking }) => [assigned, lacking])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  test('more than the card asks for do no harm', () => {
    const assigned = ['p', 'q', 'r'].map((unitId) => ({ unitId, capabilities: ['patrol'] }));
    const result = recommend(facts({ patrol: 1 }, [unit('a', 60)], { assigned }));
    expect(result.requirements[0]).toMatchObject({ assigned: 1, suggested: 0, lacking: 0 });
  });
});

describe('what is kept of a recommendation', () => {
  const result = recommend(
    facts({ patrol: 1, rescue: 1 }, [
      ...Array.from({ length: 20 }, (_, index) => unit(`u${index + 10}`, 60.4 + index)),
      unit('rescue', 9000.6, { capabilities: ['rescue'], positionAge: null, assumedAtHome: true }),
      unit('off', 1, { availability: 'off-duty' }),
      unit('gone', null),
      unit('lost', null),
    ]),
  );
  const record = recordOf(result, t(0), 3);

  test('is the best few, and every one that was suggested, in whole seconds', () => {
    expect(record.candidates.map(({ unitId, etaSeconds }) => [unitId, etaSeconds])).toEqual([
      ['u10', 60],
      ['u11', 61],
      ['u12', 62],
      ['rescue', 9001],
    ]);
    expect(record.candidates.at(-1)).toMatchObject({ positionAgeSeconds: null, suggested: true });
  });

  test('is how many were left out for what, and how far the card is filled', () => {
    expect(record).toMatchObject({
      at: t(0),
      alarmLevel: 1,
      excluded: { 'off-duty': 1, unreachable: 2 },
      requirements: result.requirements,
    });
  });
});

test('thousands of units are judged by few questions: none is asked more than once for each capability wanted', () => {
  let questions = 0;
  const kinds = [['patrol'], ['rescue-engine'], ['ambulance-als'], ['k9', 'negotiation'], ['ladder']];
  const units = Array.from({ length: 5000 }, (_, index) =>
    unit(`u${index}`, 30 + ((index * 7919) % 3600), { capabilities: kinds[index % kinds.length] ?? [] }),
  );
  const requires = { 'armed-response': 6, patrol: 10, supervisor: 3, 'ambulance-als': 6, 'fire-engine': 2 };
  const counted = facts(requires, units, {
    satisfies: (capabilities, capability) => {
      questions += 1;
      return satisfies(capabilities, capability);
    },
  });
  const result = recommend(counted);
  expect(questions).toBeLessThanOrEqual(5000 * Object.keys(requires).length);
  expect(result.requirements.map(({ lacking }) => lacking)).toEqual([6, 0, 3, 0, 0]);
  expect(suggested(result)).toHaveLength(18);
});

test('time does not come into it: the same facts give the same recommendation', () => {
  const same: Seconds = seconds(60);
  const given = facts({ patrol: 2 }, [unit('a', same), unit('b', same), busy('c', 5, 4)]);
  expect(recommend(given)).toEqual(recommend(given));
});
