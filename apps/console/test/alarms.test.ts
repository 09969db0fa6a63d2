import { instant } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { readTimeOfDay } from '../src/incident/time-of-day.js';
import { AlarmBook, type Cause } from '../src/sound/alarms.js';

const ringing: Cause = { key: 'call 1', signal: 'ringing', incidentId: null };
const late: Cause = { key: 'alarm 1', signal: 'alarm', incidentId: '1' };
const soon: Cause = { key: 'warning 2', signal: 'warning', incidentId: '2' };

describe('what is to be heard', () => {
  it('is not what was there when the page was opened, but for calls that ring', () => {
    const book = new AlarmBook();
    expect(book.take([ringing, late, soon], 0)).toEqual({ play: ['ringing'], loud: [ringing] });
  });

  it('sounds a warning once, and an alarm again and again until somebody takes note of it', () => {
    const book = new AlarmBook();
    book.take([], 0);
    expect(book.take([late, soon], 100)).toEqual({ play: ['alarm', 'warning'], loud: [late] });
    expect(book.take([late, soon], 5_000)).toEqual({ play: [], loud: [late] });
    expect(book.take([late, soon], 10_100)).toEqual({ play: ['alarm'], loud: [late] });
    book.silence([late]);
    expect(book.take([late, soon], 30_000)).toEqual({ play: [], loud: [] });
  });

  it('sounds anew for another cause, and for one that went and came again', () => {
    const book = new AlarmBook();
    book.take([], 0);
    book.take([late], 100);
    book.silence([late]);
    const next: Cause = { ...late, key: 'alarm 3' };
    expect(book.take([late, next], 200).loud).toEqual([next]);
    book.take([], 300);
    expect(book.take([late], 400).play).toEqual(['alarm']);
  });
});

describe('a time of day as it is typed', () => {
  const zone = 'Asia/Shanghai';
  const near = instant(Date.UTC(2026, 0, 31, 16, 5)); // 00:05 on the first of February

  it('is read with or without colons and seconds, in digits of either width', () => {
    const expected = instant(Date.UTC(2026, 0, 31, 16, 3, 27));
    for (const text of ['00:03:27', '000327', '0:03:27', '００：０３：２７', ' 00:03:27 '])
      expect(readTimeOfDay(text, near, zone), text).toBe(expected);
    expect(readTimeOfDay('0003', near, zone)).toBe(instant(Date.UTC(2026, 0, 31, 16, 3)));
  });

  it('is the nearest one: shortly before midnight is yesterday', () => {
    expect(readTimeOfDay('23:58', near, zone)).toBe(instant(Date.UTC(2026, 0, 31, 15, 58)));
  });

  it('is none where the text is none', () => {
    for (const text of ['', '24:00', '12:60', 'noon', '1', '12:3'])
      expect(readTimeOfDay(text, near, zone), text).toBeNull();
  });
});
