import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { PROBLEM_CODES } from '@lamplight/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientAs, problemOf } from './fixtures/client.js';
import { endAll, registerUnits, startTestServer, type TestServer } from './fixtures/server.js';

let server: TestServer;
let dispatcher: Client;

beforeAll(async () => {
  server = await startTestServer();
  await registerUnits(server.url, 1);
  dispatcher = await clientAs(server.url, 'dispatcher');
});
afterAll(endAll);

const send = (path: string, raw: string, headers: Record<string, string> = {}) =>
  dispatcher.send('POST', `/api/v1${path}`, {
    raw,
    headers: { 'idempotency-key': randomUUID(), ...headers },
  });

describe('a request that is not understood', () => {
  it('names bad JSON', async () => {
    for (const raw of ['{', '{"a":1,}', 'null null', '{"__proto__":{"admin":true}}']) {
      expect(problemOf(await send('/calls', raw)), raw).toMatchObject({
        status: 400,
        code: 'request-invalid',
      });
    }
  });

  it('names a field that does not exist', async () => {
    const problem = await dispatcher.refused('/calls', { callerNumer: '1' });
    expect(problem).toMatchObject({ status: 400, code: 'request-invalid' });
    expect(problem.detail).toContain('callerNumer');
  });

  it.each([
    ['/calls', { callerNumber: 7 }, 'callerNumber'],
    ['/calls', { channel: 'pigeon' }, 'channel'],
    ['/calls', { ringAt: 'yesterday' }, 'ringAt'],
    ['/calls', { ringAt: '2026-02-30T00:00:00Z' }, 'ringAt'],
    ['/calls', { location: { position: [200, 0] } }, 'location.position'],
    ['/calls', { location: { position: [24.8, 113.55] } }, 'location.position'],
    ['/calls', { location: {} }, 'location'],
    ['/calls', { callerNumber: '\u0000' }, 'callerNumber'],
    ['/calls', { callerNumber: '\ud800' }, 'callerNumber'],
    ['/incidents', { classification: { typeCode: 'LARCENY', priority: 9 } }, 'classification.priority'],
    ['/incidents/x/notes', { text: ' ' }, 'text'],
    ['/incidents/x/notes', { text: 'x'.repeat(4001) }, 'text'],
    ['/incidents/x/dispatch', { unitIds: [] }, 'unitIds'],
    ['/incidents/x/dispatch', { unitIds: ['a', 7] }, 'unitIds.1'],
    ['/assignments/x/progress', { stage: 'proposed' }, 'stage'],
    ['/units/u1/duty/begin', { crew: 'Wang' }, 'crew'],
  ])('%s %j: names the field %3$s and the reason', async (path, body, field) => {
    const problem = await dispatcher.refused(path, body);
    expect(problem).toMatchObject({ status: 400, code: 'request-invalid' });
    expect(problem.errors?.map((error) => error.field)).toContain(field);
    for (const { reason } of problem.errors ?? []) expect(reason.length).toBeGreaterThan(5);
  });

  it('names a wrong query, and a cursor that is none', async () => {
    for (const query of [
      'limit=0',
      'limit=501',
      'status=lost',
      'from=x',
      'cursor=%00',
      'cursor=x',
      'cursor=99999999999999999999:1',
    ]) {
      expect(problemOf(await dispatcher.get(`/incidents?${query}`)), query).toMatchObject({ status: 400 });
    }
    const report = await dispatcher.get(
      '/reports/intervals?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
    );
    expect(problemOf(report)).toMatchObject({
      status: 400,
      errors: [{ field: 'to', reason: 'must be after from' }],
    });
  });

  it('is too large', async () => {
    const problem = problemOf(await send('/calls', JSON.stringify({ line: 'x'.repeat(1_100_000) })));
    expect(problem).toMatchObject({ status: 413, code: 'payload-too-large' });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])('is not JSON but %s', async (type) => {
    const problem = problemOf(await send('/calls', '{}', { 'content-type': type }));
    expect(problem).toMatchObject({ status: 415, code: 'media-type-unsupported' });
  });

  it('goes to nothing', async () => {
    expect(problemOf(await dispatcher.get('/nothing?secret=1'))).toMatchObject({
      status: 404,
      code: 'not-found',
      detail: 'There is nothing at /api/v1/nothing.',
    });
    expect(problemOf(await dispatcher.send('PATCH', '/api/v1/calls'))).toMatchObject({ status: 404 });
    expect(problemOf(await dispatcher.get('/incidents/%zz'))).toMatchObject({
      status: 400,
      code: 'request-invalid',
    });
    for (const length of [65, 500, 10_000]) {
      const answer = await dispatcher.get(`/calls/${'x'.repeat(length)}`);
      expect(problemOf(answer), `${length}`).toMatchObject({ status: 400, code: 'request-invalid' });
    }
  });
});

