import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createRandom, formatInstant, instant, seconds } from '@lamplight/base';
import {
  createMetric,
  createSnapper,
  createTravelTimes,
  etaOf,
  openNetwork,
  parseCalibration,
  positionAlong,
  UNCALIBRATED,
} from '@lamplight/roads';
import { encodeOsmPbf, generateCity } from '@lamplight/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, makeFolder } from './run-cli.js';
import { recordCalls, stationsCsv, TINY_PROFILE } from './tiny-recording.js';

const city = generateCity({ seed: 'calibrate', size: 1500 });
const ZONE = 'Asia/Shanghai';
let folder: Awaited<ReturnType<typeof makeFolder>>;
let roads: string;

interface DrivenTrip {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly departed: number;
  readonly seconds: number;
  /** Fixes of the way, as [seconds since departure, lon, lat]. */
  readonly fixes: readonly (readonly [number, number, number])[];
}
let driven: readonly DrivenTrip[];

beforeAll(async () => {
  folder = await makeFolder();
  await writeFile(folder.file('city.osm.pbf'), encodeOsmPbf(city));
  roads = folder.file('city.roads');
  expect((await cli(['roads', 'build', folder.file('city.osm.pbf'), '--out', roads])).exit).toBe(0);
  driven = await drive(240);
});
afterAll(() => folder.remove());

/** Trips that take what an uncalibrated agency is told, with its scatter, one every 97 minutes. */
async function drive(count: number): Promise<DrivenTrip[]> {
  const opened = openNetwork(await readFile(roads));
  if (!opened.ok) throw new Error(opened.error.message);
  const snapper = createSnapper(opened.value);
  const times = createTravelTimes(createMetric(opened.value));
  const random = createRandom('driven');
  const trips: DrivenTrip[] = [];
  while (trips.length < count) {
    const [from, to] = [random.pick(city.addresses).position, random.pick(city.addresses).position];
    const [a, b] = [snapper.snap(from), snapper.snap(to)];
    const route = a.ok && b.ok ? times.route(a.value, b.value) : undefined;
    if (!route?.ok || route.value.length < 300) continue;
    const { duration } = route.value;
    const took = Math.round(etaOf(UNCALIBRATED, duration).quantile(0.01 + 0.98 * random.next()));
    const fixes = Array.from({ length: Math.ceil(took / 5) + 1 }, (_, i): [number, number, number] => {
      const { position } = positionAlong(route.value, seconds(((i * 5) / took) * duration));
      return [i * 5, position[0], position[1]];
    });
    const departed = Date.parse('2026-03-02T00:00:00+08:00') + trips.length * 97 * 60_000;
    trips.push({ from, to, departed, seconds: took, fixes });
  }
  return trips;
}

const moment = (at: number): string => formatInstant(instant(at));

async function writeTrips(
  name: string,
  heading: string,
  row: (trip: DrivenTrip) => string[],
): Promise<string> {
  const file = folder.file(name);
  await writeFile(file, `${[heading, ...driven.map((trip) => row(trip).join(','))].join('\n')}\n`);
  return file;
}

const positions = ({ from, to }: DrivenTrip): string[] => [...from, ...to].map(String);

