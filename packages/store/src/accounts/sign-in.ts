import { after, err, type Instant, ok, type Result, type Seconds, seconds } from '@lamplight/base';
import { sql } from 'kysely';
import { type Database, toMoment } from '../database.js';
import { type Account, foldUsername, toAccount } from './accounts.js';
import { isPassword } from './passwords.js';

export type SignInRefusal =
  | { readonly code: 'credentials-wrong' }
  | { readonly code: 'account-locked'; readonly until: Instant }
  | { readonly code: 'account-disabled' };

export interface LockOut {
  /** So many wrong passwords in a row lock the account … */
  readonly failures: number;
  /** … for so long. */
  readonly duration: Seconds;
}

export const LOCK_OUT: LockOut = { failures: 5, duration: seconds(15 * 60) };

/**
 * Checks name and password. Each attempt is counted before the password is looked at and taken back when it was
 * right, so that guesses sent all at once get no more tries than guesses sent one after another. While an account is
 * locked the password is not looked at; `account-disabled` is told only to who knows the password.
 */
export async function signIn(
  database: Database,
  agency: string,
  credentials: { readonly username: string; readonly password: string },
  at: Instant,
  lockOut: LockOut = LOCK_OUT,
): Promise<Result<Account, SignInRefusal>> {
  const folded = foldUsername(credentials.username);
  const count = sql<number>`case when locked_until is null then failed_attempts + 1 else 1 end`;
  const lockedUntil = toMoment(after(at, lockOut.duration));
  const attempt = await database.sql
    .updateTable('account')
    .set({
      failed_attempts: count,
      locked_until: sql<string>`case when ${count} >= ${lockOut.failures} then ${lockedUntil} end`,
    })
    .where('agency', '=', agency)
    .where('username_folded', '=', folded)
    .where(({ or, eb }) => or([eb('locked_until', 'is', null), eb('locked_until', '<=', toMoment(at))]))
    .returningAll()
    .executeTakeFirst();
  const fits = await isPassword(credentials.password, attempt?.password_hash);
  if (!attempt) return err(await explainAbsence(database, agency, folded));
  if (!fits) return err({ code: 'credentials-wrong' });
  if (attempt.disabled) return err({ code: 'account-disabled' });
  const cleared = { failed_attempts: 0, locked_until: null };
  await database.sql
    .updateTable('account')
    .set(cleared)
    .where('agency', '=', agency)
    .where('id', '=', attempt.id)
    .execute();
  return ok(toAccount({ ...attempt, ...cleared }));
}

/** There is no such account, or it is locked. */
async function explainAbsence(database: Database, agency: string, folded: string): Promise<SignInRefusal> {
  const row = await database.sql
    .selectFrom('account')
    .select('locked_until')
    .where('agency', '=', agency)
    .where('username_folded', '=', folded)
    .executeTakeFirst();
  return row?.locked_until
    ? { code: 'account-locked', until: row.locked_until }
    : { code: 'credentials-wrong' };
}
