import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { seconds } from '@lamplight/base';
import { type Calibration, etaOf, ROAD_CLASSES, UNCALIBRATED } from '@lamplight/roads';
import { encodeOsmPbf, generateCity } from '@lamplight/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, listAt, makeFolder, valueAt } from './run-cli.js';

const city = generateCity({ seed: 'cli', size: 1500 });
let folder: Awaited<ReturnType<typeof makeFolder>>;
let network: string;

beforeAll(async () => {
  folder = await makeFolder();
  await writeFile(folder.file('city.osm.pbf'), encodeOsmPbf(city));
  network = folder.file('city.roads');
  const { exit, stderr } = await cli(['roads', 'build', folder.file('city.osm.pbf'), '--out', network]);
  expect([exit, stderr]).toEqual([0, expect.stringContaining('Wrote')]);
});
afterAll(() => folder.remove());

const stations = city.stations.map(({ position }) => position);

async function writePlaces(
  name: string,
  rows: readonly (readonly unknown[])[],
  heading = 'lon,lat',
): Promise<string> {
  const file = folder.file(name);
  await writeFile(file, `${[heading, ...rows.map((row) => row.join(','))].join('\n')}\n`);
  return file;
}

describe('roads build', () => {
  it('tells what it made in JSON, and nothing else on standard output', async () => {
    const out = folder.file('again.roads');
    const run = await cli(['roads', 'build', folder.file('city.osm.pbf'), '--out', out, '--json']);
    expect(run.json()).toMatchObject({
      file: out,
      profile: 'emergency',
      drivingSide: 'right',
      connectedShare: expect.any(Number),
      turns: expect.any(Number),
      stuckStates: expect.any(Number),
      zeroLengthEdges: 0,
      restrictions: { read: 0, broken: expect.any(Object) },
      companions: [
        { companion: 'places', file: folder.file('again.places'), report: expect.any(Object) },
        { companion: 'basemap', file: folder.file('again.pmtiles'), report: expect.any(Object) },
        { companion: 'hierarchy', file: folder.file('again.hierarchy') },
      ],
      without: [],
    });
    for (const ending of ['roads', 'places', 'pmtiles', 'hierarchy']) {
      expect(await readFile(folder.file(`again.${ending}`))).toEqual(
        await readFile(folder.file(`city.${ending}`)),
      );
    }
  });

  it('writes the network alone with --only-network, for whom and where it is asked', async () => {
    const out = folder.file('alone.roads');
    const options = ['--only-network', '--profile', 'ordinary', '--driving-side', 'left'];
    const run = await cli([
      'roads',
      'build',
      folder.file('city.osm.pbf'),
      '--out',
      out,
      ...options,
      '--json',
    ]);
    expect(run.json()).toMatchObject({ profile: 'ordinary', drivingSide: 'left', companions: [] });
    expect((await readdir(folder.path)).filter((name) => name.startsWith('alone'))).toEqual(['alone.roads']);
  });

  it('leaves out a companion for which the extract holds nothing, with one of a former build', async () => {
    await writeFile(folder.file('bare.osm'), BARE);
    const out = folder.file('bare.roads');
    await writeFile(folder.file('bare.places'), 'of a former build');
    const run = await cli(['roads', 'build', folder.file('bare.osm'), '--out', out, '--json']);
    expect(run.json()).toMatchObject({
      nodes: 2,
      without: [{ companion: 'places', code: 'no-places', reason: expect.stringContaining('no addresses') }],
    });
    expect(await readdir(folder.path)).not.toContain('bare.places');
    const again = await cli(['roads', 'build', folder.file('bare.osm'), '--out', out]);
    expect([again.exit, again.stderr]).toEqual([0, expect.stringContaining('Without places: ')]);
  });

  it('says what became of turn restrictions', async () => {
    await writeFile(folder.file('turns.osm'), CROSSING);
    const run = await cli(['roads', 'build', folder.file('turns.osm'), '--out', folder.file('turns.roads')]);
    expect(run.stdout).toContain('2 turn restrictions: 0 obeyed, 1 that may be broken at a cost');
    expect(run.stdout).toContain('  of no use, missing-way: 1');
  });

  it.each([
    ['is missing', 'nothing.pbf', undefined, 'file-missing'],
    ['is no OSM', 'text.pbf', 'this is text', 'not-osm'],
    ['is cut off', 'half.pbf', encodeOsmPbf(city).slice(0, 2000), 'osm-truncated'],
  ] as const)(
    'refuses a file that %s with exit code 3 and leaves nothing behind',
    async (_, name, content, code) => {
      if (content !== undefined) await writeFile(folder.file(name), content);
      const out = folder.file('refused.roads');
      const run = await cli(['roads', 'build', folder.file(name), '--out', out, '--json']);
      expect(run.exit).toBe(3);
      expect(run.json()).toMatchObject({ error: { code, message: expect.stringContaining(name) } });
      expect(run.stderr).toContain(name);
      await expect(readFile(out)).rejects.toThrow('ENOENT');
    },
  );
});

