import type { LonLat } from '@lamplight/base';
import { createUnitIndex } from '@lamplight/roads';
import type { Command } from 'commander';
import { alignColumns } from '../interval-table.js';
import { numberBetween, parsePosition } from '../options.js';
import { readUnitPositions, snapRows } from '../position-rows.js';
import type { Registrar } from '../program.js';
import type { Terminal } from '../terminal.js';
import {
  etaBy,
  etaFields,
  openTravel,
  snapOption,
  type TravelOptions,
  toPlace,
  withCalibration,
} from '../travel.js';

interface NearestOptions extends TravelOptions {
  readonly to: LonLat;
  readonly units: string;
  readonly count: number;
}

export function registerRoadsNearest({ finish, act }: Registrar, roads: Command): void {
  const command = roads
    .command('nearest')
    .description('Which units are soonest at a place')
    .requiredOption('--network <file>', 'a network file')
    .requiredOption('--to <lon,lat>', 'the place, longitude first', parsePosition)
    .requiredOption('--units <csv>', 'where the units are: a CSV file with columns id (or unit), lon and lat')
    .option('-k, --count <number>', 'how many, 1 to 10000', numberBetween(1, 10_000, true), 10)
    .option('--without-turns', 'neither obey nor time turns');
  withCalibration(command).action(act<NearestOptions>(nearest));
  finish(
    command,
    `
Exact, by travel time and not by distance; units of one time in the order of their ids. Units that cannot reach the place
are left out. A unit more than 500 m from any street is an error that names its line. --calibration and --at are as for
'lamplight roads route'.

With --json: to (position, distance), and units (id, seconds, and with --calibration p50, p90, calibrated).

Examples:
  $ lamplight roads nearest --network sf.roads --to -122.4446,37.7764 --units units.csv -k 5
  $ lamplight roads nearest --network sf.roads --to -122.4446,37.7764 --units units.csv \\
      --calibration sf.calibration.json --at "2026-03-14 08:15" --json
`,
  );
}

async function nearest(terminal: Terminal, options: NearestOptions): Promise<undefined> {
  const travel = await openTravel(terminal, options);
  const place = snapOption(terminal, travel, '--to', options.to);
  const rows = await readUnitPositions(options.units);
  const snaps = snapRows(terminal, travel.snapper, rows, options.units);
  const index = createUnitIndex(travel.metric);
  rows.forEach(({ id }, row) => {
    const snap = snaps[row];
    if (snap) index.put(id, snap);
  });
  const found = index
    .nearest(place, options.count)
    .map(({ id, duration }) => ({ id, duration, eta: etaBy(travel, duration) }));
  if (terminal.json) {
    const units = found.map(({ id, duration, eta }) => ({ id, seconds: duration, ...etaFields(eta) }));
    terminal.printJson({ to: toPlace(place), units });
    return;
  }
  const figures = travel.calibration ? ['s', 'P50 s', 'P90 s'] : ['s'];
  const lines = found.map(({ id, duration, eta }) => [
    id,
    ...[duration, ...(eta ? [eta.p50, eta.p90] : [])].map((value) => String(Math.round(value))),
  ]);
  const heading = [terminal.translate({ key: 'roads.unit' }), ...figures];
  for (const line of alignColumns([heading, ...lines])) terminal.print(line);
}
