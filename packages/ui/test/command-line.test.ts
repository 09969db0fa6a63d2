import { REPORTED_STAGES } from '@lamplight/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  completeCommand,
  type DeskCommand,
  lexiconOf,
  PANEL_WORDS,
  parseCommand,
  printCommand,
  STAGE_WORDS,
  VERB_NAMES,
  VERBS,
} from '../src/command-line/index.js';

const subjects = {
  units: [
    ...['P1', 'P2', 'P3', 'P4', 'P10', 'P11', 'E7', '42', '巡逻 1'].map((callSign) => ({
      id: `unit-${callSign}`,
      callSign,
    })),
  ],
  incidents: [
    { id: 'i39', number: '20170101-0039' },
    { id: 'i42', number: '20170101-0042' },
    { id: 'i107', number: '20170101-0107' },
  ],
  statusCodes: ['AVAILABLE', 'MEAL'],
  dispositionCodes: ['01', '10', '22'],
  typeCodes: ['FIGHT', 'FIRE'],
  currentIncident: 'i39',
  currentUnit: null,
};
const lexicon = lexiconOf(subjects);
const none = lexiconOf({ ...subjects, currentIncident: null });

const means = (line: string, of = lexicon): DeskCommand | string => {
  const parsed = parseCommand(line, of);
  return parsed.ok ? parsed.command : parsed.error.fault;
};

