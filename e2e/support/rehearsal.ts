import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../apps/server/dist/main-rehearsal.js', import.meta.url));

export interface Rehearsal {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A rehearsal server on free ports with a database of its own. `prepare` makes the network file in a given folder;
 * `options` are further ones of the server, such as `--clock-scale`.
 */
export async function startRehearsal(
  prepare: (folder: string) => Promise<string>,
  ...options: readonly string[]
): Promise<Rehearsal> {
  const folder = await mkdtemp(join(tmpdir(), 'lamplight-e2e-'));
  const agencyFile = join(folder, 'agency.json');
  const agency = { id: 'town', name: { en: 'Bridge Town', zh: '桥镇' }, timeZone: 'Asia/Shanghai' };
  await writeFile(agencyFile, JSON.stringify(agency));
  const network = await prepare(folder);
  const now = new Date().toISOString();
  const child = spawn(
    process.execPath,
    [
      SERVER,
      ...['--data', join(folder, 'data'), '--port', '0', '--mqtt-port', '0', '--network', network],
      ...['--agency-file', agencyFile, '--clock-origin', now, '--clock-anchor', now, '--log-level', 'warn'],
      '--stop-with-stdin',
      ...options,
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = once(child, 'exit');
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const ready = (async () => {
    let text = '';
    for await (const chunk of child.stdout) {
      text += chunk;
      const url = /"ready":true,"url":"([^"]+)"/.exec(text)?.[1];
      if (url) return url;
    }
    await ended;
    throw new Error(`the server ended: ${text}${log}`);
  })();
  const url = await ready;
  // Nobody else reads it, and a full pipe would stop the server.
  child.stdout.resume();
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A unit on duty at its home. */
export async function addUnit(url: string, callSign: string, home: readonly [number, number]): Promise<void> {
  const unitId = callSign.toLowerCase();
  const description = { unitId, callSign, unitType: 'car', capabilities: ['patrol'], home };
  await command(url, 'administrator', '/units', description);
  await command(url, 'dispatcher', `/units/${unitId}/duty/begin`, { crew: ['1'] });
}

/** An open incident that only words say the place of, and the part of its number that is spoken. */
export async function openIncident(
  url: string,
  words: string,
  typeCode: string,
  priority: number | null = null,
): Promise<{ readonly id: string; readonly spoken: string }> {
  const id = randomUUID();
  const classification = { typeCode, priority };
  await command(url, 'dispatcher', '/incidents', {
    incidentId: id,
    source: 'self-initiated',
    location: { words },
    classification,
  });
  const { incident } = await readAs(url, 'dispatcher', `/incidents/${id}`);
  return { id, spoken: incident.number.split('-')[1] };
}

/** What the server answers somebody who reads. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape, and fail where it is another
export async function readAs(url: string, role: string, path: string): Promise<any> {
  const response = await fetch(`${url}/api/v1${path}`, { headers: { cookie: await signInAs(url, role) } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** A command that must be accepted, by somebody with that role. */
export async function command(url: string, role: string, path: string, body: unknown): Promise<void> {
  const cookie = await signInAs(url, role);
  await send(`${url}/api/v1${path}`, body, { cookie, 'idempotency-key': randomUUID() });
}

async function signInAs(url: string, role: string): Promise<string> {
  const session = await send(`${url}/api/v1/rehearsal/session`, { role }, {});
  return session.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] ?? '')
    .join('; ');
}

async function send(address: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
  return response;
}
