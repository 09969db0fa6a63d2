import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Decision, hasAnyRole, POLICY, type Principal } from '../auth/policy.js';
import { Failure } from './failure.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The account that is acting, on routes that need one. */
    principal: Principal | null;
  }
}

export interface GuardOptions {
  readonly rehearsal: boolean;
  /** The account behind a request's session, if it has a valid one. */
  readonly findPrincipal: (request: FastifyRequest) => Promise<Principal | null>;
  /** The unit that a route with `ownUnit` is about. */
  readonly unitOf: (request: FastifyRequest) => string | undefined;
  /** Programs on this machine get the figures without an account. */
  readonly metricsAtLoopback: boolean;
}

/**
 * Stands before every route. A route without a line in the policy does not start; a request that could have been
 * forged from another site, or whose account may not, does not reach its handler.
 */
export function installGuard(app: FastifyInstance, options: GuardOptions): void {
  app.decorateRequest('principal', null);

  app.addHook('onRoute', (route) => {
    // The console's files and the readable API page are public files, not routes of the API.
    if (isPublicFile(route.url) || route.config?.isPublicFile) return;
    const methods = [route.method].flat().filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
    for (const method of methods) {
      if (!POLICY[`${method} ${route.url}`])
        throw new Error(`No decision in the policy for ${method} ${route.url}`);
    }
  });

  app.addHook('onRequest', async (request) => {
    const { url, method, config } = request.routeOptions;
    if (url === undefined || config.isPublicFile || isPublicFile(url)) return;
    const decision = POLICY[`${request.method === 'HEAD' ? 'GET' : request.method} ${url}`];
    if (!decision) throw new Failure('not-allowed', `${String(method)} ${url} is not open to anyone.`);
    if (url === '/metrics' && options.metricsAtLoopback && comesFromThisMachine(request)) return;
    if (decision !== 'device') refuseCrossSite(request);
    await admit(request, decision, options);
  });
}

const isPublicFile = (url: string): boolean => url.startsWith('/api/docs') || url.startsWith('/assets/');

async function admit(request: FastifyRequest, decision: Decision, options: GuardOptions): Promise<void> {
  if (decision === 'public' || decision === 'device') return;
  if (decision === 'rehearsal') {
    if (!options.rehearsal) throw new Failure('not-found', 'This server is not a rehearsal.');
    // A foreign page can have its own name resolve to this machine; its browser then calls that our site.
    if (!LOOPBACK_NAMES.has(request.hostname)) {
      throw new Failure('cross-site', 'A rehearsal is entered by a loopback address only.');
    }
    return;
  }
  const principal = await options.findPrincipal(request);
  if (!principal) throw new Failure('not-signed-in', 'Sign in first.');
  request.principal = principal;
  if (decision === 'signed-in') return;
  const roles = 'roles' in decision ? decision.roles : decision;
  if (hasAnyRole(principal, roles)) return;
  if ('roles' in decision && hasAnyRole(principal, ['patrol']) && principal.unitId !== null) {
    if (options.unitOf(request) === principal.unitId) return;
    throw new Failure('not-allowed', 'A patrol may do this only for its own unit.');
  }
  throw new Failure('not-allowed', `This needs one of the roles ${roles.join(', ')}.`);
}

/** By its own connection and for nobody else: what a proxy hands on names whom it asks for. */
function comesFromThisMachine({ socket, headers }: FastifyRequest): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in headers);
  return !forwarded && LOOPBACK_ADDRESSES.has(socket.remoteAddress ?? '');
}

const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site made the browser send: the cookie is SameSite=Strict already; this also holds where a
 * browser does not know that. Clients that are not browsers send neither header.
 */
export function refuseCrossSite(request: FastifyRequest): void {
  const upgrade = request.headers.upgrade !== undefined;
  if (SAFE_METHODS.has(request.method) && !upgrade) return;
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const foreignOrigin = origin !== undefined && hostOf(origin) !== request.host;
  if (foreignSite || foreignOrigin) throw new Failure('cross-site', 'The request comes from another site.');
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** The principal of a route that the policy opens to accounts only. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new Error(`${request.method} ${request.url} was reached without an account`);
  return request.principal;
}
