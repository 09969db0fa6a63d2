import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../apps/server/dist/main-rehearsal.js', import.meta.url));

/** A rehearsal server that can be killed without warning and started again at the same address. */
export interface CrashingServer {
  readonly url: string;
  /** Ends it as a power cut would. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startCrashingServer(
  prepare: (folder: string) => Promise<string>,
): Promise<CrashingServer> {
  const folder = await mkdtemp(join(tmpdir(), 'lamplight-e2e-'));
  const agencyFile = join(folder, 'agency.json');
  const agency = { id: 'town', name: { en: 'Bridge Town', zh: '桥镇' }, timeZone: 'Asia/Shanghai' };
  await writeFile(agencyFile, JSON.stringify(agency));
  const network = await prepare(folder);
  const now = new Date().toISOString();
  const port = String(await freePort());
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(
      process.execPath,
      [
        SERVER,
        ...['--data', join(folder, 'data'), '--port', port, '--mqtt-port', '0', '--network', network],
        ...['--agency-file', agencyFile, '--clock-origin', now, '--clock-anchor', now, '--log-level', 'warn'],
        '--stop-with-stdin',
      ],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let log = '';
    child.stderr.on('data', (chunk) => {
      log += chunk;
    });
    const exit = once(child, 'exit').then(() => {
      throw new Error(`the server ended: ${log}`);
    });
    const ready = new Promise<void>((resolve) => {
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
        if (text.includes('"ready":true')) resolve();
      });
    });
    exit.catch(() => undefined);
    await Promise.race([ready, exit]);
    return child;
  };
  let child = await start();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return {
    url: `http://127.0.0.1:${port}`,
    crash: () => end('SIGKILL'),
    async restart() {
      await end('SIGKILL');
      child = await start();
    },
    async stop() {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}
