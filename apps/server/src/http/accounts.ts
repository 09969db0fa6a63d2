import { randomBytes } from 'node:crypto';
import { elapsed, type Instant, instant } from '@lamplight/base';
import {
  type AccountView,
  accountSchema,
  addAccountBody,
  changeAccountBody,
  endedSessionsSchema,
  identifierSchema,
  type ManagedAccount,
  managedAccountSchema,
  type Role,
  rehearsalSignInBody,
  resetPasswordBody,
  sessionSchema,
  setupBody,
  signInBody,
} from '@lamplight/contracts';
import {
  type Account,
  appendAudit,
  changeAccount,
  countSessions,
  createAccount,
  type Database,
  endSessionsOfAccount,
  findAccount,
  findAccountByName,
  listAccounts,
  redeemSetupLink,
  setPassword,
  signIn,
} from '@lamplight/store';
import { z } from 'zod';
import type { AgencyProfiles } from '../administration/agency-profile.js';
import { type Auditor, changesBetween } from '../administration/auditor.js';
import { rolesOf, SESSION_LIMITS, type Sessions } from '../auth/sessions.js';
import type { App } from './app-type.js';
import { Failure } from './failure.js';
import { principalOf } from './guard.js';

export interface AccountDependencies {
  readonly database: Database;
  readonly agency: string;
  readonly sessions: Sessions;
  readonly auditor: Auditor;
  readonly profile: AgencyProfiles;
}

/** Signing in and tries at it are limited by address, before any password is hashed. */
const SIGN_IN_LIMIT = { rateLimit: { max: 20, timeWindow: '1 minute' } };

/** People: who they are and how they prove it. All times here are the wall clock's. */
export function accountRoutes(
  app: App,
  { database, agency, sessions, auditor, profile }: AccountDependencies,
): void {
  const now = (): Instant => instant(Date.now());
  const note = (actor: string, action: string, subject: string | null): Promise<void> =>
    appendAudit(database, agency, { at: now(), actor, action, subject, detail: {} });

  app.post(
    '/api/v1/session',
    { config: SIGN_IN_LIMIT, schema: { body: signInBody, response: { 200: sessionSchema } } },
    async (request, reply) => {
      const answer = await signIn(database, agency, request.body, now());
      if (!answer.ok) {
        await note('anonymous', `sign-in-${answer.error.code}`, request.body.username);
        throw refusalOf(answer.error, now());
      }
      await note(`account:${answer.value.username}`, 'sign-in', null);
      return { account: viewOf(answer.value), expiresAt: await sessions.start(answer.value, reply) };
    },
  );

  app.get('/api/v1/session', { schema: { response: { 200: sessionSchema } } }, async (request) => {
    const account = await findAccount(database, agency, principalOf(request).accountId);
    if (!account) throw new Failure('not-signed-in', 'The account is gone.');
    return { account: viewOf(account), expiresAt: instant(now() + SESSION_LIMITS.idle * 1000) };
  });

  app.delete('/api/v1/session', async (request, reply) => {
    await sessions.end(request, reply);
    reply.code(204);
  });

  app.post(
    '/api/v1/setup',
    { config: SIGN_IN_LIMIT, schema: { body: setupBody, response: { 200: sessionSchema } } },
    async (request, reply) => {
      const { token, ...person } = request.body;
      const answer = await redeemSetupLink(
        database,
        agency,
        token,
        { ...person, locale: profile.get().locale },
        now(),
      );
      if (!answer.ok) {
        if (answer.error.code === 'username-taken')
          throw new Failure('username-taken', 'This name is taken.');
        throw new Failure('setup-link-spent', 'This set-up link was used, is too old, or is not one.');
      }
      await note(`account:${answer.value.username}`, 'set-up', null);
      return { account: viewOf(answer.value), expiresAt: await sessions.start(answer.value, reply) };
    },
  );

  app.post(
    '/api/v1/rehearsal/session',
    { schema: { body: rehearsalSignInBody, response: { 200: sessionSchema } } },
    async (request, reply) => {
      const account = await rehearsalAccount(database, agency, request.body.role, now());
      return { account: viewOf(account), expiresAt: await sessions.start(account, reply) };
    },
  );

  manageAccounts(app, { database, agency, sessions, auditor, profile, now });
}

interface Management
  extends Pick<AccountDependencies, 'database' | 'agency' | 'sessions' | 'auditor' | 'profile'> {
  readonly now: () => Instant;
}

