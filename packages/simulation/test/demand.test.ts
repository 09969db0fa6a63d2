import { type Instant, instant, parseInstant } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import {
  createDemand,
  type Demand,
  type DemandCall,
  generateCity,
  hourOfWeek,
  INCIDENT_KINDS,
} from '../src/index.js';

const city = generateCity({ seed: 'demand', size: 4000 });
const ZONE = 'Asia/Shanghai';
const HOUR = 3_600_000;

function at(text: string): Instant {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

/** A Monday, at midnight in the city. */
const MONDAY = at('2026-03-02T00:00:00+08:00');

function callsUntil(demand: Demand, from: Instant, until: Instant): DemandCall[] {
  const calls: DemandCall[] = [];
  for (let now = from; ; ) {
    const call = demand.next(now);
    if (call.ringAt >= until) return calls;
    calls.push(call);
    now = call.ringAt;
  }
}

const WEEK = 7 * 24 * HOUR;
const demand = createDemand(city, { seed: 1, callsPerDay: 600, timeZone: ZONE });
const week = callsUntil(demand, MONDAY, instant(MONDAY + 4 * WEEK));
const events = week.filter((call) => call.duplicateOf === undefined && call.abandonedAfter === undefined);

describe('the demand of a city', () => {
  it('is the same for the same seed', () => {
    const again = createDemand(city, { seed: 1, callsPerDay: 600, timeZone: ZONE });
    expect(callsUntil(again, MONDAY, instant(MONDAY + 12 * HOUR))).toEqual(
      week.filter((call) => call.ringAt < MONDAY + 12 * HOUR),
    );
  });

  it('brings as many events as asked for', () => {
    // Four weeks of 600 a day: 16,800 expected, deviation 130; five deviations.
    expect(Math.abs(events.length - 16_800)).toBeLessThan(5 * 130);
  });

  it('follows its intensity hour by hour', () => {
    const counted = new Array<number>(168).fill(0);
    for (const call of events) {
      const hour = hourOfWeek(call.ringAt, ZONE);
      counted[hour] = (counted[hour] ?? 0) + 1;
    }
    let chiSquare = 0;
    counted.forEach((observed, hour) => {
      const expected = 4 * 3600 * demand.intensityAt(instant(MONDAY + hour * HOUR));
      chiSquare += (observed - expected) ** 2 / expected;
    });
    // 168 independent Poisson counts: mean 168, deviation √336 ≈ 18; four deviations either way.
    expect(chiSquare).toBeGreaterThan(168 - 4 * 18.4);
    expect(chiSquare).toBeLessThan(168 + 4 * 18.4);
  });

  it('waits exponentially between events while the intensity stands still', () => {
    // Within one hour the process is homogeneous: the counts of equal parts vary as much as they average.
    const parts: number[] = [];
    for (let day = 0; day < 28; day++) {
      for (let part = 0; part < 6; part++) {
        const from = MONDAY + day * 24 * HOUR + 14 * HOUR + (part * HOUR) / 6;
        const weekday = day % 7 < 4;
        if (weekday)
          parts.push(events.filter((call) => call.ringAt >= from && call.ringAt < from + HOUR / 6).length);
      }
    }
    const mean = parts.reduce((sum, n) => sum + n, 0) / parts.length;
    const variance = parts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (parts.length - 1);
    expect(variance / mean).toBeGreaterThan(0.6);
    expect(variance / mean).toBeLessThan(1.5);
  });

  it('splits the intensity over the neighbourhoods without loss, and calls follow it', () => {
    const noon = instant(MONDAY + 12 * HOUR);
    const whole = city.neighbourhoods.reduce((sum, { id }) => sum + demand.intensityIn(id, noon), 0);
    expect(whole).toBeCloseTo(demand.intensityAt(noon), 9);
    for (const { id } of city.neighbourhoods) {
      let expected = 0;
      for (let hour = 0; hour < 168; hour++)
        expected += 4 * 3600 * demand.intensityIn(id, instant(MONDAY + hour * HOUR));
      const observed = events.filter((call) => call.neighbourhood === id).length;
      expect(Math.abs(observed - expected)).toBeLessThan(5 * Math.sqrt(expected) + 5);
    }
  });

  it('has fights at weekend nights and shoplifting by day', () => {
    const share = (typeCode: string, isWhen: (hour: number) => boolean): number => {
      const all = events.filter((call) => call.typeCode === typeCode);
      return all.filter((call) => isWhen(hourOfWeek(call.ringAt, ZONE) % 24)).length / all.length;
    };
    expect(share('FIGHT', (hour) => hour >= 19 || hour < 4)).toBeGreaterThan(0.65);
    expect(share('SHOPLIFT', (hour) => hour >= 8 && hour < 20)).toBeGreaterThan(0.8);
    expect(share('NOISE', (hour) => hour >= 17)).toBeGreaterThan(0.5);
  });

  it('lets some events be called in twice, near in place and time', () => {
    const doubles = week.filter((call) => call.duplicateOf !== undefined);
    expect(doubles.length / events.length).toBeGreaterThan(0.08);
    const byId = new Map(week.map((call) => [call.id, call]));
    for (const call of doubles) {
      const original = byId.get(call.duplicateOf ?? '');
      expect(original?.eventId).toBe(call.eventId);
      expect(original?.typeCode).toBe(call.typeCode);
      expect(call.ringAt).toBeGreaterThan(original?.ringAt ?? Infinity);
      expect(Math.abs(call.position[1] - (original?.position[1] ?? 0))).toBeLessThan(0.002);
    }
  });

  it('lets some callers hang up', () => {
    const abandoned = week.filter((call) => call.abandonedAfter !== undefined);
    expect(abandoned.length / week.length).toBeGreaterThan(0.02);
    expect(abandoned.every((call) => call.typeCode === '911H')).toBe(true);
  });

  it('has callers name their street in both languages and ring from numbers of fiction', () => {
    const kinds = new Set(INCIDENT_KINDS.map(({ typeCode }) => typeCode));
    for (const call of week.slice(0, 500)) {
      expect(call.where.en).toContain(call.streetName.en);
      expect(call.where.zh).toContain(call.streetName.zh);
      expect(call.narrative.zh).toMatch(/\p{Script=Han}/u);
      expect(call.phone).toMatch(/^\+1\d{3}55501\d\d$/);
      expect(kinds.has(call.typeCode) || call.typeCode === '911H').toBe(true);
      expect(call.onScene).toBeGreaterThan(0);
    }
    expect(week.some((call) => call.where.en.includes(', near '))).toBe(true);
    expect(week.some((call) => call.where.en.startsWith('at the corner of '))).toBe(true);
  });

  it('rings one call at a time, always later, and skips what the asker has passed', () => {
    for (let i = 1; i < week.length; i++)
      expect(week[i]?.ringAt).toBeGreaterThan(week[i - 1]?.ringAt ?? Infinity);
    const other = createDemand(city, { seed: 2, callsPerDay: 600 });
    other.next(MONDAY);
    const nextYear = instant(MONDAY + 365 * 24 * HOUR);
    expect(other.next(nextYear).ringAt).toBeGreaterThan(nextYear);
  });

  it('refuses a rate that is not positive', () => {
    expect(() => createDemand(city, { seed: 1, callsPerDay: 0 })).toThrow(RangeError);
  });
});
