import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBasemap } from '@lamplight/basemap';
import { buildPlaces, serializePlaces } from '@lamplight/places';
import {
  companionFile,
  createMetric,
  openNetwork,
  prepareHierarchy,
  serializeHierarchy,
  UNCALIBRATED,
} from '@lamplight/roads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientAs, Client as Person } from './fixtures/client.js';
import {
  endAll,
  finally_,
  patrolOf,
  registerUnits,
  startTestServer,
  type TestServer,
} from './fixtures/server.js';
import { place, townExtract, townNetwork } from './fixtures/town.js';

/** The town with everything that can lie beside its network. */
function townWithCompanions(
  calibration: unknown = { ...UNCALIBRATED, source: 'fitted', trips: 100 },
): string {
  const folder = mkdtempSync(join(tmpdir(), 'lamplight-ground-'));
  finally_(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'town.roads');
  writeFileSync(file, townNetwork());
  const places = buildPlaces(townExtract());
  const basemap = buildBasemap(townExtract());
  if (!places.ok || !basemap.ok) throw new Error('the town has no places or no map');
  writeFileSync(companionFile(file, 'places'), serializePlaces(places.value.places));
  writeFileSync(companionFile(file, 'basemap'), basemap.value.pmtiles);
  writeFileSync(companionFile(file, 'calibration'), JSON.stringify(calibration));
  writeFileSync(companionFile(file, 'codes'), 'code,lon,lat,name\nLP-0042,113.5501,24.8001,by the school\n');
  return file;
}

let server: TestServer;
let dispatcher: Client;
beforeAll(async () => {
  server = await startTestServer({ network: townWithCompanions() });
  await registerUnits(server.url, 3);
  dispatcher = await clientAs(server.url, 'dispatcher');
});
afterAll(endAll);

const text = ([lon, lat]: readonly [number, number]): string => `${lon},${lat}`;

describe('routes', () => {
  it('lead along streets, with steps in both languages and a time that nine in ten keep', async () => {
    const { json } = await dispatcher.get(
      `/roads/routes?from=${text(place(100, 0))}&to=${text(place(1000, 900))}&alternatives=2`,
    );
    const [fastest, ...others] = json.routes;
    expect(fastest.eta.p50).toBeGreaterThan(fastest.seconds);
    expect(fastest.eta.p90).toBeGreaterThan(fastest.eta.p50);
    expect(fastest.steps[0].kind).toBe('depart');
    expect(fastest.steps.at(-1).kind).toBe('arrive');
    expect(fastest.steps.some((step: { street: string }) => /Street|Avenue/.test(step.street))).toBe(true);
    for (const step of fastest.steps) expect([step.text.en, step.text.zh]).not.toContain('');
    for (const other of others) expect(other.seconds).toBeGreaterThanOrEqual(fastest.seconds);
  });

  it.each([
    ['from=x&to=113.55,24.8', 'from'],
    ['from=24.8,113.55&to=113.55,24.8', 'from'],
    ['from=113.55,24.8', 'to'],
    ['from=113.55,24.8&to=113.55,24.8&alternatives=50', 'alternatives'],
  ])('are refused by the field that does not fit: %s', async (query, field) => {
    const { status, json } = await dispatcher.get(`/roads/routes?${query}`);
    expect([status, json.code, json.errors[0].field]).toEqual([400, 'request-invalid', field]);
  });

  it('end where the network ends', async () => {
    const { status, json } = await dispatcher.get(`/roads/routes?from=${text(place(0, 0))}&to=0,0`);
    expect([status, json.code]).toEqual([422, 'off-network']);
  });
});

describe('isochrones', () => {
  it('are closed rings, one feature a time, the later around the earlier', async () => {
    const { json } = await dispatcher.get(`/roads/isochrones?at=${text(place(500, 400))}&minutes=0.5,1`);
    expect(json.features.map((each: { properties: { seconds: number } }) => each.properties.seconds)).toEqual(
      [30, 60],
    );
    for (const { geometry } of json.features) {
      for (const ring of geometry.coordinates.flat()) expect(ring.at(-1)).toEqual(ring[0]);
    }
  });

  it('are refused without minutes that make sense', async () => {
    for (const minutes of ['0', '-5', 'x', '500', '1,2,3,4,5,6,7,8,9']) {
      const { status, json } = await dispatcher.get(
        `/roads/isochrones?at=${text(place(0, 0))}&minutes=${minutes}`,
      );
      expect([minutes, status, json.errors?.[0].field]).toEqual([minutes, 400, 'minutes']);
    }
  });
});

