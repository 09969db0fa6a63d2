import type { LonLat } from '@lamplight/base';
import { createMetric, createSnapper, createTravelTimes, type StreetName } from '@lamplight/roads';
import type { Command } from 'commander';
import type { Language } from '../language.js';
import { parsePosition } from '../options.js';
import type { Registrar } from '../program.js';
import { openNetworkFile, roadsFailure } from '../road-files.js';
import type { Terminal } from '../terminal.js';

interface RouteOptions {
  readonly network: string;
  readonly from: LonLat;
  readonly to: LonLat;
}

export function registerRoadsRoute({ finish, act }: Registrar, roads: Command): void {
  const command = roads
    .command('route')
    .description('Find the fastest way between two positions')
    .requiredOption('--network <file>', 'a network file')
    .requiredOption('--from <lon,lat>', 'where to start, longitude first', parsePosition)
    .requiredOption('--to <lon,lat>', 'where to go, longitude first', parsePosition)
    .action(act<RouteOptions>(route));
  finish(
    command,
    `
Both positions are taken to the nearest point of a street, at most 500 m away. With --json: seconds, metres, geometry
(a list of [lon, lat]), streets (name, metres, seconds, in order), and from and to with the snapped position and its
distance in metres.

Example:
  $ lamplight roads route --network sf.roads --from -122.4042,37.7794 --to -122.4446,37.7764
`,
  );
}

async function route(terminal: Terminal, options: RouteOptions): Promise<undefined> {
  const network = await openNetworkFile(terminal, options.network);
  const snapper = createSnapper(network);
  const from = snapper.snap(options.from);
  if (!from.ok) throw roadsFailure(terminal, from.error, '--from');
  const to = snapper.snap(options.to);
  if (!to.ok) throw roadsFailure(terminal, to.error, '--to');
  const found = createTravelTimes(createMetric(network)).route(from.value, to.value);
  if (!found.ok) throw roadsFailure(terminal, found.error, '--to');

  const { duration, length, geometry, streets } = found.value;
  if (terminal.json) {
    terminal.printJson({
      seconds: duration,
      metres: length,
      from: { position: from.value.position, distance: from.value.distance },
      to: { position: to.value.position, distance: to.value.distance },
      geometry,
      streets: streets.map((street) => ({
        name: street.name?.local ?? null,
        metres: street.length,
        seconds: street.duration,
      })),
    });
    return;
  }
  const values = { seconds: Math.round(duration), metres: Math.round(length) };
  terminal.print(terminal.translate({ key: 'roads.route', values }));
  for (const street of streets) {
    const name = nameIn(street.name, terminal.language) ?? terminal.translate({ key: 'roads.unnamed' });
    terminal.print(`  ${String(Math.round(street.length)).padStart(6)} m  ${name}`);
  }
}

function nameIn(name: StreetName | undefined, language: Language): string | undefined {
  return (language === 'en' ? name?.en : name?.zh) ?? name?.local;
}
