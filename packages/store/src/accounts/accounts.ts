import { randomUUID } from 'node:crypto';
import { err, type Instant, ok, type Result } from '@lamplight/base';
import type { Kysely, Selectable } from 'kysely';
import { type Database, toTimestamp } from '../database.js';
import { findErrorCode } from '../errors.js';
import type { Tables } from '../tables.js';
import { ADMINISTRATOR, hasActiveAdministrator, lockAdministrators } from './administrators.js';
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

export type AccountRefusal =
  | { readonly code: 'account-unknown' }
  /** Without the account in its role nobody could administer the agency any more. */
  | { readonly code: 'last-administrator' };

/**
 * Changes the given fields and says what the account was before and is now. Disabling, new roles or another unit end
 * the account's sessions. Of two changes that would together leave no administrator, the second is refused.
 */
export async function changeAccount(
  database: Database,
  agency: string,
  id: string,
  change: AccountChange,
): Promise<Result<{ readonly before: Account; readonly after: Account }, AccountRefusal>> {
  try {
    return await database.sql.transaction().execute(async (queries) => {
      await lockAdministrators(queries, agency);
      const before = await queries
        .selectFrom('account')
        .selectAll()
        .where('agency', '=', agency)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!before) return err({ code: 'account-unknown' });
      const after = await queries
        .updateTable('account')
        .set({ id, ...columnsOf(change) })
        .where('agency', '=', agency)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      const administered = before.roles.includes(ADMINISTRATOR) && !before.disabled;
      if (administered && !(await hasActiveAdministrator(queries, agency))) throw new LastAdministrator();
      if (isRestricted(toAccount(before), toAccount(after))) await endSessionsOf(queries, agency, id);
      return ok({ before: toAccount(before), after: toAccount(after) });
    });
  } catch (thrown) {
    if (thrown instanceof LastAdministrator) return err({ code: 'last-administrator' });
    throw thrown;
  }
}

const columnsOf = ({ displayName, roles, unitId, locale, disabled }: AccountChange) => ({
  ...(displayName === undefined ? {} : { display_name: displayName }),
  ...(roles === undefined ? {} : { roles: [...roles] }),
  ...(unitId === undefined ? {} : { unit_id: unitId }),
  ...(locale === undefined ? {} : { locale }),
  ...(disabled === undefined ? {} : { disabled }),
});

/** Whether what the account may do has changed, so that nobody goes on under the old rights. */
const isRestricted = (before: Account, after: Account): boolean =>
  after.disabled ||
  before.unitId !== after.unitId ||
  before.roles.length !== after.roles.length ||
  before.roles.some((role) => !after.roles.includes(role));

/** Thrown to roll the transaction back. */
class LastAdministrator extends Error {}

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

/** Signs an account out everywhere and returns how many sessions it had. */
export function endSessionsOfAccount(database: Database, agency: string, accountId: string): Promise<number> {
  return endSessionsOf(database.sql, agency, accountId);
}

async function endSessionsOf(queries: Kysely<Tables>, agency: string, accountId: string): Promise<number> {
  const { numDeletedRows } = await queries
    .deleteFrom('session')
    .where('agency', '=', agency)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
