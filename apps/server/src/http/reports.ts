import { type Instant, toWallClock } from '@lamplight/base';
import {
  instantSchema,
  intervalReportSchema,
  type ResponseReportView,
  responseReportSchema,
} from '@lamplight/contracts';
import {
  clockOf,
  groupForReport,
  type IncidentClock,
  intervalReport,
  nearestStation,
  type Target,
} from '@lamplight/domain';
import { type Database, listStations, readReportRows } from '@lamplight/store';
import { z } from 'zod';
import type { App } from './app-type.js';
import { Failure } from './failure.js';

export interface ReportDependencies {
  readonly agency: { readonly id: string; readonly timeZone: string };
  readonly database: Database;
  readonly targets: () => readonly Target[];
}

/** The longest period of a report: a leap year, and the hour that is won when clocks are set back. */
const LONGEST = (366 * 24 + 1) * 3_600_000;

interface Reported {
  readonly clock: IncidentClock;
  readonly type: string | null;
  readonly priority: string | null;
  readonly zone: string | null;
  readonly hour: string;
}

/** How long things took, over a period. */
export function reportRoutes(app: App, { agency, database, targets }: ReportDependencies): void {
  const period = z.object({ from: instantSchema, to: instantSchema });

  app.get(
    '/api/v1/reports/intervals',
    { schema: { querystring: period, response: { 200: intervalReportSchema } } },
    async ({ query: { from, to } }) => {
      const { incidents, intervals } = await report(from, to);
      return { from, to, incidents, intervals };
    },
  );
  app.get(
    '/api/v1/reports/response',
    { schema: { querystring: period, response: { 200: responseReportSchema } } },
    async ({ query: { from, to } }) => report(from, to),
  );

  async function report(from: Instant, to: Instant): Promise<ResponseReportView> {
    if (from >= to) throw refused('must be after from');
    if (to - from > LONGEST) throw refused('must be at most 366 days after from');
    const stations = await listStations(database, agency.id);
    const hourOf = hoursIn(agency.timeZone);
    const reported: Reported[] = [];
    for await (const page of readReportRows(database, agency.id, { from, to })) {
      for (const row of page) {
        reported.push({
          clock: clockOf(row, row.calls, row.assignments),
          type: row.typeCode,
          priority: row.priority === null ? null : String(row.priority),
          zone: nearestStation(row.position, stations),
          hour: hourOf(row.openedAt),
        });
      }
    }
    const groups = (keyOf: (item: Reported) => string | null) =>
      groupForReport(reported, keyOf).map(({ key, items }) => ({
        key,
        incidents: items.length,
        intervals: intervalReport(
          items.map(({ clock }) => clock),
          [],
        ).map(({ targets: _, ...statistics }) => statistics),
      }));
    return {
      from,
      to,
      incidents: reported.length,
      intervals: [
        ...intervalReport(
          reported.map(({ clock }) => clock),
          targets(),
        ),
      ],
      groups: {
        type: groups(({ type }) => type),
        priority: groups(({ priority }) => priority),
        zone: groups(({ zone }) => zone),
        hour: groups(({ hour }) => hour),
      },
    };
  }
}

const refused = (reason: string): Failure =>
  new Failure('request-invalid', `to: ${reason}`, { errors: [{ field: 'to', reason }] });

/** The hour of the day in a zone as two digits. Clocks are set by quarters of an hour, so a quarter is asked for once. */
function hoursIn(zone: string): (at: Instant) => string {
  const QUARTER = 900_000;
  const known = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    let hour = known.get(quarter);
    if (hour === undefined) {
      hour = String(toWallClock(at, zone).hour).padStart(2, '0');
      known.set(quarter, hour);
    }
    return hour;
  };
}