describe('roads calibrate', () => {
  it('fits on the earlier trips, judges by the later ones, and writes a file that can be read', async () => {
    const trips = await writeTrips(
      'trips.csv',
      'from_lon,from_lat,to_lon,to_lat,departed,arrived',
      (trip) => [...positions(trip), moment(trip.departed), moment(trip.departed + trip.seconds * 1000)],
    );
    const out = folder.file('city.calibration.json');
    const run = await cli([
      ...['roads', 'calibrate', '--roads', roads, '--trips', trips, '--time-zone', ZONE],
      ...['--out', out, '--json'],
    ]);
    expect([run.exit, run.stderr]).toEqual([0, '']);
    expect(run.json()).toMatchObject({
      file: out,
      trips: { read: 240, fitted: 180, judged: 60 },
      leftOut: {},
      judged: {
        overall: { n: 60, medianRatio: expect.any(Number), withinP90: expect.any(Number) },
        byDistance: expect.any(Array),
        byBand: expect.any(Array),
        byHour: expect.any(Array),
      },
    });
    const written = parseCalibration(JSON.parse(await readFile(out, 'utf8')));
    expect(written).toMatchObject({ ok: true, value: { source: 'fitted', trips: 180 } });
  });

  it('reads other column names, durations in place of arrivals and the wall clock, and prints in both languages', async () => {
    const trips = await writeTrips('other.csv', 'x1,y1,x2,y2,"Start time",took,urgent', (trip) => [
      ...positions(trip),
      moment(trip.departed + 8 * 3_600_000)
        .slice(0, 19)
        .replace('T', ' '),
      String(trip.seconds),
      'yes',
    ]);
    const names = [
      'from_lon=x1',
      'from_lat=y1',
      'to_lon=x2',
      'to_lat=y2',
      'departed=Start time',
      'seconds=took',
    ];
    const args = [
      ...['roads', 'calibrate', '--roads', roads, '--trips', trips, '--time-zone', ZONE],
      ...names.flatMap((name) => ['--map', name]),
      ...['--train-until', '2026-03-12', '--out', folder.file('other.json')],
    ];
    const english = await cli(args);
    expect(english.exit).toBe(0);
    expect(english.stdout).toMatch(/free flow +\d+ +0\.\d\d/);
    expect(english.stdout).toMatch(/calibrated +\d+ +[01]\.\d\d/);
    expect(english.stdout).toMatch(/ {2}other hours/);
    const chinese = await cli([...args, '--lang', 'zh-CN']);
    expect(chinese.stdout).toContain('秩相关');
    expect(chinese.stderr).toContain('个拟合');
  });

  it('reads traces as fixes and as GeoJSON, to the same calibration', async () => {
    const fixes = folder.file('fixes.csv');
    const lines = driven.flatMap((trip, i) =>
      trip.fixes.map(([after, lon, lat]) => [i, moment(trip.departed + after * 1000), lon, lat].join(',')),
    );
    await writeFile(fixes, `${['trip,time,lon,lat', ...lines].join('\n')}\n`);
    const features = driven.map((trip) => ({
      type: 'Feature',
      geometry: { type: 'LineString', coordinates: trip.fixes.map(([, lon, lat]) => [lon, lat]) },
      properties: { coordTimes: trip.fixes.map(([after]) => moment(trip.departed + after * 1000)) },
    }));
    const geojson = folder.file('traces.geojson');
    await writeFile(geojson, JSON.stringify({ type: 'FeatureCollection', features }));
    const outs = [fixes, geojson].map((file) => `${file}.calibration.json`);
    for (const file of [fixes, geojson]) {
      const args = ['--trips', file, '--time-zone', ZONE, '--out', `${file}.calibration.json`];
      expect((await cli(['roads', 'calibrate', '--roads', roads, ...args])).exit).toBe(0);
    }
    const [one, other] = await Promise.all(outs.map((out) => readFile(out, 'utf8')));
    expect(one).toBe(other);
  });

  it('takes from recorded calls the trips that begin at a station, and says what it passes over', async () => {
    await writeFile(folder.file('calls.csv'), recordCalls(city, 2000).csv);
    await writeFile(folder.file('stations.csv'), stationsCsv(city.stations.map(({ position }) => position)));
    await writeFile(folder.file('profile.json'), JSON.stringify(TINY_PROFILE));
    const run = await cli([
      ...['roads', 'calibrate', '--roads', roads, '--trips', folder.file('calls.csv')],
      ...['--stations', folder.file('stations.csv'), '--profile', folder.file('profile.json')],
      ...['--settled', '0', '--out', folder.file('calls.json'), '--json'],
    ]);
    expect(run.json()).toMatchObject({
      passedOver: { 'no-travel-stamps': expect.any(Number), 'unit-not-at-station': expect.any(Number) },
      trips: { read: expect.any(Number) },
    });
    expect(run.exit).toBe(0);
  });
});

