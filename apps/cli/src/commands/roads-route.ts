import { type LonLat, ok, type Result } from '@lamplight/base';
import {
  createAlternatives,
  createTravelTimes,
  type RoadsError,
  type Route,
  type Snap,
  stepsOf,
} from '@lamplight/roads';
import type { Command } from 'commander';
import { numberBetween, parsePosition } from '../options.js';
import type { Registrar } from '../program.js';
import { roadsFailure } from '../road-files.js';
import type { Terminal } from '../terminal.js';
import {
  etaBy,
  etaFields,
  openTravel,
  snapOption,
  type Travel,
  type TravelOptions,
  toPlace,
  withCalibration,
} from '../travel.js';

interface RouteOptions extends TravelOptions {
  readonly from: LonLat;
  readonly to: LonLat;
  readonly alternatives?: number;
}

export function registerRoadsRoute({ finish, act }: Registrar, roads: Command): void {
  const command = roads
    .command('route')
    .description('Find the fastest way between two positions, turn by turn')
    .requiredOption('--network <file>', 'a network file')
    .requiredOption('--from <lon,lat>', 'where to start, longitude first', parsePosition)
    .requiredOption('--to <lon,lat>', 'where to go, longitude first', parsePosition)
    .option('--alternatives <number>', 'also up to so many other ways, 1 to 5', numberBetween(1, 5, true))
    .option('--without-turns', 'neither obey nor time turns');
  withCalibration(command).action(act<RouteOptions>(route));
  finish(
    command,
    `
Both positions are taken to the nearest point of a street, at most 500 m away. Times are free flow with the delays of
turns; with --calibration they are those of the hour, and P50 and P90 say when the crew arrives: nine of ten trips take
no longer than P90. --at is the agency's wall clock; it is needed when the calibration tells hours apart. Other ways are
given only where they differ clearly and take little longer, so often fewer than asked for.

With --json: seconds, metres, p50, p90 and calibrated (with --calibration), geometry (a list of [lon, lat]), streets
(name, metres, seconds, in order), steps (kind, exit, name, metres, seconds, position, bearing, text), from and to with
the snapped position and its distance in metres, and with --alternatives a list of the other ways in the same form.

Examples:
  $ lamplight roads route --network sf.roads --from -122.4042,37.7794 --to -122.4446,37.7764
  $ lamplight roads route --network sf.roads --from -122.4042,37.7794 --to -122.4446,37.7764 --alternatives 2 \\
      --calibration sf.calibration.json --at "2026-03-14 08:15"
What happens next: 'lamplight roads isochrone' shows how far one gets in all directions.
`,
  );
}

async function route(terminal: Terminal, options: RouteOptions): Promise<undefined> {
  const travel = await openTravel(terminal, options);
  const from = snapOption(terminal, travel, '--from', options.from);
  const to = snapOption(terminal, travel, '--to', options.to);
  const found = findWays(travel, from, to, options.alternatives);
  if (!found.ok) throw roadsFailure(terminal, found.error, '--to');
  const [fastest, ...others] = found.value;
  if (!fastest) return;

  if (terminal.json) {
    terminal.printJson({
      ...toJson(terminal, travel, fastest),
      from: toPlace(from),
      to: toPlace(to),
      ...(options.alternatives === undefined
        ? {}
        : { alternatives: others.map((other) => toJson(terminal, travel, other)) }),
    });
    return;
  }
  printRoute(terminal, travel, fastest);
  others.forEach((other, index) => {
    terminal.print(`\n${terminal.translate({ key: 'roads.alternative', values: { number: index + 1 } })}`);
    printRoute(terminal, travel, other);
  });
  if (options.alternatives !== undefined && others.length === 0) terminal.say('roads.no-alternative');
}

/** The fastest way and, when asked for, up to so many others. */
function findWays(
  { metric }: Travel,
  from: Snap,
  to: Snap,
  others: number | undefined,
): Result<readonly Route[], RoadsError> {
  if (others !== undefined) return createAlternatives(metric).find(from, to, { count: others + 1 });
  const fastest = createTravelTimes(metric).route(from, to);
  return fastest.ok ? ok([fastest.value]) : fastest;
}

function printRoute(terminal: Terminal, travel: Travel, found: Route): void {
  const values = { seconds: Math.round(found.duration), metres: Math.round(found.length) };
  terminal.print(terminal.translate({ key: 'roads.route', values }));
  const eta = etaBy(travel, found.duration);
  if (eta) {
    const key = eta.calibrated ? 'roads.eta' : 'roads.eta-uncalibrated';
    const figures = { p50: Math.round(eta.p50), p90: Math.round(eta.p90) };
    terminal.print(terminal.translate({ key, values: figures }));
  }
  for (const { length, text } of stepsOf(travel.network, found, terminal.language)) {
    terminal.print(`  ${String(Math.round(length)).padStart(6)} m  ${text}`);
  }
}

function toJson(terminal: Terminal, travel: Travel, found: Route) {
  const { duration, length, geometry, streets } = found;
  return {
    seconds: duration,
    metres: length,
    ...etaFields(etaBy(travel, duration)),
    geometry,
    streets: streets.map((street) => ({
      name: street.name?.local ?? null,
      metres: street.length,
      seconds: street.duration,
    })),
    steps: stepsOf(travel.network, found, terminal.language).map((step) => ({
      kind: step.kind,
      exit: step.exit ?? null,
      name: step.name?.local ?? null,
      metres: step.length,
      seconds: step.duration,
      position: step.position,
      bearing: step.bearing,
      text: step.text,
    })),
  };
}