describe('matrices and traces', () => {
  it('have a time for each pair, and none off the network', async () => {
    const { status, json } = await dispatcher.send('POST', '/api/v1/roads/matrix', {
      body: { origins: [place(0, 0), [0, 0]], destinations: [place(0, 0), place(900, 400)] },
    });
    expect(status).toBe(200);
    expect(json.seconds[1]).toEqual([null, null]);
    expect(json.seconds[0][1]).toBeGreaterThan(json.seconds[0][0]);
  });

  it('put a noisy trace on its street', async () => {
    const fixes = Array.from({ length: 12 }, (_, i) => ({
      position: place(60 * i, i % 2 === 0 ? 6 : -5),
      at: 5 * i,
    }));
    const { json } = await dispatcher.send('POST', '/api/v1/roads/match', { body: { fixes } });
    expect(json.segments).toHaveLength(1);
    for (const fix of json.fixes) expect(fix.street).toBe('0 Street');
  });

  it('are refused by the field that does not fit', async () => {
    const { json } = await dispatcher.send('POST', '/api/v1/roads/match', {
      body: { fixes: [{ position: [500, 0], at: 1 }] },
    });
    expect(json.errors[0].field).toBe('fixes.0.position');
    const points = Array.from({ length: 1100 }, () => place(0, 0));
    const large = await dispatcher.send('POST', '/api/v1/roads/matrix', {
      body: { origins: points, destinations: points },
    });
    expect([large.status, large.json.errors[0].field]).toEqual([400, 'destinations']);
  });
});

describe('a closure', () => {
  it('bears on the next answer: on recommendations, routes and matrices, and on none after it is lifted', async () => {
    const { incidentId } = await dispatcher.done('/incidents', {
      location: { position: place(100, 200), method: 'map' },
      classification: { typeCode: 'LARCENY' },
    });
    const timeOf = async (): Promise<number> => {
      const { json } = await dispatcher.get(`/incidents/${incidentId}/recommendation`);
      return json.candidates.find((each: { unitId: string }) => each.unitId === 'u1').eta;
    };
    const route = async (): Promise<number> =>
      (await dispatcher.get(`/roads/routes?from=${text(place(0, 0))}&to=${text(place(100, 200))}`)).json
        .routes[0].seconds;
    const [openTime, openRoute] = [await timeOf(), await route()];
    const { conditionId } = await dispatcher.done('/conditions', {
      effect: { kind: 'closed' },
      place: { kind: 'street', name: '0 Avenue' },
      source: 'police',
      reason: 'a burst main',
    });
    await expect.poll(timeOf).toBeGreaterThan(openTime);
    expect(await route()).toBeGreaterThan(openRoute);
    expect((await dispatcher.get('/roads/state')).json.changedArcs).toBe(10);
    await dispatcher.done(`/conditions/${conditionId}/lift`, { reason: 'mended' });
    await expect.poll(timeOf).toBe(openTime);
    expect(await route()).toBe(openRoute);
    expect((await dispatcher.get('/roads/state')).json).toMatchObject({ changedArcs: 0, calibrated: true });
  });
});

describe('the engine', () => {
  const engineOf = async (there: Client): Promise<string> => (await there.get('/roads/state')).json.engine;

  it('searches while it prepares, prepares anew when the roads change, and answers the same all the time', async () => {
    const prepared = { timeout: 30_000 };
    await expect.poll(() => engineOf(dispatcher), prepared).toBe('prepared');
    const ask = async () =>
      (await dispatcher.get(`/roads/routes?from=${text(place(30, 0))}&to=${text(place(700, 800))}`)).json;
    const open = await ask();
    const { conditionId } = await dispatcher.done('/conditions', {
      effect: { kind: 'slowed', factor: 0.5 },
      place: {
        kind: 'polygon',
        rings: [[place(-50, -50), place(1100, -50), place(1100, 1100), place(-50, 1100)]],
      },
      source: 'weather service',
      reason: 'snow',
    });
    await expect.poll(() => engineOf(dispatcher)).toBe('searching');
    const searched = await ask();
    expect(searched.routes[0].seconds).toBeGreaterThan(1.5 * open.routes[0].seconds);
    await expect.poll(() => engineOf(dispatcher), prepared).toBe('prepared');
    expect((await ask()).routes[0].seconds).toBe(searched.routes[0].seconds);
    await dispatcher.done(`/conditions/${conditionId}/lift`, { reason: 'thawed' });
    await expect.poll(() => engineOf(dispatcher), prepared).toBe('prepared');
    await expect.poll(async () => (await ask()).routes[0].seconds).toBe(open.routes[0].seconds);
  }, 90_000);

  it('is prepared from the start when its times lie beside the network, and does without damaged ones', async () => {
    const file = townWithCompanions();
    const opened = openNetwork(townNetwork());
    if (!opened.ok) throw new Error(opened.error.message);
    const bytes = serializeHierarchy(prepareHierarchy(createMetric(opened.value).graph));
    writeFileSync(companionFile(file, 'hierarchy'), bytes);
    const ready = await startTestServer({ network: file });
    expect(await engineOf(await clientAs(ready.url, 'dispatcher'))).toBe('prepared');
    writeFileSync(companionFile(file, 'hierarchy'), bytes.subarray(0, bytes.length - 8));
    const unready = await startTestServer({ network: file });
    expect(await engineOf(await clientAs(unready.url, 'dispatcher'))).toBe('searching');
  });
});

