import { elapsed, fromWallClock, type Instant, isTimeZone, seconds } from '@lamplight/base';
import {
  type Calibration,
  fitCalibration,
  type Judgement,
  judgeCalibration,
  type LeftOut,
  type Measures,
  UNCALIBRATED,
} from '@lamplight/roads';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { misused, refused } from '../failure.js';
import { writeWhole } from '../files.js';
import { alignColumns } from '../interval-table.js';
import type { MessageKey } from '../messages.js';
import { numberBetween, parseDay } from '../options.js';
import type { Registrar } from '../program.js';
import { openRoads } from '../road-files.js';
import type { Terminal } from '../terminal.js';
import type { DepartedTrip, TripFile } from '../trips/departed-trip.js';
import { readTrips } from '../trips/read-trips.js';
import { TRACE_COLUMNS } from '../trips/traces.js';
import { TRIP_COLUMNS } from '../trips/trip-rows.js';

interface CalibrateOptions {
  readonly roads: string;
  readonly trips: string;
  readonly out: string;
  readonly stations?: string;
  readonly profile?: string;
  readonly settled: number;
  readonly timeZone?: string;
  readonly map?: ReadonlyMap<string, string>;
  readonly trainUntil?: string;
  readonly holdout?: number;
  /** False with `--no-turns`. */
  readonly turns: boolean;
}

const USUAL_HOLDOUT = 0.25;

export function registerRoadsCalibrate({ finish, act }: Registrar, roads: Command): void {
  const command = roads
    .command('calibrate')
    .description('Learn travel times from recorded trips, and say how well they predict others')
    .requiredOption('--roads <file>', 'a network file, or an OpenStreetMap extract to build one from')
    .requiredOption('--trips <file>', 'the recorded trips: CSV or GeoJSON')
    .requiredOption('--out <file>', 'the calibration file to write; replaced whole when it exists')
    .option(
      '--stations <csv>',
      'the trips are recorded calls; take those of units that start at their station',
    )
    .option(
      '--profile <json>',
      'how to read recorded calls (default: the San Francisco Fire Department file)',
    )
    .option(
      '--settled <minutes>',
      'a unit is at its station when it was cleared so long before',
      numberBetween(0, 1440),
      30,
    )
    .option('--time-zone <zone>', "the agency's time zone, such as Asia/Shanghai", parseTimeZone)
    .option('--map <column=name>', 'what a column is called in the file; may be repeated', collectNames)
    .option('--train-until <day>', 'the last day to fit on, YYYY-MM-DD; the days after judge', parseDay)
    .option(
      '--holdout <share>',
      'the latest share of the trips judges (default: 0.25)',
      numberBetween(0, 0.9),
    )
    .option('--no-turns', 'for engines that search without turns')
    .action(act<CalibrateOptions>(calibrate));
  finish(
    command,
    `
Without --stations, the trips are one of these, told by content:
  CSV of trips     from_lon,from_lat,to_lon,to_lat,departed, and arrived or seconds; urgent (yes, no) where it is known
  CSV of fixes     trip,time,lon,lat, one fix a row
  GeoJSON traces   LineString features with the property coordTimes or times, one time for each point
Times are RFC 3339, or the agency's wall clock as YYYY-MM-DD HH:MM:SS. With --stations they are as the profile says.

The calibration is fitted on the trips before the split and judged by those after it. The table has, for each group of
unseen trips: n; predicted / recorded, the median of the ratio; mean and median absolute error in seconds; the shares of
recorded times up to the predicted P90 (right: 90 %) and between P10 and P90 (right: 80 %); Spearman's rank correlation.
With --json: file, trips, passedOver, leftOut, calibration, judged, freeFlow, uncalibrated.

Examples:
  $ lamplight roads calibrate --roads sf.roads --trips dispatch.csv --stations stations.csv \\
      --train-until 2017-01-05 --out sf.calibration.json
  $ lamplight roads calibrate --roads city.roads --trips trips.csv --time-zone Asia/Shanghai \\
      --map departed=start_time --map arrived=end_time --out city.calibration.json
`,
  );
}

