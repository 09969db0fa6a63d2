import { randomUUID } from 'node:crypto';
import { readEvents } from '@lamplight/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientAs, Client as Person, problemOf } from './fixtures/client.js';
import {
  AGENCY,
  endAll,
  PASSWORD,
  registerUnits,
  startTestServer,
  type TestServer,
} from './fixtures/server.js';
import { watch } from './fixtures/watcher.js';

let server: TestServer;
let dispatcher: Client;
let supervisor: Client;

beforeAll(async () => {
  server = await startTestServer();
  await registerUnits(server.url, 2);
  dispatcher = await clientAs(server.url, 'dispatcher');
  supervisor = await clientAs(server.url, 'supervisor');
});
afterAll(endAll);

const eventsOf = async (id: string) =>
  (await readEvents(server.database.database, AGENCY.id, { id, limit: 1000 })).map(({ type }) => type);

const openIncident = async (): Promise<string> =>
  (await dispatcher.done('/incidents', { source: 'self-initiated', classification: { typeCode: 'LARCENY' } }))
    .incidentId;

describe('the key of a command', () => {
  it('CMD-1: is required, and has a form', async () => {
    const without = await dispatcher.send('POST', '/api/v1/calls', { body: {} });
    expect(problemOf(without)).toMatchObject({ status: 400, code: 'idempotency-key-missing' });
    for (const key of ['short', 'with a space', 'x'.repeat(129)]) {
      expect(problemOf(await dispatcher.command('/calls', {}, key))).toMatchObject({
        status: 400,
        code: 'request-invalid',
        errors: [
          { field: 'Idempotency-Key', reason: 'must be 8 to 128 printable ASCII characters without spaces' },
        ],
      });
    }
  });

  it('CMD-2: gives a retry the first answer, identifiers that the server made included', async () => {
    const key = randomUUID();
    const first = await dispatcher.command('/calls', { callerNumber: '1' }, key);
    await dispatcher.done('/calls', {});
    const again = await dispatcher.command('/calls', { callerNumber: '1' }, key);
    expect(again.json).toEqual(first.json);
    expect(await eventsOf(first.json.callId)).toEqual(['CallReceived']);
  });

  it('CMD-2: counts for what the body says, not for how it is written', async () => {
    const key = randomUUID();
    const send = (raw: string) =>
      dispatcher.send('POST', '/api/v1/calls', { raw, headers: { 'idempotency-key': key } });
    const first = await send('{"callerNumber":"2","line":"a"}');
    const again = await send('{ "line": "a", "channel": "voice", "callerNumber": " 2 " }');
    expect(again.json).toEqual(first.json);
  });

  it('CMD-3: makes one command of twenty that are sent at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => dispatcher.command('/incidents', { source: 'alarm' }, key)),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await eventsOf(answers[0]?.json.incidentId)).toEqual(['IncidentOpened']);
  });

  it('CMD-4: is refused for another body, another path, another If-Match, another account', async () => {
    const incidentId = await openIncident();
    const { version } = (await dispatcher.get(`/incidents/${incidentId}`)).json.incident;
    const key = randomUUID();
    const path = `/incidents/${incidentId}/notes`;
    const headers = { 'if-match': `"${version}"` };
    expect((await dispatcher.command(path, { text: 'one' }, key, headers)).status).toBe(200);
    const reused = { status: 422, code: 'idempotency-key-reused' };
    expect(problemOf(await dispatcher.command(path, { text: 'two' }, key, headers))).toMatchObject(reused);
    expect(problemOf(await dispatcher.command(path, { text: 'one' }, key))).toMatchObject(reused);
    const elsewhere = `/incidents/${await openIncident()}/notes`;
    expect(problemOf(await dispatcher.command(elsewhere, { text: 'one' }, key, headers))).toMatchObject(
      reused,
    );
    expect(problemOf(await supervisor.command(path, { text: 'one' }, key, headers))).toMatchObject(reused);
    expect((await dispatcher.command(path, { text: 'one' }, key, headers)).status).toBe(200);
  });

  it('CMD-5: keeps a refusal like any answer; another try needs another key', async () => {
    const callId = randomUUID();
    const key = randomUUID();
    const refusal = problemOf(await dispatcher.command(`/calls/${callId}/answer`, undefined, key));
    expect(refusal).toMatchObject({ status: 404, code: 'call-unknown', subject: callId });
    await dispatcher.done('/calls', { callId });
    expect(problemOf(await dispatcher.command(`/calls/${callId}/answer`, undefined, key)).code).toBe(
      'call-unknown',
    );
    expect((await dispatcher.command(`/calls/${callId}/answer`)).status).toBe(200);
  });

  it('CMD-5: is not spent by a request that is invalid or not allowed', async () => {
    const key = randomUUID();
    const taker = await clientAs(server.url, 'call-taker');
    const incidentId = await openIncident();
    expect((await taker.command(`/incidents/${incidentId}/close`, { disposition: '01' }, key)).status).toBe(
      403,
    );
    expect((await dispatcher.command(`/incidents/${incidentId}/close`, {}, key)).status).toBe(400);
    expect(
      (await dispatcher.command(`/incidents/${incidentId}/close`, { disposition: '01' }, key)).status,
    ).toBe(200);
  });

  it('CMD-9: is apart from the keys of devices and of the server itself', async () => {
    const incidentId = await openIncident();
    const key = `recommend:${incidentId}:1`;
    expect((await dispatcher.command(`/incidents/${incidentId}/notes`, { text: 'mine' }, key)).status).toBe(
      200,
    );
    const { rows } = await server.database.database.pool.query('select key from receipt where key like $1', [
      `%${key}`,
    ]);
    expect(rows).toEqual([{ key: `http:${key}` }]);
  });
});

