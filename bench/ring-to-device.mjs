import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connectAsync } from 'mqtt';
import { createRandom } from '../packages/base/dist/index.js';
import { exportArcs, serializeNetwork } from '../packages/roads/dist/index.js';
import { loadNetwork } from './road-network.mjs';
import { quantileOf } from './statistics.mjs';

const UNITS = 100;
const CALLS = 200;
const WARM_UP = 20;
const { network, name } = loadNetwork();

export const conditions = [
  `one server, embedded PostgreSQL with fsync and broker, ${UNITS} units on the network of ${name}; ${CALLS} calls one after another`,
  'ours: call received, answered, incident opened and recommended for, recommendation read, order given, MQTT message at the device: five HTTP requests, five commits',
  'peer: the bare transport of the same chain: five HTTP requests that do nothing and one MQTT message through the same broker',
];

export async function measure() {
  const data = await mkdtemp(join(tmpdir(), 'lamplight-bench-'));
  const file = join(data, 'network.lamp');
  await writeFile(file, serializeNetwork(network));
  const now = new Date().toISOString();
  const main = fileURLToPath(new URL('../apps/server/dist/main-rehearsal.js', import.meta.url));
  const server = spawn(
    process.execPath,
    [
      main,
      '--data',
      join(data, 'server'),
      '--port',
      '0',
      '--mqtt-port',
      '0',
      '--network',
      file,
      '--log-level',
      'error',
      '--clock-scale',
      '1',
      '--clock-origin',
      now,
      '--clock-anchor',
      now,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const [line] = await once(createInterface(server.stdout), 'line');
    const { url, mqttUrl } = JSON.parse(line);
    return await run(url, mqttUrl);
  } finally {
    server.kill('SIGTERM');
    await once(server, 'exit');
    await rm(data, { recursive: true, force: true });
  }
}

async function run(url, mqttUrl) {
  const administrator = await signIn(url, 'administrator');
  const dispatcher = await signIn(url, 'dispatcher');
  const random = createRandom(11);
  const arcs = [...exportArcs(network)];
  const somewhere = () => arcs[random.integer(arcs.length)].from;
  const devices = new Map();
  for (let index = 0; index < UNITS; index++) {
    const unitId = `P${index}`;
    await administrator('/units', {
      unitId,
      callSign: unitId,
      unitType: 'patrol',
      capabilities: ['patrol', 'traffic'],
      home: somewhere(),
    });
    await dispatcher(`/units/${unitId}/duty/begin`, { crew: ['one', 'two'] });
    const { deviceId, secret } = await administrator('/devices', { unitId, label: 'bench' });
    const client = await connectAsync(mqttUrl, { username: deviceId, password: secret });
    await client.subscribeAsync(`lamplight/agency/units/${unitId}/orders`, { qos: 1 });
    devices.set(unitId, client);
  }

  const ours = [];
  for (let call = -WARM_UP; call < CALLS; call++) {
    const start = performance.now();
    const { callId } = await dispatcher('/calls', { callerNumber: '555-0100' });
    await dispatcher(`/calls/${callId}/answer`, {});
    const location = { position: somewhere(), words: 'by the bridge', method: 'map' };
    const { incidentId } = await dispatcher('/incidents', {
      callId,
      location,
      classification: { typeCode: 'FIGHT' },
    });
    const unitId = await suggestedUnit(dispatcher, incidentId);
    const arrived = orderFor(devices.get(unitId), incidentId);
    const { assignmentIds } = await dispatcher(`/incidents/${incidentId}/dispatch`, { unitIds: [unitId] });
    await arrived;
    if (call >= 0) ours.push(performance.now() - start);
    await dispatcher(`/assignments/${assignmentIds[0]}/progress`, { stage: 'cleared' });
    await dispatcher(`/incidents/${incidentId}/close`, { disposition: '01' });
  }

  const peer = await bareTransport(url, devices.get('P0'));
  for (const client of devices.values()) await client.endAsync(true);
  const row = (p) => ({
    name: `ring to device, p${p * 100}`,
    unit: 'ms',
    ours: quantileOf(ours, p),
    peer: quantileOf(peer, p),
    peerName: 'bare transport',
  });
  return [row(0.5), row(0.95)];
}

async function suggestedUnit(dispatcher, incidentId) {
  const { candidates } = await dispatcher(`/incidents/${incidentId}/recommendation`);
  if (candidates.length === 0) throw new Error('nothing was recommended');
  return candidates[0].unitId;
}

/** Resolves when the device gets orders that name the incident. */
function orderFor(client, incidentId) {
  return new Promise((resolve) => {
    const look = (_, payload) => {
      if (!JSON.parse(payload.toString()).orders.some((order) => order.incidentId === incidentId)) return;
      client.off('message', look);
      resolve();
    };
    client.on('message', look);
  });
}

async function bareTransport(url, client) {
  const topic = `owntracks/${client.options.username}/main`;
  const fix = JSON.stringify({
    _type: 'location',
    lat: 37.77,
    lon: -122.42,
    tst: Math.floor(Date.now() / 1000),
  });
  const taken = [];
  for (let round = -WARM_UP; round < CALLS; round++) {
    const start = performance.now();
    for (let request = 0; request < 5; request++) await (await fetch(`${url}/healthz`)).text();
    await client.publishAsync(topic, fix, { qos: 1 });
    if (round >= 0) taken.push(performance.now() - start);
  }
  return taken;
}

/** Takes a role and returns what makes requests with it: a body makes it a command. */
async function signIn(url, role) {
  const answer = await fetch(`${url}/api/v1/rehearsal/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role }),
  });
  const cookie = answer.headers.getSetCookie()[0].split(';')[0];
  return async (path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const content = await response.json();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${content.detail}`);
    return content;
  };
}
