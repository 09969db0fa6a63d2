import { setMaxListeners } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  after,
  createRandom,
  formatInstant,
  fromWallClock,
  type Instant,
  instant,
  type Seconds,
  seconds,
  toWallClock,
} from '@lamplight/base';
import type { RoadNetwork } from '@lamplight/roads';
import { type City, type CrewTimes, createDemand } from '@lamplight/simulation';
import { createClock } from '../world/clock.js';
import { enlist } from '../world/enlist.js';
import { createFleet } from '../world/fleet.js';
import { followLive } from '../world/live-client.js';
import { createRoadMap } from '../world/routes.js';
import { createScheduler } from '../world/scheduler.js';
import { findFreePort, SERVER_PROGRAM, startServer, withoutOutside } from '../world/server-process.js';
import { signInStaff } from '../world/staff.js';
import { startAutoDispatcher } from './auto-dispatcher.js';
import { runCallFloor } from './call-floor.js';
import { listStations, musterUnits } from './muster.js';
import { findDemoState, saveDemoState } from './state-file.js';

export interface DemoOptions {
  readonly city: City;
  readonly size: number;
  readonly network: RoadNetwork;
  readonly networkFile: string;
  readonly folder: string;
  readonly speed: number;
  readonly port: number;
  /** Whether units are sent by themselves when nobody does. */
  readonly dispatcher: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** The city is alive: somebody may look. */
  readonly onReady: (url: string) => void;
  readonly onRestart: () => void;
  readonly onFault: (message: string) => void;
}

const AGENCY = 'demo';
const TIME_ZONE = 'Asia/Shanghai';
/** The first evening begins: offices close and the streets fill. */
const FIRST_HOUR = 17;
const FIRST_MINUTE = 30;
/** Events that each unit of the city stands for in a day: about a third of its time is then spent on them. */
const CALLS_A_UNIT = 8.5;
const RUSH = { factor: 3, lasts: seconds(8 * 60) };
/** A person at a console has so many real seconds to send somebody before the automatic dispatcher does. */
const GRACE_REAL = 15;
const GRACE_LEAST = 20;
const SAVE_EVERY = 2_000;
/** A clock saved by a process that was killed is behind by as much; the log must never run backwards. */
const SAVE_MARGIN = 4;

