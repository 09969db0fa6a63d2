import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../errors.js';
import { findFreePort, findPostmaster, PROGRAM_ENVIRONMENT, stopOrphans, waitUntil } from './cluster.js';
import type { Runner } from './runner.js';

/** The end of a PostgreSQL that was not asked to stop. */
export interface UnexpectedExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Settings for a small machine that does little else; durability stays on. */
export const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // No socket file: its path would have to be short, reachable by both users, and cleaned up after a crash.
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  // A fresh log is busy from its first second; without statistics the planner takes the wrong index.
  autovacuum_naptime: '5s',
  // Containers often have 64 MB of shared memory, too little for parallel workers; our queries do not want them.
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
  log_min_messages: 'warning',
};

export interface PostmasterOptions {
  readonly runner: Runner;
  readonly data: string;
  readonly cluster: string;
  readonly port: number;
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts PostgreSQL on the cluster and waits until it takes connections, through crash recovery if need be. Its log
 * goes to `postgres.log` in the data folder, not to a pipe, since it may outlive this process.
 */
export async function startPostmaster(options: PostmasterOptions): Promise<ChildProcess> {
  const { runner, cluster, port } = options;
  const logPath = join(options.data, 'postgres.log');
  if (existsSync(logPath) && statSync(logPath).size > 10_000_000) renameSync(logPath, `${logPath}.1`);
  const log = openSync(logPath, 'a', 0o600);
  const logStart = statSync(logPath).size;
  const settings = Object.entries({ ...SETTINGS, ...options.settings, port: String(port) });
  const child = runner.run(
    runner.binaries.postgres,
    ['-D', cluster, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // In its own session: Ctrl-C in a terminal goes to us, and we stop it after the last write.
    { cwd: '/', env: PROGRAM_ENVIRONMENT, stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);
  let failure: Error | undefined;
  child.once('error', (thrown) => {
    failure = thrown;
  });
  const hasEnded = (): boolean =>
    failure !== undefined || child.exitCode !== null || child.signalCode !== null;
  const isReady = (): boolean => {
    const postmaster = findPostmaster(cluster);
    return postmaster?.pid === child.pid && postmaster?.ready === true;
  };
  await waitUntil(() => hasEnded() || isReady(), 600_000);
  if (hasEnded() || !isReady()) {
    child.kill('SIGINT');
    const said = readFileSync(logPath).subarray(logStart).toString().trim().split('\n').slice(-5).join('\n');
    throw new StoreError('embedded-failed', `PostgreSQL did not start: ${failure?.message ?? said}`);
  }
  // Whoever forgets to stop it can still end; the next start finds the orphan.
  child.unref();
  return child;
}

/** A PostgreSQL of ours that is started again whenever it ends without being asked to. */
export interface SupervisedServer {
  readonly port: number;
  onUnexpectedExit(listener: (exit: UnexpectedExit) => void): () => void;
  stop(): Promise<void>;
}

/** Starts and supervises. The port may change at the first start; after that it stays, so that pools reconnect. */
export async function superviseServer(options: PostmasterOptions): Promise<SupervisedServer> {
  const listeners = new Set<(exit: UnexpectedExit) => void>();
  await stopOrphans(options.cluster);
  const first = await startOnFreePort(options);
  let child = first.child;
  let stopping = false;
  let restart: Promise<void> = Promise.resolve();
  let wake = (): void => {};

  const watch = (): void => {
    child.once('exit', (code, signal) => {
      if (stopping) return;
      for (const listener of listeners) listener({ code, signal });
      restart = startAgain();
    });
  };

  const startAgain = async (): Promise<void> => {
    for (let pause = 100; !stopping; pause = Math.min(pause * 2, 10_000)) {
      try {
        await stopOrphans(options.cluster);
        child = await startPostmaster({ ...options, port: first.port });
        watch();
        return;
      } catch {
        // The reason is in postgres.log; whoever uses the database meanwhile sees that it is away.
        await pauseOrWake(pause);
      }
    }
  };

  const pauseOrWake = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  watch();
  return {
    port: first.port,
    onUnexpectedExit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      stopping = true;
      wake();
      await restart;
      await stopPostmaster(child);
    },
  };
}

async function startOnFreePort(options: PostmasterOptions): Promise<{ child: ChildProcess; port: number }> {
  let port = options.port;
  for (let attempt = 1; ; attempt++) {
    try {
      return { child: await startPostmaster({ ...options, port }), port };
    } catch (thrown) {
      // Its usual port may be taken by now; other failures come again on any port.
      if (attempt === 5 || !String(thrown).includes('could not bind')) throw thrown;
      port = await findFreePort();
    }
  }
}

/** Fast shutdown: clients are cut off, open transactions rolled back, a checkpoint written. */
export async function stopPostmaster(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const lastResort = setTimeout(() => child.kill('SIGQUIT'), 60_000);
  await ended;
  clearTimeout(lastResort);
}
