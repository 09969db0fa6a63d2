import { distance, type Instant, type LonLat, type Metres, metres, offset } from '@lamplight/base';
import { type Database, toTimestamp } from './database.js';
import { canonicalJson, type Json } from './log/json.js';

/** What is known of a place. `hazards` and `keyHolders` are kept as they are given. */
export interface Premises {
  readonly id: string;
  /** Counts the changes, from 1. */
  readonly version: number;
  readonly name: string;
  readonly at: LonLat;
  /** How far from the position it reaches. */
  readonly radius: Metres;
  readonly hazards: Json;
  readonly access: string | null;
  readonly keyHolders: Json;
  readonly changedAt: Instant;
  readonly changedBy: string;
}

/** Premises and how far away they are. */
export interface NearPremises {
  readonly premises: Premises;
  readonly away: Metres;
}

export interface PremisesFilter {
  /** Letters that the name must have, in either case. */
  readonly text: string;
  /** Only those after this one in the order of names. */
  readonly after?: { readonly name: string; readonly id: string };
  readonly limit: number;
}

/** Premises by name. */
export async function listPremises(
  database: Database,
  agency: string,
  filter: PremisesFilter,
): Promise<Premises[]> {
  let query = database.sql
    .selectFrom('premises')
    .selectAll()
    .where('agency', '=', agency)
    .orderBy('name')
    .orderBy('id')
    .limit(filter.limit);
  const { text, after } = filter;
  if (text !== '') query = query.where('name', 'ilike', `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`);
  if (after !== undefined) {
    query = query.where(({ eb, or, and }) =>
      or([eb('name', '>', after.name), and([eb('name', '=', after.name), eb('id', '>', after.id)])]),
    );
  }
  return (await query.execute()).map(toPremises);
}

/** The premises of that id, or `undefined`. */
export async function findPremises(
  database: Database,
  agency: string,
  id: string,
): Promise<Premises | undefined> {
  const row = await database.sql
    .selectFrom('premises')
    .selectAll()
    .where('agency', '=', agency)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toPremises(row);
}

/**
 * Premises within `within` of a position, or whose own reach takes it in, the nearest first. None reaches further than
 * `furthest`.
 */
export async function listPremisesNear(
  database: Database,
  agency: string,
  at: LonLat,
  { within, furthest }: { readonly within: Metres; readonly furthest: Metres },
): Promise<NearPremises[]> {
  const reach = Math.max(within, furthest);
  const [west, south] = offset(at, -reach, -reach);
  const [east, north] = offset(at, reach, reach);
  const rows = await database.sql
    .selectFrom('premises')
    .selectAll()
    .where('agency', '=', agency)
    .where('lat', '>=', south)
    .where('lat', '<=', north)
    .where('lon', '>=', west)
    .where('lon', '<=', east)
    .execute();
  return rows
    .map((row) => ({ premises: toPremises(row), away: distance(at, [row.lon, row.lat]) }))
    .filter(({ premises, away }) => away <= Math.max(within, premises.radius))
    .sort((a, b) => a.away - b.away);
}

/**
 * Writes premises over `version`, 0 for new ones; false when that is no longer the version there is. Cost: one row.
 */
export async function savePremises(
  database: Database,
  agency: string,
  { id, at, ...rest }: Omit<Premises, 'version'>,
  version: number,
): Promise<boolean> {
  const [lon, lat] = at;
  const columns = {
    name: rest.name,
    lon,
    lat,
    radius: rest.radius,
    hazards: canonicalJson(rest.hazards),
    access: rest.access,
    key_holders: canonicalJson(rest.keyHolders),
    changed_at: toTimestamp(rest.changedAt),
    changed_by: rest.changedBy,
    version: version + 1,
  };
  if (version === 0) {
    const { numInsertedOrUpdatedRows } = await database.sql
      .insertInto('premises')
      .values({ agency, id, ...columns })
      .onConflict((conflict) => conflict.columns(['agency', 'id']).doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await database.sql
    .updateTable('premises')
    .set(columns)
    .where('agency', '=', agency)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Removes premises as of `version`; false when that is no longer the version there is. */
export async function removePremises(
  database: Database,
  agency: string,
  id: string,
  version: number,
): Promise<boolean> {
  const { numDeletedRows } = await database.sql
    .deleteFrom('premises')
    .where('agency', '=', agency)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

interface PremisesRow {
  id: string;
  version: number;
  name: string;
  lon: number;
  lat: number;
  radius: number;
  hazards: Json;
  access: string | null;
  key_holders: Json;
  changed_at: Instant;
  changed_by: string;
}

const toPremises = (row: PremisesRow): Premises => ({
  id: row.id,
  version: row.version,
  name: row.name,
  at: [row.lon, row.lat],
  radius: metres(row.radius),
  hazards: row.hazards,
  access: row.access,
  keyHolders: row.key_holders,
  changedAt: row.changed_at,
  changedBy: row.changed_by,
});