describe('roads calibrate refuses', () => {
  const base = (): string[] => ['roads', 'calibrate', '--roads', roads, '--out', folder.file('never.json')];

  it('rows that cannot be read, by line and column', async () => {
    const file = folder.file('bad.csv');
    const rows = [
      '113.5,24.8,113.6,24.8,2026-03-02T08:00:00Z,x',
      '200,24.8,113.6,24.8,yesterday,60',
      '1,1,1,1,2026-02-30 08:00,5',
    ];
    await writeFile(file, `${['from_lon,from_lat,to_lon,to_lat,departed,seconds', ...rows].join('\n')}\n`);
    const run = await cli([...base(), '--trips', file, '--time-zone', ZONE, '--json']);
    expect([run.exit, run.json()]).toEqual([
      3,
      {
        error: expect.objectContaining({
          code: 'rows',
          rows: [
            { line: 2, column: 'seconds', reason: expect.stringContaining('"x"') },
            { line: 3, column: 'from_lon', reason: expect.stringContaining('-180 to 180') },
            { line: 3, column: 'departed', reason: expect.stringContaining('yesterday') },
            { line: 4, column: 'departed', reason: expect.stringContaining('2026-02-30') },
          ],
        }),
      },
    ]);
  });

  it('too few trips, and leaves nothing behind', async () => {
    const file = folder.file('few.csv');
    const rows = driven
      .slice(0, 20)
      .map((trip) => [...positions(trip), moment(trip.departed), trip.seconds].join(','));
    await writeFile(file, `${['from_lon,from_lat,to_lon,to_lat,departed,seconds', ...rows].join('\n')}\n`);
    const run = await cli([...base(), '--trips', file, '--time-zone', ZONE, '--json']);
    expect([run.exit, run.json()]).toEqual([
      3,
      { error: expect.objectContaining({ code: 'too-few-trips', needed: 50 }) },
    ]);
    await expect(readFile(folder.file('never.json'))).rejects.toThrow('ENOENT');
  });

  it.each([
    ['[1]', 'not-traces', undefined],
    ['{"features": [{"geometry": {"coordinates": [[1, 2]]}}]}', 'rows', 'properties.coordTimes'],
    [
      '{"features": [{"geometry": {"coordinates": [[1, 99]]}, "properties": {"times": ["2026-03-02T08:00:00Z"]}}]}',
      'rows',
      'geometry.coordinates.0',
    ],
  ])('GeoJSON that holds no traces: %s', async (text, code, column) => {
    const file = folder.file('bad.geojson');
    await writeFile(file, code === 'not-traces' ? `{"list": ${text}}` : text);
    const run = await cli([...base(), '--trips', file, '--time-zone', ZONE, '--json']);
    expect(run.exit).toBe(3);
    expect(run.json()).toMatchObject({ error: { code, ...(column ? { rows: [{ line: 1, column }] } : {}) } });
  });

  it.each([
    [['--trips', 't'], '--time-zone'],
    [['--trips', 't', '--time-zone', 'Mars/Olympus'], 'IANA'],
    [['--trips', 't', '--map', 'where=x'], 'must be column=name'],
    [['--trips', 't', '--profile', 'p'], 'needs --stations'],
    [['--trips', 't', '--train-until', '2026-03-01', '--holdout', '0.2'], 'cannot be combined'],
  ])('a command line such as %j', async (args, reason) => {
    const run = await cli([...base(), ...args]);
    expect([run.exit, run.stderr]).toEqual([2, expect.stringContaining(reason)]);
  });
});

const shared = (path: string): string =>
  fileURLToPath(new URL(`../../../../shared/data/sf/${path}`, import.meta.url));
const sanFrancisco = existsSync(shared('roads.osm.pbf')) && existsSync(shared('dispatch.csv'));

describe.skipIf(!sanFrancisco)('San Francisco (skipped where the shared data is absent)', () => {
  it('fitted on the first six days, predicts the last two: median, ninth decile and order', async () => {
    const run = await cli([
      ...['roads', 'calibrate', '--roads', shared('roads.osm.pbf'), '--trips', shared('dispatch.csv')],
      ...['--stations', shared('stations.csv'), '--train-until', '2017-01-05'],
      ...['--out', folder.file('sf.calibration.json'), '--json'],
    ]);
    expect(run.exit).toBe(0);
    const { fitted, freeFlow } = figuresOf(run.json());
    expect(fitted.n).toBeGreaterThan(450);
    expect(fitted.medianRatio).toBeGreaterThanOrEqual(0.95);
    expect(fitted.medianRatio).toBeLessThanOrEqual(1.05);
    expect(fitted.withinP90).toBeGreaterThanOrEqual(0.85);
    expect(fitted.withinP90).toBeLessThanOrEqual(0.95);
    expect(fitted.rankCorrelation).toBeGreaterThanOrEqual(0.45);
    expect(freeFlow.medianRatio).toBeLessThan(0.75);
    expect(fitted.meanAbsoluteError).toBeLessThan(freeFlow.meanAbsoluteError);
  });
});

interface Figures {
  readonly n: number;
  readonly medianRatio: number;
  readonly meanAbsoluteError: number;
  readonly withinP90: number;
  readonly rankCorrelation: number;
}

function figuresOf(json: unknown): { readonly fitted: Figures; readonly freeFlow: Figures } {
  const read = (from: unknown): Figures => {
    const figure = (name: string): number => Number(fieldOf(from, name));
    return {
      n: figure('n'),
      medianRatio: figure('medianRatio'),
      meanAbsoluteError: figure('meanAbsoluteError'),
      withinP90: figure('withinP90'),
      rankCorrelation: figure('rankCorrelation'),
    };
  };
  return {
    fitted: read(fieldOf(fieldOf(json, 'judged'), 'overall')),
    freeFlow: read(fieldOf(json, 'freeFlow')),
  };
}

const fieldOf = (json: unknown, name: string): unknown =>
  typeof json === 'object' && json !== null ? new Map(Object.entries(json)).get(name) : undefined;
