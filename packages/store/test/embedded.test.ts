import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { completeBinaries, copyBinaries, getInstalledBinaries } from '../src/embedded/binaries.js';
import { findPostmaster, stopOrphans } from '../src/embedded/cluster.js';
import { isAlive, listClusterProcesses } from '../src/embedded/processes.js';
import { connectDatabase, type DatabaseServer, migrate, openDatabase } from '../src/index.js';

// Starting servers takes its time on a machine that does other things as well.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const IS_ROOT = process.getuid?.() === 0;
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const NOBODY = 65_534;

/** A data folder that was used and left in good order; copying it is quicker than making one. */
let used = '';

beforeAll(async () => {
  used = join(mkdtempSync(join(tmpdir(), 'lamplight-store-')), 'data');
  const server = await openDatabase({ data: used, mode: 'own' });
  await query(server.connectionString, 'create table kept as select 1 as value');
  await server.stop();
});
afterAll(() => rmSync(join(used, '..'), { recursive: true, force: true }));

/** A copy of the used data folder for one test. */
function makeUsedFolder(access: 'open' | 'closed'): string {
  const data = join(makeFolder(access), 'data');
  // Not cpSync: the cluster has to keep its owner.
  execFileSync('cp', ['-a', used, data]);
  return data;
}

/** Owners run as processes of their own, from the built package. */
beforeAll(() => {
  const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url));
  // Its type errors are the business of the check, not of this test.
  spawnSync(tsc, ['-b', PACKAGE]);
  expect(existsSync(join(PACKAGE, 'dist', 'index.js'))).toBe(true);
});