describe('a command line', () => {
  it.each([
    ['d P1 P2 107', ['unit-P1', 'unit-P2'], 'i107'],
    ['107 p2 p1 d', ['unit-P2', 'unit-P1'], 'i107'],
    ['dispatch p1, p2 to #107', ['unit-P1', 'unit-P2'], 'i107'],
    ['派 P1 P2 到 107', ['unit-P1', 'unit-P2'], 'i107'],
    ['派P1 P2 107', ['unit-P1', 'unit-P2'], 'i107'],
    ['派　Ｐ１，Ｐ２　１０７', ['unit-P1', 'unit-P2'], 'i107'],
    ['pj p1、p2 0107', ['unit-P1', 'unit-P2'], 'i107'],
    ['P1 P2 107', ['unit-P1', 'unit-P2'], 'i107'],
    ['d 巡逻1 107', ['unit-巡逻 1'], 'i107'],
    ['d p1-p4', ['unit-P1', 'unit-P2', 'unit-P3', 'unit-P4'], 'i39'],
    ['d p1-3', ['unit-P1', 'unit-P2', 'unit-P3'], 'i39'],
    ['d e', ['unit-E7'], 'i39'],
    ['d', [], 'i39'],
    ['d P1 20170101-0042', ['unit-P1'], 'i42'],
    ['d P1 42', ['unit-P1'], 'i42'],
    ['d @42 #42', ['unit-42'], 'i42'],
  ])('%s sends', (line, unitIds, incidentId) => {
    expect(means(line)).toEqual({ verb: 'dispatch', unitIds, incidentId });
  });

  it('without a verb takes the one that its words are for', () => {
    expect(means('P1 onscene')).toEqual({ verb: 'progress', unitIds: ['unit-P1'], stage: 'onScene' });
    expect(means('到场 p1 p2')).toEqual({
      verb: 'progress',
      unitIds: ['unit-P1', 'unit-P2'],
      stage: 'onScene',
    });
    expect(means('107')).toEqual({ verb: 'open', incidentId: 'i107' });
    expect(means('e7')).toEqual({ verb: 'show', unitIds: ['unit-E7'] });
  });

  it('keeps what is in somebody’s own words letter for letter', () => {
    expect(means('n Two men, one with a KNIFE, 2 m tall')).toEqual({
      verb: 'note',
      incidentId: 'i39',
      text: 'Two men, one with a KNIFE, 2 m tall',
    });
    expect(means('备注 #42 两名男子，一人持刀')).toEqual({
      verb: 'note',
      incidentId: 'i42',
      text: '两名男子，一人持刀',
    });
    expect(means('note 42 men', lexicon)).toEqual({ verb: 'note', incidentId: 'i39', text: '42 men' });
    expect(means('note 42 men', none)).toEqual({ verb: 'note', incidentId: 'i42', text: 'men' });
    expect(means('rc P1 P2 called off by P3')).toEqual({
      verb: 'recall',
      unitIds: ['unit-P1', 'unit-P2'],
      reason: 'called off by P3',
    });
    expect(means('find the D street')).toEqual({ verb: 'find', text: 'the D street' });
  });

  it('reads how long a timer runs', () => {
    expect(means('t 5 ring the school')).toEqual({ verb: 'timer', seconds: 300, text: 'ring the school' });
    expect(means('提醒 ５分钟 回电')).toEqual({ verb: 'timer', seconds: 300, text: '回电' });
    expect(means('t 90s')).toEqual({ verb: 'timer', seconds: 90, text: '' });
    expect(means('t 0')).toBe('needs-minutes');
    expect(means('t 99h')).toBe('needs-minutes');
  });

  it('changes incidents', () => {
    expect(means('pri 1')).toEqual({ verb: 'priority', incidentId: 'i39', priority: 1 });
    expect(means('pri 107 p2')).toBe('unknown-word');
    expect(means('pri #107 2')).toEqual({ verb: 'priority', incidentId: 'i107', priority: 2 });
    expect(means('alarm #42 3')).toEqual({ verb: 'alarm', incidentId: 'i42', level: 3 });
    expect(means('type 42 fight')).toEqual({ verb: 'type', incidentId: 'i42', typeCode: 'FIGHT' });
    expect(means('close 42 01')).toEqual({ verb: 'close', incidentId: 'i42', disposition: '01' });
    expect(means('link 42 107')).toEqual({ verb: 'link', incidentId: 'i42', otherId: 'i107' });
    expect(means('merge 107')).toEqual({ verb: 'merge', incidentId: 'i39', otherId: 'i107' });
    expect(means('merge 39')).toBe('same-incident');
  });

  it('says which word is wrong and what may have been meant', () => {
    const line = 'd P1 P99 107';
    const parsed = parseCommand(line, lexicon);
    expect(parsed).toMatchObject({
      ok: false,
      verb: 'dispatch',
      error: { fault: 'unknown-word', word: 'p99' },
    });
    if (!parsed.ok) expect(line.slice(parsed.error.start, parsed.error.end)).toBe('P99');
    const slip = parseCommand('P1 onscnee', lexicon);
    expect(slip).toMatchObject({ ok: false, error: { suggestions: ['onscene', 'on-scene'] } });
    const short = parseCommand('d P 107', lexicon);
    expect(short.ok).toBe(false);
    expect(parseCommand('d @p 107', lexicon)).toMatchObject({ error: { fault: 'ambiguous-unit' } });
    expect(means('d #999')).toBe('unknown-incident');
    expect(means('d P1', none)).toBe('needs-incident');
    expect(means('P1 s')).toBe('needs-status');
    expect(means('close')).toBe('needs-disposition');
    expect(means('   ')).toBe('empty');
  });

  it('understands every example and every way to say a verb, a stage and a panel', () => {
    for (const verb of VERB_NAMES) {
      for (const example of Object.values(VERBS[verb].example)) {
        expect(parseCommand(example, lexicon), example).toMatchObject({ ok: true, command: { verb } });
      }
    }
    const words = VERB_NAMES.flatMap((verb) => VERBS[verb].words);
    expect(new Set(words).size).toBe(words.length);
    for (const stage of REPORTED_STAGES) {
      for (const word of STAGE_WORDS[stage]) expect(means(`P1 ${word}`), word).toMatchObject({ stage });
    }
    for (const word of Object.values(PANEL_WORDS).flat())
      expect(means(`go ${word}`), word).toMatchObject({ verb: 'go' });
  });

  it('never throws, whatever is typed, and points within what was typed', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...VERB_NAMES.flatMap((verb) => VERBS[verb].words),
        ...Object.values(STAGE_WORDS).flat(),
      ),
      fc.constantFrom(
        'P1',
        'p1-p4',
        '#42',
        '@42',
        '42',
        '107',
        '01',
        'FIGHT',
        ',',
        '，',
        '@',
        '#',
        '？',
        '5分钟',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom(' ', '', '，'), (pieces, between) => {
        const line = pieces.join(between);
        const parsed = parseCommand(line, lexicon);
        if (!parsed.ok) {
          expect(parsed.error.start).toBeGreaterThanOrEqual(0);
          expect(parsed.error.end).toBeLessThanOrEqual(line.length);
        }
        completeCommand(line, lexicon, 'en');
      }),
      { seed: 20170101, numRuns: 3000 },
    );
  });

  it('is printed so that it means the same again', () => {
    const unitIds = fc.uniqueArray(fc.constantFrom(...subjects.units.map(({ id }) => id)), { minLength: 1 });
    const incidentId = fc.constantFrom(...subjects.incidents.map(({ id }) => id));
    const text = fc.constantFrom('ring the school', '两名男子', 'P1 says #42', 'x');
    const command: fc.Arbitrary<DeskCommand> = fc.oneof(
      fc.record({ verb: fc.constant('dispatch' as const), unitIds, incidentId }),
      fc.record({ verb: fc.constant('transfer' as const), unitIds, incidentId }),
      fc.record({
        verb: fc.constant('progress' as const),
        unitIds,
        stage: fc.constantFrom(...REPORTED_STAGES),
      }),
      fc.record({
        verb: fc.constant('status' as const),
        unitIds,
        code: fc.constantFrom('AVAILABLE', 'MEAL'),
      }),
      fc.record({ verb: fc.constant('note' as const), incidentId, text }),
      fc.record({ verb: fc.constant('cancel' as const), incidentId, reason: text }),
      fc.record({
        verb: fc.constant('recall' as const),
        unitIds,
        reason: fc.constantFrom('false alarm', '误报'),
      }),
      fc.record({ verb: fc.constant('timer' as const), seconds: fc.integer({ min: 1, max: 86_400 }), text }),
      fc.record({ verb: fc.constant('alarm' as const), incidentId, level: fc.constantFrom(null, 2, 3) }),
      fc.record({
        verb: fc.constant('close' as const),
        incidentId,
        disposition: fc.constantFrom('01', '22'),
      }),
      fc.record({
        verb: fc.constant('priority' as const),
        incidentId,
        priority: fc.constantFrom(1, 2, 3, 4, 5),
      }),
      fc.record({ verb: fc.constant('help' as const), about: fc.constantFrom(null, ...VERB_NAMES) }),
    );
    fc.assert(
      fc.property(command, (wanted) => {
        expect(parseCommand(printCommand(wanted, subjects), lexicon)).toEqual({ ok: true, command: wanted });
      }),
      { seed: 42, numRuns: 1000 },
    );
  });

  it('is completed by what fits', () => {
    const texts = (line: string) => completeCommand(line, lexicon, 'en').completions.map(({ text }) => text);
    expect(texts('dis')).toEqual(['dispatch']);
    expect(texts('d P1 10')).toContain('#0107');
    expect(texts('d p1')).toEqual(expect.arrayContaining(['P1', 'P10', 'P11']));
    expect(texts('close 42 ')).toEqual(expect.arrayContaining(['01', '10']));
    expect(completeCommand('派 P', lexicon, 'zh').from).toBe(2);
  });
});
