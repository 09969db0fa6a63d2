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

/** A screen on a wall has nobody who could sign in again, and shows nobody's name. */
export const WALL_LIMITS: SessionLimits = { lifetime: seconds(90 * 86_400), idle: seconds(14 * 86_400) };

export const SESSION_COOKIE = 'lamplight_session';

/** How long an answer of the database about a session is believed; a sign-out elsewhere takes as long to be noticed. */
const BELIEVE_MS = 5_000;

export interface Sessions {
  /** The account that a request's cookie stands for. */
  findPrincipal(request: FastifyRequest): Promise<Principal | null>;
  start(account: Account, reply: FastifyReply): Promise<Instant>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Believes nothing any more about an account whose sessions or rights were changed, and tells those who listen. */
  forget(accountId: string): void;
  /** Told the account whose sessions or rights were changed on this server. */
  onForgotten(listener: (accountId: string) => void): () => void;
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
  const listeners = new Set<(accountId: string) => void>();
  /** Counts up with each change, so that an answer that was asked for before it is not believed after it. */
  let generation = 0;
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure: secureCookies } as const;

  return {
    async findPrincipal(request) {
      const token = request.cookies[SESSION_COOKIE];
      if (token === undefined || token.length > 200) return null;
      const now = Date.now();
      const known = believed.get(token);
      if (known && known.until > now) return known.principal;
      const asked = generation;
      const session = await findSession(database, agency, token, instant(now));
      const principal = session ? principalOf(session.account) : null;
      if (asked !== generation) return principal;
      if (believed.size > 10_000) believed.clear();
      believed.set(token, { principal, until: now + BELIEVE_MS });
      return principal;
    },

    async start(account, reply) {
      const now = instant(Date.now());
      const limits = isWall(account) ? WALL_LIMITS : SESSION_LIMITS;
      const token = await startSession(database, agency, account.id, limits, now);
      reply.setCookie(SESSION_COOKIE, token, { ...cookie, maxAge: limits.lifetime });
      return endOf(now, limits.lifetime);
    },

    async end(request, reply) {
      const token = request.cookies[SESSION_COOKIE];
      reply.clearCookie(SESSION_COOKIE, cookie);
      if (token === undefined) return;
      await endSession(database, token);
      // After, not before: a request on its way could have brought the session back from the database.
      believed.set(token, { principal: null, until: Date.now() + BELIEVE_MS });
    },

    forget(accountId) {
      generation += 1;
      for (const [token, { principal }] of believed) {
        if (principal?.accountId === accountId) believed.delete(token);
      }
      for (const listener of listeners) listener(accountId);
    },

    onForgotten(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** An account that can do nothing but look at the wallboard. */
const isWall = (account: Account): boolean => rolesOf(account).every((role) => role === 'observer');

const endOf = (at: Instant, lifetime: Seconds): Instant => instant(at + lifetime * 1000);

function principalOf(account: Account): Principal {
  return {
    accountId: account.id,
    username: account.username,
    displayName: account.displayName,
    roles: rolesOf(account),
    unitId: account.unitId,
  };
}

/** The roles of an account that this version knows; a role it does not know opens nothing. */
export function rolesOf(account: Pick<Account, 'roles'>): Role[] {
  return ROLES.filter((role) => account.roles.includes(role));
}
