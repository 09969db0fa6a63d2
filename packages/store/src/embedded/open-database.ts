import { chmodSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findErrorCode, StoreError } from '../errors.js';
import { completeBinaries, getInstalledBinaries } from './binaries.js';
import { ensureCluster } from './cluster.js';
import { connectionString, findConnectionFacts, writeConnectionFacts } from './connection-file.js';
import { acquireDataLock, type DataLock } from './data-lock.js';
import { createRunner } from './runner.js';
import { type SupervisedServer, superviseServer, type UnexpectedExit } from './server.js';

export interface OpenDatabaseOptions {
  /** The data folder; made when absent. Not touched when `databaseUrl` is given. */
  readonly data: string;
  /** An external PostgreSQL 13 or newer, used instead of the embedded one. */
  readonly databaseUrl?: string;
  /** `own`: be the one owner of the data folder. `attach-or-own`: use the PostgreSQL of a running owner if any. */
  readonly mode: 'own' | 'attach-or-own';
}

/** A PostgreSQL that is there to be connected to. */
export interface DatabaseServer {
  readonly kind: 'external' | 'owned' | 'attached';
  /** A URL with its secret: not to be logged. It stays valid when the server restarts. */
  readonly connectionString: string;
  /** Called when the owned server ended unasked; it is being started again. */
  onUnexpectedExit(listener: (exit: UnexpectedExit) => void): () => void;
  /** Stops an owned server and gives the data folder free; does nothing to others' servers. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Makes a PostgreSQL available: the external one that is named, or the embedded one of the data folder
 * (`postgres/` the cluster, `postgres.json` its secret, `postgres.log`, `lamplight.lock`).
 * Throws a StoreError: `data-folder-in-use`, `data-folder-unusable`, `embedded-unavailable`, `embedded-failed`.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<DatabaseServer> {
  if (options.databaseUrl !== undefined) return notOurs('external', options.databaseUrl);
  const data = prepareFolder(options.data);
  try {
    return await own(data);
  } catch (thrown) {
    if (options.mode === 'own' || !isInUse(thrown)) throw thrown;
    return attach(data, thrown);
  }
}

const isInUse = (thrown: unknown): thrown is StoreError =>
  thrown instanceof StoreError && thrown.code === 'data-folder-in-use';

function notOurs(kind: 'external' | 'attached', url: string): DatabaseServer {
  return { kind, connectionString: url, onUnexpectedExit: () => () => {}, stop: async () => {} };
}

function prepareFolder(data: string): string {
  try {
    const existed = existsSync(data);
    mkdirSync(data, { recursive: true, mode: 0o700 });
    // As root, PostgreSQL runs as another user, which must pass through; the secrets inside have their own modes.
    if (!existed && process.getuid?.() === 0) chmodSync(data, 0o711);
    return realpathSync(data);
  } catch (cause) {
    throw new StoreError(
      'data-folder-unusable',
      `The data folder ${data} cannot be made or entered: ${cause}`,
      {
        cause,
      },
    );
  }
}

function lock(data: string): DataLock {
  try {
    return acquireDataLock(data);
  } catch (cause) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(findErrorCode(cause) ?? '')) throw cause;
    throw new StoreError('data-folder-unusable', `The data folder ${data} cannot be written by this user.`, {
      cause,
    });
  }
}

async function own(data: string): Promise<DatabaseServer> {
  const held = lock(data);
  let server: SupervisedServer | undefined;
  try {
    const cluster = join(data, 'postgres');
    const runner = createRunner(completeBinaries(getInstalledBinaries(), data), data, cluster);
    const facts = await ensureCluster(runner, data, cluster);
    server = await superviseServer({ runner, data, cluster, port: facts.port });
    const current = { ...facts, port: server.port };
    if (current.port !== facts.port) writeConnectionFacts(data, current);
    await ensureDatabase(connectionString(current, 'postgres'), current.database);
    return owned(connectionString(current), server, held);
  } catch (thrown) {
    await server?.stop();
    held.release();
    throw thrown;
  }
}

function owned(url: string, server: SupervisedServer, held: DataLock): DatabaseServer {
  let stopped: Promise<void> | undefined;
  return {
    kind: 'owned',
    connectionString: url,
    onUnexpectedExit: server.onUnexpectedExit,
    stop() {
      stopped ??= server.stop().finally(() => held.release());
      return stopped;
    },
  };
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** The owner may be starting or restarting its PostgreSQL: it is given half a minute. */
async function attach(data: string, inUse: StoreError): Promise<DatabaseServer> {
  for (let attempt = 0; attempt < 60; attempt++) {
    const facts = findConnectionFacts(data);
    if (facts && (await answers(connectionString(facts))))
      return notOurs('attached', connectionString(facts));
    await delay(500);
  }
  throw new StoreError('data-folder-in-use', `${inUse.message} Its PostgreSQL does not answer.`, {
    cause: inUse,
  });
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
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

/** Reads the data folder's default place by the XDG base directory rules: `$XDG_DATA_HOME/lamplight`. */
export function defaultDataFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const base = environment.XDG_DATA_HOME || join(environment.HOME ?? '/', '.local', 'share');
  return join(base, 'lamplight');
}
