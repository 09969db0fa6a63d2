import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../src/format.js';
import { fillMessage } from '../src/message-format.js';
import { MESSAGES } from '../src/messages.js';

/** A value for every name that a text has, so that each number is tried in each plural. */
const valuesFor = (text: string, count: number): Record<string, string | number> => {
  const values: Record<string, string | number> = {};
  for (const [, name = '', kind] of text.matchAll(/\{(\w+)(?:,\s*(\w+))?/g)) {
    values[name] ??=
      kind === 'number' || kind === 'plural' ? count : kind === 'select' ? 'demo' : `<${name}>`;
  }
  return values;
};

describe('filling in a text', () => {
  it.each(LOCALES)('gives what the full ICU MessageFormat gives, for every text of %s', (locale) => {
    for (const text of Object.values(MESSAGES[locale])) {
      for (const count of [0, 1, 2, 5, 0.256, 12_345]) {
        const values = valuesFor(text, count);
        const full = new IntlMessageFormat(text, locale).format(values);
        expect(fillMessage(text, locale, values), text).toBe(String(full));
      }
    }
  });

  it('says which value is missing, and where a text cannot be read', () => {
    expect(() => fillMessage('{count, number} units', 'en', {})).toThrow('"count"');
    expect(() => fillMessage('{count, number', 'en', { count: 1 })).toThrow('cannot be read');
    expect(() => fillMessage('{when, date}', 'en', { when: 1 })).toThrow('cannot be read');
    expect(() => fillMessage('one } too many', 'en', {})).toThrow('cannot be read');
  });
});