describe('places', () => {
  it('are found by name in either language, by crossing and by code, and keep what was typed', async () => {
    const find = async (typed: string, language = 'en') =>
      (await dispatcher.get(`/places?q=${encodeURIComponent(typed)}&language=${language}`)).json;
    expect((await find('mercy hosp')).candidates[0].label).toMatchObject({
      en: expect.stringContaining('Mercy'),
    });
    expect((await find('仁爱', 'zh-CN')).candidates[0].label.zh).toContain('仁爱医院');
    const [crossing] = (await find('2 Street & 3 Avenue')).candidates;
    expect(crossing.precision).toBe('intersection');
    expect(crossing.position[0]).toBeCloseTo(place(600, 400)[0], 5);
    expect((await find('lp-0042')).candidates[0]).toMatchObject({
      precision: 'code',
      position: [113.5501, 24.8001],
    });
    expect((await find('  Mercy  HOSP ')).typed).toBe('  Mercy  HOSP ');
    expect((await find('')).candidates).toEqual([]);
  });

  it('are described where somebody points', async () => {
    const [lon, lat] = place(300, 403);
    const { json } = await dispatcher.get(`/places/at?lon=${lon}&lat=${lat}`);
    expect(json.street.label.en).toContain('2 Street');
    expect((await dispatcher.get('/places/at?lon=0&lat=0')).status).toBe(404);
    expect((await dispatcher.get('/places?q=x&lon=5')).json.errors[0].field).toBe('lat');
  });

  it('are for those who take calls and dispatch, and a patrol may ask where it is', async () => {
    const patrol = await patrolOf(server.url, 'u1', Person);
    expect((await patrol.get('/places?q=x')).status).toBe(403);
    const [lon, lat] = place(300, 403);
    expect((await patrol.get(`/places/at?lon=${lon}&lat=${lat}`)).status).toBe(200);
  });
});

describe('the map', () => {
  it('has a style by day and by night whose tiles, letters and signs are there', async () => {
    for (const theme of ['day', 'night']) {
      const { json } = await dispatcher.get(`/map/style?theme=${theme}&language=zh-CN`);
      expect(json.glyphs.startsWith(`${server.url}/api/v1/map/assets/glyphs/`)).toBe(true);
      const glyphs = json.glyphs.replace('{fontstack}', 'Noto%20Sans%20Regular').replace('{range}', '0-255');
      for (const url of [glyphs, `${json.sprite}.json`, `${json.sprite}@2x.png`]) {
        expect((await dispatcher.send('GET', url.slice(server.url.length))).status).toBe(200);
      }
    }
    const tile = await dispatcher.get('/map/tiles/14/13359/7026');
    expect(tile.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    expect(tile.text.length).toBeGreaterThan(100);
    expect((await dispatcher.get('/map/tiles/14/0/0')).status).toBe(204);
  });

  it('gives nothing that is not its own', async () => {
    for (const name of ['glyphs/../../package.json', '%2e%2e/package.json', 'nothing.png']) {
      expect((await dispatcher.get(`/map/assets/${name}`)).status).toBe(404);
    }
    expect((await dispatcher.get('/map/tiles/x/0/0')).status).toBe(400);
  });
});

describe('what lies beside a network', () => {
  it('may be missing: then it is said when it is asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lamplight-bare-'));
    finally_(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'town.roads'), townNetwork());
    const bare = await startTestServer({ network: join(folder, 'town.roads') });
    const there = await clientAs(bare.url, 'dispatcher');
    expect((await there.get('/places?q=x')).json.code).toBe('places-unavailable');
    expect((await there.get('/map/tiles/14/13359/7026')).status).toBe(204);
    expect((await there.get('/map/style')).status).toBe(200);
    expect((await there.get('/roads/state')).json.calibrated).toBe(false);
  });

  it('does not let the server start when it is damaged', async () => {
    const wrong = { ...UNCALIBRATED, delay: 'long' };
    await expect(startTestServer({ network: townWithCompanions(wrong) })).rejects.toThrow(
      /calibration\.json cannot be used: delay/,
    );
    const cut = townWithCompanions();
    writeFileSync(companionFile(cut, 'places'), 'LAMPPLAC');
    await expect(startTestServer({ network: cut })).rejects.toThrow(/\.places cannot be used/);
  });
});
