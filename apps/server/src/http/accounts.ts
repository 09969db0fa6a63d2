import { randomBytes } from 'node:crypto';
import { elapsed, type Instant, instant } from '@lamplight/base';
import {
  type AccountView,
  accountSchema,
  addAccountBody,
  addDeviceBody,
  deviceCredentialsSchema,
  type Role,
  rehearsalSignInBody,
  sessionSchema,
  setupBody,
  signInBody,
} from '@lamplight/contracts';
import {
  type Account,
  appendAudit,
  createAccount,
  type Database,
  findAccount,
  findAccountByName,
  redeemSetupLink,
  registerDevice,
  signIn,
} from '@lamplight/store';
import { rolesOf, SESSION_LIMITS, type Sessions } from '../auth/sessions.js';
import { newId } from '../desk/ids.js';
import type { App } from './app-type.js';
import { Failure } from './failure.js';
import { principalOf } from './guard.js';

export interface AccountDependencies {
  readonly database: Database;
  readonly agency: string;
  readonly sessions: Sessions;
  readonly onDeviceChanged: (deviceId: string) => Promise<void>;
}

/** Signing in and tries at it are limited by address, before any password is hashed. */
const SIGN_IN_LIMIT = { rateLimit: { max: 20, timeWindow: '1 minute' } };

/** People and devices: who they are and how they prove it. All times here are the wall clock's. */
export function accountRoutes(
  app: App,
  { database, agency, sessions, onDeviceChanged }: AccountDependencies,
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
      const answer = await redeemSetupLink(database, agency, token, { ...person, locale: 'en' }, now());
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

  app.post(
    '/api/v1/accounts',
    { schema: { body: addAccountBody, response: { 200: accountSchema } } },
    async (request) => {
      const { unitId, ...person } = request.body;
      const account = await createAccount(
        database,
        agency,
        { ...person, locale: 'en', ...(unitId === null ? {} : { unitId }) },
        now(),
      );
      if (!account.ok)
        throw new Failure('username-taken', 'This name is taken.', { subject: person.username });
      await note(`account:${principalOf(request).username}`, 'account-added', person.username);
      return viewOf(account.value);
    },
  );

  app.post(
    '/api/v1/devices',
    { schema: { body: addDeviceBody, response: { 200: deviceCredentialsSchema } } },
    async (request) => {
      const { unitId, label, osmand } = request.body;
      const deviceId = newId(now());
      const secrets = await registerDevice(database, agency, { id: deviceId, unitId, label, osmand }, now());
      await onDeviceChanged(deviceId);
      await note(`account:${principalOf(request).username}`, 'device-added', deviceId);
      return { deviceId, secret: secrets.secret, osmandKey: secrets.osmandKey ?? null };
    },
  );
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
