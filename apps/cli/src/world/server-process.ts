import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { failed } from '../failure.js';

/**
 * The programs of the server, found from where this file lies (`apps/cli/dist/world` or `apps/cli/src/world`): no app
 * imports another, they meet as processes.
 */
export const SERVER_PROGRAM = {
  production: fileURLToPath(new URL('../../../server/dist/main.js', import.meta.url)),
  rehearsal: fileURLToPath(new URL('../../../server/dist/main-rehearsal.js', import.meta.url)),
} as const;

/** Throws a `Failure` when the server has not been built. */
export function requireProgram(program: string): string {
  if (existsSync(program)) return program;
  throw failed('failed.server-missing', { program });
}

export interface ServerOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** Where it will answer, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Each line that the server writes, for a log file. */
  readonly onOutput?: (chunk: Buffer) => void;
  /** The server ended unasked and is being started again. */
  readonly onRestart?: (exit: { readonly code: number | null; readonly signal: string | null }) => void;
}

/** A server that is kept running: when its process ends unasked, it is started again with the same arguments. */
export interface ServerProcess {
  readonly url: string;
  /** The process id of the server that runs now. */
  readonly pid: number | undefined;
  /** How often it was started again. */
  readonly restarts: number;
  /** Rejects when the server cannot be kept up: it ended several times without having answered in between. */
  readonly failure: Promise<never>;
  /** Resolves when the server answers. */
  ready(signal?: AbortSignal): Promise<void>;
  /** Ends the server by SIGTERM, by SIGKILL after half a minute. */
  stop(): Promise<void>;
}

const PATIENCE_TO_STOP = 30_000;
const READY_PATIENCE = 120_000;
const FAILURES_ALLOWED = 4;
const LAST_OUTPUT = 4_000;

/** Starts a server and keeps it up. Throws a `Failure` when its program is not there. */
export function startServer(options: ServerOptions): ServerProcess {
  const { program, args, url, environment, onOutput, onRestart } = options;
  requireProgram(program);
  let child: ChildProcess | undefined;
  let stopping = false;
  let restarts = 0;
  /** Ends in a row without an answer in between. */
  let failures = 0;
  let output = '';
  let giveUp: (reason: Error) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  failure.catch(() => {});
  let given: Error | undefined;

  const start = (): void => {
    const started = spawn(process.execPath, [program, ...args, '--stop-with-stdin'], {
      env: environment,
      // Our end of its standard input closes with us, even when we are killed: then it stops as well.
      stdio: ['pipe', 'pipe', 'pipe'],
      // Ctrl-C is for us: we stop the server after those who use it.
      detached: true,
    });
    child = started;
    const take = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-LAST_OUTPUT);
      onOutput?.(chunk);
    };
    started.stdout.on('data', take);
    started.stderr.on('data', take);
    started.on('error', (error) => take(Buffer.from(`${error.message}\n`)));
    const came = waitForAnswer(url, () => child === started && started.exitCode === null && !stopping);
    came.then((answered) => {
      if (answered) failures = 0;
    });
    started.on('exit', (code, signal) => {
      if (stopping) return;
      failures++;
      if (failures > FAILURES_ALLOWED) {
        given = failed('failed.server-ended', { code: String(code ?? signal), output: output.trim() });
        giveUp(given);
        return;
      }
      restarts++;
      onRestart?.({ code, signal });
      setTimeout(() => {
        if (!stopping) start();
      }, 100 * failures);
    });
  };
  start();
  // However this process ends, short of being killed, the server does not stay behind.
  const endWithUs = (): void => {
    child?.kill('SIGTERM');
  };
  process.once('exit', endWithUs);

  return {
    url,
    get pid() {
      return child?.pid;
    },
    get restarts() {
      return restarts;
    },
    failure,
    async ready(signal) {
      const deadline = performance.now() + READY_PATIENCE;
      while (performance.now() < deadline) {
        signal?.throwIfAborted();
        if (given) throw given;
        if (await answers(url)) return;
        await delay(50, undefined, { ...(signal ? { signal } : {}) });
      }
      throw failed('failed.server-silent', { url, output: output.trim() });
    },
    async stop() {
      stopping = true;
      process.removeListener('exit', endWithUs);
      const running = child;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      running.kill('SIGTERM');
      const timer = setTimeout(() => running.kill('SIGKILL'), PATIENCE_TO_STOP);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Asks until the server answers (true) or is no longer wanted (false). */
async function waitForAnswer(url: string, wanted: () => boolean): Promise<boolean> {
  while (wanted()) {
    if (await answers(url)) return true;
    await delay(100);
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

/** A TCP port of the loopback interface that nobody listens to at the moment. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('the system gave no port'));
      });
    });
  });
}

/** True when nobody listens to the port of the host. */
export function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/**
 * The environment for a server that must keep to itself: a demo or rehearsal never writes into the database or broker
 * that the environment names for the real thing.
 */
export function withoutOutside(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const kept = { ...environment };
  for (const name of ['DATABASE_URL', 'MQTT_URL', 'MQTT_USERNAME', 'MQTT_PASSWORD']) delete kept[name];
  return kept;
}
