import { readFile, writeFile } from 'node:fs/promises';
import { distance, type LonLat, seconds } from '@lamplight/base';
import {
  createMetric,
  createSnapper,
  createTravelTimes,
  openNetwork,
  positionAlong,
  type Route,
} from '@lamplight/roads';
import { encodeOsmPbf, generateCity } from '@lamplight/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, listAt, makeFolder, sure, valueAt } from './run-cli.js';

const city = generateCity({ seed: 'questions', size: 1500 });
const stations = city.stations.map(({ position }) => position);
const place = sure(stations[0]);
let folder: Awaited<ReturnType<typeof makeFolder>>;
let network: string;

beforeAll(async () => {
  folder = await makeFolder();
  await writeFile(folder.file('city.osm.pbf'), encodeOsmPbf(city));
  network = folder.file('city.roads');
  const build = ['roads', 'build', folder.file('city.osm.pbf'), '--out', network, '--only-network'];
  expect((await cli(build)).exit).toBe(0);
});
afterAll(() => folder.remove());

async function writeText(name: string, lines: readonly string[]): Promise<string> {
  const file = folder.file(name);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

async function openEngine() {
  const opened = openNetwork(await readFile(network));
  if (!opened.ok) throw new Error(opened.error.message);
  const snapper = createSnapper(opened.value);
  const snap = (position: LonLat) => {
    const found = snapper.snap(position);
    if (!found.ok) throw new Error(found.error.message);
    return found.value;
  };
  return { snap, times: createTravelTimes(createMetric(opened.value)) };
}

describe('roads nearest', () => {
  const ask = async (units: string, ...more: string[]) =>
    cli(['roads', 'nearest', '--network', network, '--to', String(place), '--units', units, ...more]);

  it('lists the soonest units, as the travel times of all say', async () => {
    const rows = stations.map((position, index) => `U${index},${position}`);
    const units = await writeText('units.csv', ['id,lon,lat', ...rows]);
    const { snap, times } = await openEngine();
    const all = times.manyToOne(stations.map(snap), snap(place));
    const wanted = Array.from(all, (duration, index) => ({ id: `U${index}`, seconds: duration }))
      .sort((a, b) => a.seconds - b.seconds || (a.id < b.id ? -1 : 1))
      .slice(0, 3);
    const run = await ask(units, '-k', '3', '--json');
    expect(run.json()).toEqual({
      to: { position: snap(place).position, distance: expect.any(Number) },
      units: wanted,
    });
    const { stdout } = await ask(units, '--count', '3');
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^unit +s$/),
      ...wanted.map(({ id, seconds: time }) =>
        expect.stringMatching(new RegExp(`^${id} +${Math.round(time)}$`)),
      ),
    ]);
  });

  it('names the row of a unit that is off the network, twice there, or nameless', async () => {
    const off = await ask(await writeText('off.csv', ['id,lon,lat', `A,${place}`, 'B,0,0']), '--json');
    expect([off.exit, valueAt(off.json(), 'error', 'rows')]).toEqual([
      3,
      [expect.objectContaining({ line: 3, column: 'lon,lat' })],
    ]);
    const odd = await ask(
      await writeText('odd.csv', ['id,lon,lat', `A,${place}`, `A,${place}`, `,${place}`]),
      '--json',
    );
    expect(listAt(odd.json(), 'error', 'rows').map((row) => valueAt(row, 'line'))).toEqual([3, 4]);
  });
});

describe('roads isochrone', () => {
  const ask = async (...more: string[]) =>
    cli(['roads', 'isochrone', '--network', network, '--at', String(place), ...more]);

  it('draws one feature a time, in ascending order, the same to a file as to standard output', async () => {
    const printed = await ask('--minutes', '4,1.5,4');
    const features = listAt(printed.json(), 'features');
    expect(features.map((feature) => valueAt(feature, 'properties', 'seconds'))).toEqual([90, 240]);
    expect(features.map((feature) => valueAt(feature, 'geometry', 'type'))).toEqual([
      'MultiPolygon',
      'MultiPolygon',
    ]);
    const out = folder.file('reach.geojson');
    const written = await ask('--minutes', '1.5,4', '--out', out, '--json');
    expect(await readFile(out, 'utf8')).toBe(printed.stdout);
    expect(written.json()).toEqual({
      file: out,
      bytes: Buffer.byteLength(printed.stdout),
      times: [90, 240],
      place: { position: expect.any(Array), distance: expect.any(Number) },
    });
  });

  it('draws from where the place is reached with --towards', async () => {
    const away = await ask('--minutes', '3');
    const towards = await ask('--minutes', '3', '--towards');
    expect([towards.exit, valueAt(towards.json(), 'type')]).toEqual([0, 'FeatureCollection']);
    expect(towards.stdout).not.toBe(away.stdout);
  });

  it('refuses a place off the network', async () => {
    const run = await cli([
      'roads',
      'isochrone',
      '--network',
      network,
      '--at',
      '0,0',
      '--minutes',
      '5',
      '--json',
    ]);
    expect([run.exit, valueAt(run.json(), 'error', 'code')]).toEqual([3, 'off-network']);
  });
});

