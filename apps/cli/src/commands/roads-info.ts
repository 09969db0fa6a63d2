import type { Command } from 'commander';
import { type CompanionState, inspectCompanions } from '../companions.js';
import type { Registrar } from '../program.js';
import { openNetworkFile } from '../road-files.js';
import type { Terminal } from '../terminal.js';
import { printReport } from './roads-report.js';

export function registerRoadsInfo({ finish, actOn }: Registrar, roads: Command): void {
  const command = roads
    .command('info')
    .description('Say what a network file holds, what was left out, and what lies beside it')
    .argument('<file>', 'a network file')
    .action(actOn(info));
  finish(
    command,
    `
A state is a direction of a street, or a copy of one on the way through a turn restriction; a turn leads from one state
to another. States that cannot go on, or cannot be reached, are counted as stuck; the streets themselves are not.

With --json: what 'roads build' says of the network, bounds [west, south, east, north], streetNames, and companions
(companion, file, bytes or null, fault or null). Dropped, by reason: not-a-road, access, reversible, duplicate-way
(ways), duplicate-node (nodes), missing-node (references), zero-length, disconnected (pieces between junctions).

Example:
  $ lamplight roads info sf.roads --json
What happens next: build again what has a fault with 'lamplight roads build'.
`,
  );
}

async function info(terminal: Terminal, file: string): Promise<undefined> {
  const network = await openNetworkFile(terminal, file);
  const { report, bounds, names } = network;
  const companions = await inspectCompanions(terminal, file, network);
  if (terminal.json) {
    terminal.printJson({ ...report, bounds, streetNames: names.length - 1, companions });
    return;
  }
  printReport(terminal, report);
  for (const companion of companions) terminal.print(describe(terminal, companion));
}

function describe(terminal: Terminal, { companion, file, bytes, fault }: CompanionState): string {
  const name = terminal.translate({ key: `roads.companion.${companion}` });
  if (bytes === null) return terminal.translate({ key: 'roads.beside-none', values: { companion: name } });
  const values = { companion: name, file, megabytes: (bytes / 1e6).toFixed(1) };
  return fault === null
    ? terminal.translate({ key: 'roads.beside', values })
    : terminal.translate({ key: 'roads.beside-fault', values: { ...values, reason: fault } });
}
