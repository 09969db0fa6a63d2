import type { BuildReport } from '@lamplight/roads';
import type { Command } from 'commander';
import { readInput } from '../files.js';
import type { Registrar } from '../program.js';
import { buildNetworkFile } from '../road-files.js';
import type { Terminal } from '../terminal.js';

interface BuildOptions {
  readonly out: string;
}

export function registerRoadsBuild({ finish, actOn }: Registrar, roads: Command): void {
  const command = roads
    .command('build')
    .description('Read an OpenStreetMap extract and write a network file')
    .argument('<extract>', '.osm.pbf, .osm or .osm.gz, told by content and not by name')
    .requiredOption('--out <file>', 'the network file to write; replaced whole when it exists')
    .action(actOn<BuildOptions>(build));
  finish(
    command,
    `
Keeps the roads that an emergency vehicle may use and, of those, the largest part in which every place can be
reached from every other. What was left out is counted by reason. Takes seconds for a city.

Example:
  $ lamplight roads build san-francisco.osm.pbf --out sf.roads
What happens next: 'lamplight roads info sf.roads' shows what is in it, 'lamplight serve --network sf.roads' uses it.
`,
  );
}

async function build(terminal: Terminal, extract: string, { out }: BuildOptions): Promise<undefined> {
  const bytes = await readInput(extract);
  const { report, bytes: size } = await buildNetworkFile(terminal, bytes, extract, out);
  if (terminal.json) terminal.printJson({ file: out, bytes: size, ...infoOf(report) });
  else {
    terminal.say('roads.built', { file: out, megabytes: (size / 1e6).toFixed(1) });
    printReport(terminal, report);
  }
}

/** The facts of a network for machines. */
export const infoOf = (report: BuildReport) => ({
  format: report.format,
  profile: report.profile,
  nodes: report.nodes,
  edges: report.edges,
  arcs: report.arcs,
  lengthMetres: report.lengthMetres,
  connectedShare: report.connectedShare,
  disconnectedNodes: report.disconnectedNodes,
  barriers: report.barriers,
  dropped: report.dropped,
});

/** The facts of a network for people. */
export function printReport(terminal: Terminal, report: BuildReport): void {
  const { nodes, edges, arcs, lengthMetres, connectedShare, disconnectedNodes, dropped } = report;
  const line = (key: Parameters<Terminal['say']>[0], values: Record<string, string | number>): void =>
    terminal.print(terminal.translate({ key, values }));
  const number = new Intl.NumberFormat(terminal.language);
  line('roads.size', {
    nodes: number.format(nodes),
    edges: number.format(edges),
    arcs: number.format(arcs),
    kilometres: number.format(Math.round(lengthMetres / 1000)),
  });
  line('roads.connected', {
    share: (connectedShare * 100).toFixed(2),
    dropped: number.format(disconnectedNodes),
  });
  for (const [reason, count] of Object.entries(dropped)) {
    if (count > 0) line('roads.dropped', { reason, count: number.format(count) });
  }
}
