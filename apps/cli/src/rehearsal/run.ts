import { setMaxListeners } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, formatInstant, type Instant, instant, seconds } from '@lamplight/base';
import type { RoadNetwork } from '@lamplight/roads';
import type { RecordedStation, Recording, RecordingProfile } from '@lamplight/simulation';
import { reasonOf, refused } from '../failure.js';
import type { ApiOptions } from '../world/api-client.js';
import { type ClockSetting, createClock } from '../world/clock.js';
import { enlist } from '../world/enlist.js';
import { createFleet } from '../world/fleet.js';
import { followLive } from '../world/live-client.js';
import { createRoadMap } from '../world/routes.js';
import { createScheduler } from '../world/scheduler.js';
import {
  findFreePort,
  SERVER_PROGRAM,
  type ServerProcess,
  startServer,
  withoutOutside,
} from '../world/server-process.js';
import { countRequests, signInStaff } from '../world/staff.js';
import { type ComparedInterval, compareIntervals, tallyIncidents } from './check.js';
import { lastMoment, planRehearsal, type RehearsalPlan, type Selection } from './plan.js';
import { createPlayer, type DispatchCounts } from './play.js';

export interface RehearsalOptions {
  readonly network: RoadNetwork;
  /** Where the server reads it, with what lies beside it. */
  readonly networkFile: string;
  readonly recording: Recording;
  readonly profile: RecordingProfile;
  readonly stations: readonly RecordedStation[];
  readonly selection: Selection;
  /** Simulated seconds in a real second. */
  readonly speed: number;
  /** The data folder of the rehearsal's server; must be its own. */
  readonly data: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly onPlan?: (plan: RehearsalPlan) => void;
  readonly onProgress?: (phase: 'prepare' | 'play', fraction: number) => void;
  /** The server that will be played on; a crash test kills it. */
  readonly onServer?: (server: ServerProcess) => void;
  readonly onRestart?: () => void;
  readonly onAccepted?: ApiOptions['onAccepted'];
  readonly onFault?: (message: string) => void;
}

export interface RehearsalResult {
  readonly calls: {
    /** Calls that the selection takes from the file: used and unusable. */
    readonly read: number;
    readonly unusable: Readonly<Record<string, number>>;
    readonly outsideSelection: number;
  };
  readonly incidents: number;
  readonly lost: number;
  readonly doubled: number;
  /** Calls that were still under way when the time for draining ran out. */
  readonly unfinished: number;
  readonly intervals: readonly ComparedInterval[];
  readonly dispatches: Readonly<DispatchCounts>;
  readonly units: { readonly count: number; readonly withoutStation: number };
  readonly server: { readonly restarts: number; readonly answered: number; readonly retried: number };
  readonly speed: number;
  /** Real seconds from the first call to the end of draining. */
  readonly seconds: number;
}

const AGENCY = 'rehearsal';
/** Real milliseconds between the start of the clock and the first call: the server starts, the fleet connects. */
const LEAD = 6_000;
const LEAD_FOR_EACH_UNIT = 15;
/** After the last recorded moment, crews get so long to clear: simulated, and real, whichever is longer. */
const DRAIN = seconds(3 * 3600);
const DRAIN_REAL = 60_000;

/**
 * Plays a recording through a live server: its own process, spoken to by HTTP, MQTT and WebSocket like any other. The
 * server is set up on a slow clock, stopped, and started again on the clock of the rehearsal, so that no simulated
 * time passes while units and devices are registered. Throws a `Failure` when nothing can be played.
 */
