import { seconds } from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RecommendationFacts, recommend, type UnitFacts } from '../src/index.js';

/** Brute force as the oracle: every subset of the units, and every way to put it on the places. */

const RUNS = { seed: 20260131, numRuns: 1500 };
const CAPABILITIES = ['a', 'b', 'c'];
/** `a` implies `b`, as an advanced ambulance a basic one. */
const satisfies = (capabilities: readonly string[], wanted: string): boolean =>
  capabilities.includes(wanted) || (wanted === 'b' && capabilities.includes('a'));

const capabilities = fc.subarray(CAPABILITIES, { minLength: 1 });
const anyUnit = fc.record({
  capabilities,
  eta: fc.integer({ min: 1, max: 40 }),
  busy: fc.boolean(),
});
const anyFacts: fc.Arbitrary<RecommendationFacts> = fc
  .record({
    counts: fc.tuple(...CAPABILITIES.map(() => fc.integer({ min: 0, max: 2 }))),
    assigned: fc.array(capabilities, { maxLength: 2 }),
    units: fc.array(anyUnit, { maxLength: 6 }),
  })
  .map(({ counts, assigned, units }) => ({
    priority: 1,
    alarmLevel: 1,
    requires: CAPABILITIES.map((capability, index) => ({ capability, count: counts[index] ?? 0 })),
    assigned: assigned.map((held, index) => ({ unitId: `assigned${index}`, capabilities: held })),
    units: units.map(
      ({ capabilities, eta, busy }, index): UnitFacts => ({
        unitId: `u${index}`,
        availability: busy ? 'committed' : 'available',
        capabilities,
        crew: 2,
        minimumCrew: 2,
        positionAge: seconds(1),
        assumedAtHome: false,
        eta: { p50: seconds(eta), p90: seconds(2 * eta) },
        work: busy ? { incidentId: 'other', priority: 3, bound: false } : null,
        returning: false,
      }),
    ),
    staleAfter: seconds(300),
    satisfies,
  }));

const placesOf = (facts: RecommendationFacts): string[] =>
  facts.requires.flatMap(({ capability, count }) => new Array<string>(count).fill(capability));

/** The most places that these units can fill, each one place: by trying every place for every unit. */
function mostPlaces(units: readonly (readonly string[])[], places: readonly string[]): number {
  const [held, ...rest] = units;
  if (!held) return 0;
  const without = mostPlaces(rest, places);
  const takes = places.flatMap((place, index) =>
    satisfies(held, place) ? [1 + mostPlaces(rest, places.toSpliced(index, 1))] : [],
  );
  return Math.max(without, ...takes);
}

interface Score {
  readonly filled: number;
  readonly diverted: number;
  readonly total: number;
  readonly latest: number;
}

const scoreOf = (units: readonly UnitFacts[]): Score => ({
  filled: units.length,
  diverted: units.filter(({ work }) => work !== null).length,
  total: units.reduce((sum, { eta }) => sum + (eta?.p50 ?? 0), 0),
  latest: Math.max(0, ...units.map(({ eta }) => eta?.p50 ?? 0)),
});

/** All sets of units of which each can have an open place to itself, beside the units that are there already. */
function* usefulSets(facts: RecommendationFacts): Generator<readonly UnitFacts[]> {
  const places = placesOf(facts);
  const there = facts.assigned.map((assigned) => assigned.capabilities);
  const base = mostPlaces(there, places);
  for (let bits = 0; bits < 1 << facts.units.length; bits++) {
    const set = facts.units.filter((_, index) => (bits >> index) & 1);
    const held = set.map((unit) => unit.capabilities);
    if (mostPlaces([...there, ...held], places) === base + set.length) yield set;
  }
}

describe('the suggested set', () => {
  test('fills as many places as can be filled, takes away as few units as that needs, and is then the soonest', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const result = recommend(facts);
        const names = new Set(result.candidates.filter((each) => each.suggested).map(({ unitId }) => unitId));
        const ours = scoreOf(facts.units.filter(({ unitId }) => names.has(unitId)));
        const sets = [...usefulSets(facts)].map(scoreOf);
        const filled = Math.max(...sets.map((set) => set.filled));
        const full = sets.filter((set) => set.filled === filled);
        const diverted = Math.min(...full.map((set) => set.diverted));
        const least = full.filter((set) => set.diverted === diverted);
        expect(ours).toEqual({
          filled,
          diverted,
          total: Math.min(...least.map(({ total }) => total)),
          latest: Math.min(...least.map(({ latest }) => latest)),
        });
      }),
      RUNS,
    );
  });

  test('stands on places that its units can fill, and the sums are right', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { candidates, requirements } = recommend(facts);
        for (const { capability, required, assigned, suggested, lacking } of requirements) {
          expect(required).toBe(facts.requires.find((each) => each.capability === capability)?.count);
          expect(assigned + suggested + lacking).toBe(required);
          expect(Math.min(assigned, suggested, lacking)).toBeGreaterThanOrEqual(0);
          const filling = candidates.filter(({ reasons }) =>
            reasons.some((reason) => reason.code === 'fills' && reason.capability === capability),
          );
          expect(filling).toHaveLength(suggested);
          for (const { unitId } of filling) {
            const held = facts.units.find((unit) => unit.unitId === unitId)?.capabilities ?? [];
            expect(satisfies(held, capability)).toBe(true);
          }
        }
        const sum = requirements.reduce((total, { assigned }) => total + assigned, 0);
        expect(sum).toBe(
          mostPlaces(
            facts.assigned.map((assigned) => assigned.capabilities),
            placesOf(facts),
          ),
        );
      }),
      RUNS,
    );
  });
});
