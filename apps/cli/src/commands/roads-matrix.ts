import { createTravelTimes, type Snap } from '@lamplight/roads';
import type { Command } from 'commander';
import { toCell } from '../csv.js';
import { readPositions, snapRows } from '../position-rows.js';
import type { Registrar } from '../program.js';
import type { Terminal } from '../terminal.js';
import { openTravel, type TravelOptions, usePreparedTimes } from '../travel.js';

interface MatrixOptions extends TravelOptions {
  readonly from: string;
  readonly to: string;
}

export function registerRoadsMatrix({ finish, act }: Registrar, roads: Command): void {
  const command = roads
    .command('matrix')
    .description('Travel times from every position of one list to every position of another')
    .requiredOption('--network <file>', 'a network file')
    .requiredOption('--from <csv>', 'origins: a CSV file with columns lon and lat')
    .requiredOption('--to <csv>', 'destinations: a CSV file with columns lon and lat')
    .option('--without-turns', 'neither obey nor time turns')
    .action(act<MatrixOptions>(matrix));
  finish(
    command,
    `
Times are free flow with the delays of turns, from the prepared times beside the network where there are any. A position
more than 500 m from any street is an error that names its line.

With --json: seconds, a list of rows (one for each origin) of numbers, null where there is no way; and from and to, the
points of the streets that the positions were taken to, as {lon, lat, distance} with the distance in metres. Without it,
a CSV with one line for each pair.

Example:
  $ lamplight roads matrix --network sf.roads --from stations.csv --to calls.csv --json
`,
  );
}

async function matrix(terminal: Terminal, options: MatrixOptions): Promise<undefined> {
  const { metric, snapper } = await openTravel(terminal, options);
  const origins = snapRows(terminal, snapper, await readPositions(options.from), options.from);
  const destinations = snapRows(terminal, snapper, await readPositions(options.to), options.to);
  const engine = createTravelTimes(metric);
  await usePreparedTimes(engine, options.network);
  const times = engine.matrix(origins, destinations);
  const timeAt = (row: number, column: number): number | null => {
    const time = times[row * destinations.length + column];
    return time !== undefined && Number.isFinite(time) ? time : null;
  };
  if (terminal.json) {
    terminal.printJson({
      seconds: origins.map((_, row) => destinations.map((_, column) => timeAt(row, column))),
      from: origins.map(toPoint),
      to: destinations.map(toPoint),
    });
    return;
  }
  terminal.print('from,to,seconds');
  origins.forEach((_, row) => {
    destinations.forEach((_, column) => {
      terminal.print([row + 1, column + 1, timeAt(row, column) ?? ''].map(toCell).join(','));
    });
  });
}

const toPoint = ({ position: [lon, lat], distance }: Snap) => ({ lon, lat, distance });
