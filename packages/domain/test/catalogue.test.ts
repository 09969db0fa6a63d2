import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CAPABILITIES,
  capabilityMatcher,
  DISPOSITIONS,
  EIDO_PRIMARY_UNIT_STATUS,
  EIDO_SECONDARY_UNIT_STATUSES,
  FAMILY_NAMES,
  findCapability,
  findDisposition,
  findDutyAvailability,
  findRunCard,
  findTargetSet,
  findUnitStatus,
  type Localized,
  RUN_CARDS,
  type RunCard,
  requirementsAt,
  satisfies,
  TARGET_SETS,
  UNIT_STATUS_EFFECTS,
  UNIT_STATUSES,
} from '../src/catalogue/index.js';

const getCard = (id: string): RunCard => {
  const card = findRunCard(id);
  if (card === undefined) throw new Error(`no card ${id}`);
  return card;
};

/** Every capability reached from `id` by `implies`, by plain repetition until nothing is added. */
function reachedFrom(id: string, list = CAPABILITIES): Set<string> {
  const reached = new Set<string>([id]);
  for (let size = 0; size !== reached.size; ) {
    size = reached.size;
    for (const each of list) {
      if (reached.has(each.id)) for (const implied of each.implies) reached.add(implied);
    }
  }
  return reached;
}

test('every name in the catalogue is there in both languages', () => {
  const names: Localized[] = [
    ...Object.values(FAMILY_NAMES),
    ...[...CAPABILITIES, ...RUN_CARDS, ...DISPOSITIONS, ...UNIT_STATUSES, ...TARGET_SETS].map(
      ({ name }) => name,
    ),
    ...TARGET_SETS.map(({ caution }) => caution),
  ];
  for (const { en, zh } of names) {
    expect(en).toMatch(/^[A-Z]/);
    expect(zh).toMatch(/\p{Script=Han}/u);
  }
});

test('ids and codes stand once', () => {
  for (const ids of [
    CAPABILITIES.map(({ id }) => id),
    RUN_CARDS.map(({ id }) => id),
    TARGET_SETS.map(({ id }) => id),
    DISPOSITIONS.map(({ code }) => code),
    UNIT_STATUSES.map(({ code }) => code),
  ]) {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  }
});

