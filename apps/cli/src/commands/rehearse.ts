import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { formatInstant, fromWallClock, type Instant } from '@lamplight/base';
import type { RoadNetwork } from '@lamplight/roads';
import type { RecordingProfile } from '@lamplight/simulation';
import { buildCityFiles } from '../city-files.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { misused, refused } from '../failure.js';
import { printIntervals } from '../interval-table.js';
import { numberBetween, parseDay, parseMoment } from '../options.js';
import type { Registrar } from '../program.js';
import type { RehearsalPlan, Selection } from '../rehearsal/plan.js';
import { findProfileFile } from '../rehearsal/profile-file.js';
import { type RehearsalResult, runRehearsal } from '../rehearsal/run.js';
import { type RoadsInput, readRoads } from '../road-files.js';
import type { ProgressBar, Terminal } from '../terminal.js';
import { readCallFile, readProfileFile, readStationFile } from '../trips/recording-files.js';

interface RehearseOptions {
  readonly roads: string;
  readonly calls: string;
  readonly stations: string;
  readonly profile?: string;
  readonly speed: number;
  readonly limit?: number;
  readonly day?: string;
  readonly from?: Instant;
  readonly to?: Instant;
  readonly data?: string;
}

export function registerRehearse({ program, finish, act }: Registrar): void {
  const command = program
    .command('rehearse')
    .description('Play recorded calls through the live system and compare the interval report')
    .requiredOption('--roads <file>', 'a network file, or an OpenStreetMap extract to build one from')
    .requiredOption('--calls <csv>', 'the recorded calls, one row for each unit that was sent')
    .requiredOption('--stations <csv>', 'stations: columns station, address, lat, lon')
    .option('--profile <json>', 'how to read the calls (default: the San Francisco Fire Department file)')
    .option('--speed <number>', 'simulated seconds in a second, 1 to 1000', numberBetween(1, 1000), 60)
    .option('--limit <number>', 'play only the first so many calls', numberBetween(1, 10_000_000, true))
    .option('--day <date>', "play one day of the agency's zone, YYYY-MM-DD", parseDay)
    .option('--from <moment>', 'calls received at or after it (RFC 3339)', parseMoment)
    .option('--to <moment>', 'calls received before it (RFC 3339)', parseMoment)
    .option(
      '--data <folder>',
      'keep the data of the rehearsal there (default: a temporary folder, removed after)',
    )
    .action(act<RehearseOptions>(rehearse));
  finish(
    command,
    `
A real server is started on a clock that runs --speed times as fast and begins just before the first call. Callers and
staff speak to it by HTTP, crews by MQTT. Call-takers and dispatchers take the recorded delays; for each recorded unit
one of the same type is sent, chosen by our recommendation; crews take the recorded turnout and on-scene times and
drive our routes. At the end the command counts: every usable call of the file must be one incident in the log. The
server uses what lies beside the network (see 'lamplight serve --help'); from an extract all of it is built first.

With --json: calls {read, unusable by reason, outsideSelection}, incidents, lost, doubled, unfinished, intervals (name,
ours, recorded: n, missing, p50, p90, p95, p99 in seconds; targets), dispatches, units, server, speed, seconds.
Exit code 5 when calls were lost or doubled. The system's own delay counts in simulated time as well: at --speed 240,
10 ms are 2.4 s of an interval, so compare intervals at a low speed.

Examples:
  $ lamplight rehearse --roads sf.roads --calls dispatch.csv --stations stations.csv --day 2017-01-03 --speed 120
  $ lamplight rehearse --roads city.osm.pbf --calls calls.csv --stations stations.csv --profile city.json --json
What happens next: keep the folder with --data and look at it: 'lamplight verify --data …', 'lamplight report --data …'.
`,
  );
}