describe('roads info', () => {
  it('gives the facts of the network', async () => {
    const run = await cli(['roads', 'info', network, '--json']);
    const info = run.json();
    expect(info).toMatchObject({
      nodes: expect.any(Number),
      arcs: expect.any(Number),
      lengthMetres: expect.any(Number),
      connectedShare: expect.any(Number),
      dropped: expect.objectContaining({ disconnected: expect.any(Number) }),
      bounds: [expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)],
      companions: ['places', 'basemap', 'hierarchy', 'calibration', 'codes'].map((companion, index) =>
        expect.objectContaining({
          companion,
          bytes: index < 3 ? expect.any(Number) : null,
          fault: null,
        }),
      ),
    });
  });

  it('names a companion that is damaged, or of another network', async () => {
    const copy = folder.file('copy.roads');
    await copyFile(network, copy);
    await writeFile(folder.file('copy.places'), 'no places');
    await copyFile(folder.file('bare.hierarchy'), folder.file('copy.hierarchy'));
    const { exit, stdout } = await cli(['roads', 'info', copy]);
    expect(exit).toBe(0);
    expect(stdout).toContain('This is not a Lamplight places file.');
    expect(stdout).toContain('It was prepared for another network.');
    expect(stdout).toContain('beside it, base map: none');
  });

  it('speaks Chinese to those who want it', async () => {
    const run = await cli(['roads', 'info', network], { environment: { LANG: 'zh_CN.UTF-8' } });
    expect(run.stdout).toContain('个节点');
  });

  it('refuses a damaged network', async () => {
    const bytes = await readFile(network);
    bytes.writeUInt8(bytes.readUInt8(5000) ^ 255, 5000);
    await writeFile(folder.file('damaged.roads'), bytes);
    const run = await cli(['roads', 'info', folder.file('damaged.roads'), '--json']);
    expect([run.exit, run.json()]).toEqual([
      3,
      { error: expect.objectContaining({ code: 'network-checksum' }) },
    ]);
  });
});

describe('roads export', () => {
  it('writes one line for each arc, the same to a file as to standard output', async () => {
    const { stdout } = await cli(['roads', 'export', network]);
    const [heading, ...lines] = stdout.trimEnd().split('\n');
    expect(heading).toBe('arc,from_node,to_node,from_lon,from_lat,to_lon,to_lat,metres,seconds,class,name');
    const info = (await cli(['roads', 'info', network, '--json'])).json();
    expect(info).toMatchObject({ arcs: lines.length });
    const out = folder.file('arcs.csv');
    await cli(['roads', 'export', network, '--out', out]);
    expect(await readFile(out, 'utf8')).toBe(stdout);
  });

  it('writes a JSON object a line with --json', async () => {
    const { stdout } = await cli(['roads', 'export', network, '--json']);
    const first: unknown = JSON.parse(stdout.slice(0, stdout.indexOf('\n')));
    expect(first).toMatchObject({ arc: 0, metres: expect.any(Number), class: expect.any(String) });
  });
});

