import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.js';

/** The role without which an agency cannot look after itself. */
export const ADMINISTRATOR = 'administrator';

/** Any number; it must be the same in every process. */
const ADMINISTRATORS_LOCK = 7_269_174;

/** Until the end of the transaction, nobody else makes or unmakes an administrator of the agency. */
export async function lockAdministrators(queries: Kysely<Tables>, agency: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ADMINISTRATORS_LOCK}, hashtext(${agency}))`.execute(queries);
}

/** Whether the agency has an administrator, disabled or not. */
export function hasAdministrator(queries: Kysely<Tables>, agency: string): Promise<boolean> {
  return exists(administratorsOf(queries, agency));
}

/** Whether the agency has an administrator who may sign in. */
export function hasActiveAdministrator(queries: Kysely<Tables>, agency: string): Promise<boolean> {
  return exists(administratorsOf(queries, agency).where('disabled', '=', false));
}

const administratorsOf = (queries: Kysely<Tables>, agency: string) =>
  queries
    .selectFrom('account')
    .select('id')
    .where('agency', '=', agency)
    .where(sql<boolean>`${ADMINISTRATOR} = any(roles)`)
    .limit(1);

const exists = async (query: { executeTakeFirst(): Promise<unknown> }): Promise<boolean> =>
  (await query.executeTakeFirst()) !== undefined;