async function calibrate(terminal: Terminal, options: CalibrateOptions): Promise<undefined> {
  if (options.trainUntil !== undefined && options.holdout !== undefined) throw misused('usage.split-twice');
  const source = {
    file: options.trips,
    names: options.map ?? new Map<string, string>(),
    settled: seconds(options.settled * 60),
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
    ...(options.stations === undefined ? {} : { stations: options.stations }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
  };
  const read = await readTrips(source);
  const { network } = await openRoads(terminal, options.roads);
  const { training, unseen } = split(read, options);

  const bar = terminal.progress(terminal.translate({ key: 'calibrate.fitting' }));
  const fitted = fitCalibration(network, training, {
    turns: options.turns,
    onProgress: (fraction) => bar.update(fraction),
  });
  bar.stop();
  if (!fitted.ok) {
    const { usable, needed, leftOut } = fitted.error;
    tellCounts(terminal, 'calibrate.passed-over', read.passedOver);
    tellCounts(terminal, 'calibrate.left-out', leftOut);
    throw refused('refused.too-few-trips', { file: options.trips, usable, needed });
  }
  const { calibration, leftOut } = fitted.value;
  await writeWhole(options.out, format(calibration));

  const { turns } = calibration;
  const judged = judgeCalibration(network, calibration, unseen);
  const freeFlow = judgeCalibration(network, { ...FREE_FLOW, turns }, unseen).overall;
  const uncalibrated = judgeCalibration(network, { ...UNCALIBRATED, turns }, unseen).overall;
  const trips = { read: read.trips.length, fitted: calibration.trips, judged: judged.overall.n };
  if (terminal.json) {
    const passedOver = read.passedOver;
    const result = { file: options.out, trips, passedOver, leftOut, calibration };
    terminal.printJson({ ...result, judged, freeFlow, uncalibrated });
    return;
  }
  terminal.say('calibrate.wrote', { file: options.out, ...trips });
  tellCounts(terminal, 'calibrate.passed-over', read.passedOver);
  tellCounts(terminal, 'calibrate.left-out', sumOf(leftOut, judged.leftOut));
  printJudgement(terminal, judged, { freeFlow, uncalibrated });
}

/** Times as the map has them: posted speeds, no delay at either end. */
const FREE_FLOW: Calibration = { ...UNCALIBRATED, delay: seconds(0), ramp: seconds(0), routineFactor: 1 };

function split(
  { trips, timeZone }: TripFile,
  { trainUntil, holdout = USUAL_HOLDOUT }: CalibrateOptions,
): { readonly training: readonly DepartedTrip[]; readonly unseen: readonly DepartedTrip[] } {
  const ordered = [...trips].sort((a, b) => a.departedAt - b.departedAt);
  const end =
    trainUntil === undefined
      ? ordered[Math.round(ordered.length * (1 - holdout))]?.departedAt
      : dayAfter(trainUntil, timeZone);
  const isBefore = ({ departedAt }: DepartedTrip): boolean =>
    end === undefined || elapsed(departedAt, end) > 0;
  return { training: ordered.filter(isBefore), unseen: ordered.filter((trip) => !isBefore(trip)) };
}

/** The midnight at which a day of the agency's zone ends. */
function dayAfter(day: string, zone: string): Instant {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  const [year, month, date] = [next.getUTCFullYear(), next.getUTCMonth() + 1, next.getUTCDate()];
  return fromWallClock({ year, month, day: date, hour: 0, minute: 0, second: 0 }, zone).at;
}

/** JSON for people to read: lists of numbers on one line. */
const format = (calibration: Calibration): string =>
  `${JSON.stringify(calibration, null, 2).replace(/\[[\d\s.,-]+\]/g, (list) => list.replace(/\s+/g, ' '))}\n`;

function tellCounts(
  terminal: Terminal,
  key: 'calibrate.passed-over' | 'calibrate.left-out',
  counts: TripFile['passedOver'] | LeftOut,
): void {
  for (const [reason, count] of Object.entries(counts)) terminal.say(key, { reason, count });
}

function sumOf(a: LeftOut, b: LeftOut): LeftOut {
  const sum = new Map(Object.entries(a));
  for (const [reason, count] of Object.entries(b)) sum.set(reason, (sum.get(reason) ?? 0) + count);
  return Object.fromEntries(sum);
}

/** The bands that have a name in the catalogue. */
const NAMED_BANDS = [
  'night',
  'weekday-morning',
  'weekday-midday',
  'weekday-afternoon',
  'weekday-evening',
  'weekend-day',
  'other',
] as const;

function printJudgement(
  terminal: Terminal,
  judged: Judgement,
  { freeFlow, uncalibrated }: { readonly freeFlow: Measures; readonly uncalibrated: Measures },
): void {
  const told = (key: MessageKey, values: Record<string, string | number> = {}): string =>
    terminal.translate({ key, values });
  const heading = (['trips', 'ratio', 'mean', 'median', 'p90', 'p10-p90', 'rank'] as const).map((column) =>
    told(`calibrate.column.${column}`),
  );
  const rows = [
    [told('calibrate.free-flow'), ...figures(freeFlow)],
    [told('calibrate.uncalibrated'), ...figures(uncalibrated)],
    [told('calibrate.calibrated'), ...figures(judged.overall)],
    ...judged.byUrgency.map(({ group, measures }) => [
      told(`calibrate.urgency.${group}`),
      ...figures(measures),
    ]),
    ...judged.byDistance.map(({ group: { from, to }, measures }) => [
      to === undefined ? told('calibrate.beyond', { from }) : told('calibrate.distance', { from, to }),
      ...figures(measures),
    ]),
    ...judged.byBand.map(({ group, measures }) => {
      const named = NAMED_BANDS.find((id) => id === group);
      return [named ? told(`calibrate.band.${named}`) : group, ...figures(measures)];
    }),
    ...judged.byHour.map(({ group, measures }) => [
      told('calibrate.hours', { from: group, to: group + 3 }),
      ...figures(measures),
    ]),
  ];
  terminal.print(told('calibrate.unseen', { count: judged.overall.n }));
  for (const line of alignColumns([['', ...heading], ...rows])) terminal.print(line);
}

function figures(measures: Measures): string[] {
  const number = (value: number | undefined, digits: number): string =>
    value === undefined ? '–' : value.toFixed(digits);
  const percent = (value: number | undefined): string =>
    value === undefined ? '–' : `${(100 * value).toFixed(1)} %`;
  return [
    String(measures.n),
    number(measures.medianRatio, 2),
    number(measures.meanAbsoluteError, 0),
    number(measures.medianAbsoluteError, 0),
    percent(measures.withinP90),
    percent(measures.betweenP10P90),
    number(measures.rankCorrelation, 2),
  ];
}

function parseTimeZone(text: string): string {
  if (isTimeZone(text)) return text;
  throw new InvalidArgumentError('must be a time zone of the IANA list, such as Asia/Shanghai.');
}

const COLUMNS: readonly string[] = [...TRIP_COLUMNS, ...TRACE_COLUMNS];

function collectNames(
  text: string,
  names: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const [column = '', name = ''] = text.split(/=(.*)/s);
  if (!COLUMNS.includes(column) || name === '')
    throw new InvalidArgumentError(`must be column=name with a column of ${COLUMNS.join(', ')}.`);
  return new Map([...names, [column, name]]);
}
