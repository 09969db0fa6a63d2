import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import pg from 'pg';
import { connectDatabase, type Database } from './database.js';
import { completeBinaries, getInstalledBinaries } from './embedded/binaries.js';
import { ensureCluster, stopOrphans } from './embedded/cluster.js';
import { connectionString, findConnectionFacts, writeConnectionFacts } from './embedded/connection-file.js';
import { acquireDataLock, type DataLock } from './embedded/data-lock.js';
import { processStart } from './embedded/processes.js';
import { createRunner } from './embedded/runner.js';
import { startPostmaster } from './embedded/server.js';
import { StoreError } from './errors.js';
import { MIGRATIONS, migrate } from './migrations/migrate.js';

/** A migrated database of a test's own, on a real PostgreSQL. */
export interface TestDatabase {
  readonly database: Database;
  readonly connectionString: string;
  /** Closes `database` and removes it, cutting off other connections. */
  drop(): Promise<void>;
}

/**
 * Makes a database for one test file by copying a template that is migrated once a run. The server is the one that
 * TEST_DATABASE_URL names (its user must be allowed to create databases), or an embedded one that all workers of a
 * test run share and that goes away with the run. `migrated: false` gives an empty database.
 */
export async function createTestDatabase(
  options: { readonly migrated?: boolean } = {},
): Promise<TestDatabase> {
  const serverUrl = process.env.TEST_DATABASE_URL ?? (await ensureSharedServer());
  const name = `lamplight_test_${randomBytes(6).toString('hex')}`;
  await withAdmin(serverUrl, async (admin) => {
    const template = options.migrated === false ? 'template0' : await ensureTemplate(admin, serverUrl);
    await admin.query(`create database ${name} template ${template}`);
  });
  const url = withDatabase(serverUrl, name);
  const database = await connectDatabase({ connectionString: url });
  return {
    database,
    connectionString: url,
    async drop() {
      await database.close();
      await withAdmin(serverUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** One worker at a time works on templates: a database that someone is connected to cannot be copied. */
const TEMPLATE_LOCK = 7_269_172;

async function withAdmin<Value>(
  serverUrl: string,
  work: (admin: pg.Client) => Promise<Value>,
): Promise<Value> {
  const admin = new pg.Client(serverUrl);
  admin.on('error', () => {});
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** The template's name holds the schema it has, so that a changed migration makes a new one. */
async function ensureTemplate(admin: pg.Client, serverUrl: string): Promise<string> {
  const schema = createHash('sha256').update(JSON.stringify(MIGRATIONS)).digest('hex').slice(0, 12);
  const name = `lamplight_template_${schema}`;
  const found = await admin.query('select 1 from pg_database where datname = $1', [name]);
  if (found.rowCount) return name;
  const draft = `${name}_draft`;
  await admin.query(`drop database if exists ${draft} with (force)`);
  await admin.query(`create database ${draft} template template0`);
  const database = await connectDatabase({ connectionString: withDatabase(serverUrl, draft) });
  await migrate(database);
  await database.close();
  await admin.query(`alter database ${draft} rename to ${name}`);
  return name;
}

/** The process whose end is the end of the test run: the parent of forked workers, or ourselves in a thread. */
const anchor = isMainThread ? process.ppid : process.pid;

async function ensureSharedServer(): Promise<string> {
  const run = createHash('sha256')
    .update(`${anchor} ${processStart(anchor)}`)
    .digest('hex')
    .slice(0, 12);
  const data = ownFolder(join(realpathSync(tmpdir()), `lamplight-test-${run}`));
  const held = await waitForLock(data);
  try {
    const facts = findConnectionFacts(data);
    if (facts && (await answers(connectionString(facts, 'postgres'))))
      return connectionString(facts, 'postgres');
    return await startSharedServer(data);
  } finally {
    held.release();
  }
}

function ownFolder(folder: string): string {
  const root = process.getuid?.() === 0;
  mkdirSync(folder, { recursive: true, mode: root ? 0o711 : 0o700 });
  if (statSync(folder).uid !== process.getuid?.()) throw new Error(`${folder} belongs to someone else`);
  return folder;
}

async function waitForLock(data: string): Promise<DataLock> {
  for (;;) {
    try {
      return acquireDataLock(data);
    } catch (thrown) {
      if (!(thrown instanceof StoreError) || thrown.code !== 'data-folder-in-use') throw thrown;
      await delay(50);
    }
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function startSharedServer(data: string): Promise<string> {
  const cluster = join(data, 'postgres');
  const runner = createRunner(completeBinaries(getInstalledBinaries(), data), data, cluster);
  const facts = await ensureCluster(runner, data, cluster);
  await stopOrphans(cluster);
  // Nothing here has to outlive a power cut.
  const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '300' };
  await startPostmaster({ runner, data, cluster, port: facts.port, settings });
  writeConnectionFacts(data, facts);
  startWatch(data);
  return connectionString(facts, 'postgres');
}

/** Plain JavaScript, since it is run outside the test runner: waits for the end of the run, then clears up. */
const WATCH = `
const { readFileSync, rmSync } = require('node:fs');
const [anchor, data] = process.argv.slice(1);
const isAlive = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };
const pidFile = data + '/postgres/postmaster.pid';
const postmaster = () => { try { return parseInt(readFileSync(pidFile, 'utf8'), 10); } catch { return undefined; } };
const timer = setInterval(() => {
  if (isAlive(Number(anchor))) return;
  clearInterval(timer);
  const pid = postmaster();
  if (pid && isAlive(pid)) process.kill(pid, 'SIGINT');
  const left = setInterval(() => {
    if (postmaster()) return;
    clearInterval(left);
    rmSync(data, { recursive: true, force: true });
  }, 100);
}, 500);
`;

function startWatch(data: string): void {
  const watch = spawn(process.execPath, ['-e', WATCH, String(anchor), data], {
    cwd: '/',
    env: {},
    stdio: 'ignore',
    detached: true,
  });
  watch.unref();
}
