import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { after, elapsed, formatInstant, instant, parseInstant, seconds } from '../src/index.js';

const seed = 20260131;
const NEW_YEAR = instant(1_767_225_600_000);

const read = (text: string): string => {
  const result = parseInstant(text);
  return result.ok ? formatInstant(result.value) : `refused: ${result.error}`;
};

describe('an instant', () => {
  test('is written in UTC with milliseconds', () => {
    expect(formatInstant(NEW_YEAR)).toBe('2026-01-01T00:00:00.000Z');
  });

  test('is read back as it was written', () => {
    const written = fc.integer({
      min: Date.UTC(1900, 0, 1),
      max: Date.parse('9999-12-31T23:59:59.999Z'),
    });
    fc.assert(
      fc.property(written, (value) => {
        expect(parseInstant(formatInstant(instant(value)))).toEqual({ ok: true, value });
      }),
      { seed, numRuns: 1000 },
    );
  });

  test.each([
    ['2026-01-31T08:15:30Z', '2026-01-31T08:15:30.000Z'],
    ['2026-01-31T08:15:30.25+08:00', '2026-01-31T00:15:30.250Z'],
    ['2026-01-31T08:15:30-03:30', '2026-01-31T11:45:30.000Z'],
    ['2026-01-31t08:15:30z', '2026-01-31T08:15:30.000Z'],
    ['2026-01-31 08:15:30Z', '2026-01-31T08:15:30.000Z'],
    ['2026-01-31T08:15:30-00:00', '2026-01-31T08:15:30.000Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
    ['2000-02-29T12:00:00Z', '2000-02-29T12:00:00.000Z'],
  ])('%s is RFC 3339', (text, same) => {
    expect(read(text)).toBe(same);
  });

  test('keeps whole milliseconds: what is finer is cut off, never rounded into the next second', () => {
    expect(read('2026-01-31T08:15:30.9999Z')).toBe('2026-01-31T08:15:30.999Z');
  });

  test.each([
    '',
    '2026-01-31',
    '2026-01-31T08:15Z',
    '2026-01-31T08:15:30',
    '2026-01-31T08:15:30 Z',
    '2026-01-31T08:15:30+0800',
    '2026-01-31T08:15:30+08',
    '2026-1-31T08:15:30Z',
    '26-01-31T08:15:30Z',
    '+002026-01-31T08:15:30Z',
    '2026-01-31T08:15:30.Z',
    '2026-01-31T08:15:30,5Z',
    ' 2026-01-31T08:15:30Z',
    '2026-01-31T08:15:30Z\n',
    '２026-01-31T08:15:30Z',
    '1767225600000',
  ])('%j is not RFC 3339', (text) => {
    expect(read(text)).toMatch(/^refused: must be an RFC 3339/);
  });

  test.each([
    ['30 February', '2026-02-30T00:00:00Z'],
    ['29 February in a year that has none', '2026-02-29T00:00:00Z'],
    ['29 February 1900, which was no leap year', '1900-02-29T00:00:00Z'],
    ['31 April', '2026-04-31T00:00:00Z'],
    ['day 0', '2026-01-00T00:00:00Z'],
    ['month 0', '2026-00-10T00:00:00Z'],
    ['month 13', '2026-13-10T00:00:00Z'],
    ['hour 24', '2026-01-31T24:00:00Z'],
    ['minute 60', '2026-01-31T08:60:00Z'],
    ['second 60', '2016-12-31T23:59:60Z'],
    ['an offset of 24 hours', '2026-01-31T08:15:30+24:00'],
    ['an offset of 60 minutes', '2026-01-31T08:15:30+07:60'],
  ])('%s does not exist', (_, text) => {
    expect(read(text)).toBe('refused: is not a date and time that exists');
  });

  test('outside the years 0000 to 9999 in UTC is refused, for it could be written but not read again', () => {
    expect(read('9999-12-31T23:59:59Z')).toBe('9999-12-31T23:59:59.000Z');
    expect(read('9999-12-31T23:59:59-01:00')).toMatch(/^refused/);
    expect(read('0000-01-01T00:00:00+01:00')).toMatch(/^refused/);
  });
});

describe('durations', () => {
  test('are seconds between instants, negative backwards', () => {
    expect(elapsed(NEW_YEAR, after(NEW_YEAR, seconds(90.5)))).toBe(90.5);
    expect(elapsed(after(NEW_YEAR, seconds(60)), NEW_YEAR)).toBe(-60);
  });

  test('lead to whole milliseconds, though 1.001 × 1000 is 1000.9999999999999', () => {
    expect(after(instant(0), seconds(1.001))).toBe(1001);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400_000 }), (milliseconds) => {
        expect(after(NEW_YEAR, seconds(milliseconds / 1000)) - NEW_YEAR).toBe(milliseconds);
      }),
      { seed, numRuns: 1000 },
    );
  });
});