describe('capabilities', () => {
  test('what is implied exists, and nothing implies itself', () => {
    for (const { id, implies } of CAPABILITIES) {
      for (const implied of implies) {
        expect(findCapability(implied)).toBeDefined();
        expect(reachedFrom(implied)).not.toContain(id);
      }
    }
  });

  test('an advanced ambulance may do the work of a basic one and of a first responder, not the reverse', () => {
    expect(satisfies(['ambulance-als'], 'ambulance-bls')).toBe(true);
    expect(satisfies(['ambulance-als'], 'first-responder')).toBe(true);
    expect(satisfies(['ambulance-bls'], 'ambulance-als')).toBe(false);
    expect(satisfies(['armed-response'], 'patrol')).toBe(true);
    expect(satisfies(['rescue-engine'], 'rescue')).toBe(true);
    expect(satisfies([], 'patrol')).toBe(false);
  });

  test('every pair agrees with following the implications by hand', () => {
    for (const held of CAPABILITIES) {
      const reached = reachedFrom(held.id);
      for (const asked of CAPABILITIES) expect(satisfies([held.id], asked.id)).toBe(reached.has(asked.id));
    }
  });

  test('an agency adds its own, and a circle in its list does no harm', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const lists = fc.tuple(...ids.map(() => fc.uniqueArray(fc.constantFrom(...ids))));
    fc.assert(
      fc.property(lists, (implied) => {
        const own = ids.map((id, index) => ({
          id,
          name: { en: id, zh: id },
          implies: implied[index] ?? [],
        }));
        const can = capabilityMatcher(own);
        for (const held of ids) {
          const reached = reachedFrom(held, own);
          for (const asked of ids) expect(can(new Set([held]), asked)).toBe(reached.has(asked));
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test('a capability of no list is satisfied by itself', () => {
    expect(satisfies(['drone'], 'drone')).toBe(true);
    expect(satisfies(['patrol'], 'drone')).toBe(false);
  });
});

describe('run cards', () => {
  test('levels are numbered from 1, ask for known capabilities once each, and for at least one unit', () => {
    for (const { levels } of RUN_CARDS) {
      expect(levels.length).toBeGreaterThan(0);
      expect(levels.map(({ level }) => level)).toEqual(levels.map((_, index) => index + 1));
      for (const { requires } of levels) {
        const asked = requires.map(({ capability }) => capability);
        expect(new Set(asked).size).toBe(asked.length);
        for (const { capability, count } of requires) {
          expect(findCapability(capability)).toBeDefined();
          expect(Number.isInteger(count) && count > 0).toBe(true);
        }
      }
    }
  });

  test('a higher level asks for no less of anything and for more of something', () => {
    for (const { levels } of RUN_CARDS) {
      levels.slice(1).forEach((higher, index) => {
        const lower = levels[index]?.requires ?? [];
        const countOf = (capability: string) =>
          higher.requires.find((each) => each.capability === capability)?.count ?? 0;
        for (const { capability, count } of lower) expect(countOf(capability)).toBeGreaterThanOrEqual(count);
        const total = (list: typeof lower) => list.reduce((sum, { count }) => sum + count, 0);
        expect(total(higher.requires)).toBeGreaterThan(total(lower));
      });
    }
  });

  test('the more special capability is filled before the one it implies', () => {
    for (const { levels } of RUN_CARDS) {
      for (const { requires } of levels) {
        requires.forEach((earlier, index) => {
          for (const later of requires.slice(index + 1)) {
            expect(satisfies([later.capability], earlier.capability)).toBe(false);
          }
        });
      }
    }
  });

  test('only the card for no response asks for nobody', () => {
    const empty = RUN_CARDS.filter(({ levels }) => levels.some(({ requires }) => requires.length === 0));
    expect(empty.map(({ id }) => id)).toEqual(['admin-none']);
  });

  test('above its highest level a card asks for what the highest level lists', () => {
    const card = getCard('structure-fire');
    expect(requirementsAt(card, 3)).toContainEqual({ capability: 'fire-engine', count: 9 });
    expect(requirementsAt(card, 9)).toBe(requirementsAt(card, 3));
  });

  test('a level that is none is a mistake of the caller', () => {
    const card = getCard('patrol-1');
    for (const level of [0, -1, 1.5, Number.NaN])
      expect(() => requirementsAt(card, level)).toThrow(RangeError);
  });
});

test('the common dispositions are 01 to 45, in order', () => {
  expect(DISPOSITIONS.map(({ code }) => code)).toEqual(
    Array.from({ length: 45 }, (_, index) => String(index + 1).padStart(2, '0')),
  );
  expect(findDisposition('22')?.name.en).toBe('Same incident reported before');
  expect(findDisposition('46')).toBeUndefined();
});

describe('unit statuses', () => {
  test('every meaning has a code to start with', () => {
    expect(new Set(UNIT_STATUSES.map(({ meaning }) => meaning))).toEqual(
      new Set(Object.keys(UNIT_STATUS_EFFECTS)),
    );
    expect(findUnitStatus('PO')?.meaning).toBe('on-post');
  });

  test("a code tells what it does to availability, an agency's own as well", () => {
    expect(findDutyAvailability('PO')).toBe('available');
    expect(findDutyAvailability('ML')).toBe('delayed');
    expect(findDutyAvailability('OD')).toBe('unavailable');
    expect(findDutyAvailability('1099')).toBeUndefined();
    const own = [{ code: '1099', name: { en: 'At lunch', zh: '午餐' }, meaning: 'meal' }] as const;
    expect(findDutyAvailability('1099', own)).toBe('delayed');
  });

  test('the EIDO registry of secondary statuses is whole and each value used is in it', () => {
    expect(new Set(EIDO_SECONDARY_UNIT_STATUSES).size).toBe(41);
    for (const { eidoSecondary } of Object.values(UNIT_STATUS_EFFECTS)) {
      for (const value of eidoSecondary) expect(EIDO_SECONDARY_UNIT_STATUSES).toContain(value);
    }
  });

  test('two meanings go out alike only when they are the same to a receiver', () => {
    const sent = Object.values(UNIT_STATUS_EFFECTS).map(
      ({ availability, eidoSecondary }) =>
        `${EIDO_PRIMARY_UNIT_STATUS[availability]} ${eidoSecondary.join(' ')}`,
    );
    expect(new Set(sent).size).toBe(sent.length);
  });
});

describe('target sets', () => {
  test('every target is a share and a time, with its source', () => {
    for (const { percentile, seconds, source } of TARGET_SETS.flatMap(({ targets }) => targets)) {
      expect(percentile).toBeGreaterThan(0);
      expect(percentile).toBeLessThanOrEqual(100);
      expect(seconds).toBeGreaterThan(0);
      expect(source).not.toBe('');
    }
  });

  test('within a set, a greater share of the same interval is given more time', () => {
    for (const { targets } of TARGET_SETS) {
      for (const a of targets) {
        for (const b of targets) {
          if (a.interval === b.interval && a.scope === b.scope && a.percentile < b.percentile) {
            expect(a.seconds).toBeLessThan(b.seconds);
          }
        }
      }
    }
  });

  test('a set is found by its id', () => {
    expect(findTargetSet('nena-sta-020')?.targets).toHaveLength(2);
    expect(findTargetSet('nothing')).toBeUndefined();
  });
});
