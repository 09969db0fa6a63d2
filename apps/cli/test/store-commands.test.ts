import { writeFile } from 'node:fs/promises';
import {
  connectDatabase,
  findAccountByName,
  listActive,
  listStations,
  migrate,
  openDatabase,
  saveAgency,
} from '@lamplight/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, makeFolder } from './run-cli.js';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let data: string;

/** The commands share one data folder, which nobody owns between them, and build on each other in order. */
beforeAll(async () => {
  folder = await makeFolder();
  data = folder.file('data');
  await withDatabase(async (database) => {
    await migrate(database);
    await saveAgency(database, { id: 'town', name: { en: 'Town', zh: '镇' }, timeZone: 'UTC', settings: {} });
  });
});
afterAll(() => folder.remove());

async function withDatabase<Value>(
  work: (database: Awaited<ReturnType<typeof connectDatabase>>) => Promise<Value>,
): Promise<Value> {
  const server = await openDatabase({ data, mode: 'own' });
  try {
    const database = await connectDatabase({ connectionString: server.connectionString });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

async function write(name: string, ...lines: readonly string[]): Promise<string> {
  await writeFile(folder.file(name), `${lines.join('\n')}\n`);
  return folder.file(name);
}

describe('the commands that work on a data folder', () => {
  it('found nothing where there is nothing', async () => {
    const run = await cli(['verify', '--data', folder.file('elsewhere'), '--json']);
    expect([run.exit, run.json()]).toEqual([3, { error: expect.objectContaining({ code: 'no-data' }) }]);
  });

  it('write no unit when one row is bad, and name every bad one', async () => {
    const file = await write(
      'bad-units.csv',
      'id,type,capabilities,minimum_crew',
      'E1,ENGINE,fire-engine,4',
      'E1,ENGINE,fire-engine,4',
      'E 2,ENGINE,fire-engine,0',
      'E3,,teleport,2',
    );
    const run = await cli(['import', 'units', file, '--data', data, '--json']);
    expect(run.exit).toBe(3);
    expect(run.json()).toMatchObject({
      error: {
        rows: [
          { line: 3, column: 'id', reason: expect.stringContaining('earlier line') },
          { line: 4, column: 'id' },
          { line: 4, column: 'minimum_crew' },
          { line: 5, column: 'type' },
          { line: 5, column: 'capabilities', reason: expect.stringContaining('teleport') },
        ],
      },
    });
  });

  it('refuse units of stations that are not there, then take both', async () => {
    const units = await write(
      'units.csv',
      'id,type,capabilities,station',
      'E1,ENGINE,fire-engine,1',
      'M1,MEDIC,ambulance-als ambulance-bls,1',
    );
    const early = await cli(['import', 'units', units, '--data', data, '--json']);
    expect([early.exit, early.json()]).toEqual([
      3,
      {
        error: expect.objectContaining({
          rows: [expect.objectContaining({ line: 2, column: 'station' }), expect.anything()],
        }),
      },
    ]);

    const stations = await write(
      'stations.csv',
      'station,address,lat,lon',
      '1,"935 Folsom, City",37.78,-122.4',
    );
    expect((await cli(['import', 'stations', stations, '--data', data, '--json'])).json()).toEqual({
      imported: 'stations',
      rows: 1,
      written: true,
    });
    expect((await cli(['import', 'units', units, '--data', data])).stdout).toBe('Imported 2 units.\n');
    await withDatabase(async (database) => {
      const [station] = await listStations(database, 'town');
      expect(station).toMatchObject({ id: '1', name: { en: '935 Folsom, City' }, at: [-122.4, 37.78] });
      const { docs } = await listActive(database, 'town', 'unit');
      expect(docs.map(({ id }) => id).sort()).toEqual(['E1', 'M1']);
      expect(docs[0]?.doc).toMatchObject({ stationId: '1', home: [-122.4, 37.78] });
    });
  });

  it('check incident types without writing them', async () => {
    const file = await write(
      'types.csv',
      'code,name_en,name_zh,family,priority,run_card',
      'OWN1,Own,自有,medical,2,medical-high',
    );
    const run = await cli(['import', 'types', file, '--dry-run', '--data', data, '--json']);
    expect(run.json()).toEqual({ imported: 'types', rows: 1, written: false });
    const bad = await write(
      'bad-types.csv',
      'code,name_en,name_zh,family,priority,run_card',
      'OWN2,Own,自有,magic,2.5,none',
    );
    const refused = await cli(['import', 'types', bad, '--data', data, '--json']);
    expect(refused.json()).toMatchObject({
      error: { rows: [{ column: 'family' }, { column: 'priority' }, { column: 'run_card' }] },
    });
  });

  it('make an account whose password comes by standard input and never by the command line', async () => {
    const args = ['user', 'add', 'li.wei', '--role', 'dispatcher', '--data', data];
    const weak = await cli([...args, '--password-stdin'], { stdin: 'short\n' });
    expect([weak.exit, weak.stderr]).toEqual([3, expect.stringContaining('12 characters')]);
    const none = await cli(args);
    expect([none.exit, none.stderr]).toEqual([2, expect.stringContaining('--password-stdin')]);
    const made = await cli([...args, '--password-stdin', '--json'], { stdin: 'correct horse battery\n' });
    expect(made.json()).toMatchObject({ username: 'li.wei', roles: ['dispatcher'] });
    const twice = await cli([...args, '--password-stdin', '--json'], { stdin: 'correct horse battery\n' });
    expect([twice.exit, twice.json()]).toEqual([
      3,
      { error: expect.objectContaining({ code: 'username-taken' }) },
    ]);
    await withDatabase(async (database) => {
      expect(await findAccountByName(database, 'town', 'LI.WEI')).toMatchObject({ displayName: 'li.wei' });
    });
  });

  it('verify the chain, rebuild the projections and report', async () => {
    const verified = await cli(['verify', '--data', data, '--json']);
    expect(verified.json()).toMatchObject({
      agency: 'town',
      ok: true,
      events: 2,
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const rebuilt = await cli(['project', 'rebuild', '--data', data, '--json']);
    expect(rebuilt.json()).toEqual({ agency: 'town', events: 2, documents: 2 });
    const report = await cli(['report', '--data', data, '--json']);
    expect(report.json()).toMatchObject({ incidents: 0, intervals: expect.any(Array) });
  });

  it('name the first event that does not fit, with exit code 4', async () => {
    await withDatabase(async (database) => {
      await database.pool.query('alter table event disable trigger all');
      await database.pool.query(`update event set actor = 'somebody else' where position = 2`);
    });
    const run = await cli(['verify', '--data', data, '--json']);
    expect([run.exit, run.json()]).toEqual([
      4,
      { agency: 'town', ok: false, position: 2, reason: 'hash-mismatch' },
    ]);
    expect(run.stderr).toContain('position 2');
  });
});
