import { randomUUID } from 'node:crypto';
import { err, type Instant, ok, type Result } from '@lamplight/base';
import type { Kysely, Selectable } from 'kysely';
import { type Database, toTimestamp } from '../database.js';
import { findErrorCode } from '../errors.js';
import type { Tables } from '../tables.js';
import { hashPassword } from './passwords.js';

/** A person who may sign in. The password is not part of it. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  /** The unit that this person belongs to, for a patrol. */
  readonly unitId: string | null;
  readonly locale: string;
  readonly disabled: boolean;
  readonly failedAttempts: number;
  readonly lockedUntil: Instant | null;
  readonly createdAt: Instant;
}

export interface NewAccount {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
  readonly roles: readonly string[];
  readonly unitId?: string;
  readonly locale: string;
}

/** Names that look alike are one name: compatibility forms, case and blanks around do not count. */
export function foldUsername(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}

/** Makes an account. The rules for good passwords are the caller's. */
export async function createAccount(
  database: Database,
  agency: string,
  account: NewAccount,
  at: Instant,
): Promise<Result<Account, { readonly code: 'username-taken' }>> {
  return insertAccount(database.sql, agency, account, await hashPassword(account.password), at);
}

/** The same inside a transaction of the caller's, which is void after `username-taken`. */
export async function insertAccount(
  sql: Kysely<Tables>,
  agency: string,
  account: NewAccount,
  passwordHash: string,
  at: Instant,
): Promise<Result<Account, { readonly code: 'username-taken' }>> {
  try {
    const row = await sql
      .insertInto('account')
      .values({
        agency,
        id: randomUUID(),
        username: account.username.trim(),
        username_folded: foldUsername(account.username),
        display_name: account.displayName,
        password_hash: passwordHash,
        roles: [...account.roles],
        unit_id: account.unitId ?? null,
        locale: account.locale,
        created_at: toTimestamp(at),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return ok(toAccount(row));
  } catch (thrown) {
    const UNIQUE_VIOLATION = '23505';
    if (findErrorCode(thrown) === UNIQUE_VIOLATION) return err({ code: 'username-taken' });
    throw thrown;
  }
}

/** An account as its row holds it, without the password. */
export function toAccount(row: Selectable<Tables['account']>): Account {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    roles: row.roles,
    unitId: row.unit_id,
    locale: row.locale,
    disabled: row.disabled,
    failedAttempts: row.failed_attempts,
    lockedUntil: row.locked_until,
    createdAt: row.created_at,
  };
}

/** The account with this id, or `undefined`. */
export async function findAccount(
  database: Database,
  agency: string,
  id: string,
): Promise<Account | undefined> {
  const row = await database.sql
    .selectFrom('account')
    .selectAll()
    .where('agency', '=', agency)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toAccount(row);
}

/** The account with this name, or `undefined`. */
export async function findAccountByName(
  database: Database,
  agency: string,
  username: string,
): Promise<Account | undefined> {
  const row = await database.sql
    .selectFrom('account')
    .selectAll()
    .where('agency', '=', agency)
    .where('username_folded', '=', foldUsername(username))
    .executeTakeFirst();
  return row && toAccount(row);
}

/** All accounts of an agency, by name. */
export async function listAccounts(database: Database, agency: string): Promise<Account[]> {
  const rows = await database.sql
    .selectFrom('account')
    .selectAll()
    .where('agency', '=', agency)
    .orderBy('username_folded')
    .execute();
  return rows.map(toAccount);
}

export type AccountChange = Partial<
  Pick<Account, 'displayName' | 'roles' | 'unitId' | 'locale' | 'disabled'>
>;

/**
 * Changes the given fields and returns the account, or `undefined` when there is none. Disabling or new roles end
 * the account's sessions.
 */
export async function updateAccount(
  database: Database,
  agency: string,
  id: string,
  change: AccountChange,
): Promise<Account | undefined> {
  const { displayName, roles, unitId, locale, disabled } = change;
  const columns = {
    ...(displayName === undefined ? {} : { display_name: displayName }),
    ...(roles === undefined ? {} : { roles: [...roles] }),
    ...(unitId === undefined ? {} : { unit_id: unitId }),
    ...(locale === undefined ? {} : { locale }),
    ...(disabled === undefined ? {} : { disabled }),
  };
  if (Object.keys(columns).length === 0) return findAccount(database, agency, id);
  return database.sql.transaction().execute(async (sql) => {
    const row = await sql
      .updateTable('account')
      .set(columns)
      .where('agency', '=', agency)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (disabled || roles) await endSessionsOf(sql, agency, id);
    return row && toAccount(row);
  });
}

/** Sets a new password, lifts a lock-out and ends the account's sessions. False when there is no such account. */
export async function setPassword(
  database: Database,
  agency: string,
  id: string,
  password: string,
): Promise<boolean> {
  const passwordHash = await hashPassword(password);
  return database.sql.transaction().execute(async (sql) => {
    const { numUpdatedRows } = await sql
      .updateTable('account')
      .set({ password_hash: passwordHash, failed_attempts: 0, locked_until: null })
      .where('agency', '=', agency)
      .where('id', '=', id)
      .executeTakeFirst();
    await endSessionsOf(sql, agency, id);
    return numUpdatedRows > 0n;
  });
}

async function endSessionsOf(sql: Kysely<Tables>, agency: string, accountId: string): Promise<void> {
  await sql.deleteFrom('session').where('agency', '=', agency).where('account_id', '=', accountId).execute();
}
