import { after, err, type Instant, ok, type Result, seconds } from '@lamplight/base';
import { type Database, toTimestamp } from '../database.js';
import { type Account, insertAccount, type NewAccount } from './accounts.js';
import { ADMINISTRATOR, hasAdministrator, lockAdministrators } from './administrators.js';
import { hashPassword } from './passwords.js';
import { createSecret, hashSecret } from './secrets.js';

export type SetupRefusal =
  /** No such link, or used, or too old. */
  | { readonly code: 'setup-link-invalid' }
  | { readonly code: 'already-set-up' }
  | { readonly code: 'username-taken' };

const LIFETIME = seconds(24 * 60 * 60);

/** Whether the agency has an administrator, disabled or not. */
export function isSetUp(database: Database, agency: string): Promise<boolean> {
  return hasAdministrator(database.sql, agency);
}

/** Makes the one link with which the first administrator is made, valid for a day. Earlier links end. */
export async function createSetupLink(database: Database, agency: string, at: Instant): Promise<string> {
  const token = createSecret();
  await database.sql.transaction().execute(async (queries) => {
    await queries
      .deleteFrom('setup_link')
      .where('agency', '=', agency)
      .where('used_at', 'is', null)
      .execute();
    await queries
      .insertInto('setup_link')
      .values({
        token_hash: hashSecret(token),
        agency,
        created_at: toTimestamp(at),
        expires_at: toTimestamp(after(at, LIFETIME)),
        used_at: null,
      })
      .execute();
  });
  return token;
}

/** Makes the first administrator and uses the link up, both or neither. Of two at the same time one is refused. */
export async function redeemSetupLink(
  database: Database,
  agency: string,
  token: string,
  administrator: Omit<NewAccount, 'roles'>,
  at: Instant,
): Promise<Result<Account, SetupRefusal>> {
  const passwordHash = await hashPassword(administrator.password);
  try {
    const account = await database.sql.transaction().execute(async (queries) => {
      await lockAdministrators(queries, agency);
      const link = await queries
        .updateTable('setup_link')
        .set({ used_at: toTimestamp(at) })
        .where('token_hash', '=', hashSecret(token))
        .where('agency', '=', agency)
        .where('used_at', 'is', null)
        .returningAll()
        .executeTakeFirst();
      if (!link || link.expires_at <= at) throw new Refused({ code: 'setup-link-invalid' });
      if (await hasAdministrator(queries, agency)) throw new Refused({ code: 'already-set-up' });
      const first = { ...administrator, roles: [ADMINISTRATOR] };
      const made = await insertAccount(queries, agency, first, passwordHash, at);
      if (!made.ok) throw new Refused(made.error);
      return made.value;
    });
    return ok(account);
  } catch (thrown) {
    if (thrown instanceof Refused) return err(thrown.reason);
    throw thrown;
  }
}

/** Thrown to roll the transaction back. */
class Refused extends Error {
  readonly reason: SetupRefusal;

  constructor(reason: SetupRefusal) {
    super(reason.code);
    this.reason = reason;
  }
}
