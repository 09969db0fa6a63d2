import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CATALOGUE_SECTIONS,
  type CatalogueFault,
  createCatalogue,
  entriesOf,
  findRemoved,
  type IncidentType,
  keyOf,
  NOTHING_OWN,
  type OwnCatalogue,
  type QuestionCard,
  type RunCard,
  rulesOf,
  SHIPPED_ENTRIES,
  validateCatalogue,
} from '../src/index.js';

const name = { en: 'Drone', zh: '无人机' };
const drone: IncidentType = { code: 'DRONE', name, family: 'hazard', priority: 2, runCard: 'patrol-1' };
const card = (id: string, ...levels: readonly RunCard['levels'][number]['requires'][]): RunCard => ({
  id,
  name,
  levels: levels.map((requires, index) => ({ level: index + 1, requires })),
});
const questions = (changes: Partial<QuestionCard>): QuestionCard => ({
  id: 'drone',
  name,
  incidentTypes: [],
  questions: [
    {
      id: 'near',
      text: name,
      answers: [
        { id: 'yes', text: name, weight: 1 },
        { id: 'no', text: name, weight: 0 },
      ],
    },
  ],
  steps: [],
  instructions: [],
  ...changes,
});
const own = (part: { [Section in keyof OwnCatalogue]?: Partial<OwnCatalogue[Section]> }): OwnCatalogue => ({
  'incident-types': { own: [], hidden: [], ...part['incident-types'] },
  'question-cards': { own: [], hidden: [], ...part['question-cards'] },
  'run-cards': { own: [], hidden: [], ...part['run-cards'] },
  capabilities: { own: [], hidden: [], ...part.capabilities },
  'unit-statuses': { own: [], hidden: [], ...part['unit-statuses'] },
  dispositions: { own: [], hidden: [], ...part.dispositions },
  targets: { own: [], hidden: [], ...part.targets },
});

describe('the catalogue of an agency', () => {
  it('is the shipped one while the agency has nothing of its own, and that is sound', () => {
    expect(entriesOf(createCatalogue())).toEqual(SHIPPED_ENTRIES);
    expect(validateCatalogue(NOTHING_OWN)).toEqual([]);
  });

  it('has own entries in the place of shipped ones of the same key, and others at the end', () => {
    const theft = { ...drone, code: 'larceny', priority: 5 as const };
    const { incidentTypes, findIncidentType } = createCatalogue({
      'incident-types': { own: [theft, drone], hidden: [] },
    });
    const shipped = SHIPPED_ENTRIES['incident-types'].map(keyOf);
    expect(incidentTypes.map(keyOf)).toEqual([...shipped, 'DRONE']);
    expect(findIncidentType('LARCENY')?.priority).toBe(5);
    expect(findIncidentType('drone')).toEqual(drone);
  });

  it('still knows what it no longer offers', () => {
    const hidden = createCatalogue(own({ 'incident-types': { hidden: ['LARCENY'] } }));
    expect(hidden.isOffered('incident-types', 'LARCENY')).toBe(false);
    expect(hidden.isOffered('incident-types', 'ROBBERY')).toBe(true);
    expect(rulesOf(() => hidden).defaultPriority('LARCENY')).toBe(
      createCatalogue().findIncidentType('LARCENY')?.priority,
    );
  });

  it('judges by the targets of the sets that are offered, and asks the cards that are', () => {
    const [first] = SHIPPED_ENTRIES.targets;
    const [asked] = SHIPPED_ENTRIES['question-cards'];
    const code = asked?.incidentTypes[0] ?? '';
    const less = createCatalogue(
      own({ targets: { hidden: [first?.id ?? ''] }, 'question-cards': { hidden: [asked?.id ?? ''] } }),
    );
    expect(less.targets).toEqual(SHIPPED_ENTRIES.targets.slice(1).flatMap(({ targets }) => targets));
    expect(createCatalogue().questionCardOf(code)).toBe(asked);
    expect(less.questionCardOf(code)).toBeUndefined();
  });

  it('decides by what holds when it is asked', () => {
    let catalogue = createCatalogue();
    const rules = rulesOf(() => catalogue);
    expect(rules.defaultPriority('DRONE')).toBeUndefined();
    catalogue = createCatalogue(
      own({
        'incident-types': { own: [drone] },
        'run-cards': { own: [card('patrol-1', [{ capability: 'patrol', count: 1 }])] },
        dispositions: { own: [{ code: 'landed', name, service: 'any' }] },
        'unit-statuses': { own: [{ code: 'WASH', name, meaning: 'refuelling' }] },
      }),
    );
    expect(rules.defaultPriority('DRONE')).toBe(2);
    expect(rules.highestAlarmLevel('DRONE')).toBe(1);
    expect(rules.isDisposition('landed')).toBe(true);
    expect(rules.effectOf('WASH')).toBe('delayed');
  });

  it('lets what an own capability implies count for it', () => {
    const { satisfies } = createCatalogue(
      own({ capabilities: { own: [{ id: 'pilot', name, implies: ['patrol'] }] } }),
    );
    expect(satisfies(['pilot'], 'patrol')).toBe(true);
    expect(satisfies(['pilot'], 'community')).toBe(true);
    expect(satisfies(['patrol'], 'pilot')).toBe(false);
  });
});