describe('roads matrix', () => {
  it('agrees with roads route for each pair, and names the snapped points', async () => {
    const from = await writePlaces('from.csv', stations.slice(0, 3));
    const to = await writePlaces('to.csv', stations.slice(2, 6));
    const run = await cli(['roads', 'matrix', '--network', network, '--from', from, '--to', to, '--json']);
    const matrix = run.json();
    const route = await cli([
      ...['roads', 'route', '--network', network, '--json'],
      ...['--from', String(stations[1]), '--to', String(stations[4])],
    ]);
    const direct = route.json();
    expect(direct).toMatchObject({ seconds: expect.any(Number), geometry: expect.any(Array) });
    const wanted = secondsOf(direct);
    expect(matrix).toMatchObject({
      seconds: [
        expect.any(Array),
        [expect.any(Number), expect.any(Number), wanted, expect.any(Number)],
        expect.any(Array),
      ],
      from: Array.from({ length: 3 }, () => ({
        lon: expect.any(Number),
        lat: expect.any(Number),
        distance: expect.any(Number),
      })),
    });
  });

  it('takes columns in any order and a byte order mark, and gives CSV without --json', async () => {
    const place = stations[0] ?? [0, 0];
    const file = await writePlaces('reversed.csv', [['here', place[1], place[0]]], '\uFEFFname,lat,lon');
    const { stdout } = await cli(['roads', 'matrix', '--network', network, '--from', file, '--to', file]);
    expect(stdout).toBe('from,to,seconds\n1,1,0\n');
  });

  it('names line, column and reason of every row that does not fit', async () => {
    const rows = [stations[0] ?? [], ['abc', 30], ['', 30], [200, 30], [112, 30, 1]];
    const file = await writePlaces('bad.csv', rows);
    const run = await cli(['roads', 'matrix', '--network', network, '--from', file, '--to', file, '--json']);
    expect(run.exit).toBe(3);
    expect(run.json()).toMatchObject({
      error: {
        code: 'rows',
        rows: [
          { line: 3, column: 'lon', reason: expect.stringContaining('abc') },
          { line: 4, column: 'lon', reason: 'must not be empty' },
          { line: 5, column: 'lon', reason: expect.stringContaining('from -180 to 180') },
          { line: 6, column: '-', reason: 'has 3 cells where the heading has 2' },
        ],
      },
    });
    expect(run.stderr).toContain('line 3, lon');
  });

  it('names the row that is off the network', async () => {
    const file = await writePlaces('off.csv', [stations[0] ?? [], [0, 0]]);
    const run = await cli(['roads', 'matrix', '--network', network, '--from', file, '--to', file, '--json']);
    expect([run.exit, run.json()]).toEqual([
      3,
      { error: expect.objectContaining({ rows: [expect.objectContaining({ line: 3, column: 'lon,lat' })] }) },
    ]);
  });

  it('says which column is missing and which there are', async () => {
    const file = await writePlaces('columns.csv', [[1, 2]], 'x,y');
    const run = await cli(['roads', 'matrix', '--network', network, '--from', file, '--to', file]);
    expect(run.exit).toBe(3);
    expect(run.stderr).toContain('no column lon. It has: x, y');
  });
});

