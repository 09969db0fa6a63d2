import { metres, seconds } from '@lamplight/base';
import { INCIDENT_TYPES } from '@lamplight/domain';
import { describe, expect, it } from 'vitest';
import { newId, newIdempotencyKey } from '../src/api.js';
import { formatDistance, formatDuration } from '../src/format.js';
import { searchTypes } from '../src/type-search.js';

describe('a duration', () => {
  it.each([
    [0, '0:00'],
    [59.999, '0:59'],
    [60, '1:00'],
    [3599, '59:59'],
    [3600, '1:00:00'],
    [90_061, '25:01:01'],
    [-75, '−1:15'],
  ])('of %f s is shown as %s', (value, text) => {
    expect(formatDuration(seconds(value))).toBe(text);
  });
});

describe('a distance', () => {
  it('is shown in metres below a kilometre and in kilometres above', () => {
    expect(formatDistance(metres(347), 'en')).toBe('350 m');
    expect(formatDistance(metres(12_340), 'en')).toBe('12.3 km');
    expect(formatDistance(metres(12_340), 'zh-CN')).toMatch(/12\.3\s?公里/);
  });
});

describe('names made in the browser', () => {
  it('are UUIDs of version 4 and keys that the server takes', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newIdempotencyKey()).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('the search for an incident type', () => {
  const first = (text: string, locale: 'en' | 'zh-CN') => searchTypes(text, locale, INCIDENT_TYPES)[0]?.code;

  it('finds a type by its code, its name in either language and its pinyin initials', () => {
    const type = INCIDENT_TYPES.find(({ code }) => code === 'STROKE');
    expect(type?.name.zh).toBe('脑卒中');
    for (const text of ['stroke', '脑卒中', 'nzz']) {
      expect(first(text, 'en')).toBe('STROKE');
      expect(first(text, 'zh-CN')).toBe('STROKE');
    }
  });

  it('lists everything for no letters, and nothing for letters that fit nothing', () => {
    expect(searchTypes(' ', 'en', INCIDENT_TYPES)).toHaveLength(INCIDENT_TYPES.length);
    expect(searchTypes('qqqqqq', 'en', INCIDENT_TYPES)).toEqual([]);
  });
});
