import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, clientAs, problemOf } from './fixtures/client.js';
import { endAll, startTestServer, type TestServer } from './fixtures/server.js';

let server: TestServer;
let dispatcher: Client;
let supervisor: Client;
beforeAll(async () => {
  server = await startTestServer();
  dispatcher = await clientAs(server.url, 'dispatcher');
  supervisor = await clientAs(server.url, 'supervisor');
});
afterAll(endAll);

const put = (client: Client, path: string, value: unknown) =>
  client.send('PUT', `/api/v1${path}`, { body: { value } });

describe('settings', () => {
  it('belong to the account that set them, and count their changes', async () => {
    expect((await put(dispatcher, '/settings/layout', { left: 300 })).json).toMatchObject({ version: 1 });
    expect((await put(dispatcher, '/settings/layout', { left: 320 })).json).toMatchObject({ version: 2 });
    const again = await clientAs(server.url, 'dispatcher');
    expect((await again.get('/settings')).json.own).toEqual([
      { name: 'layout', value: { left: 320 }, version: 2 },
    ]);
    expect((await supervisor.get('/settings')).json.own).toEqual([]);
  });

  it('start from what was set for the role, by those who answer for it, which is audited', async () => {
    const answer = await put(supervisor, '/role-settings/dispatcher/layout', { left: 500 });
    expect(answer.status).toBe(204);
    expect((await dispatcher.get('/settings')).json.defaults).toEqual([
      { role: 'dispatcher', name: 'layout', value: { left: 500 } },
    ]);
    expect((await supervisor.get('/settings')).json.defaults).toEqual([]);
    const refused = await put(dispatcher, '/role-settings/supervisor/layout', { left: 1 });
    expect(problemOf(refused)).toMatchObject({ status: 403, code: 'not-allowed' });
    const { rows } = await server.database.database.pool.query(
      `select actor, subject from audit where action = 'role-setting'`,
    );
    expect(rows).toEqual([{ actor: 'account:rehearsal-supervisor', subject: 'dispatcher:layout' }]);
  });

  it('hold no more than a setting needs, and nothing that cannot be kept', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`);
    for (const value of [
      { text: 'x'.repeat(17_000) },
      deep,
      { nul: '\u0000' },
      { half: '\ud800' },
      'text',
      [1],
    ]) {
      const answer = await put(dispatcher, '/settings/odd', value);
      expect(problemOf(answer)).toMatchObject({ status: 400, code: 'request-invalid' });
    }
    expect((await put(dispatcher, '/settings/No%20Name', {})).status).toBe(400);
  });

  it('are a hundred at most', async () => {
    const callTaker = await clientAs(server.url, 'call-taker');
    for (let index = 0; index < 100; index += 1) await put(callTaker, `/settings/s${index}`, { index });
    const refused = await put(callTaker, '/settings/one-more', {});
    expect(problemOf(refused).errors).toMatchObject([{ field: 'name' }]);
    expect((await put(callTaker, '/settings/s5', { index: -1 })).status).toBe(200);
  });

  it('are nobody’s who is not signed in', async () => {
    expect((await new Client(server.url).get('/settings')).status).toBe(401);
  });
});
