import type { DrivingSide, RoadProfile } from '@lamplight/roads';
import type { Command } from 'commander';
import { buildCityFiles } from '../city-files.js';
import { readInput } from '../files.js';
import { parseDrivingSide, parseProfileName } from '../options.js';
import type { Registrar } from '../program.js';
import type { Terminal } from '../terminal.js';
import { printReport } from './roads-report.js';

interface BuildOptions {
  readonly out: string;
  readonly profile?: RoadProfile;
  readonly drivingSide?: DrivingSide;
  readonly onlyNetwork?: true;
}

export function registerRoadsBuild({ finish, actOn }: Registrar, roads: Command): void {
  const command = roads
    .command('build')
    .description('Read an OpenStreetMap extract and write a network file with its companions')
    .argument('<extract>', '.osm.pbf, .osm or .osm.gz, told by content and not by name')
    .requiredOption('--out <file>', 'the network file to write; replaced whole when it exists')
    .option(
      '--profile <name>',
      'who drives: emergency (default), emergency-contraflow, ordinary, foot',
      parseProfileName,
    )
    .option('--driving-side <side>', 'where traffic keeps: right (default) or left', parseDrivingSide)
    .option('--only-network', 'no places, base map and prepared times')
    .action(actOn<BuildOptions>(build));
  finish(
    command,
    `
Keeps the roads that the profile may use and, of those, the largest part in which every place can be reached from every
other. What was left out is counted by reason, and so is what became of the turn restrictions.

Beside city.roads it writes the companions that 'lamplight serve' finds by their names:
  city.places      addresses, streets and named places, to be searched and named
  city.pmtiles     the base map
  city.hierarchy   times prepared for the profile, so that questions take microseconds
All files are replaced together, or none. A companion for which the extract holds nothing is left out and said. With
--only-network those of a former build stay as they are. A city takes seconds, a large one a minute.

With --json: file, bytes, the report (format, profile, drivingSide, nodes, edges, arcs, states, turns, stuckStates,
lengthMetres, connectedShare, disconnectedNodes, disconnectedMetres, barriers, zeroLengthEdges, antimeridianCrossings,
restrictions, dropped), companions (companion, file, bytes, report) and without (companion, code, reason).

Examples:
  $ lamplight roads build san-francisco.osm.pbf --out sf.roads
  $ lamplight roads build hong-kong.osm.pbf --out hk.roads --driving-side left
  $ lamplight roads build parks.osm.pbf --out parks-on-foot.roads --profile foot --only-network
What happens next: 'lamplight roads info sf.roads' shows what is in it, 'lamplight serve --network sf.roads' uses it.
`,
  );
}

async function build(terminal: Terminal, extract: string, options: BuildOptions): Promise<undefined> {
  const { out, profile, drivingSide, onlyNetwork } = options;
  const built = await buildCityFiles(terminal, await readInput(extract), {
    source: extract,
    out,
    ...(profile && { profile }),
    ...(drivingSide && { drivingSide }),
    ...(onlyNetwork && { companions: [] }),
  });
  const { report, files, without } = built;
  if (terminal.json) {
    const [network, ...companions] = files;
    terminal.printJson({
      file: out,
      bytes: network?.bytes,
      ...report,
      companions: companions.map(({ holds, ...file }) => ({ companion: holds, ...file })),
      without,
    });
    return;
  }
  for (const { file, bytes } of files) {
    terminal.say('roads.built', { file, megabytes: (bytes / 1e6).toFixed(1) });
  }
  for (const { companion, reason } of without) {
    const name = terminal.translate({ key: `roads.companion.${companion}` });
    terminal.say('roads.without', { companion: name, reason });
  }
  printReport(terminal, report);
}
