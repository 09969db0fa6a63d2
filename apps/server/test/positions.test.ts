import { formatInstant, instant } from '@lamplight/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, clientAs, problemOf } from './fixtures/client.js';
import {
  addDevice,
  connectDevice,
  type Device,
  endAll,
  registerUnits,
  soon,
  startTestServer,
  type TestServer,
} from './fixtures/server.js';
import { place } from './fixtures/town.js';
import { watch } from './fixtures/watcher.js';

let server: TestServer;
let dispatcher: Client;
let phone: Client;
beforeAll(async () => {
  server = await startTestServer();
  await registerUnits(server.url, 8);
  dispatcher = await clientAs(server.url, 'dispatcher');
  phone = new Client(server.url);
});
afterAll(endAll);

const now = (): number => Math.floor(Date.now() / 1000);
const location = (east: number, at = now()) => ({
  _type: 'location',
  lon: place(east, 0)[0],
  lat: place(east, 0)[1],
  tst: at,
  acc: 6,
});
const basic = ({ deviceId, secret }: Device, word = secret) => ({
  authorization: `Basic ${Buffer.from(`${deviceId}:${word}`).toString('base64')}`,
});
const ownTracks = (body: unknown, headers: Record<string, string> = {}) =>
  phone.send('POST', '/api/v1/ingest/owntracks', { body, headers });
const fixOf = async (unitId: string) =>
  (await dispatcher.get('/positions')).json.fixes.find((fix: { unitId: string }) => fix.unitId === unitId);

describe('a phone that speaks OwnTracks by HTTP', () => {
  it('is on the board, in the live stream and in the track of its unit', async () => {
    const device = await addDevice(server.url, 'u1');
    const watcher = await watch(dispatcher);
    const answer = await ownTracks(location(100), basic(device));
    expect(answer).toMatchObject({ status: 200, text: '[]' });
    expect(await fixOf('u1')).toMatchObject({ position: place(100, 0), accuracy: 6, clockSuspect: false });
    await soon(() => expect(watcher.board.fixes.get('u1')).toEqual(place(100, 0)));
    const from = formatInstant(instant(Date.now() - 60_000));
    const to = formatInstant(instant(Date.now() + 60_000));
    await soon(async () => {
      const track = (await dispatcher.get(`/units/u1/track?from=${from}&to=${to}`)).json;
      expect(track).toMatchObject([{ position: place(100, 0), speed: null }]);
    });
  });

  it('LIVE-11: is shown at its latest position to a client that was away while it stood still', async () => {
    const device = await addDevice(server.url, 'u2');
    const watcher = await watch(dispatcher);
    await watcher.end();
    await ownTracks(location(300), basic(device));
    await soon(async () => expect(await fixOf('u2')).toBeDefined());
    const back = await watch(dispatcher, watcher.board.standing, watcher.board);
    expect(back.messages[1]?.type).toBe('change');
    await soon(() => expect(back.board.fixes.get('u2')).toEqual(place(300, 0)));
  });

  it('LIVE-11: sends positions apart from the log: they have none of its positions', async () => {
    const device = await addDevice(server.url, 'u3');
    const watcher = await watch(dispatcher);
    const before = watcher.board.position;
    for (let step = 0; step < 5; step++)
      await ownTracks(location(step * 10, now() - 10 + step), basic(device));
    await soon(() => expect(watcher.board.fixes.get('u3')).toEqual(place(40, 0)));
    for (const message of watcher.ofType('positions')) expect(message).not.toHaveProperty('position');
    expect((await watch(dispatcher)).board.position).toBe(before);
  });

  it('is not believed with a wrong secret, and told how to sign in', async () => {
    const device = await addDevice(server.url, 'u4');
    const answers = [
      await ownTracks(location(0)),
      await ownTracks(location(0), basic(device, 'wrong')),
      await ownTracks(location(0), { authorization: 'Basic %%%' }),
      await ownTracks(location(0), basic({ ...device, deviceId: 'another' })),
    ];
    for (const answer of answers) {
      expect(problemOf(answer)).toMatchObject({ status: 401, code: 'credentials-wrong' });
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="lamplight"');
    }
    expect(await fixOf('u4')).toBeUndefined();
  });

  it('that keeps a wrong secret is held off alone: others behind the same address go on', async () => {
    const device = await addDevice(server.url, 'u4');
    const statuses = [];
    for (let round = 0; round < 32; round++)
      statuses.push((await ownTracks(location(0), basic(device, 'old'))).status);
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 401));
    expect(statuses.at(-1)).toBe(429);
    const neighbour = await addDevice(server.url, 'u5');
    expect((await ownTracks(location(50), basic(neighbour))).status).toBe(200);
  });

  it('is told what it sent wrong, and not blamed for what is no position', async () => {
    const device = await addDevice(server.url, 'u5');
    const wrong = problemOf(await ownTracks({ ...location(0), lat: 'north' }, basic(device)));
    expect(wrong).toMatchObject({ status: 400, code: 'request-invalid', errors: [{ field: 'lat' }] });
    expect((await ownTracks({ _type: 'lwt', tst: now() }, basic(device))).status).toBe(200);
  });
});

describe('a tracker that speaks the OsmAnd protocol', () => {
  it.each(['GET', 'POST', 'form', 'JSON'])('reports by %s with its own key', async (way) => {
    const device = await addDevice(server.url, 'u6', true);
    const id = `${device.deviceId}.${device.osmandKey}`;
    const [lon, lat] = place(way.length, 7);
    const query = new URLSearchParams({
      id,
      lat: String(lat),
      lon: String(lon),
      timestamp: String(now()),
      accuracy: '4',
    });
    const path = '/api/v1/ingest/osmand';
    const json = {
      device_id: id,
      location: {
        timestamp: new Date().toISOString(),
        coords: { latitude: lat, longitude: lon, accuracy: 4 },
      },
    };
    const answer =
      way === 'GET' || way === 'POST'
        ? await phone.send(way, `${path}?${query}`)
        : way === 'form'
          ? await phone.send('POST', path, {
              raw: String(query),
              headers: { 'content-type': 'application/x-www-form-urlencoded' },
            })
          : await phone.send('POST', path, { body: json });
    expect(answer.status, answer.text).toBe(200);
    const fix = await fixOf('u6');
    expect(fix.position[0]).toBeCloseTo(lon, 6);
    expect(fix.position[1]).toBeCloseTo(lat, 6);
    expect(fix.accuracy).toBe(4);
  });

  it('is not believed with a wrong key, the secret of the bus, or the key of another', async () => {
    const device = await addDevice(server.url, 'u7', true);
    const other = await addDevice(server.url, 'u8', true);
    for (const word of [
      '',
      '.',
      device.deviceId,
      `${device.deviceId}.x`,
      `${device.deviceId}.${device.secret}`,
      `${device.deviceId}.${other.osmandKey}`,
      'a.b&id=c.d',
    ]) {
      const answer = await phone.send('GET', `/api/v1/ingest/osmand?id=${word}&lat=24.8&lon=113.55`);
      expect(problemOf(answer), word).toMatchObject({ status: 401, code: 'credentials-wrong' });
      expect(answer.text).not.toContain(device.secret);
    }
    expect(await fixOf('u7')).toBeUndefined();
  });
});

describe('a device on the bus', () => {
  it('works from the moment it is registered', async () => {
    const device = await addDevice(server.url, 'u8');
    const client = await connectDevice(server, device);
    await client.publishAsync(`owntracks/${device.deviceId}/main`, JSON.stringify(location(800)));
    await soon(async () => expect(await fixOf('u8')).toMatchObject({ position: place(800, 0) }));
  });
});
