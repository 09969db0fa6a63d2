import { after, type Instant, instant, seconds } from '@lamplight/base';
import { overviewSchema } from '@lamplight/contracts';
import { clockOf, type IncidentClock, intervalReport, type Target } from '@lamplight/domain';
import { countOpened, countWork, type Database, findFirstStart, readReportRows } from '@lamplight/store';
import { hasAnyRole, type Principal } from '../auth/policy.js';
import type { Clock } from '../clock.js';
import { DAYS_BEFORE, daySoFar, midnightOf } from '../desk/day-so-far.js';
import type { App } from './app-type.js';
import { principalOf } from './guard.js';

export interface OverviewDependencies {
  readonly agency: { readonly id: string; readonly timeZone: string };
  readonly database: Database;
  readonly clock: Clock;
  targets(): readonly Target[];
  noteLook(principal: Principal, subject: string): Promise<void>;
}

/** How the day goes: intervals against targets, and the hours beside those of the days before. */
export function overviewRoutes(
  app: App,
  { agency, database, clock, targets, noteLook }: OverviewDependencies,
): void {
  const { id, timeZone } = agency;

  app.get('/api/v1/overview', { schema: { response: { 200: overviewSchema } } }, async (request) => {
    const principal = principalOf(request);
    const now = clock.now();
    const midnight = midnightOf(now, timeZone);
    const hourAgo = after(now, seconds(-3600));
    const seesPeople = hasAnyRole(principal, ['supervisor']);
    // What a person did is about that person.
    if (seesPeople) await noteLook(principal, 'workload');
    const [clocks, counts, first, people] = await Promise.all([
      readClocks(instant(Math.min(hourAgo, midnight)), now),
      countOpened(database, id, { from: midnightOf(now, timeZone, DAYS_BEFORE), to: after(now, seconds(1)) }),
      findFirstStart(database, id),
      seesPeople ? countWork(database, id, midnight) : null,
    ]);
    const since = (from: Instant) => {
      const within = clocks.filter(({ openedAt }) => openedAt >= from).map(({ clock: each }) => each);
      return { from, incidents: within.length, intervals: [...intervalReport(within, targets())] };
    };
    const { hours, soFar } = daySoFar(counts, now, timeZone, first);
    return { at: now, lastHour: since(hourAgo), today: since(midnight), hours: [...hours], soFar, people };
  });

  async function readClocks(
    from: Instant,
    to: Instant,
  ): Promise<{ openedAt: Instant; clock: IncidentClock }[]> {
    const clocks: { openedAt: Instant; clock: IncidentClock }[] = [];
    for await (const page of readReportRows(database, id, { from, to })) {
      for (const row of page) {
        clocks.push({ openedAt: row.openedAt, clock: clockOf(row, row.calls, row.assignments) });
      }
    }
    return clocks;
  }
}