export async function runRehearsal(options: RehearsalOptions): Promise<RehearsalResult> {
  const { network, recording, profile, stations, selection, speed, signal } = options;
  const roads = createRoadMap(network);
  const plan = planRehearsal(recording, profile, stations, roads, selection);
  const { calls, recruits } = plan;
  const first = calls[0]?.receivedAt;
  const last = lastMoment(calls);
  if (first === undefined || last === undefined) throw refused('refused.no-calls', { file: profile.name });
  options.onPlan?.(plan);

  const server = await describeServer(options);
  const credentials = await setUp(options, server, plan, first);

  const scheduled = new AbortController();
  const ends = AbortSignal.any([signal, scheduled.signal]);
  // Everything that waits listens to the end; there are hundreds of them.
  setMaxListeners(0, ends, scheduled.signal, signal);
  const now = Date.now();
  const lead = LEAD + LEAD_FOR_EACH_UNIT * recruits.length;
  const setting = { origin: instant(first - lead * speed), anchor: instant(now), scale: speed };
  const running = server.start(setting, options.onRestart);
  options.onServer?.(running);
  const clock = createClock(setting);
  const scheduler = createScheduler(clock);
  const closers: (() => Promise<void> | void)[] = [() => running.stop(), () => scheduler.stop()];
  try {
    await running.ready(signal);
    const { onAccepted } = options;
    const staff = await signInStaff({
      url: running.url,
      signal: ends,
      ...(onAccepted ? { onAccepted } : {}),
    });
    const live = followLive(staff.dispatcher, options.onFault);
    closers.push(() => live.close());
    const typeOf = new Map(recruits.map(({ unitId, unitType }) => [unitId, unitType]));
    const player = createPlayer({ clock, scheduler, staff, live, roads, typeOf, signal: ends });
    const fleet = createFleet({
      clock,
      scheduler,
      roads,
      broker: server.broker,
      agency: AGENCY,
      timesOf: player.crewTimes,
      ...(options.onFault ? { onFault: options.onFault } : {}),
    });
    closers.push(() => fleet.close());
    for (const { unitId, home } of recruits) {
      const device = credentials.get(unitId);
      if (device) fleet.add({ unitId, home, patrolPoints: [], credentials: device });
    }
    await live.ready;

    let done = 0;
    const plays = calls.map(async (call) => {
      try {
        await player.play(call);
      } catch (thrown) {
        // One call that goes wrong does not end the others; it is told as unfinished.
        if (!ends.aborted) options.onFault?.(`${call.id}: ${reasonOf(thrown)}`);
        return;
      }
      done++;
      options.onProgress?.('play', done / calls.length);
    });
    const all = Promise.all(plays);
    const begin = performance.now();
    const start = clock.realMillisecondsUntil(first);
    const drained = scheduler.sleepUntil(drainUntil(last, clock.scale), ends).catch(() => undefined);
    await Promise.race([all, drained, running.failure]);
    scheduled.abort(new Error('the rehearsal is over'));
    signal.throwIfAborted();
    const played = (performance.now() - begin - Math.max(0, start)) / 1000;

    // The end of the rehearsal ends the staff's sessions too; the check has its own.
    const checker = await signInStaff({ url: running.url, signal });
    const from = instant(setting.origin);
    const to = after(clock.now(), seconds(1));
    const tally = await tallyIncidents(checker.dispatcher, calls, from, to);
    const requests = countRequests(staff);
    return {
      calls: {
        read: calls.length + Object.values(plan.unusable).reduce((sum, count) => sum + count, 0),
        unusable: plan.unusable,
        outsideSelection: plan.outsideSelection,
      },
      incidents: tally.incidents,
      lost: tally.lost.length,
      doubled: tally.doubled.length,
      unfinished: calls.length - done,
      intervals: await compareIntervals(checker.dispatcher, calls, from, to),
      dispatches: player.counts,
      units: { count: recruits.length, withoutStation: plan.withoutStation },
      server: { restarts: running.restarts, ...requests },
      speed,
      seconds: Math.round(played * 10) / 10,
    };
  } finally {
    scheduled.abort(new Error('the rehearsal is over'));
    for (const close of closers.reverse()) await close();
  }
}

const drainUntil = (last: Instant, scale: number): Instant =>
  after(last, seconds(Math.max(DRAIN, (DRAIN_REAL / 1000) * scale)));

interface DescribedServer {
  readonly broker: string;
  start(clock: ClockSetting, onRestart?: () => void): ServerProcess;
}

async function describeServer({
  networkFile,
  profile,
  data,
  environment,
}: RehearsalOptions): Promise<DescribedServer> {
  await mkdir(data, { recursive: true });
  const agencyFile = join(data, 'agency.json');
  const name = { en: `Rehearsal: ${profile.name}`, zh: `推演：${profile.name}` };
  await writeFile(agencyFile, JSON.stringify({ id: AGENCY, name, timeZone: profile.timeZone }));
  const port = await findFreePort();
  const mqttPort = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  return {
    broker: `mqtt://127.0.0.1:${mqttPort}`,
    start: ({ origin, anchor, scale }, onRestart) =>
      startServer({
        program: SERVER_PROGRAM.rehearsal,
        args: [
          ...['--data', data, '--host', '127.0.0.1', '--port', String(port), '--mqtt-port', String(mqttPort)],
          ...['--mode', 'rehearsal', '--network', networkFile, '--agency-file', agencyFile],
          ...['--clock-scale', String(scale), '--log-level', 'warn'],
          ...['--clock-origin', formatInstant(origin), '--clock-anchor', formatInstant(anchor)],
        ],
        url,
        environment: withoutOutside(environment),
        ...(onRestart ? { onRestart } : {}),
      }),
  };
}

const DAY = seconds(86_400);

/** Registers everything on a server whose clock runs slowly, the day before, and stops that server. */
async function setUp(
  { signal, onProgress }: RehearsalOptions,
  server: DescribedServer,
  { stations, recruits }: RehearsalPlan,
  first: Instant,
) {
  const running = server.start({
    origin: after(first, seconds(-DAY)),
    anchor: instant(Date.now()),
    scale: 1,
  });
  try {
    await running.ready(signal);
    const staff = await signInStaff({ url: running.url, signal });
    return await enlist(staff, stations, recruits, new Map(), (fraction) =>
      onProgress?.('prepare', fraction),
    );
  } finally {
    await running.stop();
  }
}