/** A folder for one test. `open` ones may be passed by other users, as PostgreSQL is when we are root. */
function makeFolder(access: 'open' | 'closed'): string {
  const folder = mkdtempSync(join(tmpdir(), 'lamplight-store-'));
  chmodSync(folder, access === 'open' ? 0o711 : 0o700);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function open(data: string, mode: 'own' | 'attach-or-own' = 'own'): Promise<DatabaseServer> {
  const server = await openDatabase({ data, mode });
  onTestFinished(() => server.stop());
  return server;
}

interface Owner {
  readonly process: ChildProcess;
  readonly said: { kind?: string; connectionString?: string; code?: string; message?: string };
}

async function startOwner(data: string, mode = 'own', uid?: number): Promise<Owner> {
  const child = spawn(process.execPath, [join(PACKAGE, 'test', 'owner.mjs'), data, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const said: Owner['said'] = JSON.parse(String(line));
  if (said.kind === 'owned') onTestFinished(() => stopOrphans(join(data, 'postgres')));
  return { process: child, said };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const postmasterOf = (data: string): number => findPostmaster(join(data, 'postgres'))?.pid ?? 0;

const isReachable = (uid: number, path: string): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', path], { uid, gid: uid, cwd: '/' }).status === 0;

describe('the embedded PostgreSQL', () => {
  it.each(['open', 'closed'] as const)(
    'starts in a folder that is %s to others, and keeps its data',
    async (access) => {
      const data = join(makeFolder(access), 'data');
      const first = await open(data);
      expect(first.kind).toBe('owned');
      await query(first.connectionString, 'create table kept as select 7 as value');
      const pid = postmasterOf(data);
      await first.stop();
      expect(isAlive(pid)).toBe(false);
      expect(existsSync(join(data, 'lamplight.lock'))).toBe(false);
      const second = await open(data);
      expect(await query(second.connectionString, 'select value from kept')).toEqual([{ value: 7 }]);
    },
  );

  it('never runs as root and has what it stores to itself', async () => {
    const data = makeUsedFolder('closed');
    const { connectionString } = await open(data);
    expect(statSync(join(data, 'postgres.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(data, 'postgres.log')).mode & 0o777).toBe(0o600);
    expect(statSync(join(data, 'postgres')).mode & 0o777).toBe(0o700);
    const status = readFileSync(`/proc/${postmasterOf(data)}/status`, 'utf8');
    expect(status).not.toMatch(/^Uid:\s+0/m);
    expect(await query(connectionString, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query(connectionString, 'show listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
  });

  it('lets nobody in without the password', async () => {
    const { connectionString } = await open(makeUsedFolder('open'));
    const url = new URL(connectionString);
    url.password = 'guess';
    await expect(query(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    const methods = await query(connectionString, 'select distinct auth_method from pg_hba_file_rules');
    expect(methods).toEqual([{ auth_method: 'scram-sha-256' }]);
  });

  it('runs for an ordinary user', async ({ skip }) => {
    if (!IS_ROOT) skip('the other tests ran as one');
    if (!isReachable(NOBODY, PACKAGE)) skip('the checkout is closed to other users');
    const folder = makeFolder('open');
    const data = join(folder, 'data');
    mkdirSync(data);
    chownSync(data, NOBODY, NOBODY);
    const owner = await startOwner(data, 'own', NOBODY);
    expect(owner.said).toMatchObject({ kind: 'owned' });
    expect(statSync(join(data, 'postgres')).uid).toBe(NOBODY);
    await query(owner.said.connectionString ?? '', 'create table kept as select 1 as value');
    await end(owner.process, 'SIGTERM');
    expect(listClusterProcesses(join(data, 'postgres'))).toEqual([]);
    // Root may take the folder over; PostgreSQL then runs as its owner.
    const { connectionString } = await open(data);
    expect(await query(connectionString, 'select value from kept')).toEqual([{ value: 1 }]);
  });

  it('refuses a folder whose cluster is of another user', async ({ skip }) => {
    if (!IS_ROOT) skip('only root can make a folder of another user');
    if (!isReachable(NOBODY, PACKAGE)) skip('the checkout is closed to other users');
    const data = makeFolder('open');
    mkdirSync(join(data, 'postgres'));
    chownSync(data, NOBODY, NOBODY);
    const owner = await startOwner(data, 'own', NOBODY);
    expect(owner.said).toMatchObject({ code: 'data-folder-unusable' });
  });
});

describe('a data folder', () => {
  it('has one owner, whom a second is told of, and who can be attached to', async () => {
    const data = makeUsedFolder('open');
    const { connectionString } = await open(data);
    const second = await startOwner(data);
    expect(second.said.code).toBe('data-folder-in-use');
    expect(second.said.message).toContain(`process ${process.pid}.`);
    const guest = await startOwner(data, 'attach-or-own');
    expect(guest.said).toEqual({ kind: 'attached', connectionString });
    await end(guest.process, 'SIGTERM');
    expect(await query(connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('goes to one of several that start at the same moment', async () => {
    const data = makeFolder('open');
    const owners = await Promise.all([1, 2, 3, 4].map(() => startOwner(data)));
    expect(owners.map(({ said }) => said.kind ?? said.code).sort()).toEqual([
      'data-folder-in-use',
      'data-folder-in-use',
      'data-folder-in-use',
      'owned',
    ]);
    await Promise.all(owners.filter(({ said }) => said.kind).map((owner) => end(owner.process, 'SIGTERM')));
    expect(readdirSync(data).filter((name) => name.startsWith('lamplight.lock'))).toEqual([]);
  });

  it('is not blocked by a lock whose process id went to another process', async () => {
    const data = makeUsedFolder('open');
    writeFileSync(join(data, 'lamplight.lock'), JSON.stringify({ pid: process.ppid, start: 'long ago' }));
    expect((await open(data)).kind).toBe('owned');
  });

  it('that is a file is refused', async () => {
    const data = join(makeFolder('open'), 'file');
    writeFileSync(data, '');
    await expect(openDatabase({ data, mode: 'own' })).rejects.toMatchObject({ code: 'data-folder-unusable' });
  });
});

describe('after kill -9', () => {
  it('of PostgreSQL it is started again, nothing committed is lost, and the pool goes on', async () => {
    const data = makeUsedFolder('closed');
    const server = await open(data);
    const exits: unknown[] = [];
    server.onUnexpectedExit((exit) => exits.push(exit));
    const database = await connectDatabase({ connectionString: server.connectionString });
    await migrate(database);
    await database.pool.query('update kept set value = 2');
    for (const victim of [1, 2]) {
      process.kill(postmasterOf(data), 'SIGKILL');
      await expect.poll(() => exits.length, { timeout: 30_000 }).toBe(victim);
      const read = (): Promise<unknown> =>
        database.pool.query('select value from kept').then(
          ({ rows }) => rows,
          () => 'away',
        );
      await expect.poll(read, { timeout: 30_000 }).toEqual([{ value: 2 }]);
    }
    await database.close();
    await server.stop();
    expect(listClusterProcesses(join(data, 'postgres'))).toEqual([]);
  });

  it('of its owner it is left behind, and the next owner takes over', async () => {
    const data = makeUsedFolder('closed');
    const owner = await startOwner(data);
    await query(owner.said.connectionString ?? '', 'update kept set value = 2');
    const orphan = postmasterOf(data);
    await end(owner.process, 'SIGKILL');
    expect(isAlive(orphan)).toBe(true);
    const { kind, connectionString } = await open(data, 'attach-or-own');
    expect(kind).toBe('owned');
    expect(isAlive(orphan)).toBe(false);
    expect(await query(connectionString, 'select value from kept')).toEqual([{ value: 2 }]);
  });

  it('of both the next start recovers', async () => {
    const data = makeUsedFolder('open');
    const owner = await startOwner(data);
    await query(owner.said.connectionString ?? '', 'update kept set value = 2');
    const ended = once(owner.process, 'exit');
    const postmaster = postmasterOf(data);
    owner.process.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    await ended;
    const { connectionString } = await open(data);
    expect(await query(connectionString, 'select value from kept')).toEqual([{ value: 2 }]);
  });

  it('of both, when another process has got the id of the postmaster, too', async () => {
    const data = makeUsedFolder('open');
    // What a killed postmaster leaves, with an id that is alive now: our own.
    writeFileSync(
      join(data, 'postgres', 'postmaster.pid'),
      `${process.pid}\n${join(data, 'postgres')}\n1\n1\n`,
    );
    const { connectionString } = await open(data);
    expect(await query(connectionString, 'select value from kept')).toEqual([{ value: 1 }]);
  });

  it('in the middle of making the cluster the next start makes it', async () => {
    const data = makeFolder('open');
    mkdirSync(join(data, 'postgres.new', 'base'), { recursive: true });
    expect((await open(data)).kind).toBe('owned');
    expect(existsSync(join(data, 'postgres.new'))).toBe(false);
  });
});

describe('stopping', () => {
  it('on SIGTERM leaves no process and no lock behind', async () => {
    const data = makeUsedFolder('open');
    const owner = await startOwner(data);
    await end(owner.process, 'SIGTERM');
    expect(owner.process.exitCode).toBe(0);
    expect(listClusterProcesses(join(data, 'postgres'))).toEqual([]);
    expect(existsSync(join(data, 'lamplight.lock'))).toBe(false);
    expect(readFileSync(join(data, 'postgres.log'), 'utf8')).not.toContain('was not properly shut down');
  });

  it('twice is stopping once', async () => {
    const server = await open(makeUsedFolder('open'));
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
  });
});

describe('the programs', () => {
  it('get the library links that a blocked install script did not make', () => {
    const folder = makeFolder('open');
    const installed = getInstalledBinaries();
    const bare = join(folder, 'installed');
    cpSync(installed.root, bare, { recursive: true, verbatimSymlinks: true });
    for (const name of readdirSync(join(bare, 'native', 'lib'), { withFileTypes: true })) {
      if (name.isSymbolicLink()) rmSync(join(bare, 'native', 'lib', name.name));
    }
    const crippled = {
      root: bare,
      initdb: join(bare, 'native/bin/initdb'),
      postgres: join(bare, 'native/bin/postgres'),
    };
    const copy = copyBinaries(crippled, folder);
    expect(execFileSync(copy.postgres, ['--version']).toString()).toContain('PostgreSQL');
    expect(copyBinaries(crippled, folder)).toEqual(copy);
    expect(completeBinaries(crippled, folder)).toEqual(crippled);
    expect(execFileSync(crippled.postgres, ['--version']).toString()).toContain('PostgreSQL');
  });
});

describe('an external server', () => {
  it('is used as it is named', async () => {
    const server = await openDatabase({
      data: '/nowhere',
      databaseUrl: 'postgres://db/lamplight',
      mode: 'own',
    });
    expect(server).toMatchObject({ kind: 'external', connectionString: 'postgres://db/lamplight' });
    await server.stop();
    expect(existsSync('/nowhere')).toBe(false);
  });
});
