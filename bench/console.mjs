import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildCity, registerDevices } from './console/city.mjs';
import {
  framesWhilePanning,
  heapBytes,
  longestTask,
  openBoard,
  openBrowser,
  pageNow,
  seenCount,
  whenSeen,
} from './console/page.mjs';
import { measureReading } from './console/reading.mjs';
import { quantileOf } from './statistics.mjs';

export const options = {
  /** Units in the city, all of which are on the board. */
  units: { type: 'string', default: '10000' },
  incidents: { type: 'string', default: '500' },
  /** How many of them move, one round of measurements each. */
  moving: { type: 'string', default: '2000,10000' },
  events: { type: 'string', default: '60' },
  /** Minutes of watching for growth, at five reports a second of each of 2,000 units. */
  minutes: { type: 'string', default: '6' },
  'console-folder': { type: 'string' },
};

/** Units whose status changes, at the head of the board. */
const WATCHED = 20;
const STAGES = ['acknowledged', 'enroute', 'onScene', 'actionBegun'];
const SETTLE_MS = 8000;
const PAN_SECONDS = 6;
/** A unit reports once a second; watched for growth, five times. */
const HASTE = 5;

export const conditions = [
  'one server with embedded PostgreSQL (fsync on), positions by MQTT through a broker in a process of its own, and the console in headless Chromium with drawing in software: all on the same processors',
  'every unit reports once a second; the 10,000 are on the board whether they move or not',
  'event to pixel: from sending the crew\u2019s report by HTTP, so with the request, the commit and its fsync, to the frame after the tile has changed',
  `memory: 2,000 units report ${HASTE} times a second, so that a minute stands for ${HASTE}; the heap after collecting garbage`,
  'peer of reading: a second\u2019s positions as a list of objects in one message, each checked by its schema',
];

export async function measure(chosen, say) {
  const units = Number(chosen.units);
  const data = await mkdtemp(join(tmpdir(), 'lamplight-bench-'));
  const stop = [() => rm(data, { recursive: true, force: true })];
  try {
    const feeder = fork(fileURLToPath(new URL('./console/feeder.mjs', import.meta.url)));
    stop.push(() => feeder.kill());
    const [{ port }] = await once(feeder, 'message');
    await registerDevices(join(data, 'server'), { units, watched: WATCHED });
    const server = await startServer(join(data, 'server'), port, chosen['console-folder'], stop);
    const city = await buildCity(
      server,
      { units, incidents: Number(chosen.incidents), watched: WATCHED },
      say,
    );
    feeder.send({ devices: city.devices });
    const browser = await openBrowser();
    stop.push(() => browser.close());
    say(`load of the machine before: ${loadavg()[0].toFixed(1)}`);
    const rows = [...(await watchBoard(browser, server, city, feeder, chosen, say)), ...reading(units)];
    say(`load of the machine after: ${loadavg()[0].toFixed(1)}`);
    return rows;
  } finally {
    for (const each of stop.reverse()) await each();
  }
}

async function watchBoard(browser, server, city, feeder, chosen, say) {
  const rows = [];
  const counts = chosen.moving.split(',').map(Number);
  feeder.send({ moving: counts[0], perSecond: 1 });
  // The latest fix of everybody is on the board before anybody looks.
  await wait(SETTLE_MS);
  const { page, context, firstUseful, shellBytes } = await openBoard(browser, server, city.dispatcher.cookie);
  rows.push(
    { name: 'first useful screen', unit: 'ms', ours: firstUseful, reach: 2000 },
    { name: 'shell without the map, gzipped', unit: 'kB', ours: shellBytes / 1000, reach: 200 },
  );
  await page.locator('canvas').first().waitFor();
  await wait(SETTLE_MS);
  rows.push({ name: 'longest task while loading', unit: 'ms', ours: await longestTask(page, 0), reach: 100 });
  for (const moving of counts) {
    say(`${moving} moving`);
    feeder.send({ moving });
    await wait(SETTLE_MS);
    const from = await pageNow(page);
    const delays = await eventToPixel(page, city, Number(chosen.events));
    const frames = await framesWhilePanning(page, PAN_SECONDS);
    const [p50, p95] = [quantileOf(delays, 0.5), quantileOf(delays, 0.95)];
    rows.push(
      { name: `event to pixel, ${moving} moving, p50`, unit: 'ms', ours: p50 },
      {
        name: `event to pixel, ${moving} moving, p95`,
        unit: 'ms',
        ours: p95,
        reach: moving <= 2000 ? 150 : 400,
      },
      { name: `frames while panning, ${moving} moving`, unit: '1/s', ours: frames },
      { name: `longest task, ${moving} moving`, unit: 'ms', ours: await longestTask(page, from), reach: 100 },
    );
  }
  rows.push(...(await growth(page, feeder, Number(chosen.minutes), say)));
  await context.close();
  return rows;
}

