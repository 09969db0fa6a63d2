import { after, elapsed, type Instant, instant, type Seconds } from '@lamplight/base';
import { type Database, toMoment, toTimestamp } from '../database.js';
import { type Account, toAccount } from './accounts.js';
import { createSecret, hashSecret } from './secrets.js';

export interface SessionLimits {
  /** It ends so long after sign-in, whatever happens. */
  readonly lifetime: Seconds;
  /** It ends when it was not used for so long. */
  readonly idle: Seconds;
}

/** Who is signed in, and until when at most. */
export interface Session {
  readonly account: Account;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** Uses of a session are written down at most this often, to spare a write for each request. */
const NOTE_EVERY = 30;

/** Starts a session and returns its token, which is kept nowhere else. */
export async function startSession(
  database: Database,
  agency: string,
  accountId: string,
  limits: SessionLimits,
  at: Instant,
): Promise<string> {
  const token = createSecret();
  await database.sql
    .insertInto('session')
    .values({
      token_hash: hashSecret(token),
      agency,
      account_id: accountId,
      created_at: toTimestamp(at),
      last_seen_at: toTimestamp(at),
      idle_until: toTimestamp(after(at, limits.idle)),
      expires_at: toTimestamp(after(at, limits.lifetime)),
    })
    .execute();
  return token;
}

/** The live session of a token, whose idle time starts anew; `undefined` when ended or the account is disabled. */
export async function findSession(
  database: Database,
  agency: string,
  token: string,
  at: Instant,
): Promise<Session | undefined> {
  const tokenHash = hashSecret(token);
  const session = await database.sql
    .selectFrom('session')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('agency', '=', agency)
    .executeTakeFirst();
  if (!session || session.expires_at <= at || session.idle_until <= at) return undefined;
  const account = await database.sql
    .selectFrom('account')
    .selectAll()
    .where('agency', '=', agency)
    .where('id', '=', session.account_id)
    .where('disabled', '=', false)
    .executeTakeFirst();
  if (!account) return undefined;
  if (elapsed(session.last_seen_at, at) >= NOTE_EVERY) {
    const idleUntil = instant(at + (session.idle_until - session.last_seen_at));
    await database.sql
      .updateTable('session')
      .set({ last_seen_at: toTimestamp(at), idle_until: toTimestamp(idleUntil) })
      .where('token_hash', '=', tokenHash)
      .execute();
  }
  return { account: toAccount(account), createdAt: session.created_at, expiresAt: session.expires_at };
}

/** Signs out: the token is worth nothing from now on. */
export async function endSession(database: Database, token: string): Promise<void> {
  await database.sql.deleteFrom('session').where('token_hash', '=', hashSecret(token)).execute();
}

/** How many live sessions each account has, and when one of them was last used. Accounts without one are left out. */
export async function countSessions(
  database: Database,
  agency: string,
  at: Instant,
): Promise<ReadonlyMap<string, { readonly sessions: number; readonly lastSeenAt: Instant }>> {
  const rows = await database.sql
    .selectFrom('session')
    .select(({ fn }) => [
      'account_id',
      fn.countAll<number>().as('sessions'),
      fn.max('last_seen_at').as('last_seen_at'),
    ])
    .where('agency', '=', agency)
    .where('expires_at', '>', toMoment(at))
    .where('idle_until', '>', toMoment(at))
    .groupBy('account_id')
    .execute();
  return new Map(
    rows.map(({ account_id: id, sessions, last_seen_at: lastSeenAt }) => [id, { sessions, lastSeenAt }]),
  );
}

/** Removes what has ended by itself and returns how many there were. */
export async function dropEndedSessions(database: Database, at: Instant): Promise<number> {
  const { numDeletedRows } = await database.sql
    .deleteFrom('session')
    .where(({ or, eb }) => or([eb('expires_at', '<=', toMoment(at)), eb('idle_until', '<=', toMoment(at))]))
    .executeTakeFirst();
  return Number(numDeletedRows);
}
