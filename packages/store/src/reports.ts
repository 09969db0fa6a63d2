import { type Instant, instant, isLonLat, type LonLat } from '@lamplight/base';
import { assignmentSchema, incidentSchema, instantSchema } from '@lamplight/contracts';
import type { Assignment, Call, Incident } from '@lamplight/domain';
import { z } from 'zod';
import { type Database, toTimestamp } from './database.js';

/** What a report needs of an incident with its calls and orders, and no more. */
export interface ReportRow {
  readonly id: string;
  readonly openedAt: Instant;
  readonly typeCode: string | null;
  readonly priority: number | null;
  readonly position: LonLat | null;
  readonly stamps: Incident['stamps'];
  readonly calls: readonly Pick<Call, 'ringAt' | 'answeredAt'>[];
  readonly assignments: readonly Pick<Assignment, 'stamps' | 'endedAt'>[];
}

/** Rows in one answer: few enough that reading them holds nothing else up. */
const PAGE = 500;

const ROWS = `
  select id, started_at as opened_at, doc ->> 'typeCode' as type_code, (doc ->> 'priority')::int as priority,
    doc #> '{location,position}' as position, doc -> 'stamps' as stamps,
    coalesce((select jsonb_agg(jsonb_build_object('ringAt', call.doc -> 'ringAt', 'answeredAt', call.doc -> 'answeredAt'))
      from entity as call where call.agency = $1 and call.root = incident.id and call.kind = 'call'), '[]') as calls,
    coalesce((select jsonb_agg(jsonb_build_object('stamps', orders.doc -> 'stamps', 'endedAt', orders.doc -> 'endedAt'))
      from entity as orders where orders.agency = $1 and orders.root = incident.id and orders.kind = 'assignment'), '[]')
      as assignments
  from entity as incident
  where agency = $1 and kind = 'incident' and started_at >= $2 and started_at < $3
    and doc ->> 'status' not in ('merged', 'cancelled') and (started_at, id) > ($4, $5)
  order by started_at, id limit ${PAGE}`;

const rowSchema = z.object({
  id: z.string(),
  opened_at: z.number(),
  type_code: z.string().nullable(),
  priority: z.number().nullable(),
  position: z.tuple([z.number(), z.number()]).nullable(),
  stamps: incidentSchema.unwrap().shape.stamps,
  calls: z.array(z.object({ ringAt: instantSchema, answeredAt: instantSchema.nullable() })),
  assignments: z.array(
    z.object({ stamps: assignmentSchema.unwrap().shape.stamps, endedAt: instantSchema.nullable() }),
  ),
});

/** The incidents opened in `[from, to)` that came to be worked on, by pages, oldest first: merged and cancelled ones are left out. */
export async function* readReportRows(
  database: Database,
  agency: string,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): AsyncGenerator<readonly ReportRow[]> {
  let after = { at: from, id: '' };
  for (;;) {
    const { rows } = await database.pool.query({
      name: 'report-rows',
      text: ROWS,
      values: [agency, toTimestamp(from), toTimestamp(to), toTimestamp(after.at), after.id],
    });
    const page = rows.map(toReportRow);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    if (page.length < PAGE) return;
    after = { at: last.openedAt, id: last.id };
  }
}

function toReportRow(row: unknown): ReportRow {
  const { id, opened_at, type_code, priority, position, stamps, calls, assignments } = rowSchema.parse(row);
  return {
    id,
    openedAt: instant(opened_at),
    typeCode: type_code,
    priority,
    position: position && isLonLat(position) ? position : null,
    stamps,
    calls,
    assignments,
  };
}
