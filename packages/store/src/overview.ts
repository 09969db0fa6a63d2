import { type Instant, instant } from '@lamplight/base';
import { z } from 'zod';
import { type Database, toTimestamp } from './database.js';

/** A stretch of time that fits into the hours of every time zone. */
export const QUARTER_MS = 15 * 60 * 1000;

const countRow = z.object({ quarter: z.coerce.number(), count: z.coerce.number() });

/** Incidents opened in `[from, to)`, counted by the quarter of an hour that they were opened in; empty ones are left out. */
export async function countOpened(
  database: Database,
  agency: string,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<{ readonly from: Instant; readonly count: number }[]> {
  const { rows } = await database.pool.query({
    name: 'overview-opened',
    text: `
      select floor(extract(epoch from started_at) / 900) as quarter, count(*) as count
      from entity where agency = $1 and kind = 'incident' and started_at >= $2 and started_at < $3
      group by 1 order by 1`,
    values: [agency, toTimestamp(from), toTimestamp(to)],
  });
  return rows.map((row) => {
    const { quarter, count } = countRow.parse(row);
    return { from: instant(quarter * QUARTER_MS), count };
  });
}

const workRow = z.object({ actor: z.string(), calls: z.coerce.number(), orders: z.coerce.number() });

/** How many calls each person answered and how many orders each gave since a moment, the busiest first. */
export async function countWork(
  database: Database,
  agency: string,
  since: Instant,
): Promise<{ readonly actor: string; readonly calls: number; readonly orders: number }[]> {
  const { rows } = await database.pool.query({
    name: 'overview-work',
    text: `
      with work as (
        select coalesce(doc ->> 'answeredBy', doc ->> 'createdBy') as actor, kind
        from entity where agency = $1 and kind in ('call', 'assignment') and started_at >= $2
      )
      select actor, count(*) filter (where kind = 'call') as calls, count(*) filter (where kind = 'assignment') as orders
      from work where actor like 'account:%' group by actor order by count(*) desc, actor limit 100`,
    values: [agency, toTimestamp(since)],
  });
  return rows.map((row) => workRow.parse(row));
}

/** When the first incident of an agency was opened; `null` before there is one. */
export async function findFirstStart(database: Database, agency: string): Promise<Instant | null> {
  const { rows } = await database.pool.query({
    name: 'overview-first',
    text: `
      select extract(epoch from started_at) * 1000 as at from entity
      where agency = $1 and kind = 'incident' order by started_at limit 1`,
    values: [agency],
  });
  const [first] = rows;
  return first === undefined
    ? null
    : instant(Math.floor(z.object({ at: z.coerce.number() }).parse(first).at));
}