describe('roads route', () => {
  const ends = ['--from', String(stations[0]), '--to', String(stations[3])];

  it('tells every turn, in the language asked for', async () => {
    const { stdout } = await cli(['roads', 'route', '--network', network, ...ends]);
    expect(stdout).toMatch(/^\d+ s, \d+ m\n( +\d+ m {2}.+\n)+$/);
    expect(stdout).toMatch(/ m {2}Head \w+ on .+\n/);
    expect(stdout).toMatch(/ 0 m {2}Arrive .+\n$/);
    const chinese = await cli(['roads', 'route', '--network', network, ...ends, '--lang', 'zh-CN']);
    expect(chinese.stdout).toMatch(/^\d+ 秒，\d+ 米\n +\d+ m {2}沿.+行驶\n/);
  });

  it('gives steps that add up to the way', async () => {
    const route = (await cli(['roads', 'route', '--network', network, ...ends, '--json'])).json();
    const steps = listAt(route, 'steps');
    for (const field of ['metres', 'seconds']) {
      const total = steps.reduce<number>((sum, step) => sum + Number(valueAt(step, field)), 0);
      expect(total).toBeCloseTo(Number(valueAt(route, field)), 3);
    }
  });

  it('takes no longer without turns', async () => {
    const command = ['roads', 'route', '--network', network, ...ends, '--json'];
    const timed = (await cli(command)).json();
    const untimed = (await cli([...command, '--without-turns'])).json();
    expect(secondsOf(untimed)).toBeLessThan(secondsOf(timed));
  });

  it('offers other ways, none faster and not more than asked for', async () => {
    const command = ['roads', 'route', '--network', network, ...ends];
    const fastest = (await cli([...command, '--json'])).json();
    const run = (await cli([...command, '--alternatives', '2', '--json'])).json();
    expect(run).toMatchObject({ seconds: secondsOf(fastest), geometry: valueAt(fastest, 'geometry') });
    const alternatives = listAt(run, 'alternatives');
    expect(alternatives.length).toBeLessThanOrEqual(2);
    for (const other of alternatives) expect(secondsOf(other)).toBeGreaterThanOrEqual(secondsOf(fastest));
    const { exit, stdout, stderr } = await cli([...command, '--alternatives', '2']);
    expect(exit).toBe(0);
    expect(`${stdout}${stderr}`).toMatch(/Another way, 1|No other way/);
  });

  it('says by a calibration when the crew arrives, at that hour', async () => {
    const file = folder.file('hours.json');
    await writeFile(file, JSON.stringify(TWO_BANDS));
    const command = ['roads', 'route', '--network', network, ...ends, '--calibration', file];
    const free = secondsOf((await cli(['roads', 'route', '--network', network, ...ends, '--json'])).json());
    const day = (await cli([...command, '--at', '2026-03-11 12:00', '--json'])).json();
    const night = (await cli([...command, '--at', '2026-03-11T02:00:30', '--json'])).json();
    expect(secondsOf(night)).toBe(free);
    expect(secondsOf(day)).toBeGreaterThan(1.5 * free);
    expect(night).toMatchObject({ calibrated: true });
    const eta = etaOf(TWO_BANDS, seconds(free));
    expect(night).toMatchObject({ p50: eta.p50, p90: eta.p90 });
    const { stdout } = await cli([...command, '--at', '2026-03-11 02:00']);
    expect(stdout).toContain(`P50 ${Math.round(eta.p50)} s, P90 ${Math.round(eta.p90)} s\n`);
  });

  it.each([
    [['--at', '2026-03-11 12:00'], '--at needs --calibration'],
    [['--calibration', 'CALIBRATION'], 'tells 2 bands of hours apart'],
    [['--calibration', 'CALIBRATION', '--without-turns'], 'cannot be combined with --calibration'],
  ])('%j does not go together', async (options, reason) => {
    const file = folder.file('hours.json');
    await writeFile(file, JSON.stringify(TWO_BANDS));
    const given = options.map((each) => (each === 'CALIBRATION' ? file : each));
    const { exit, stderr } = await cli(['roads', 'route', '--network', network, ...ends, ...given]);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(reason)]);
  });

  it('refuses a calibration that does not fit, by its field', async () => {
    const file = folder.file('odd.json');
    await writeFile(file, JSON.stringify({ ...TWO_BANDS, delay: -1 }));
    const run = await cli(['roads', 'route', '--network', network, ...ends, '--calibration', file, '--json']);
    expect(run.exit).toBe(3);
    expect(run.json()).toMatchObject({ error: { code: 'calibration', field: 'delay' } });
  });

  it('refuses a position far from any street', async () => {
    const run = await cli([
      'roads',
      'route',
      '--network',
      network,
      '--from',
      '0,0',
      '--to',
      String(stations[0]),
      '--json',
    ]);
    expect([run.exit, run.json()]).toEqual([3, { error: expect.objectContaining({ code: 'off-network' }) }]);
  });
});

/** Days are half as fast as nights. */
const TWO_BANDS: Calibration = {
  ...UNCALIBRATED,
  source: 'fitted',
  trips: 100,
  bands: ['night', 'day'].map((id, band) => ({
    id,
    hours: Array.from({ length: 168 }, (_, hour) => hour).filter((hour) => (hour % 24 >= 6 ? 1 : 0) === band),
  })),
  speedFactor: Object.fromEntries(ROAD_CLASSES.map((roadClass) => [roadClass, [1, 0.5]])),
};

/** One street of two nodes, and nothing that has a name. */
const BARE = `<osm version="0.6">
  <node id="1" lon="112.50" lat="37.80"/><node id="2" lon="112.51" lat="37.80"/>
  <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>
</osm>`;

/** A crossing where turning left is forbidden, and a restriction of a way that is not there. */
const CROSSING = `<osm version="0.6">
  <node id="1" lon="112.50" lat="37.80"/><node id="2" lon="112.51" lat="37.80"/><node id="3" lon="112.52" lat="37.80"/>
  <node id="4" lon="112.51" lat="37.81"/>
  <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/><tag k="name" v="West"/></way>
  <way id="2"><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="East"/></way>
  <way id="3"><nd ref="2"/><nd ref="4"/><tag k="highway" v="residential"/><tag k="name" v="North"/></way>
  <relation id="1"><member type="way" ref="1" role="from"/><member type="node" ref="2" role="via"/>
    <member type="way" ref="3" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>
  <relation id="2"><member type="way" ref="1" role="from"/><member type="node" ref="2" role="via"/>
    <member type="way" ref="9" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>
</osm>`;

const secondsOf = (route: unknown): number => Number(valueAt(route, 'seconds'));