/** Reports the next stage of one watched unit after another, and waits for each to be seen. */
async function eventToPixel(page, { orders, dispatcher }, events) {
  const delays = [];
  for (let event = 0; event < events; event++) {
    const order = orders[event % orders.length];
    order.next ??= 0;
    const before = await seenCount(page, order.unitId);
    const start = Date.now();
    if (order.next < STAGES.length) {
      await dispatcher(`/assignments/${order.assignmentId}/progress`, { stage: STAGES[order.next++] });
    } else {
      // The crew has come to the end: it is freed, and gets the same work again.
      await dispatcher(`/assignments/${order.assignmentId}/progress`, { stage: 'cleared' });
      delays.push((await whenSeen(page, order.unitId, before)) - start);
      const { assignmentIds } = await dispatcher(`/incidents/${order.incidentId}/dispatch`, {
        unitIds: [order.unitId],
      });
      await whenSeen(page, order.unitId, before + 1);
      Object.assign(order, { assignmentId: assignmentIds[0], next: 0 });
      continue;
    }
    delays.push((await whenSeen(page, order.unitId, before)) - start);
  }
  return delays;
}

async function growth(page, feeder, minutes, say) {
  if (minutes === 0) return [];
  feeder.send({ moving: 2000, perSecond: HASTE });
  await wait(20_000);
  const start = await heapBytes(page);
  for (let minute = 0; minute < minutes; minute++) {
    await wait(60_000);
    say(`${minute + 1} min: ${((await heapBytes(page)) / 1e6).toFixed(1)} MB`);
  }
  const end = await heapBytes(page);
  feeder.send({ perSecond: 1 });
  return [
    { name: 'heap at the start', unit: 'MB', ours: start / 1e6 },
    { name: `heap after ${minutes * HASTE} simulated minutes`, unit: 'MB', ours: end / 1e6 },
  ];
}

function reading(units) {
  const { ours, plain } = measureReading(units);
  const peer = { peerName: 'list of objects, schema for each' };
  return [
    { name: `reading ${units} positions`, unit: 'ms', ours: ours.all, peer: plain.all, ...peer },
    { name: 'the longest go of it', unit: 'ms', ours: ours.longest, peer: plain.longest, ...peer },
    {
      name: `${units} positions on the line`,
      unit: 'kB',
      ours: ours.bytes / 1000,
      peer: plain.bytes / 1000,
      ...peer,
    },
  ];
}

async function startServer(data, brokerPort, consoleFolder, stop) {
  const now = new Date().toISOString();
  const main = fileURLToPath(new URL('../apps/server/dist/main-rehearsal.js', import.meta.url));
  const server = spawn(
    process.execPath,
    [
      main,
      ...['--data', data, '--port', '0', '--log-level', 'error'],
      ...['--clock-scale', '1', '--clock-origin', now, '--clock-anchor', now],
      ...(consoleFolder ? ['--console-folder', consoleFolder] : []),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, MQTT_URL: `mqtt://127.0.0.1:${brokerPort}` },
    },
  );
  stop.push(async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
  });
  let text = '';
  for await (const chunk of server.stdout) {
    text += chunk;
    const url = /"ready":true,"url":"([^"]+)"/.exec(text)?.[1];
    if (url) return url;
  }
  throw new Error(`the server ended: ${text}`);
}
