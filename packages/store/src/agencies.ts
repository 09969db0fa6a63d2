import { isTimeZone, type LonLat } from '@lamplight/base';
import { sql } from 'kysely';
import type { Database } from './database.js';
import { canonicalJson, type Json } from './log/json.js';

/** An operating body with a log of its own. */
export interface Agency {
  readonly id: string;
  /** By language: `{ en, zh }`. */
  readonly name: Json;
  /** IANA name. */
  readonly timeZone: string;
  readonly settings: Json;
}

/** Writes an agency, over the one of the same id. Throws a RangeError for a time zone that is none. */
export async function saveAgency(database: Database, agency: Agency): Promise<void> {
  if (!isTimeZone(agency.timeZone)) throw new RangeError(`${agency.timeZone} is not a time zone`);
  const columns = {
    name: canonicalJson(agency.name),
    time_zone: agency.timeZone,
    settings: canonicalJson(agency.settings),
  };
  await database.sql
    .insertInto('agency')
    .values({ id: agency.id, ...columns })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute();
}

/** The agency, or `undefined`. */
export async function findAgency(database: Database, id: string): Promise<Agency | undefined> {
  const row = await database.sql.selectFrom('agency').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { id: row.id, name: row.name, timeZone: row.time_zone, settings: row.settings };
}

/**
 * Puts some settings over those the agency has and leaves the others, whoever writes them at the same time. `name` is
 * the agency's name from now on. False when there is no such agency.
 */
export async function changeAgencySettings(
  database: Database,
  id: string,
  settings: { readonly [name: string]: Json },
  name?: Json,
): Promise<boolean> {
  const { numUpdatedRows } = await database.sql
    .updateTable('agency')
    .set({
      settings: sql<string>`settings || ${canonicalJson(settings)}::jsonb`,
      ...(name === undefined ? {} : { name: canonicalJson(name) }),
    })
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A place that units belong to. */
export interface Station {
  readonly id: string;
  readonly name: Json;
  readonly at: LonLat;
  readonly kind: string;
  readonly detail: Json;
}

/** Writes stations, over those of the same id, all or none. */
export async function saveStations(
  database: Database,
  agency: string,
  stations: readonly Station[],
): Promise<void> {
  await database.sql.transaction().execute(async (queries) => {
    for (const { id, name, at, kind, detail } of stations) {
      const [lon, lat] = at;
      const columns = { name: canonicalJson(name), lon, lat, kind, detail: canonicalJson(detail) };
      await queries
        .insertInto('station')
        .values({ agency, id, ...columns })
        .onConflict((conflict) => conflict.columns(['agency', 'id']).doUpdateSet(columns))
        .execute();
    }
  });
}

/** All stations of an agency, by id. */
export async function listStations(database: Database, agency: string): Promise<Station[]> {
  const rows = await database.sql
    .selectFrom('station')
    .selectAll()
    .where('agency', '=', agency)
    .orderBy('id')
    .execute();
  return rows.map(({ id, name, lon, lat, kind, detail }) => ({ id, name, at: [lon, lat], kind, detail }));
}

/** Removes a station; false when there is none. Whether anything still belongs to it is the caller's question. */
export async function removeStation(database: Database, agency: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await database.sql
    .deleteFrom('station')
    .where('agency', '=', agency)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
