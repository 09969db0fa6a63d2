import type { Command } from 'commander';
import type { Registrar } from '../program.js';
import { openNetworkFile } from '../road-files.js';
import type { Terminal } from '../terminal.js';
import { infoOf, printReport } from './roads-build.js';

export function registerRoadsInfo({ finish, actOn }: Registrar, roads: Command): void {
  const command = roads
    .command('info')
    .description('Say what a network file holds and what was left out when it was built')
    .argument('<file>', 'a network file')
    .action(actOn(info));
  finish(
    command,
    `
With --json: nodes, edges, arcs, lengthMetres (each piece of street once), connectedShare (in [0, 1]), bounds
[west, south, east, north], and dropped, by reason: not-a-road, access, reversible, duplicate-way (ways),
missing-node (references), zero-length, disconnected (pieces between junctions).

Example:
  $ lamplight roads info sf.roads --json
`,
  );
}

async function info(terminal: Terminal, file: string): Promise<undefined> {
  const { report, bounds, names } = await openNetworkFile(terminal, file);
  if (terminal.json) terminal.printJson({ ...infoOf(report), bounds, streetNames: names.length - 1 });
  else printReport(terminal, report);
}
