import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { instant } from '@lamplight/base';
import { changeAccount, createAccount, listAudit } from '@lamplight/store';
import { createTestDatabase } from '@lamplight/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productionArguments, rehearsalArguments, UsageError } from '../src/arguments.js';
import { Client, clientAs, problemOf } from './fixtures/client.js';
import {
  AGENCY,
  addDevice,
  connectDevice,
  endAll,
  finally_,
  PASSWORD,
  patrolOf,
  registerUnits,
  soon,
  startOn,
  startTestServer,
  type TestServer,
} from './fixtures/server.js';
import { Watcher, watch } from './fixtures/watcher.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ mode: 'production', https: true });
});
afterAll(endAll);

/** An account made behind the server's back. */
async function addAccount(
  on: TestServer,
  username: string,
  roles: string[] = ['dispatcher'],
  unitId?: string,
) {
  const account = { username, displayName: username, password: PASSWORD, roles, locale: 'en' };
  const made = await createAccount(
    on.database.database,
    AGENCY.id,
    { ...account, ...(unitId === undefined ? {} : { unitId }) },
    instant(Date.now()),
  );
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

async function signedIn(on: TestServer, username: string): Promise<Client> {
  const client = new Client(on.url);
  const answer = await client.signIn(username, PASSWORD);
  if (answer.status !== 200) throw new Error(answer.text);
  return client;
}

const audit = (on: TestServer, action: string) =>
  listAudit(on.database.database, AGENCY.id, { action, limit: 100 });

describe('the first administrator', () => {
  it('is made with a link that works once', async () => {
    const own = await startTestServer({ mode: 'production' });
    const client = new Client(own.url);
    expect((await client.get('/info')).json.ready).toBe(false);
    const token = new URLSearchParams(new URL(own.setupUrl ?? '').hash.slice(1)).get('token');
    const person = { token, username: 'chief', password: PASSWORD, displayName: 'Chief' };
    const weak = await client.send('POST', '/api/v1/setup', { body: { ...person, password: 'short' } });
    expect(problemOf(weak)).toMatchObject({ status: 400, errors: [{ field: 'password' }] });
    const wrong = await client.send('POST', '/api/v1/setup', { body: { ...person, token: 'x' } });
    expect(problemOf(wrong)).toMatchObject({ status: 410, code: 'setup-link-spent' });
    const made = await client.send('POST', '/api/v1/setup', { body: person });
    expect(made.json.account).toMatchObject({ username: 'chief', roles: ['administrator'] });
    expect((await client.get('/session')).status).toBe(200);
    expect((await client.get('/info')).json.ready).toBe(true);
    const again = await client.send('POST', '/api/v1/setup', { body: { ...person, username: 'second' } });
    expect(problemOf(again)).toMatchObject({ status: 410, code: 'setup-link-spent' });
    expect((await own.restart()).setupUrl).toBeNull();
  });
});

describe('a session', () => {
  it('is a cookie that scripts, other sites and plain HTTP never see', async () => {
    await addAccount(server, 'li');
    const answer = await new Client(server.url).signIn('li', PASSWORD);
    const [cookie = ''] = answer.headers.getSetCookie();
    const [, ...flags] = cookie.split('; ');
    expect(flags.map((flag) => flag.replace(/=\d+$/, '')).sort()).toEqual([
      'HttpOnly',
      'Max-Age',
      'Path=/',
      'SameSite=Strict',
      'Secure',
    ]);
    expect(answer.text).not.toContain(cookie.split(';')[0]?.split('=')[1]);
  });

  it('ends at sign-out, for everyone who holds its cookie', async () => {
    const client = await signedIn(server, 'li');
    const thief = new Client(server.url);
    thief.cookie = client.cookie;
    expect((await thief.get('/session')).status).toBe(200);
    expect((await client.send('DELETE', '/api/v1/session')).status).toBe(204);
    expect(problemOf(await thief.get('/session'))).toMatchObject({ status: 401, code: 'not-signed-in' });
  });

  it('is nothing that a client makes up, or sends in an address', async () => {
    const stranger = new Client(server.url);
    for (const token of ['x', 'x'.repeat(5000), '%00', "' or 1=1 --"]) {
      stranger.cookie = `lamplight_session=${encodeURIComponent(token)}`;
      expect((await stranger.get('/session')).status, token).toBe(401);
    }
    const token = (await signedIn(server, 'li')).cookie?.split('=')[1];
    const nobody = new Client(server.url);
    expect((await nobody.get(`/session?lamplight_session=${token}&token=${token}`)).status).toBe(401);
    expect((await nobody.get('/session', { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  it('is not had with a wrong password, an unknown name or a disabled account, and all three say the same', async () => {
    const account = await addAccount(server, 'gone');
    await changeAccount(server.database.database, AGENCY.id, account.id, { disabled: true });
    const texts = [];
    for (const [name, password] of [
      ['li', 'a wrong password'],
      ['nobody-here', PASSWORD],
      ['gone', PASSWORD],
    ]) {
      const { requestId, ...problem } = problemOf(
        await new Client(server.url).signIn(name ?? '', password ?? ''),
      );
      texts.push(JSON.stringify(problem));
    }
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('credentials-wrong');
    expect((await audit(server, 'sign-in-credentials-wrong')).length).toBeGreaterThanOrEqual(2);
  });

  it('ends with the account, also where it watches', async () => {
    const own = await startTestServer({ mode: 'production' });
    const account = await addAccount(own, 'brief');
    const client = await signedIn(own, 'brief');
    const watcher = await watch(client);
    await changeAccount(own.database.database, AGENCY.id, account.id, { disabled: true });
    await soon(async () => expect((await client.get('/session')).status).toBe(401));
    await soon(() => expect(watcher.closed).toBe(4401));
  });
});

describe('guessing', () => {
  it('locks the account after five wrong passwords, for the right one too', async () => {
    const own = await startTestServer({ mode: 'production' });
    await addAccount(own, 'zhao');
    const client = new Client(own.url);
    for (let guess = 0; guess < 5; guess++) {
      expect((await client.signIn('zhao', `wrong password ${guess}`)).status).toBe(401);
    }
    const answer = await client.signIn('zhao', PASSWORD);
    expect(problemOf(answer)).toMatchObject({ status: 429, code: 'locked-out' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(await audit(own, 'sign-in-account-locked')).toMatchObject([{ subject: 'zhao' }]);
  });

  it('is limited by address before a password is looked at', async () => {
    const own = await startTestServer({ mode: 'production' });
    const client = new Client(own.url);
    const answers = [];
    for (let guess = 0; guess < 25; guess++) answers.push(await client.signIn(`name-${guess}`, 'x'));
    expect(answers.slice(0, 20).every(({ status }) => status === 401)).toBe(true);
    const limited = answers.at(-1);
    if (!limited) throw new Error('no answer');
    expect(problemOf(limited)).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(limited.headers.get('retry-after')).not.toBeNull();
  });

  it('takes names that a database cannot hold for what they are', async () => {
    const own = await startTestServer({ mode: 'production' });
    for (const name of ['a\u0000b', '\ud800']) {
      expect(problemOf(await new Client(own.url).signIn(name, 'x'))).toMatchObject({ status: 400 });
    }
  });
});

describe('another site', () => {
  const cross = (headers: Record<string, string>) =>
    signedIn(server, 'li').then((client) => client.command('/calls', {}, randomUUID(), headers));

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('cannot make a browser send a command: %j', async (headers) => {
    expect(problemOf(await cross({ ...headers }))).toMatchObject({ status: 403, code: 'cross-site' });
  });

  it('is not the console, and not a program', async () => {
    expect((await cross({ origin: server.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await cross({})).status).toBe(200);
  });

  it('cannot sign anyone in', async () => {
    const answer = await new Client(server.url).send('POST', '/api/v1/session', {
      body: { username: 'li', password: PASSWORD },
      headers: { origin: 'https://evil.example' },
    });
    expect(problemOf(answer)).toMatchObject({ status: 403, code: 'cross-site' });
  });

  it('LIVE-19: cannot open the live stream', async () => {
    const client = await signedIn(server, 'li');
    const foreign = new Watcher(client, undefined, { origin: 'https://evil.example' });
    await soon(() => expect(foreign.closed).toBe(403));
    const own = new Watcher(client, undefined, { origin: server.url });
    await own.opened();
  });

  it('LIVE-19: no credential in an address opens the live stream', async () => {
    const token = (await signedIn(server, 'li')).cookie?.split('=')[1];
    const nobody = new Client(`${server.url}`);
    const answer = await nobody.get(`/live/events?lamplight_session=${token}&access_token=${token}`);
    expect(answer.status).toBe(401);
    const watcher = new Watcher(nobody);
    await soon(() => expect(watcher.closed).toBe(401));
  });

  it('reads nothing: no origin is allowed by any answer', async () => {
    const client = await signedIn(server, 'li');
    const { headers } = await client.get('/units', { origin: 'https://evil.example' });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the pages', () => {
  it('may load nothing from elsewhere, be framed by nobody, and be guessed at by no browser', async () => {
    const { headers } = await new Client(server.url).get('/info');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toMatch(/unsafe-eval|script-src|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toContain('max-age');
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('a rehearsal', () => {
  it('has doors that production does not have', async () => {
    const answer = await new Client(server.url).send('POST', '/api/v1/rehearsal/session', {
      body: { role: 'administrator' },
    });
    expect(problemOf(answer)).toMatchObject({ status: 404, code: 'not-found' });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('listens on loopback only, and production knows none of its options', () => {
    const clock = ['--clock-origin', '2026-01-01T00:00:00Z', '--clock-anchor', '2026-01-01T00:00:00Z'];
    for (const host of ['0.0.0.0', '::', '192.168.1.2', 'example.org']) {
      expect(() => rehearsalArguments(['--host', host, ...clock], {}), host).toThrow(UsageError);
    }
    expect(rehearsalArguments(clock, {}).config).toMatchObject({ host: '127.0.0.1', mode: 'rehearsal' });
    for (const option of ['--clock-scale', '--clock-origin', '--mode']) {
      expect(() => productionArguments([option, '1'], {}), option).toThrow(UsageError);
    }
    expect(productionArguments([], {})).toMatchObject({ mode: 'production', host: '127.0.0.1' });
  });

  it('is not entered under a foreign name that leads to this machine', async () => {
    const own = await startTestServer();
    const status = await new Promise((resolve) => {
      const sent = request(`${own.url}/api/v1/rehearsal/session`, {
        method: 'POST',
        headers: { host: 'evil.example', origin: 'http://evil.example', 'content-type': 'application/json' },
      });
      sent.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.end('{"role":"administrator"}');
    });
    expect(status).toBe(403);
  });

  it('and production never share a log: the sessions of one would open the other', async () => {
    const rehearsed = await createTestDatabase();
    finally_(() => rehearsed.drop());
    await (await startOn(rehearsed)).stop();
    await expect(startOn(rehearsed, { mode: 'production' })).rejects.toThrow(/demo or rehearsal.*--data/);
    await expect(startOn(server.database, { mode: 'demo' })).rejects.toThrow(/real log.*--data/);
    await (await startOn(rehearsed, { mode: 'demo' })).stop();
  });
});

describe('personal data', () => {
  it('LIVE-17: a patrol sees its own work and no callers', async () => {
    const own = await startTestServer();
    await registerUnits(own.url, 2);
    const dispatcher = await clientAs(own.url, 'dispatcher');
    const patrol = await patrolOf(own.url, 'u1', Client);
    const watcher = await watch(patrol);
    const send = async (unitId: string) => {
      const { callId } = await dispatcher.done('/calls', { callerNumber: '555 0199' });
      const { incidentId } = await dispatcher.done('/incidents', {
        callId,
        classification: { typeCode: 'LARCENY' },
      });
      const { assignmentIds, position } = await dispatcher.done(`/incidents/${incidentId}/dispatch`, {
        unitIds: [unitId],
      });
      return { callId, incidentId, assignmentId: assignmentIds[0], position };
    };
    const foreign = await send('u2');
    const mine = await send('u1');
    await watcher.at(mine.position);
    for (const board of [watcher.board, (await watch(patrol)).board]) {
      expect([...board.incidents.keys()]).toEqual([mine.incidentId]);
      expect([...board.assignments.keys()]).toEqual([mine.assignmentId]);
      expect([...board.units.keys()].sort()).toEqual(['u1', 'u2']);
      expect(board.calls.size + board.fixes.size).toBe(0);
      // Who is on another unit is not a patrol's business; how many are, it may know.
      const named = { duty: { crew: expect.arrayContaining([expect.stringMatching(/./)]) } };
      expect(board.units.get('u1')).toMatchObject(named);
      expect(board.units.get('u2')).not.toMatchObject(named);
      expect(board.units.get('u2')).toMatchObject({ duty: { crew: expect.arrayContaining(['']) } });
    }
    expect(JSON.stringify(watcher.messages)).not.toMatch(/555 0199|CallReceived/);
    expect(JSON.stringify(watcher.messages)).not.toContain(foreign.incidentId);
    for (const path of [
      `/calls/${mine.callId}`,
      `/incidents/${mine.incidentId}`,
      `/incidents/${mine.incidentId}/timeline`,
      '/incidents',
      '/positions',
      '/units/u2/track?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z',
    ]) {
      expect((await patrol.get(path)).status, path).toBe(403);
    }
    expect(
      (await patrol.command(`/assignments/${mine.assignmentId}/progress`, { stage: 'enroute' })).status,
    ).toBe(200);
    expect(
      (await patrol.command(`/assignments/${foreign.assignmentId}/progress`, { stage: 'enroute' })).status,
    ).toBe(403);
  });

  it('LIVE-18: is not looked at without a trace', async () => {
    const own = await startTestServer();
    await registerUnits(own.url, 1);
    const taker = await clientAs(own.url, 'call-taker');
    const supervisor = await clientAs(own.url, 'supervisor');
    const { callId } = await taker.done('/calls', {});
    const { incidentId } = await taker.done('/incidents', { callId });
    await supervisor.get(`/calls/${callId}`);
    await supervisor.get(`/incidents/${incidentId}`);
    await supervisor.get(`/incidents/${incidentId}/timeline`);
    await supervisor.get('/incidents');
    await supervisor.get('/units/u1/track?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z');
    await watch(supervisor);
    const looks = (await audit(own, 'look')).filter(({ actor }) => actor === 'account:rehearsal-supervisor');
    expect(looks.map(({ subject }) => subject).sort()).toEqual(
      [
        `call:${callId}`,
        `incident:${incidentId}`,
        'incidents',
        'live',
        `timeline:${incidentId}`,
        'track:u1',
      ].sort(),
    );
  });

  it('and secrets are not in the log, whatever is sent', async () => {
    const own = await startTestServer({ logLevel: 'trace' });
    await registerUnits(own.url, 1);
    const device = await addDevice(own.url, 'u1', true);
    const dispatcher = await clientAs(own.url, 'dispatcher');
    const key = device.osmandKey ?? '';
    const word = encodeURIComponent(`${device.deviceId}.${key}`);
    const nobody = new Client(own.url);
    await nobody.send('GET', `/api/v1/ingest/osmand?id=${word}&lat=24.8&lon=113.55`);
    await nobody.send('GET', `/api/v1/ingest/osmand?id=${word}&lat=x`);
    await nobody.send('GET', `/api/v1/ingest/osmandd?id=${word}`);
    await nobody.send('GET', `/%zz?id=${word}`);
    const basic = Buffer.from(`${device.deviceId}:${device.secret}`).toString('base64');
    await nobody.send('POST', '/api/v1/ingest/owntracks', {
      body: {},
      headers: { authorization: `Basic ${basic}` },
    });
    await nobody.signIn('nobody', 'the password that was typed');
    await dispatcher.done('/calls', { callerNumber: '555 0142' });
    await dispatcher.refused('/calls', { callerNumber: '555 0142', extra: '555 0143' });
    const crew = await connectDevice(own, device);
    await crew.publishAsync(`lamplight/${AGENCY.id}/units/u1/reports`, '{"id":"555 0144"}', { qos: 1 });
    await watch(dispatcher);
    await soon(() => expect(own.logged.join('')).toContain('a report was not understood'));
    const text = own.logged.join('');
    const secrets = [
      key,
      device.secret,
      basic,
      dispatcher.cookie?.split('=')[1],
      'the password that was typed',
      '555 01',
    ];
    for (const secret of secrets) {
      expect(secret?.length).toBeGreaterThan(5);
      expect(text).not.toContain(secret);
    }
    expect(text).toContain('/api/v1/ingest/osmand');
  });
});
