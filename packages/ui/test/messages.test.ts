import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instant } from '@lamplight/base';
import { PRESENCE_DOINGS, PROBLEM_CODES, ROLES } from '@lamplight/contracts';
import {
  CALL_CHANNELS,
  CALL_OUTCOMES,
  CATALOGUE_FAULTS,
  CATALOGUE_SECTIONS,
  CHAIN_INTERVALS,
  DISCREPANCY_KINDS,
  DRIVING_DIRECTIONS,
  ENTITY_OF_EVENT,
  EXCLUSION_REASONS,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  LINK_RELATIONS,
  LOCATION_METHODS,
  PROGRESS_STAGES,
  SIDE_EXITS,
} from '@lamplight/domain';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../src/api.js';
import { CLOCK_ROLES, QUEUE_NEEDS } from '../src/board-selectors.js';
import { LOCALES } from '../src/format.js';
import { createIntl, formatMessage } from '../src/intl.js';
import { LINE_STATES } from '../src/live-connection.js';
import { isMessageKey, MESSAGES, type MessageKey } from '../src/messages.js';

const keys = Object.keys(MESSAGES.en).filter(isMessageKey);

/** The names of the values a text asks for, such as `count` in `{count, plural, …}`. */
function valuesOf(text: string, locale: string): string[] {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const part of node) walk(part);
    } else if (typeof node === 'object' && node !== null) {
      // Types 1 to 6 of the parser's elements are those with an argument.
      if ('type' in node && 'value' in node && typeof node.value === 'string' && node.type !== 0)
        names.add(node.value);
      if ('value' in node) walk(node.value);
      if ('options' in node && typeof node.options === 'object' && node.options !== null) {
        for (const option of Object.values(node.options)) walk(option);
      }
    }
  };
  walk(new IntlMessageFormat(text, locale).getAst());
  return [...names].sort();
}

describe('the message catalogues', () => {
  it('have the same names in both languages', () => {
    expect(Object.keys(MESSAGES['zh-CN'])).toEqual(Object.keys(MESSAGES.en));
  });

  it('hold valid ICU messages that ask for the same values in both languages', () => {
    for (const key of keys) {
      const [en, zh] = LOCALES.map((locale) => valuesOf(MESSAGES[locale][key], locale));
      // Chinese may leave out a number that English needs for its plural, but may not ask for another value.
      expect(en, key).toEqual(expect.arrayContaining(zh ?? []));
    }
  });

  it('leave no text empty and no English text untranslated, save for names and signs', () => {
    for (const key of keys) {
      expect(MESSAGES.en[key].trim(), key).not.toBe('');
      expect(MESSAGES['zh-CN'][key].trim(), key).not.toBe('');
    }
    const same = keys.filter(
      (key) => MESSAGES.en[key] === MESSAGES['zh-CN'][key] && /[a-z]{3}/i.test(bare(MESSAGES.en[key])),
    );
    expect(same).toEqual([
      'intake.submitKey',
      'intake.dispatchKey',
      'intake.draftKey',
      'intake.joinKey',
      'language.en',
    ]);
  });

  it.each<[family: string, codes: readonly string[]]>([
    ['problem', PROBLEM_CODES],
    ['excluded', EXCLUSION_REASONS],
    [
      'rank',
      ['nearest', 'behind', 'delayed', 'returning', 'assumed-at-home', 'diverted', 'fills', 'reserve'],
    ],
    ['stage', [...PROGRESS_STAGES, ...SIDE_EXITS]],
    ['status', INCIDENT_STATUSES],
    ['role', ROLES],
    ['interval', CHAIN_INTERVALS],
    ['interval.meaning', CHAIN_INTERVALS],
    ['channel', CALL_CHANNELS],
    ['outcome', CALL_OUTCOMES],
    ['method', LOCATION_METHODS],
    ['source', INCIDENT_SOURCES],
    ['discrepancy', DISCREPANCY_KINDS],
    ['availability', ['available', 'delayed', 'committed', 'unavailable', 'off-duty']],
    ['need', QUEUE_NEEDS],
    ['clockRole', CLOCK_ROLES],
    ['presence', PRESENCE_DOINGS],
    ['relation', LINK_RELATIONS],
    ['line', LINE_STATES],
    ['event', Object.keys(ENTITY_OF_EVENT)],
    ['roads.direction', DRIVING_DIRECTIONS],
    ['catalogue.fault', CATALOGUE_FAULTS],
    ['catalogue.title', CATALOGUE_SECTIONS],
    ['catalogue.about', CATALOGUE_SECTIONS],
  ])('have a text for every code of %s', (family, codes) => {
    expect(codes.filter((code) => !isMessageKey(`${family}.${code}`))).toEqual([]);
  });

  it('have every name that a page uses', () => {
    const used = new Set<string>();
    for (const folder of ['../src', '../../../apps/console/src']) {
      for (const text of sourcesIn(fileURLToPath(new URL(folder, import.meta.url)))) {
        for (const [, key] of text.matchAll(/\bt\(\s*'([\w.-]+)'/g)) if (key) used.add(key);
      }
    }
    expect(used.size).toBeGreaterThan(100);
    expect([...used].filter((key) => !isMessageKey(key))).toEqual([]);
  });
});

describe('a text with values', () => {
  it('is filled in by the rules of its language', () => {
    const key: MessageKey = 'queue.units';
    expect(formatMessage('en', key, { count: 1 })).toBe('1 unit');
    expect(formatMessage('en', key, { count: 3 })).toBe('3 units');
    expect(formatMessage('zh-CN', key, { count: 3 })).toBe('3 个单位');
  });

  it('shows times in the time zone of the agency, not of the machine', () => {
    const at = instant(Date.UTC(2026, 0, 31, 23, 59, 58));
    expect(createIntl('en', 'Asia/Shanghai').time(at)).toBe('07:59:58');
    expect(createIntl('zh-CN', 'America/Los_Angeles').time(at)).toBe('15:59:58');
  });
});

describe('a refusal in words', () => {
  const problem = { type: 'about:blank', title: 'Refused', status: 409, requestId: 'r1' };

  it('names what it is about', () => {
    const error = new ProblemError({ ...problem, code: 'unit-committed', subject: 'u-7' });
    const words = createIntl('en', 'UTC').problem(error, (id) => (id === 'u-7' ? 'E07' : id));
    expect(words).toBe('E07 has just been sent elsewhere.');
  });

  it('of a newer server is told with the detail that it sent', () => {
    const error = new ProblemError({ ...problem, code: 'moon-full', detail: 'the moon is full' });
    expect(createIntl('en', 'UTC').problem(error)).toBe('Refused: the moon is full');
  });
});

/** The text without the names of its values. */
const bare = (text: string): string => text.replaceAll(/\{[^{}]*\}/g, '');

function* sourcesIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && /\.tsx?$/.test(entry.name))
      yield readFileSync(join(entry.parentPath, entry.name), 'utf8');
  }
}
