import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreError } from '../errors.js';
import { type ConnectionFacts, findConnectionFacts, writeConnectionFacts } from './connection-file.js';
import { listClusterProcesses } from './processes.js';
import type { Runner } from './runner.js';

/** PostgreSQL's own programs read these and nothing else of our environment: no stray PG* variable may steer them. */
export const PROGRAM_ENVIRONMENT = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LANG: 'C',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/**
 * Makes the cluster of a data folder unless it is there, and returns how to reach it. The folder appears under its
 * final name only when it is complete, so a crash on the way costs a fresh start and nothing else.
 */
export async function ensureCluster(runner: Runner, data: string, cluster: string): Promise<ConnectionFacts> {
  const found = findConnectionFacts(data);
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    if (!found) {
      throw new StoreError(
        'data-folder-unusable',
        `${data} holds a database but not postgres.json, which has its password: restore that file from a backup.`,
      );
    }
    return found;
  }
  const facts: ConnectionFacts = {
    port: found?.port ?? (await findFreePort()),
    user: 'lamplight',
    password: randomBytes(32).toString('base64url'),
    database: 'lamplight',
  };
  writeConnectionFacts(data, facts);
  await initialise(runner, `${cluster}.new`, facts);
  renameSync(`${cluster}.new`, cluster);
  return facts;
}

async function initialise(runner: Runner, folder: string, facts: ConnectionFacts): Promise<void> {
  const passwordFile = `${folder}.password`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  runner.handOver(folder);
  writeFileSync(passwordFile, facts.password, { mode: 0o600 });
  runner.handOver(passwordFile);
  try {
    const initdb = runner.run(
      runner.binaries.initdb,
      [
        `--pgdata=${folder}`,
        `--username=${facts.user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
      ],
      { cwd: '/', env: PROGRAM_ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const { code, output } = await completion(initdb);
    if (code !== 0) throw new StoreError('embedded-failed', `initdb failed: ${output.trim()}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function completion(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code]: unknown[] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, output };
}

/** A TCP port that was free a moment ago on the loopback address. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('a TCP server has an address');
  return address.port;
}

/** What the postmaster says of itself in `postmaster.pid`: its id on line 1, its state on line 8. */
export function findPostmaster(cluster: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/**
 * Stops what a killed owner left running on the cluster, by a fast shutdown. Stopping, not adopting: a child of our
 * own tells of its end at once, and runs the programs and settings of this version. Call only while holding the
 * data lock.
 */
export async function stopOrphans(cluster: string): Promise<void> {
  const postmaster = findPostmaster(cluster);
  for (const [signal, patience] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    const running = listClusterProcesses(cluster);
    if (running.length === 0) break;
    // With the postmaster gone its children end by themselves; they are waited for, then told to.
    const targets = running.filter((pid) => pid === postmaster?.pid || signal === 'SIGQUIT');
    for (const pid of targets) kill(pid, signal);
    await waitUntil(() => listClusterProcesses(cluster).length === 0, targets.length ? patience : 5_000);
  }
  const left = listClusterProcesses(cluster);
  if (left.length > 0) {
    throw new StoreError(
      'embedded-failed',
      `A former PostgreSQL still runs on ${cluster} as process ${left.join(', ')} and does not stop.`,
    );
  }
  // PostgreSQL takes its cluster for running while any process has the id in the file: another program after a restart
  // of the machine or container, or a dead postmaster that nobody has waited for. Nothing runs on it, as seen above;
  // should that be wrong, the shared memory segment tied to the folder still keeps a second server out.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

/** Polls until the condition holds or the patience, in milliseconds, is over. */
export async function waitUntil(condition: () => boolean, patience: number): Promise<boolean> {
  for (let waited = 0; waited < patience; waited += 25) {
    if (condition()) return true;
    await delay(25);
  }
  return condition();
}