/** Runs the living city until it is told to stop; everything it did stays in the folder. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { city, size, network, networkFile, folder, speed, port, environment, signal, onFault } = options;
  await mkdir(folder, { recursive: true });
  const before = await findDemoState(folder);
  const agencyFile = join(folder, 'agency.json');
  await writeFile(agencyFile, JSON.stringify({ id: AGENCY, name: city.name, timeZone: TIME_ZONE }));

  const now = instant(Date.now());
  const origin = before ? after(before.clock, seconds(SAVE_MARGIN * speed)) : firstEvening(now);
  const clock = createClock({ origin, anchor: now, scale: speed });
  const scheduler = createScheduler(clock);
  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  setMaxListeners(0, ends, over.signal, signal);

  const mqttPort = await findFreePort();
  const log = createWriteStream(join(folder, 'server.log'), { flags: 'a' });
  const server = startServer({
    program: SERVER_PROGRAM.rehearsal,
    args: [
      ...['--data', folder, '--host', '127.0.0.1', '--port', String(port), '--mqtt-port', String(mqttPort)],
      ...['--mode', 'demo', '--network', networkFile, '--agency-file', agencyFile],
      ...['--clock-scale', String(speed), '--log-level', 'warn'],
      ...['--clock-origin', formatInstant(origin), '--clock-anchor', formatInstant(now)],
    ],
    url: `http://127.0.0.1:${port}`,
    environment: withoutOutside(environment),
    onOutput: (chunk) => log.write(chunk),
    onRestart: options.onRestart,
  });
  const closers: (() => Promise<unknown> | unknown)[] = [
    () => log.end(),
    () => server.stop(),
    () => scheduler.stop(),
  ];
  try {
    await Promise.race([server.ready(signal), server.failure]);
    const staff = await signInStaff({ url: server.url, signal: ends, patience: Infinity });
    const roads = createRoadMap(network);
    const recruits = musterUnits(city, roads);
    const devices = await enlist(staff, listStations(city), recruits, before?.devices ?? new Map());
    // One after the other, so that an older reading never replaces a newer one.
    let saved = Promise.resolve();
    const save = (): Promise<void> => {
      saved = saved
        .catch(() => undefined)
        .then(() => saveDemoState(folder, { seed: city.seed, size, clock: clock.now(), devices }));
      return saved;
    };
    await save();
    const saving = setInterval(() => {
      save().catch((thrown: unknown) => onFault(String(thrown)));
    }, SAVE_EVERY);
    closers.push(save, () => clearInterval(saving));

    const live = followLive(staff.dispatcher, onFault);
    closers.push(() => live.close());
    const random = createRandom(`demo/${city.seed}/${origin}`);
    const scenes = createScenes(random.fork('scenes'));
    const fleet = createFleet({
      clock,
      scheduler,
      roads,
      broker: `mqtt://127.0.0.1:${mqttPort}`,
      agency: AGENCY,
      timesOf: (_unit, incidentId, moving) => scenes.timesOf(incidentId, moving),
      onFault,
    });
    closers.push(() => fleet.close());
    for (const { unitId, home, patrolPoints } of recruits) {
      const credentials = devices.get(unitId);
      if (credentials) fleet.add({ unitId, home, patrolPoints, credentials });
    }
    await live.ready;

    const shared = { clock, scheduler, staff, live, signal: ends, onFault };
    const grace = seconds(Math.max(GRACE_LEAST, GRACE_REAL * speed));
    if (options.dispatcher) startAutoDispatcher({ ...shared, grace });
    const callsPerDay = CALLS_A_UNIT * recruits.length;
    const demandOf = (seed: string, factor: number) =>
      createDemand(city, {
        seed: `${seed}/${origin}`,
        callsPerDay: callsPerDay * factor,
        timeZone: TIME_ZONE,
      });
    const floor = runCallFloor({
      ...shared,
      demand: demandOf('residents', 1),
      rush: { demand: demandOf('rush', RUSH.factor), until: after(clock.now(), RUSH.lasts) },
      random: random.fork('calls'),
      mostOpen: recruits.length,
      onIncident: scenes.note,
    });
    options.onReady(server.url);
    await Promise.race([floor, server.failure, aborted(signal)]).catch((thrown: unknown) => {
      if (!signal.aborted) throw thrown;
    });
  } finally {
    over.abort(new Error('the demo is over'));
    for (const close of closers.reverse()) await close();
  }
}

function firstEvening(now: Instant): Instant {
  const { year, month, day } = toWallClock(now, TIME_ZONE);
  const wall = { year, month, day, hour: FIRST_HOUR, minute: FIRST_MINUTE, second: 0 };
  return fromWallClock(wall, TIME_ZONE).at;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

interface Scenes {
  note(incidentId: string, onScene: Seconds): void;
  timesOf(incidentId: string, moving: boolean): CrewTimes;
}

const REMEMBERED = 2_000;

/** How long crews take: at the scene as the event needs, else as crews usually do. */
function createScenes(random: ReturnType<typeof createRandom>): Scenes {
  const needed = new Map<string, Seconds>();
  return {
    note(incidentId, onScene) {
      needed.set(incidentId, onScene);
      if (needed.size <= REMEMBERED) return;
      for (const oldest of needed.keys()) {
        needed.delete(oldest);
        break;
      }
    },
    timesOf(incidentId, moving) {
      const acknowledge = Math.min(40, random.logNormal(7, 0.5));
      const turnout = acknowledge + random.logNormal(moving ? 8 : 40, 0.4);
      const usual = random.logNormal(15 * 60, 0.5);
      return {
        acknowledge: seconds(acknowledge),
        turnout: seconds(turnout),
        action: seconds(random.logNormal(40, 0.5)),
        onScene: needed.get(incidentId) ?? seconds(usual),
      };
    },
  };
}
