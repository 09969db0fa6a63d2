import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatInstant,
  fromWallClock,
  instant,
  isTimeZone,
  parseInstant,
  toWallClock,
  type WallClock,
} from '../src/index.js';

const seed = 20260131;

function wall(text: string): WallClock {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/\D/).map(Number);
  return { year, month, day, hour, minute, second };
}

function resolve(text: string, zone: string): string {
  const { at, kind } = fromWallClock(wall(text), zone);
  return `${formatInstant(at).replace('.000', '')} ${kind}`;
}

function show(text: string, zone: string): WallClock {
  const at = parseInstant(text);
  if (!at.ok) throw new Error(at.error);
  return toWallClock(at.value, zone);
}

describe('in Los Angeles', () => {
  const zone = 'America/Los_Angeles';

  test('most readings are one moment, 8 hours behind UTC in winter and 7 in summer', () => {
    expect(resolve('2026-01-15 12:00:00', zone)).toBe('2026-01-15T20:00:00Z unique');
    expect(resolve('2026-07-15 12:00:00', zone)).toBe('2026-07-15T19:00:00Z unique');
  });

  test('an hour is skipped in spring, and a reading in it lies as far after the change as it was after 02:00', () => {
    expect(resolve('2026-03-08 01:59:59', zone)).toBe('2026-03-08T09:59:59Z unique');
    expect(resolve('2026-03-08 02:00:00', zone)).toBe('2026-03-08T10:00:00Z skipped');
    expect(resolve('2026-03-08 02:30:00', zone)).toBe('2026-03-08T10:30:00Z skipped');
    expect(resolve('2026-03-08 03:00:00', zone)).toBe('2026-03-08T10:00:00Z unique');
    expect(show('2026-03-08T10:30:00Z', zone)).toEqual(wall('2026-03-08 03:30:00'));
  });

  test('an hour comes twice in autumn, and the earlier is taken', () => {
    expect(resolve('2026-11-01 00:59:59', zone)).toBe('2026-11-01T07:59:59Z unique');
    expect(resolve('2026-11-01 01:30:00', zone)).toBe('2026-11-01T08:30:00Z ambiguous');
    expect(show('2026-11-01T08:30:00Z', zone)).toEqual(show('2026-11-01T09:30:00Z', zone));
    expect(resolve('2026-11-01 02:00:00', zone)).toBe('2026-11-01T10:00:00Z unique');
  });
});

test('Shanghai is 8 hours ahead all the year round', () => {
  expect(resolve('2026-01-15 08:00:00', 'Asia/Shanghai')).toBe('2026-01-15T00:00:00Z unique');
  expect(resolve('2026-07-15 08:00:00', 'Asia/Shanghai')).toBe('2026-07-15T00:00:00Z unique');
});

test('offsets need not be whole hours: Kolkata has half an hour, Kathmandu three quarters', () => {
  expect(resolve('2026-01-15 05:30:00', 'Asia/Kolkata')).toBe('2026-01-15T00:00:00Z unique');
  expect(resolve('2026-01-15 05:45:00', 'Asia/Kathmandu')).toBe('2026-01-15T00:00:00Z unique');
});

test('Lord Howe Island changes its clocks by half an hour only', () => {
  const zone = 'Australia/Lord_Howe';
  expect(resolve('2026-04-05 01:29:59', zone)).toBe('2026-04-04T14:29:59Z unique');
  expect(resolve('2026-04-05 01:45:00', zone)).toBe('2026-04-04T14:45:00Z ambiguous');
  expect(resolve('2026-04-05 02:00:00', zone)).toBe('2026-04-04T15:30:00Z unique');
  expect(resolve('2026-10-04 02:15:00', zone)).toBe('2026-10-03T15:45:00Z skipped');
  expect(resolve('2026-10-04 02:30:00', zone)).toBe('2026-10-03T15:30:00Z unique');
});

test('Samoa once skipped a whole day', () => {
  expect(resolve('2011-12-30 12:00:00', 'Pacific/Apia')).toMatch(/skipped$/);
  expect(resolve('2011-12-29 12:00:00', 'Pacific/Apia')).toBe('2011-12-29T22:00:00Z unique');
  expect(resolve('2011-12-31 12:00:00', 'Pacific/Apia')).toBe('2011-12-30T22:00:00Z unique');
});

test('midnight is hour 0 of the new day', () => {
  expect(show('2026-01-31T16:00:00Z', 'Asia/Shanghai')).toEqual(wall('2026-02-01 00:00:00'));
});

test('what a wall clock shows leads back to the moment, unless two moments show it; then to the earlier', () => {
  const zones = [
    'UTC',
    'America/Los_Angeles',
    'America/St_Johns',
    'America/Sao_Paulo',
    'Europe/London',
    'Asia/Shanghai',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Pacific/Chatham',
  ];
  const moments = fc.integer({ min: 0, max: Date.UTC(2036, 0, 1) / 1000 });
  // A quarter of the moments lie about a change of clocks, where the mistakes are.
  const aboutChanges = fc
    .tuple(
      fc.constantFrom('2026-03-08T10:00Z', '2026-11-01T09:00Z', '2026-04-04T15:00Z', '2026-10-03T15:30Z'),
      fc.integer({ min: -7200, max: 7200 }),
    )
    .map(([change, shift]) => Date.parse(change) / 1000 + shift);
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.oneof({ weight: 3, arbitrary: moments }, { weight: 1, arbitrary: aboutChanges }),
      (zone, second) => {
        const at = instant(second * 1000);
        const reading = toWallClock(at, zone);
        const back = fromWallClock(reading, zone);
        expect(back.kind).not.toBe('skipped');
        expect(toWallClock(back.at, zone)).toEqual(reading);
        if (back.kind === 'unique') expect(back.at).toBe(at);
        else expect(back.at).toBeLessThanOrEqual(at);
      },
    ),
    { seed, numRuns: 2000 },
  );
});

test('a time zone has a name that the machine knows', () => {
  expect(isTimeZone('Asia/Shanghai')).toBe(true);
  expect(isTimeZone('Mars/Olympus_Mons')).toBe(false);
  expect(isTimeZone('')).toBe(false);
  expect(() => toWallClock(instant(0), 'Mars/Olympus_Mons')).toThrow(RangeError);
});