describe('a request that is refused', () => {
  it.each([
    ['calls', 'answer', undefined, 'call-unknown'],
    ['incidents', 'resolve', undefined, 'incident-unknown'],
    ['assignments', 'cancel', { reason: 'x' }, 'assignment-unknown'],
    ['units', 'duty/end', undefined, 'unit-unknown'],
  ])('is about %s that do not exist', async (kind, action, body, code) => {
    const id = randomUUID();
    expect(await dispatcher.refused(`/${kind}/${id}/${action}`, body)).toMatchObject({
      status: 404,
      code,
      subject: id,
    });
  });

  it('reads what does not exist, also under the name of something else', async () => {
    expect(problemOf(await dispatcher.get('/calls/x'))).toMatchObject({ status: 404, code: 'call-unknown' });
    expect(problemOf(await dispatcher.get('/incidents/x'))).toMatchObject({
      status: 404,
      code: 'incident-unknown',
    });
    expect(problemOf(await dispatcher.get('/incidents/x/timeline'))).toMatchObject({ status: 404 });
    const { callId } = await dispatcher.done('/calls', {});
    const { incidentId } = await dispatcher.done('/incidents', { callId });
    expect(problemOf(await dispatcher.get(`/calls/${incidentId}`))).toMatchObject({ code: 'call-unknown' });
    expect(problemOf(await dispatcher.get(`/incidents/${callId}`))).toMatchObject({
      code: 'incident-unknown',
    });
  });

  it('conflicts with the state of things, or with the catalogue', async () => {
    const { incidentId } = await dispatcher.done('/incidents', {});
    const path = `/incidents/${incidentId}`;
    expect(await dispatcher.refused(`${path}/raise-alarm`, { level: 2 })).toMatchObject({
      status: 409,
      code: 'incident-not-classified',
    });
    expect(await dispatcher.refused(`${path}/classify`, { typeCode: 'NOSUCH' })).toMatchObject({
      status: 422,
      code: 'incident-type-unknown',
      subject: 'NOSUCH',
    });
    expect(await dispatcher.refused(`${path}/close`, { disposition: 'ZZ' })).toMatchObject({
      status: 422,
      code: 'disposition-unknown',
    });
    expect(problemOf(await dispatcher.get(`${path}/recommendation`))).toMatchObject({
      status: 503,
      code: 'network-unavailable',
    });
    expect(problemOf(await dispatcher.get('/units/u1/route?to=113.55,24.8'))).toMatchObject({
      status: 503,
      code: 'network-unavailable',
    });
    expect(problemOf(await dispatcher.get('/units/u1/route?to=here'))).toMatchObject({ status: 400 });
  });
});

describe('every problem', () => {
  it('has a code of the catalogue, a link to what explains it, and the number of its request', async () => {
    const problem = problemOf(await dispatcher.get('/nothing'));
    expect(PROBLEM_CODES).toContain(problem.code);
    expect(problem.type).toBe('/problems#not-found');
    expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells nothing of the inside, when the server fails; its log has the reason under the same number', async () => {
    const own = await startTestServer();
    const client = await clientAs(own.url, 'dispatcher');
    await own.database.database.pool.query('drop table audit');
    const answer = await client.get('/incidents');
    const problem = problemOf(answer);
    expect(problem).toMatchObject({ status: 500, code: 'internal' });
    expect(answer.text).not.toMatch(/audit|relation|at .*\.[jt]s|node_modules|select|insert/i);
    const line = own.logged.find(
      (text) => text.includes(problem.requestId) && text.includes('"request failed"'),
    );
    expect(line).toContain('audit');
  });

  it('asks to come back when the database is away, and then everything works again', async () => {
    const own = await startTestServer();
    const client = await clientAs(own.url, 'dispatcher');
    await own.database.database.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    expect((await client.command('/calls', {})).status).toBe(200);
  });

  it('leaves nothing of a broken connection', async () => {
    const { port, hostname } = new URL(server.url);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write('GARBAGE\r\n\r\n'));
      let text = '';
      socket.on('data', (data) => (text += data));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 400/);
    expect(answer).not.toMatch(/at .*\.[jt]s|node_modules/);
  });
});
