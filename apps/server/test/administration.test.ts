import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, instant, seconds } from '@lamplight/base';
import { buildPlaces, serializePlaces } from '@lamplight/places';
import { companionFile } from '@lamplight/roads';
import { dropReceiptsBefore, listAudit } from '@lamplight/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, clientAs, problemOf } from './fixtures/client.js';
import {
  AGENCY,
  addDevice,
  connectDevice,
  endAll,
  finally_,
  PASSWORD,
  registerUnits,
  soon,
  startOn,
  startTestServer,
  type TestServer,
} from './fixtures/server.js';
import { townExtract, townNetwork } from './fixtures/town.js';
import { watch } from './fixtures/watcher.js';

let server: TestServer;
let administrator: Client;
let supervisor: Client;
beforeAll(async () => {
  server = await startTestServer({ data: newFolder(), network: townWithPlaces() });
  administrator = await clientAs(server.url, 'administrator');
  supervisor = await clientAs(server.url, 'supervisor');
  await registerUnits(server.url, 2);
});
afterAll(endAll);

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lamplight-administration-'));
  finally_(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function townWithPlaces(): string {
  const file = join(newFolder(), 'town.roads');
  const places = buildPlaces(townExtract());
  if (!places.ok) throw new Error(places.error.message);
  writeFileSync(file, townNetwork());
  writeFileSync(companionFile(file, 'places'), serializePlaces(places.value.places));
  return file;
}

const audit = (action: string) => listAudit(server.database.database, AGENCY.id, { action, limit: 100 });

async function addPerson(username: string, roles: readonly string[], on = administrator) {
  const body = { username, password: PASSWORD, displayName: username, roles };
  const made = await on.send('POST', '/api/v1/accounts', { body });
  if (made.status !== 200) throw new Error(made.text);
  return made.json;
}

async function enter(username: string, password = PASSWORD): Promise<Client> {
  const client = new Client(server.url);
  const answer = await client.signIn(username, password);
  if (answer.status !== 200) throw new Error(answer.text);
  return client;
}

const change = (id: string, body: unknown, by = administrator) =>
  by.send('PATCH', `/api/v1/accounts/${id}`, { body });

describe('people', () => {
  it('are added, seen, given other rights, and each change is written down with what was before', async () => {
    const { id } = await addPerson('zhou', ['call-taker']);
    const found = (await supervisor.get('/accounts')).json.find((each: { id: string }) => each.id === id);
    expect(found).toMatchObject({ username: 'zhou', roles: ['call-taker'], disabled: false, sessions: 0 });
    expect(JSON.stringify(found)).not.toContain('argon2');
    const changed = await change(id, { displayName: 'Zhou Min', roles: ['dispatcher', 'dispatcher'] });
    expect(changed.json).toMatchObject({ displayName: 'Zhou Min', roles: ['dispatcher'] });
    const [entry] = await audit('account-changed');
    expect(entry).toMatchObject({
      actor: 'account:rehearsal-administrator',
      subject: 'zhou',
      detail: {
        before: { displayName: 'zhou', roles: ['call-taker'] },
        after: { displayName: 'Zhou Min', roles: ['dispatcher'] },
      },
    });
    expect((await change(id, { roles: [] })).status).toBe(400);
    expect((await change('nobody', { disabled: true })).status).toBe(404);
    expect((await change(id, { disabled: true }, supervisor)).status).toBe(403);
    const [look] = await audit('look');
    expect(look).toMatchObject({ actor: 'account:rehearsal-supervisor', subject: 'accounts' });
  });

  it('lose their sessions and their open lines at once when they are locked out', async () => {
    const { id } = await addPerson('qian', ['dispatcher']);
    const qian = await enter('qian');
    expect((await qian.get('/session')).status).toBe(200);
    const watcher = await watch(qian);
    await change(id, { disabled: true });
    expect((await qian.get('/session')).status).toBe(401);
    // Well before the check that looks at all streams now and then.
    await soon(() => expect(watcher.closed).toBe(4401));
    expect((await new Client(server.url).signIn('qian', PASSWORD)).status).toBe(401);
    await change(id, { disabled: false });
    expect((await (await enter('qian')).get('/session')).status).toBe(200);
  });

  it('are signed out everywhere, and by a new password', async () => {
    const { id } = await addPerson('sun', ['dispatcher']);
    const [one, two] = [await enter('sun'), await enter('sun')];
    const ended = await administrator.send('DELETE', `/api/v1/accounts/${id}/sessions`);
    expect(ended.json).toEqual({ ended: 2 });
    for (const client of [one, two]) expect((await client.get('/session')).status).toBe(401);
    const three = await enter('sun');
    const reset = await administrator.send('POST', `/api/v1/accounts/${id}/password`, {
      body: { password: 'another long password' },
    });
    expect(reset.status).toBe(204);
    expect((await three.get('/session')).status).toBe(401);
    expect((await new Client(server.url).signIn('sun', PASSWORD)).status).toBe(401);
    expect((await (await enter('sun', 'another long password')).get('/session')).status).toBe(200);
    const entries = JSON.stringify(await audit('password-reset'));
    expect(entries).toContain('sun');
    expect(entries).not.toContain('another long');
  });

  it('cannot lock themselves out, nor leave nobody to administer', async () => {
    const { account } = (await administrator.get('/session')).json;
    expect(problemOf(await change(account.id, { disabled: true })).code).toBe('own-account');
    expect(problemOf(await change(account.id, { roles: ['dispatcher'] })).code).toBe('own-account');
    const { id } = await addPerson('second', ['administrator']);
    const second = await enter('second');
    expect((await change(account.id, { disabled: true }, second)).status).toBe(200);
    expect(problemOf(await change(id, { disabled: true }, second)).code).toBe('own-account');
    expect((await administrator.get('/session')).status).toBe(401);
    expect((await change(account.id, { disabled: false }, second)).status).toBe(200);
    administrator = await clientAs(server.url, 'administrator');
    expect((await change(id, { disabled: true })).status).toBe(200);
  });
});

describe('devices', () => {
  it('are told their secret once, fall silent when locked out, and are seen', async () => {
    const device = await addDevice(server.url, 'u1');
    const listed = async () =>
      (await supervisor.get('/devices')).json.find((each: { id: string }) => each.id === device.deviceId);
    expect(await listed()).toMatchObject({ unitId: 'u1', enabled: true, lastSeenAt: null });
    expect(JSON.stringify(await listed())).not.toContain(device.secret);
    const mqtt = await connectDevice(server, device);
    const fix = { _type: 'location', lat: 24.8, lon: 113.55, tst: Math.floor(Date.now() / 1000) };
    await mqtt.publishAsync(`owntracks/${device.deviceId}/main`, JSON.stringify(fix), { qos: 1 });
    await soon(async () => expect((await listed()).lastSeenAt).not.toBeNull());

    const off = await administrator.send('PATCH', `/api/v1/devices/${device.deviceId}`, {
      body: { enabled: false },
    });
    expect(off.json).toMatchObject({ enabled: false });
    await expect(connectDevice(server, device)).rejects.toThrow();
    await administrator.send('PATCH', `/api/v1/devices/${device.deviceId}`, { body: { enabled: true } });
    const renewed = await administrator.send('POST', `/api/v1/devices/${device.deviceId}/secret`, {
      body: { osmand: true },
    });
    expect(renewed.json.osmandKey).toBeTypeOf('string');
    await expect(connectDevice(server, device)).rejects.toThrow();
    await connectDevice(server, renewed.json);
    const entries = JSON.stringify([
      ...(await audit('device-added')),
      ...(await audit('device-secret-renewed')),
    ]);
    expect(entries).toContain(device.deviceId);
    expect(entries).not.toContain(device.secret);
    expect(entries).not.toContain(renewed.json.secret);
  });
});

describe('stations and units', () => {
  const station = { id: 's1', name: { en: 'North', zh: '北站' }, kind: 'police', position: [113.55, 24.8] };

  it('are saved, changed and removed, but not while a unit belongs to the station', async () => {
    const save = (name: { en: string; zh: string }) =>
      administrator.send('PUT', '/api/v1/stations', { body: { stations: [{ ...station, name }] } });
    expect((await save(station.name)).status).toBe(204);
    expect((await save({ en: 'North Street', zh: '北站' })).status).toBe(204);
    expect((await audit('station-changed'))[0]).toMatchObject({
      subject: 's1',
      detail: { before: { name: station.name }, after: { name: { en: 'North Street' } } },
    });
    const unit = { unitId: 'car9', callSign: 'Car 9', unitType: 'car', capabilities: [], stationId: 's1' };
    await administrator.done('/units', unit);
    const remove = () => administrator.send('DELETE', '/api/v1/stations/s1');
    expect(problemOf(await remove())).toMatchObject({ code: 'station-in-use', detail: 'Car 9' });
    await administrator.done('/units/car9/retire', { reason: 'sold' });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
  });

  it('keep retired units in the list, also over a restart, and take them back', async () => {
    const listed = async () =>
      (await administrator.get('/administration/units')).json.find(
        (each: { id: string }) => each.id === 'car9',
      );
    expect(await listed()).toMatchObject({ retired: true });
    const unit = { unitId: 'car9', callSign: 'Car 9', unitType: 'van', capabilities: [], stationId: null };
    await administrator.done('/units', unit);
    expect(await listed()).toMatchObject({ retired: false, unitType: 'van' });
  });

  it('name a crew only to those who send it', async () => {
    const crewOf = async (who: Client) =>
      (await who.get('/administration/units')).json.find((each: { id: string }) => each.id === 'u1').duty
        .crew;
    expect(await crewOf(supervisor)).toEqual(['Officer 1']);
    expect(await crewOf(administrator)).toEqual(['']);
  });
});

describe('the agency', () => {
  it('is renamed for everybody, and stays so when the server is started again', async () => {
    const own = await startTestServer({ data: newFolder() });
    const chief = await clientAs(own.url, 'administrator');
    const name = { en: 'Bright City', zh: '明城' };
    const changed = await chief.send('PATCH', '/api/v1/agency', { body: { name, locale: 'zh-CN' } });
    expect(changed.json).toMatchObject({ name, locale: 'zh-CN', retention: { positionDays: 365 } });
    expect((await chief.get('/info')).json.name).toEqual(name);
    const person = await addPerson('wu', ['dispatcher'], chief);
    expect(person.locale).toBe('zh-CN');
    const again = await own.restart();
    expect((await new Client(again.url).get('/info')).json.name).toEqual(name);
    const bad = await (await clientAs(again.url, 'administrator')).send('PATCH', '/api/v1/agency', {
      body: { retention: { positionDays: 0, receiptDays: 30 } },
    });
    expect(problemOf(bad).errors).toMatchObject([{ field: 'retention.positionDays' }]);
  });

  it('forgets receipts that are older than it keeps', async () => {
    const { database } = server.database;
    const count = async () =>
      Number((await database.pool.query('select count(*) as n from receipt')).rows[0]?.n ?? 0);
    const before = await count();
    expect(before).toBeGreaterThan(0);
    const yesterday = after(instant(Date.now()), seconds(-86_400));
    expect(await dropReceiptsBefore(database, AGENCY.id, yesterday)).toBe(0);
    expect(await dropReceiptsBefore(database, AGENCY.id, after(yesterday, seconds(2 * 86_400)))).toBe(before);
    expect(await count()).toBe(0);
  });
});

describe('location codes', () => {
  const put = (raw: string) =>
    administrator.send('PUT', '/api/v1/location-codes', { raw, headers: { 'content-type': 'text/csv' } });

  it('take effect at once, and a bad row leaves the former list', async () => {
    expect((await put('code,lon,lat,name\nLP-0042,113.5502,24.8003,North gate\n')).json).toEqual({
      codes: 1,
    });
    const search = async (q: string) => (await supervisor.get(`/places?q=${q}`)).json.candidates;
    expect((await search('LP-0042'))[0]).toMatchObject({ precision: 'code', position: [113.5502, 24.8003] });
    const bad = problemOf(await put('编号,经度,纬度\nLP-1,113.5,24.8\nLP-2,east,24.8\nLP-1,113.5,95\n'));
    expect(bad).toMatchObject({ status: 422, code: 'rows-invalid' });
    expect(bad.errors).toEqual([
      { field: 'row 3, lon', reason: '"east" is not a number' },
      { field: 'row 4, code', reason: '"LP-1" is already in row 2' },
      { field: 'row 4, lat', reason: '95 is outside -90 to 90' },
    ]);
    expect((await supervisor.get('/location-codes')).json.codes).toMatchObject([{ code: 'LP-0042' }]);
    expect((await search('LP-0042'))[0]).toMatchObject({ precision: 'code' });
    expect((await put('nothing,of,use\n')).status).toBe(422);
    const network = server.config.network ?? '';
    expect(readFileSync(companionFile(network, 'codes'), 'utf8')).toContain('LP-0042');
  });
});

describe('the map of the city', () => {
  const upload = (body: Uint8Array<ArrayBuffer>, name = 'town.osm', by = administrator) =>
    fetch(`${server.url}/api/v1/city/build?name=${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', cookie: by.cookie ?? '' },
      body,
    });
  const map = async () => (await supervisor.get('/city')).json;
  const ended = () =>
    soon(async () => {
      const { build } = await map();
      expect(['done', 'failed', 'cancelled']).toContain(build.state);
      return build;
    });

  it('is built from an extract in the background and used from the next start', async () => {
    const network = server.config.network ?? '';
    rmSync(companionFile(network, 'places'));
    const started = await upload(townExtract());
    expect(started.status).toBe(202);
    expect(await started.json()).toMatchObject({ state: 'building', fileName: 'town.osm' });
    const build = await ended();
    expect(build).toMatchObject({ state: 'done', problem: null, startedBy: 'rehearsal-administrator' });
    expect(build.made.map(({ part }: { part: string }) => part)).toEqual(
      expect.arrayContaining(['network', 'places', 'basemap', 'hierarchy']),
    );
    expect(await map()).toMatchObject({ restartNeeded: true });
    for (const companion of ['places', 'basemap', 'hierarchy'] as const) {
      expect(statSync(companionFile(network, companion)).size).toBeGreaterThan(0);
    }
    expect(existsSync(`${network}.building`)).toBe(false);
    await soon(async () => expect((await audit('city-build-done'))[0]).toMatchObject({ subject: build.id }));

    const next = await startOn(server.database, { data: newFolder(), network });
    expect((await new Client(next.url).get('/info')).json.network.nodes).toBeGreaterThan(0);
  });

  it('stays as it was when the extract is none or is cut off', async () => {
    const network = server.config.network ?? '';
    const before = readFileSync(network);
    await upload(new TextEncoder().encode('this is no map'), 'letter.osm');
    expect(await ended()).toMatchObject({ state: 'failed', problem: { code: 'not-osm' } });
    await upload(townExtract().subarray(0, 4000), 'half.osm');
    const { problem } = await ended();
    expect(problem.code).toMatch(/^osm-/);
    expect(problem.message.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(readFileSync(network).equals(before)).toBe(true);
  });

  it('takes nothing but a whole file of bytes, and only from administrators', async () => {
    const json = await administrator.send('POST', '/api/v1/city/build?name=x', { body: {} });
    expect(json.status).toBe(415);
    expect((await upload(townExtract(), 'town.osm', supervisor)).status).toBe(403);
  });

  it('is built where it is looked for when the server was started without one', async () => {
    const data = newFolder();
    const bare = await startTestServer({ data });
    const chief = await clientAs(bare.url, 'administrator');
    expect((await chief.get('/city')).json).toMatchObject({ files: [], restartNeeded: false });
    const sent = await fetch(`${bare.url}/api/v1/city/build?name=town.osm`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', cookie: chief.cookie ?? '' },
      body: townExtract(),
    });
    expect(sent.status).toBe(202);
    await soon(async () => expect((await chief.get('/city')).json.build.state).toBe('done'));
    const again = await bare.restart();
    expect((await new Client(again.url).get('/info')).json.network).not.toBeNull();
  });
});

describe('the audit log', () => {
  it('is read page by page, searched, and exported without formulas', async () => {
    const first = (await supervisor.get('/audit?limit=3')).json;
    expect(first.entries).toHaveLength(3);
    const second = (await supervisor.get(`/audit?limit=3&before=${first.next}`)).json;
    expect(second.entries[0].sequence).toBeLessThan(first.entries[2].sequence);
    const found = (await supervisor.get('/audit?text=PASSWORD-')).json.entries;
    expect(found.map(({ action }: { action: string }) => action)).toEqual(found.map(() => 'password-reset'));
    expect(found.length).toBeGreaterThan(0);
    expect((await supervisor.get('/audit?text=100%25_')).json.entries).toEqual([]);
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect((await supervisor.get(`/audit?from=${later}`)).json.entries).toEqual([]);

    await new Client(server.url).signIn('=cmd()', 'x'.repeat(12));
    const csv = await supervisor.send('GET', '/api/v1/audit.csv?text=cmd');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.text).toContain(",'=cmd(),");
    expect((await audit('audit-exported'))[0]).toMatchObject({ actor: 'account:rehearsal-supervisor' });
    const dispatcher = await clientAs(server.url, 'dispatcher');
    expect((await dispatcher.get('/audit')).status).toBe(403);
    expect((await dispatcher.send('GET', '/api/v1/audit.csv')).status).toBe(403);
  });
});

describe('the figures of the server', () => {
  it('are for administrators, unless they were opened to programs on this machine', async () => {
    const nobody = new Client(server.url);
    expect((await nobody.send('GET', '/metrics')).status).toBe(401);
    expect((await supervisor.send('GET', '/metrics')).status).toBe(403);
    expect((await administrator.send('GET', '/metrics')).text).toContain('lamplight_log_position');
    const open = await startTestServer({ data: newFolder(), metrics: 'loopback' });
    const program = new Client(open.url);
    expect((await program.send('GET', '/metrics')).status).toBe(200);
    const proxied = { headers: { 'x-forwarded-for': '203.0.113.7' } };
    expect((await program.send('GET', '/metrics', proxied)).status).toBe(401);
  });
});