async function rehearse(terminal: Terminal, options: RehearseOptions): Promise<ExitCode> {
  if (options.day !== undefined && (options.from !== undefined || options.to !== undefined)) {
    throw misused('usage.day-and-window');
  }
  if (options.from !== undefined && options.to !== undefined && options.from >= options.to) {
    throw misused('usage.from-after-to');
  }
  const profile = await readProfileFile(options.profile ?? findProfileFile());
  const recording = await readCallFile(options.calls, profile);
  const stations = await readStationFile(options.stations);
  const input = await readRoads(terminal, options.roads);
  const kept = options.data;
  if (kept !== undefined && existsSync(join(kept, 'postgres')))
    throw refused('refused.data-used', { folder: kept });
  const data = kept ?? (await mkdtemp(join(tmpdir(), 'lamplight-rehearsal-')));

  let bar: ProgressBar | undefined;
  let phase: string | undefined;
  try {
    const { network, networkFile } = await buildRoads(terminal, options.roads, input, data);
    const result = await runRehearsal({
      network,
      networkFile,
      recording,
      profile,
      stations,
      selection: selectionOf(options, profile),
      speed: options.speed,
      data,
      environment: terminal.streams.environment,
      signal: terminal.streams.interrupted,
      onPlan: (plan) => tellPlan(terminal, plan),
      onProgress(next, fraction) {
        if (next !== phase) {
          bar?.stop();
          bar = terminal.progress(terminal.translate({ key: PHASES[next] }));
          phase = next;
        }
        bar?.update(fraction);
      },
      onRestart: () => terminal.say('rehearse.restarted'),
      onFault: (message) => {
        if (terminal.streams.environment.LAMPLIGHT_DEBUG) terminal.note(message);
      },
    });
    bar?.stop();
    tellResult(terminal, result);
    return result.lost + result.doubled > 0 ? EXIT.callsLost : EXIT.ok;
  } finally {
    bar?.stop();
    if (kept === undefined) await rm(data, { recursive: true, force: true });
  }
}

/** A network file as it is, with what lies beside it; an extract is built into the data of the rehearsal. */
async function buildRoads(
  terminal: Terminal,
  file: string,
  input: RoadsInput,
  data: string,
): Promise<{ network: RoadNetwork; networkFile: string }> {
  if (input.kind === 'network') return { network: input.network, networkFile: resolve(file) };
  const networkFile = join(data, 'rehearsal.roads');
  const { network } = await buildCityFiles(terminal, input.bytes, { source: file, out: networkFile });
  return { network, networkFile };
}

const PHASES = {
  prepare: 'rehearse.preparing',
  play: 'rehearse.playing',
} as const;

function selectionOf({ day, from, to, limit }: RehearseOptions, { timeZone }: RecordingProfile): Selection {
  const window = day === undefined ? { from, to } : { from: midnight(day, 0), to: midnight(day, 1) };
  return {
    ...(window.from === undefined ? {} : { from: window.from }),
    ...(window.to === undefined ? {} : { to: window.to }),
    ...(limit === undefined ? {} : { limit }),
  };

  /** The beginning of a day of the agency's zone, so many days later. */
  function midnight(date: string, later: number): Instant {
    const start = new Date(`${date}T00:00:00Z`);
    start.setUTCDate(start.getUTCDate() + later);
    const wall = {
      year: start.getUTCFullYear(),
      month: start.getUTCMonth() + 1,
      day: start.getUTCDate(),
      hour: 0,
      minute: 0,
      second: 0,
    };
    return fromWallClock(wall, timeZone).at;
  }
}

function tellPlan(terminal: Terminal, { calls, recruits, unusable }: RehearsalPlan): void {
  const [first] = calls;
  const last = calls.at(-1);
  if (!first || !last) return;
  terminal.say('rehearse.selected', {
    calls: calls.length,
    responses: calls.reduce((sum, { responses }) => sum + responses.length, 0),
    units: recruits.length,
    from: formatInstant(first.receivedAt),
    to: formatInstant(last.receivedAt),
  });
  for (const [reason, count] of Object.entries(unusable))
    terminal.say('rehearse.unusable', { reason, count });
}

function tellResult(terminal: Terminal, result: RehearsalResult): void {
  const { calls, incidents, lost, doubled, unfinished, dispatches, speed } = result;
  if (terminal.json) terminal.printJson(result);
  else {
    const line = (key: 'rehearse.checked' | 'rehearse.sent', values: Record<string, number>): void =>
      terminal.print(terminal.translate({ key, values }));
    line('rehearse.checked', { read: calls.read, incidents, lost, doubled, seconds: result.seconds, speed });
    const { recommended, preempted, stacked, unsent } = dispatches;
    line('rehearse.sent', {
      recommended,
      outside: dispatches['outside-run-card'],
      preempted,
      stacked,
      unsent,
    });
    printIntervals(
      terminal,
      result.intervals.map((row) => ({
        ...row,
        name: terminal.translate({ key: `interval.${row.name}` }),
      })),
    );
  }
  if (unfinished > 0) terminal.say('rehearse.unfinished', { count: unfinished });
  if (lost + doubled > 0) terminal.say('rehearse.bad');
}
