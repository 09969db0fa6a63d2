import type { Instant } from '@lamplight/base';
import { type Database, toTimestamp } from '../database.js';

/** An order that a unit had at some time, by the number of its incident. */
export interface OrderThen {
  readonly unitId: string;
  readonly number: string;
}

/** Orders of a unit that lasted into the span; those given more than a day before it are not looked at. */
export async function listOrdersDuring(
  database: Database,
  agency: string,
  unitId: string,
  span: { readonly from: Instant; readonly to: Instant },
  exceptIncident: string,
): Promise<OrderThen[]> {
  const { rows } = await database.pool.query<{ number: string }>(
    `select incident.doc->>'number' as number
     from entity as task
     join entity as incident
       on incident.agency = task.agency and incident.kind = 'incident' and incident.id = task.doc->>'incidentId'
     where task.agency = $1 and task.kind = 'assignment' and task.doc->>'unitId' = $2
       and task.started_at < $4 and task.started_at > $3::timestamptz - interval '1 day'
       and coalesce((task.doc->>'endedAt')::timestamptz > $3, true)
       and incident.id <> $5
     order by task.started_at`,
    [agency, unitId, toTimestamp(span.from), toTimestamp(span.to), exceptIncident],
  );
  return rows.map(({ number }) => ({ unitId, number }));
}

/** Numbers of incidents that were entered from a card of this number within some days of it. */
export async function listPaperIncidents(
  database: Database,
  agency: string,
  paperNumber: string,
  near: Instant,
  exceptIncident: string,
): Promise<string[]> {
  const { rows } = await database.pool.query<{ number: string }>(
    `select doc->>'number' as number from entity
     where agency = $1 and kind = 'incident' and doc->>'source' = 'paper' and doc->>'externalId' = $2
       and started_at between $3::timestamptz - interval '7 days' and $3::timestamptz + interval '7 days'
       and id <> $4
     order by position`,
    [agency, paperNumber, toTimestamp(near), exceptIncident],
  );
  return rows.map(({ number }) => number);
}
