import { distance, type Instant, type LonLat, type Metres, offset } from '@lamplight/base';
import type { Call, Incident } from '@lamplight/domain';
import { sql } from 'kysely';
import { type Database, toMoment } from '../database.js';
import { toDoc } from '../log/rows.js';
import { readEntity } from './response-fold.js';

/** An incident and how far it was from the place that was asked about. */
export interface IncidentNear {
  readonly incident: Incident;
  readonly away: Metres;
}

const lat = sql<number>`(doc #>> '{location,position,1}')::double precision`;
const lon = sql<number>`(doc #>> '{location,position,0}')::double precision`;

/** Incidents that were opened near a position since a moment, the latest first. */
export async function listIncidentsNear(
  database: Database,
  agency: string,
  at: LonLat,
  { within, since, limit }: { readonly within: Metres; readonly since: Instant; readonly limit: number },
): Promise<IncidentNear[]> {
  const [west, south] = offset(at, -within, -within);
  const [east, north] = offset(at, within, within);
  const rows = await database.sql
    .selectFrom('entity')
    .selectAll()
    .where('agency', '=', agency)
    .where('kind', '=', 'incident')
    .where(sql<boolean>`${lat} between ${south} and ${north} and ${lon} between ${west} and ${east}`)
    .where('started_at', '>=', toMoment(since))
    .orderBy('started_at', 'desc')
    .orderBy('id')
    // The corners of the box lie outside of the circle.
    .limit(limit * 2)
    .execute();
  const near: IncidentNear[] = [];
  for (const row of rows) {
    const found = readEntity(toDoc(row));
    const position = found.kind === 'incident' ? found.entity.location?.position : null;
    if (found.kind !== 'incident' || !position) continue;
    const away = distance(at, position);
    if (away <= within) near.push({ incident: found.entity, away });
  }
  return near.slice(0, limit);
}

/** A call with the incident that it was about, if any. */
export interface PastCall {
  readonly call: Call;
  readonly incident: Incident | null;
}

/** Only its digits tell a number from another: people write the rest as they like. */
const digitsOf = (number: string): string => number.normalize('NFKC').replaceAll(/[^0-9]/g, '');

/**
 * Calls from a number, the latest first. Numbers are the same when their digits are, with the country's code or
 * without it on both: to take more for the same would show one caller's past to another. A text with less than
 * three digits is no number, and finds none.
 */
export async function listCallsFrom(
  database: Database,
  agency: string,
  number: string,
  limit: number,
): Promise<PastCall[]> {
  const digits = digitsOf(number);
  if (digits.length < 3) return [];
  const rows = await database.sql
    .selectFrom('entity')
    .selectAll()
    .where('agency', '=', agency)
    .where('kind', '=', 'call')
    .where(sql<boolean>`regexp_replace(doc ->> 'callerNumber', '[^0-9]', '', 'g') = ${digits}`)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute();
  const calls = rows.flatMap((row) => {
    const found = readEntity(toDoc(row));
    return found.kind === 'call' ? [found.entity] : [];
  });
  const ids = calls.flatMap(({ incidentId }) => incidentId ?? []);
  const incidents = new Map<string, Incident>();
  if (ids.length > 0) {
    const found = await database.sql
      .selectFrom('entity')
      .selectAll()
      .where('agency', '=', agency)
      .where('kind', '=', 'incident')
      .where('id', 'in', ids)
      .execute();
    for (const row of found) {
      const entity = readEntity(toDoc(row));
      if (entity.kind === 'incident') incidents.set(entity.entity.id, entity.entity);
    }
  }
  return calls.map((call) => ({
    call,
    incident: call.incidentId === null ? null : (incidents.get(call.incidentId) ?? null),
  }));
}
