import type { Database } from '../database.js';
import { canonicalJson, type Json } from '../log/json.js';

/** What somebody set for themselves. */
export interface AccountSetting {
  readonly name: string;
  readonly value: Json;
  /** Counts the changes of this setting. */
  readonly version: number;
}

/** What a role starts from. */
export interface RoleSetting {
  readonly role: string;
  readonly name: string;
  readonly value: Json;
}

/** All settings of an account, by name. */
export async function listAccountSettings(
  database: Database,
  agency: string,
  accountId: string,
): Promise<AccountSetting[]> {
  return database.sql
    .selectFrom('account_setting')
    .select(['name', 'value', 'version'])
    .where('agency', '=', agency)
    .where('account_id', '=', accountId)
    .orderBy('name')
    .execute();
}

/**
 * Writes a setting over the one there was and returns its version; the last to write holds. `undefined` when the
 * account has `limit` others already.
 */
export async function putAccountSetting(
  database: Database,
  agency: string,
  accountId: string,
  { name, value, limit }: { readonly name: string; readonly value: Json; readonly limit: number },
): Promise<number | undefined> {
  const { count } = await database.sql
    .selectFrom('account_setting')
    .select((each) => each.fn.countAll<string>().as('count'))
    .where('agency', '=', agency)
    .where('account_id', '=', accountId)
    .where('name', '!=', name)
    .executeTakeFirstOrThrow();
  if (Number(count) >= limit) return undefined;
  const text = canonicalJson(value);
  const { version } = await database.sql
    .insertInto('account_setting')
    .values({ agency, account_id: accountId, name, value: text, version: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['agency', 'account_id', 'name'])
        .doUpdateSet((set) => ({ value: text, version: set('account_setting.version', '+', 1) })),
    )
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
}

/** What these roles start from, in the order of the roles. */
export async function listRoleSettings(
  database: Database,
  agency: string,
  roles: readonly string[],
): Promise<RoleSetting[]> {
  if (roles.length === 0) return [];
  const rows = await database.sql
    .selectFrom('role_setting')
    .select(['role', 'name', 'value'])
    .where('agency', '=', agency)
    .where('role', 'in', [...roles])
    .orderBy('name')
    .execute();
  return rows.sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role));
}

/** Writes what a role starts from, over what there was. */
export async function putRoleSetting(
  database: Database,
  agency: string,
  { role, name, value }: RoleSetting,
): Promise<void> {
  const text = canonicalJson(value);
  await database.sql
    .insertInto('role_setting')
    .values({ agency, role, name, value: text })
    .onConflict((conflict) => conflict.columns(['agency', 'role', 'name']).doUpdateSet({ value: text }))
    .execute();
}
