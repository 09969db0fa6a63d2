import type { LonLat, Seconds } from '@lamplight/base';
import { createIsochrones } from '@lamplight/roads';
import type { Command } from 'commander';
import { printGeoJson } from '../geojson.js';
import { parseMinutes, parsePosition } from '../options.js';
import type { Registrar } from '../program.js';
import type { Terminal } from '../terminal.js';
import { openTravel, snapOption, toPlace } from '../travel.js';

interface IsochroneOptions {
  readonly network: string;
  readonly at: LonLat;
  readonly minutes: readonly Seconds[];
  readonly towards?: true;
  readonly withoutTurns?: true;
  readonly out?: string;
}

export function registerRoadsIsochrone({ finish, act }: Registrar, roads: Command): void {
  const command = roads
    .command('isochrone')
    .description('Draw the ground that is reached within some minutes, as GeoJSON')
    .requiredOption('--network <file>', 'a network file')
    .requiredOption('--at <lon,lat>', 'the place, longitude first', parsePosition)
    .requiredOption('--minutes <list>', 'one or several times, such as 5,10', parseMinutes)
    .option('--towards', 'the ground from which the place is reached')
    .option('--without-turns', 'neither obey nor time turns')
    .option('--out <file>', 'write there instead of to standard output')
    .action(act<IsochroneOptions>(isochrone));
  finish(
    command,
    `
Times are free flow with the delays of turns. The place is taken to the nearest street, at most 500 m away. Ground near a
reached street counts as reached. One MultiPolygon for each time, its property seconds telling which, in ascending order.
With --out and --json: file, bytes, times (seconds) and place.

Examples:
  $ lamplight roads isochrone --network sf.roads --at -122.4042,37.7794 --minutes 4,8 --out station.geojson
  $ lamplight roads isochrone --network sf.roads --at -122.4446,37.7764 --minutes 8 --towards
What happens next: open the file in QGIS or on https://geojson.io.
`,
  );
}

async function isochrone(terminal: Terminal, options: IsochroneOptions): Promise<undefined> {
  const { network, at, minutes, towards, withoutTurns, out } = options;
  const travel = await openTravel(terminal, { network, ...(withoutTurns && { withoutTurns }) });
  const place = snapOption(terminal, travel, '--at', at);
  const direction = towards ? 'towards' : 'away';
  const collection = createIsochrones(travel.metric).polygons(place, minutes, { direction });
  await printGeoJson(terminal, collection, out, { times: minutes, place: toPlace(place) });
}
