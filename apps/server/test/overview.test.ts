import {
  after,
  createRandom,
  formatInstant,
  type Instant,
  instant,
  seconds,
  toWallClock,
} from '@lamplight/base';
import { overviewSchema } from '@lamplight/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { DAYS_BEFORE, daySoFar, midnightOf } from '../src/desk/day-so-far.js';
import { clientAs, problemOf } from './fixtures/client.js';
import { AGENCY, endAll, startTestServer } from './fixtures/server.js';

afterAll(endAll);

const NOW = instant(Date.parse('2026-03-10T06:20:00.000Z'));
const HOUR = 3600;

describe('the day so far', () => {
  it('begins at the agency’s midnight, also on the days on which clocks are changed', () => {
    expect(formatInstant(midnightOf(NOW, 'Asia/Shanghai'))).toBe('2026-03-09T16:00:00.000Z');
    const spring = instant(Date.parse('2026-03-08T20:00:00.000Z'));
    expect(formatInstant(midnightOf(spring, 'America/Los_Angeles'))).toBe('2026-03-08T08:00:00.000Z');
    expect(formatInstant(midnightOf(spring, 'America/Los_Angeles', -1))).toBe('2026-03-09T07:00:00.000Z');
    expect(formatInstant(midnightOf(instant(Date.parse('2026-01-03T12:00:00Z')), 'UTC', 7))).toBe(
      '2025-12-27T00:00:00.000Z',
    );
  });

  it('counts each hour, and the same hours of the days before on average', () => {
    const zone = 'Asia/Shanghai';
    const random = createRandom('day');
    const moments: Instant[] = [];
    for (
      let at = midnightOf(NOW, zone, DAYS_BEFORE);
      at < NOW;
      at = after(at, seconds(random.integer(3000) + 60))
    ) {
      moments.push(at);
    }
    const quarters = new Map<number, number>();
    for (const at of moments) {
      const from = Math.floor(at / 900_000) * 900_000;
      quarters.set(from, (quarters.get(from) ?? 0) + 1);
    }
    const counts = Array.from(quarters, ([from, count]) => ({ from: instant(from), count }));
    const { hours, soFar } = daySoFar(counts, NOW, zone, moments[0] ?? null);

    const midnight = midnightOf(NOW, zone);
    const inHour = (of: Instant[], hour: number) =>
      of.filter((at) => toWallClock(at, zone).hour === hour).length;
    const todays = moments.filter((at) => at >= midnight);
    const earlier = moments.filter((at) => at < midnight);
    expect(hours).toEqual(
      Array.from({ length: 24 }, (_, hour) => ({
        hour,
        today: hour <= 14 ? inHour(todays, hour) : null,
        before: inHour(earlier, hour) / DAYS_BEFORE,
      })),
    );
    expect(soFar.today).toBe(todays.length);
    expect(soFar.days).toBe(7);
  });

  it('is compared with as many days as there are', () => {
    const yesterday = after(NOW, seconds(-24 * HOUR));
    const { soFar } = daySoFar([{ from: yesterday, count: 4 }], NOW, 'UTC', yesterday);
    expect(soFar).toEqual({ today: 0, before: 4, days: 1 });
    expect(daySoFar([], NOW, 'UTC', null).soFar).toEqual({ today: 0, before: 0, days: 0 });
  });
});

describe('the overview', () => {
  it('tells of intervals against targets, of the hours, and of people only to supervisors', async () => {
    const server = await startTestServer();
    const dispatcher = await clientAs(server.url, 'dispatcher');
    const supervisor = await clientAs(server.url, 'supervisor');
    const patrol = await clientAs(server.url, 'patrol');
    for (let call = 0; call < 3; call += 1) {
      const callId = crypto.randomUUID();
      await dispatcher.done('/calls', { callId, ringAt: formatInstant(instant(Date.now() - 5000)) });
      await dispatcher.done(`/calls/${callId}/answer`);
      await dispatcher.done('/incidents', {
        incidentId: crypto.randomUUID(),
        callId,
        location: { words: 'by the bridge' },
      });
    }
    const seen = overviewSchema.parse((await dispatcher.get('/overview')).json);
    expect(seen.people).toBeNull();
    expect(seen.today.incidents + seen.lastHour.incidents).toBeGreaterThanOrEqual(3);
    const answering = seen.lastHour.intervals.find(({ interval }) => interval === 'alarmAnswering');
    expect(answering).toMatchObject({ n: 3, missing: 0 });
    expect(answering?.p90).toBeGreaterThanOrEqual(5);
    expect(answering?.targets.length).toBeGreaterThan(0);
    expect(seen.hours).toHaveLength(24);
    expect(seen.soFar.days).toBe(0);

    const { people } = overviewSchema.parse((await supervisor.get('/overview')).json);
    expect(people).toEqual([expect.objectContaining({ calls: 3, orders: 0 })]);
    const { rows } = await server.database.database.pool.query(
      `select count(*)::int as looks from audit where agency = $1 and subject = 'workload'`,
      [AGENCY.id],
    );
    expect(rows).toEqual([{ looks: 1 }]);
    expect(problemOf(await patrol.get('/overview'))).toMatchObject({ status: 403 });
  });
});
