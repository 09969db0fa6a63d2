import { type Instant, instant, type Seconds, seconds } from '@lamplight/base';
import { ROLES, type Role } from '@lamplight/contracts';
import {
  type Account,
  type Database,
  endSession,
  findSession,
  type SessionLimits,
  startSession,
} from '@lamplight/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from './policy.js';

/** A shift of twelve hours with its handover; an unattended screen ends sooner. */
export const SESSION_LIMITS: SessionLimits = { lifetime: seconds(14 * 3600), idle: seconds(4 * 3600) };

export const SESSION_COOKIE = 'lamplight_session';

/** How long an answer of the database about a session is believed; a sign-out elsewhere takes as long to be noticed. */
const BELIEVE_MS = 5_000;

export interface Sessions {
  /** The account that a request's cookie stands for. */
  findPrincipal(request: FastifyRequest): Promise<Principal | null>;
  start(account: Account, reply: FastifyReply): Promise<Instant>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

export interface SessionOptions {
  readonly database: Database;
  readonly agency: string;
  /** Whether browsers reach the server by HTTPS only. */
  readonly secureCookies: boolean;
}

/**
 * Sessions live by the wall clock, also where the server runs on a scaled one: signing in is not part of what is
 * rehearsed.
 */
export function createSessions({ database, agency, secureCookies }: SessionOptions): Sessions {
  const believed = new Map<string, { readonly principal: Principal | null; readonly until: number }>();
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: secureCookies } as const;

  return {
    async findPrincipal(request) {
      const token = request.cookies[SESSION_COOKIE];
      if (token === undefined || token.length > 200) return null;
      const now = Date.now();
      const known = believed.get(token);
      if (known && known.until > now) return known.principal;
      const session = await findSession(database, agency, token, instant(now));
      const principal = session ? principalOf(session.account) : null;
      if (believed.size > 10_000) believed.clear();
      believed.set(token, { principal, until: now + BELIEVE_MS });
      return principal;
    },

    async start(account, reply) {
      const now = instant(Date.now());
      const token = await startSession(database, agency, account.id, SESSION_LIMITS, now);
      reply.setCookie(SESSION_COOKIE, token, { ...cookie, maxAge: SESSION_LIMITS.lifetime });
      return endOf(now, SESSION_LIMITS.lifetime);
    },

    async end(request, reply) {
      const token = request.cookies[SESSION_COOKIE];
      reply.clearCookie(SESSION_COOKIE, cookie);
      if (token === undefined) return;
      await endSession(database, token);
      // After, not before: a request on its way could have brought the session back from the database.
      believed.set(token, { principal: null, until: Date.now() + BELIEVE_MS });
    },
  };
}

const endOf = (at: Instant, lifetime: Seconds): Instant => instant(at + lifetime * 1000);

function principalOf(account: Account): Principal {
  return {
    accountId: account.id,
    username: account.username,
    roles: rolesOf(account),
    unitId: account.unitId,
  };
}

/** The roles of an account that this version knows; a role it does not know opens nothing. */
export function rolesOf(account: Pick<Account, 'roles'>): Role[] {
  return ROLES.filter((role) => account.roles.includes(role));
}
