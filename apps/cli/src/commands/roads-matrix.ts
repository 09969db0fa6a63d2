import { isLonLat, type LonLat } from '@lamplight/base';
import {
  createMetric,
  createSnapper,
  createTravelTimes,
  describeRoadsError,
  type Snap,
  type Snapper,
} from '@lamplight/roads';
import type { Command } from 'commander';
import { numberIn, readTable, toCell } from '../csv.js';
import { type RowProblem, refused } from '../failure.js';
import { readInput } from '../files.js';
import type { Registrar } from '../program.js';
import { openNetworkFile } from '../road-files.js';
import type { Terminal } from '../terminal.js';

interface MatrixOptions {
  readonly network: string;
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
    .action(act<MatrixOptions>(matrix));
  finish(
    command,
    `
With --json: seconds, a list of rows (one for each origin) of numbers, null where there is no way; and from and to, the
points of the streets that the positions were taken to, as {lon, lat, distance} with the distance in metres. Without it,
a CSV with one line for each pair. A position more than 500 m from any street is an error that names its line.

Example:
  $ lamplight roads matrix --network sf.roads --from stations.csv --to calls.csv --json
`,
  );
}

interface Place {
  readonly line: number;
  readonly position: LonLat;
}

async function matrix(terminal: Terminal, { network: file, from, to }: MatrixOptions): Promise<undefined> {
  const network = await openNetworkFile(terminal, file);
  const snapper = createSnapper(network);
  const origins = snapAll(terminal, snapper, await readPlaces(from), from);
  const destinations = snapAll(terminal, snapper, await readPlaces(to), to);
  const times = createTravelTimes(createMetric(network)).matrix(origins, destinations);
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

async function readPlaces(file: string): Promise<Place[]> {
  return readTable(await readInput(file), { columns: [['lon'], ['lat']], file }, (row) => {
    const position: LonLat = [numberIn(row, -180, 180, 'lon'), numberIn(row, -90, 90, 'lat')];
    return isLonLat(position) ? { line: row.line, position } : undefined;
  });
}

function snapAll(terminal: Terminal, snapper: Snapper, places: readonly Place[], file: string): Snap[] {
  const problems: RowProblem[] = [];
  const snaps: Snap[] = [];
  for (const { line, position } of places) {
    const snap = snapper.snap(position);
    if (snap.ok) snaps.push(snap.value);
    else {
      const text = describeRoadsError(snap.error, terminal.language);
      problems.push({ line, column: 'lon,lat', reason: { key: 'row.roads', values: { text } } });
    }
  }
  if (problems.length > 0) throw refused('refused.rows', { file, count: problems.length }, problems);
  return snaps;
}