describe('roads match', () => {
  let route: Route;
  let fixes: readonly { readonly time: string; readonly position: LonLat }[];
  beforeAll(async () => {
    const { snap, times } = await openEngine();
    const found = times.route(snap(place), snap(sure(stations[3])));
    if (!found.ok) throw new Error(found.error.message);
    route = found.value;
    fixes = Array.from({ length: Math.floor(route.duration / 5) }, (_, index) => ({
      time: new Date(Date.UTC(2026, 2, 14, 8, 0, index * 5)).toISOString(),
      position: positionAlong(route, seconds(index * 5)).position,
    }));
  });
  const ask = async (trace: string, ...more: string[]) =>
    cli(['roads', 'match', '--network', network, '--trace', trace, ...more]);

  it('finds the way that was driven, the same from CSV, GeoJSON and GPX', async () => {
    const csv = await writeText('trace.csv', [
      'time,lon,lat',
      ...fixes.map(({ time, position }) => `${time},${position}`),
    ]);
    const line = { type: 'LineString', coordinates: fixes.map(({ position }) => position) };
    const properties = { coordTimes: fixes.map(({ time }) => time) };
    const json = { type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry: line }] };
    const geojson = await writeText('trace.geojson', [JSON.stringify(json)]);
    const points = fixes.map(
      ({ time, position: [lon, lat] }) =>
        `<trkpt lat="${lat}" lon="${lon}"><ele>5</ele><time>${time}</time></trkpt>`,
    );
    const gpx = await writeText('trace.gpx', [
      '<?xml version="1.0"?><gpx version="1.1"><trk><trkseg>',
      ...points,
      '</trkseg></trk></gpx>',
    ]);

    const fromCsv = await ask(csv);
    const features = listAt(fromCsv.json(), 'features');
    const [way, ...others] = features.filter(
      (feature) => valueAt(feature, 'geometry', 'type') === 'LineString',
    );
    expect(others).toEqual([]);
    expect(valueAt(way, 'properties')).toMatchObject({
      trip: '1',
      segment: 0,
      firstFix: 0,
      lastFix: fixes.length - 1,
    });
    expect(Number(valueAt(way, 'properties', 'metres')) / route.length).toBeGreaterThan(0.9);
    expect(Number(valueAt(way, 'properties', 'metres')) / route.length).toBeLessThan(1.02);
    const matched = features.filter((feature) => valueAt(feature, 'geometry', 'type') === 'Point');
    expect(matched).toHaveLength(fixes.length);
    matched.forEach((feature, index) => {
      const [lon, lat] = listAt(feature, 'geometry', 'coordinates').map(Number);
      expect(distance([sure(lon), sure(lat)], sure(fixes[index]).position)).toBeLessThan(20);
    });
    expect((await ask(geojson)).stdout).toBe(fromCsv.stdout);
    expect((await ask(gpx)).stdout).toBe(fromCsv.stdout);

    const out = folder.file('matched.geojson');
    const told = await ask(csv, '--out', out);
    expect(told.stderr).toContain(`${fixes.length} of ${fixes.length} fixes matched, 1 ways`);
    expect(await readFile(out, 'utf8')).toBe(fromCsv.stdout);
  });

  it('goes against one-way streets only when told so', async () => {
    const back = [...fixes].reverse().map(({ position }, index) => `${index * 5},${position}`);
    const trace = await writeText('back.csv', ['time,lon,lat', ...back]);
    const against = await ask(trace, '--against-oneway', '--out', folder.file('back.geojson'), '--json');
    expect(against.json()).toMatchObject({ fixes: fixes.length, matched: fixes.length, segments: 1 });
    expect((await ask(trace)).exit).toBe(0);
  });

  it('counts what it cannot use, by reason', async () => {
    const [first, second] = [sure(fixes[0]).position, sure(fixes[1]).position];
    const trace = await writeText('odd.csv', [
      'trip,time,lon,lat',
      `a,0,${first}`,
      'a,5,0,0',
      `b,9,${first}`,
      `b,4,${second}`,
    ]);
    const run = await ask(trace, '--out', folder.file('odd.geojson'), '--json');
    expect(run.json()).toMatchObject({
      fixes: 4,
      matched: 2,
      unmatched: { 'off-road': 1, 'out-of-order': 1 },
    });
  });

  it.each([
    [
      'time.csv',
      ['time,lon,lat', `soon,${place}`, `,${place}`],
      { code: 'rows', rows: [{ line: 2 }, { line: 3 }] },
    ],
    ['columns.csv', ['lon,lat', String(place)], { code: 'column-missing', column: 'time' }],
    ['empty.csv', ['time,lon,lat'], { code: 'no-fixes' }],
    ['odd.gpx', ['<kml></kml>'], { code: 'not-gpx' }],
    [
      'times.gpx',
      ['<gpx><trk><trkseg><trkpt lat="1" lon="2"></trkpt><trkpt lat="1" lon="200"/></trkseg></trk></gpx>'],
      {
        code: 'rows',
        rows: [
          { line: 1, column: 'trkpt/time' },
          { line: 2, column: 'trkpt' },
        ],
      },
    ],
    ['odd.geojson', ['{"type":"Point"}'], { code: 'not-traces' }],
    [
      'times.geojson',
      ['{"features":[{"geometry":{"coordinates":[[1,2]]},"properties":{}}]}'],
      { code: 'rows', rows: [{ line: 1, column: 'properties.coordTimes' }] },
    ],
  ])('refuses %s and says what is wrong with it', async (name, lines, error) => {
    const run = await ask(await writeText(name, lines), '--json');
    expect([run.exit, run.json()]).toEqual([3, { error: expect.objectContaining({ code: error.code }) }]);
    expect(run.json()).toMatchObject({ error });
  });
});
