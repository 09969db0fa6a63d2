import { readFile, writeFile } from 'node:fs/promises';
import { encodeOsmPbf, generateCity } from '@lamplight/simulation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, makeFolder } from './run-cli.js';

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
    expect(run.json()).toMatchObject({ file: out, profile: 'emergency', connectedShare: expect.any(Number) });
    expect(await readFile(out)).toEqual(await readFile(network));
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
    });
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
    expect(heading).toBe('arc,from_lon,from_lat,to_lon,to_lat,metres,seconds,class,name');
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
  it('names the streets on the way', async () => {
    const args = ['--from', String(stations[0]), '--to', String(stations[3])];
    const { stdout } = await cli(['roads', 'route', '--network', network, ...args]);
    expect(stdout).toMatch(/^\d+ s, \d+ m\n( +\d+ m {2}.+\n)+$/);
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

function secondsOf(route: unknown): unknown {
  return typeof route === 'object' && route !== null && 'seconds' in route ? route.seconds : undefined;
}