describe('the answer to a command', () => {
  it('CMD-7: names a position that includes it: whoever reads or watches from there on sees it', async () => {
    const watcher = await watch(dispatcher);
    const { position, callId } = await dispatcher.done('/calls', { callerNumber: '7' });
    expect((await supervisor.get(`/calls/${callId}`)).json.callerNumber).toBe('7');
    await watcher.at(position);
    expect(watcher.board.calls.get(callId)).toMatchObject({ callerNumber: '7' });
  });

  it('CMD-7: has the same position when nothing had to be changed', async () => {
    const { callId } = await dispatcher.done('/calls', {});
    await dispatcher.done(`/calls/${callId}/answer`);
    await dispatcher.done(`/calls/${callId}/answer`);
    expect(await eventsOf(callId)).toEqual(['CallReceived', 'CallAnswered']);
  });
});

describe('If-Match', () => {
  it('CMD-8: refuses a command on an incident that somebody changed in between', async () => {
    const incidentId = await openIncident();
    const { version } = (await dispatcher.get(`/incidents/${incidentId}`)).json.incident;
    const seen = { 'if-match': `"${version}"` };
    await supervisor.done(`/incidents/${incidentId}/notes`, { text: 'new' });
    const late = await dispatcher.refused(`/incidents/${incidentId}/close`, { disposition: '01' }, seen);
    expect(late).toMatchObject({ status: 409, code: 'incident-changed', subject: incidentId });
    const now = { 'if-match': `"${version + 1}"` };
    const answer = await dispatcher.command(
      `/incidents/${incidentId}/close`,
      { disposition: '01' },
      randomUUID(),
      now,
    );
    expect(answer.status).toBe(200);
  });

  it('CMD-8: must be a version in double quotes', async () => {
    const incidentId = await openIncident();
    for (const value of ['1', 'W/"1"', '*', '"x"']) {
      const problem = await dispatcher.refused(
        `/incidents/${incidentId}/notes`,
        { text: 'x' },
        { 'if-match': value },
      );
      expect(problem, value).toMatchObject({ status: 400, errors: [{ field: 'If-Match' }] });
    }
  });
});

describe('two dispatchers', () => {
  it('CMD-10: who send the same unit at once: one does, the other is told why not', async () => {
    for (let round = 0; round < 10; round++) {
      const [one, other] = [await openIncident(), await openIncident()];
      const answers = await Promise.all([
        dispatcher.command(`/incidents/${one}/dispatch`, { unitIds: ['u1'] }),
        supervisor.command(`/incidents/${other}/dispatch`, { unitIds: ['u1'] }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const lost = answers.find(({ status }) => status === 409);
      if (!lost) throw new Error('nobody lost');
      expect(problemOf(lost)).toMatchObject({ code: 'unit-committed', subject: 'u1' });
      const won = answers.find(({ status }) => status === 200);
      await dispatcher.done(`/assignments/${won?.json.assignmentIds[0]}/cancel`, { reason: 'next round' });
    }
  });

  it('CMD-10: who answer the same call at once: one has it', async () => {
    const { callId } = await dispatcher.done('/calls', {});
    const answers = await Promise.all(
      [dispatcher, supervisor].map((client) => client.command(`/calls/${callId}/answer`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('all orders of one command stand or fall together', async () => {
    const incidentId = await openIncident();
    const refusal = await dispatcher.refused(`/incidents/${incidentId}/dispatch`, {
      unitIds: ['u1', 'nobody'],
    });
    expect(refusal).toMatchObject({ status: 404, code: 'unit-unknown', subject: 'nobody' });
    expect((await dispatcher.get(`/incidents/${incidentId}`)).json.assignments).toEqual([]);
  });
});

describe('after a restart', () => {
  it('CMD-6: a key still gives its first answer', async () => {
    const own = await startTestServer();
    const before = await accountOf(own);
    const key = randomUUID();
    const first = await before.command('/calls', {}, key);
    const later = await own.restart();
    const after = new Person(later.url);
    after.cookie = before.cookie;
    expect((await after.command('/calls', {}, key)).json).toEqual(first.json);
  });
});

async function accountOf(own: TestServer): Promise<Client> {
  const administrator = await clientAs(own.url, 'administrator');
  await administrator.send('POST', '/api/v1/accounts', {
    body: { username: 'wang', password: PASSWORD, displayName: 'Wang', roles: ['dispatcher'] },
  });
  const client = new Person(own.url);
  await client.signIn('wang', PASSWORD);
  return client;
}