/** The accounts of others: made, changed, opened again and closed. */
function manageAccounts(app: App, { database, agency, sessions, auditor, profile, now }: Management): void {
  const params = z.object({ accountId: identifierSchema });
  const managed = async (account: Account): Promise<ManagedAccount> =>
    managedView(account, (await countSessions(database, agency, now())).get(account.id), now());
  const getAccount = async (id: string): Promise<Account> => {
    const account = await findAccount(database, agency, id);
    if (!account) throw new Failure('not-found', 'There is no such account.', { subject: id });
    return account;
  };

  app.get(
    '/api/v1/accounts',
    { schema: { response: { 200: z.array(managedAccountSchema) } } },
    async (request) => {
      const [accounts, counts] = await Promise.all([
        listAccounts(database, agency),
        countSessions(database, agency, now()),
      ]);
      await auditor.look(request, 'accounts');
      return accounts.map((account) => managedView(account, counts.get(account.id), now()));
    },
  );

  app.post(
    '/api/v1/accounts',
    { schema: { body: addAccountBody, response: { 200: accountSchema } } },
    async (request) => {
      const { unitId, locale = profile.get().locale, ...person } = request.body;
      const account = await createAccount(
        database,
        agency,
        { ...person, roles: [...new Set(person.roles)], locale, ...(unitId === null ? {} : { unitId }) },
        now(),
      );
      if (!account.ok)
        throw new Failure('username-taken', 'This name is taken.', { subject: person.username });
      await auditor.note(request, 'account-added', person.username, { after: describe(account.value) });
      return viewOf(account.value);
    },
  );

  app.patch(
    '/api/v1/accounts/:accountId',
    { schema: { params, body: changeAccountBody, response: { 200: managedAccountSchema } } },
    async (request) => {
      const { accountId } = request.params;
      const { body } = request;
      const loses = body.disabled || (body.roles !== undefined && !body.roles.includes('administrator'));
      if (accountId === principalOf(request).accountId && loses) {
        throw new Failure('own-account', 'Nobody takes away their own access.', { subject: accountId });
      }
      const change = { ...body, ...(body.roles && { roles: [...new Set(body.roles)] }) };
      const changed = await changeAccount(database, agency, accountId, change);
      if (!changed.ok) {
        throw changed.error.code === 'last-administrator'
          ? new Failure('last-administrator', 'No other administrator may sign in.', { subject: accountId })
          : new Failure('not-found', 'There is no such account.', { subject: accountId });
      }
      sessions.forget(accountId);
      const { before, after } = changed.value;
      const changes = changesBetween(describe(before), describe(after));
      if (Object.keys(changes.after).length > 0) {
        await auditor.note(request, 'account-changed', after.username, changes);
      }
      return managed(after);
    },
  );

  app.post(
    '/api/v1/accounts/:accountId/password',
    { schema: { params, body: resetPasswordBody } },
    async (request, reply) => {
      const account = await getAccount(request.params.accountId);
      await setPassword(database, agency, account.id, request.body.password);
      sessions.forget(account.id);
      await auditor.note(request, 'password-reset', account.username);
      reply.code(204);
    },
  );

  app.delete(
    '/api/v1/accounts/:accountId/sessions',
    { schema: { params, response: { 200: endedSessionsSchema } } },
    async (request) => {
      const account = await getAccount(request.params.accountId);
      const ended = await endSessionsOfAccount(database, agency, account.id);
      sessions.forget(account.id);
      await auditor.note(request, 'sessions-ended', account.username, { ended });
      return { ended };
    },
  );
}

/** What of an account is worth remembering in the audit log. */
const describe = ({ displayName, roles, unitId, locale, disabled }: Account) => ({
  displayName,
  roles: [...roles],
  unitId,
  locale,
  disabled,
});

function managedView(
  account: Account,
  live: { readonly sessions: number; readonly lastSeenAt: Instant } | undefined,
  now: Instant,
): ManagedAccount {
  const { disabled, lockedUntil, createdAt } = account;
  return {
    ...viewOf(account),
    disabled,
    lockedUntil: lockedUntil !== null && lockedUntil > now ? lockedUntil : null,
    createdAt,
    sessions: live?.sessions ?? 0,
    lastSeenAt: live?.lastSeenAt ?? null,
  };
}

function refusalOf(
  refusal:
    | { readonly code: 'credentials-wrong' | 'account-disabled' }
    | { readonly code: 'account-locked'; readonly until: Instant },
  now: Instant,
): Failure {
  if (refusal.code === 'account-locked') {
    const wait = Math.max(1, elapsed(now, refusal.until));
    return new Failure('locked-out', 'Too many wrong passwords; the account is locked for a while.', {
      retryAfterSeconds: wait,
    });
  }
  // A disabled account is told no more than a wrong password.
  return new Failure('credentials-wrong', 'The name or the password is wrong.');
}

/** One account for each role, made when first asked for; its password is thrown away, so only this door opens it. */
async function rehearsalAccount(
  database: Database,
  agency: string,
  role: Role,
  at: Instant,
): Promise<Account> {
  const username = `rehearsal-${role}`;
  const known = await findAccountByName(database, agency, username);
  if (known) return known;
  const password = randomBytes(32).toString('base64url');
  const account = { username, displayName: role, password, roles: [role], locale: 'en' };
  const made = await createAccount(database, agency, account, at);
  if (made.ok) return made.value;
  const other = await findAccountByName(database, agency, username);
  if (!other) throw new Error(`${username} can neither be made nor found`);
  return other;
}

function viewOf(account: Account): AccountView {
  const { id, username, displayName, unitId, locale } = account;
  return {
    id,
    username,
    displayName,
    roles: rolesOf(account),
    unitId,
    locale: locale === 'zh-CN' ? 'zh-CN' : 'en',
  };
}