describe('a catalogue that does not fit together', () => {
  const patrol = { capability: 'patrol', count: 1 };
  it.each<[fault: CatalogueFault, field: string, catalogue: OwnCatalogue]>([
    ['key-twice', '', own({ 'incident-types': { own: [drone, drone] } })],
    ['hidden-unknown', '', own({ dispositions: { hidden: ['nothing'] } })],
    [
      'text-missing',
      'name.zh',
      own({ 'incident-types': { own: [{ ...drone, name: { en: 'D', zh: ' ' } }] } }),
    ],
    ['run-card-unknown', 'runCard', own({ 'incident-types': { own: [{ ...drone, runCard: 'none' }] } })],
    ['run-card-hidden', 'runCard', own({ 'run-cards': { hidden: ['admin-none'] } })],
    ['levels-missing', 'levels', own({ 'run-cards': { own: [card('x')] } })],
    [
      'level-gap',
      'levels.1.level',
      own({
        'run-cards': {
          own: [
            {
              id: 'x',
              name,
              levels: [
                { level: 1, requires: [] },
                { level: 3, requires: [] },
              ],
            },
          ],
        },
      }),
    ],
    [
      'capability-unknown',
      'levels.0.requires.0.capability',
      own({ 'run-cards': { own: [card('x', [{ capability: 'magic', count: 1 }])] } }),
    ],
    [
      'capability-hidden',
      'levels.0.requires.0.capability',
      own({
        capabilities: { own: [{ id: 'pilot', name, implies: [] }], hidden: ['pilot'] },
        'run-cards': { own: [card('x', [{ capability: 'pilot', count: 1 }])] },
      }),
    ],
    [
      'capability-twice',
      'levels.0.requires.0.capability',
      own({ 'run-cards': { own: [card('x', [patrol, patrol])] } }),
    ],
    [
      'count-invalid',
      'levels.0.requires.0.count',
      own({ 'run-cards': { own: [card('x', [{ ...patrol, count: 0 }])] } }),
    ],
    [
      'requirement-order',
      'levels.0.requires.1.capability',
      own({ 'run-cards': { own: [card('x', [patrol, { capability: 'armed-response', count: 1 }])] } }),
    ],
    [
      'implies-circle',
      'implies',
      own({
        capabilities: {
          own: [
            { id: 'a', name, implies: ['b'] },
            { id: 'b', name, implies: ['a'] },
          ],
        },
      }),
    ],
    ['capability-unknown', 'implies.0', own({ capabilities: { own: [{ id: 'a', name, implies: ['b'] }] } })],
    ['disposition-reserved', 'code', own({ dispositions: { own: [{ code: '77', name, service: 'any' }] } })],
    [
      'dispositions-missing',
      'hidden',
      own({ dispositions: { hidden: SHIPPED_ENTRIES.dispositions.map(keyOf) } }),
    ],
    [
      'share-invalid',
      'targets.0.percentile',
      own({
        targets: {
          own: SHIPPED_ENTRIES.targets.slice(0, 1).map((set) => ({
            ...set,
            targets: set.targets.map((target) => ({ ...target, percentile: 0 })),
          })),
        },
      }),
    ],
    [
      'incident-type-unknown',
      'incidentTypes.0',
      own({ 'question-cards': { own: [questions({ incidentTypes: ['NONE'] })] } }),
    ],
    [
      'incident-type-twice',
      'incidentTypes.0',
      own({
        'question-cards': {
          own: [
            questions({
              incidentTypes: SHIPPED_ENTRIES['question-cards'][0]?.incidentTypes.slice(0, 1) ?? [],
            }),
          ],
        },
      }),
    ],
    ['questions-missing', 'questions', own({ 'question-cards': { own: [questions({ questions: [] })] } })],
    [
      'answer-unknown',
      'instructions.0.when',
      own({
        'question-cards': {
          own: [questions({ instructions: [{ text: name, when: { question: 'near', answer: 'perhaps' } }] })],
        },
      }),
    ],
    [
      'step-twice',
      'steps',
      own({
        'question-cards': {
          own: [
            questions({
              steps: [
                { atLeast: 1, priority: 1 },
                { atLeast: 1, priority: 2 },
              ],
            }),
          ],
        },
      }),
    ],
  ])('is told of: %s at "%s"', (fault, field, catalogue) => {
    expect(validateCatalogue(catalogue).map((problem) => [problem.fault, problem.field])).toContainEqual([
      fault,
      field,
    ]);
  });

  it('is told of when it takes away what the log may name, and not when that can be found still', () => {
    const before = own({
      'incident-types': { own: [drone, { ...drone, code: 'LARCENY' }] },
      'run-cards': { own: [card('x', [patrol])] },
    });
    expect(findRemoved(before, own({}))).toEqual([
      { section: 'incident-types', key: 'DRONE', field: '', fault: 'entry-removed', about: 'DRONE' },
    ]);
    expect(findRemoved(before, before)).toEqual([]);
  });
});

it('any catalogue that validation lets pass can be asked for every type at every level', () => {
  const ids = fc.constantFrom('patrol', 'community', 'ladder', 'pilot');
  const requires = fc.array(fc.record({ capability: ids, count: fc.integer({ min: 0, max: 3 }) }), {
    maxLength: 3,
  });
  const cards = fc.array(fc.tuple(fc.constantFrom('x', 'patrol-1'), fc.array(requires, { maxLength: 3 })), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(cards, fc.array(fc.constantFrom('x', 'patrol-1', 'LARCENY')), (list, hidden) => {
      const catalogue = own({
        'incident-types': {
          own: [{ ...drone, runCard: 'x' }],
          hidden: hidden.filter((key) => key === 'LARCENY'),
        },
        'run-cards': {
          own: list.map(([id, levels]) => card(id, ...levels)),
          hidden: hidden.filter((key) => key !== 'LARCENY'),
        },
      });
      if (validateCatalogue(catalogue).length > 0) return;
      const made = createCatalogue(catalogue);
      for (const type of made.incidentTypes) expect(made.runCardOf(type).levels.length).toBeGreaterThan(0);
      for (const section of CATALOGUE_SECTIONS) {
        const keys = entriesOf(made)[section].map(keyOf);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }),
    { seed: 4, numRuns: 300 },
  );
});
