import { ROLES, type Role } from '@lamplight/contracts';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Decision, POLICY } from '../src/auth/policy.js';
import { createApp } from '../src/http/app.js';
import { Client, clientAs } from './fixtures/client.js';
import { endAll, patrolOf, registerUnits, startTestServer, type TestServer } from './fixtures/server.js';

/** Who a request comes from: nobody, a role, or a patrol that belongs to the unit of the path. */
type Visitor = 'nobody' | Role | 'patrol of the unit';
const VISITORS: readonly Visitor[] = ['nobody', ...ROLES, 'patrol of the unit'];

let server: TestServer;
const clients = new Map<Visitor, Client>();

beforeAll(async () => {
  server = await startTestServer();
  await registerUnits(server.url, 2);
  clients.set('nobody', new Client(server.url));
  for (const role of ROLES) clients.set(role, await clientAs(server.url, role));
  clients.set('patrol of the unit', await patrolOf(server.url, 'u1', Client));
});
afterAll(endAll);

/** What the table means, said once more in the fewest words. */
function expected(decision: Decision, visitor: Visitor, ownUnit: boolean): 401 | 403 | 'in' {
  if (decision === 'public' || decision === 'rehearsal') return 'in';
  if (decision === 'device') return 401;
  if (visitor === 'nobody') return 401;
  if (decision === 'signed-in') return 'in';
  const roles: readonly string[] = 'roles' in decision ? decision.roles : decision;
  if (roles.includes(visitor)) return 'in';
  return 'roles' in decision && visitor === 'patrol of the unit' && ownUnit ? 'in' : 403;
}

/** Fills the path with names that exist nowhere but for the unit, so that nothing is changed by asking. */
const fill = (url: string): string =>
  url
    .replace(':unitId', 'u1')
    .replace(/:(callId|incidentId|assignmentId|conditionId)/, 'nothing')
    .replace('/:z/:x/:y', '/1/0/0.mvt');

/** Streams and sign-outs are asked for in other tests: here they would end what the test stands on. */
const ELSEWHERE = new Set(['GET /api/v1/live', 'GET /api/v1/live/events', 'DELETE /api/v1/session']);

describe('the policy', () => {
  it('decides for every route and everyone as its table says', async () => {
    const wrong: string[] = [];
    for (const [line, decision] of Object.entries(POLICY)) {
      if (ELSEWHERE.has(line)) continue;
      const [method = '', url = ''] = line.split(' ');
      for (const visitor of VISITORS) {
        const client = clients.get(visitor);
        if (!client) throw new Error(visitor);
        const asked = new Client(client.url);
        asked.cookie = client.cookie;
        // A body that no route takes, so that whoever gets in gets no further.
        const { status } = await asked.send(method, fill(url), method === 'GET' ? {} : { body: [] });
        const got = status === 401 || status === 403 ? status : 'in';
        const want = expected(decision, visitor, url.includes(':unitId'));
        if (got !== want) wrong.push(`${line} by ${visitor}: ${status}, not ${want}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lets a patrol into nothing that is about another unit', async () => {
    const patrol = await patrolOf(server.url, 'u2', Client);
    for (const path of ['/units/u1/duty/end', '/units/u1/duty/begin', '/units/u1/status']) {
      expect(await patrol.refused(path, {}), path).toMatchObject({ status: 403, code: 'not-allowed' });
    }
    expect((await patrol.get('/units/u1/route?to=113.55,24.8')).status).toBe(403);
    expect(
      (await patrol.get('/units/u1/track?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z')).status,
    ).toBe(403);
    expect(await patrol.refused('/assignments/nothing/progress', { stage: 'onScene' })).toMatchObject({
      status: 403,
    });
  });

  it('asks for a session where a stream is opened', async () => {
    const nobody = new Client(server.url);
    expect((await nobody.get('/live/events')).status).toBe(401);
    expect((await nobody.send('DELETE', '/api/v1/session')).status).toBe(401);
    expect((await nobody.get('/live')).status).toBe(401);
  });

  it('has a line for every route and a route for every line', async () => {
    const routes = new Set<string>();
    const { json } = await new Client(server.url).send('GET', '/api/openapi.json');
    for (const [url, methods] of Object.entries(json.paths)) {
      for (const method of Object.keys(methods ?? {})) {
        routes.add(`${method.toUpperCase()} ${url.replace(/\{(\w+)\}/g, ':$1')}`);
      }
    }
    // The description itself, and what OpenAPI has no word for.
    const hidden = ['GET /api/openapi.json', 'GET /api/v1/live', 'GET /api/v1/map/assets/*'];
    expect([...routes, ...hidden].sort()).toEqual(Object.keys(POLICY).sort());
  });

  it('does not start with a route that has no line', async () => {
    const app = await createApp({
      logger: pino({ level: 'silent' }),
      guard: {
        rehearsal: false,
        findPrincipal: async () => null,
        unitOf: () => undefined,
        metricsAtLoopback: false,
      },
      consoleFolder: null,
      trustProxy: false,
      https: false,
      version: '0',
    });
    expect(() => app.get('/api/v1/secrets', async () => 'all of them')).toThrow(
      'No decision in the policy for GET /api/v1/secrets',
    );
    expect(() => app.all('/api/v1/units', async () => '')).toThrow(/No decision in the policy for \w+ /);
    await app.close();
  });
});
