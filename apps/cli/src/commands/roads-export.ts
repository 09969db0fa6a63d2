import { once } from 'node:events';
import { exportArcs, type RoadNetwork } from '@lamplight/roads';
import type { Command } from 'commander';
import { toCell } from '../csv.js';
import { writeWhole } from '../files.js';
import type { Registrar } from '../program.js';
import { openNetworkFile } from '../road-files.js';
import type { Terminal } from '../terminal.js';

interface ExportOptions {
  readonly out?: string;
}

export function registerRoadsExport({ finish, actOn }: Registrar, roads: Command): void {
  const command = roads
    .command('export')
    .description('Write the graph as CSV, one line for each arc')
    .argument('<file>', 'a network file')
    .option('--out <file>', 'write there instead of to standard output')
    .action(actOn<ExportOptions>(exportNetwork));
  finish(
    command,
    `
An arc is a piece of street between two junctions in one direction in which it may be driven. Columns: arc, from_node,
to_node, from_lon, from_lat, to_lon, to_lat (degrees), metres, seconds (without turns), class (the value of OSM's highway
tag), name (as on the signs). Two nodes can lie at one position: on either side of a bollard. With --json each line is a
JSON object instead.

Example:
  $ lamplight roads export sf.roads --out sf.csv
`,
  );
}

const HEADING = 'arc,from_node,to_node,from_lon,from_lat,to_lon,to_lat,metres,seconds,class,name';
const LINES_AT_ONCE = 2_000;

async function exportNetwork(terminal: Terminal, file: string, { out }: ExportOptions): Promise<undefined> {
  const network = await openNetworkFile(terminal, file);
  const lines = terminal.json ? listJson(network) : listCsv(network);
  if (out !== undefined) {
    await writeWhole(out, [...chunks(lines)].join(''));
    terminal.say('roads.exported', { file: out, arcs: network.arcCount });
    return;
  }
  const { stdout } = terminal.streams;
  for (const chunk of chunks(lines)) {
    if (!stdout.write(chunk)) await once(stdout, 'drain');
  }
}

function* listCsv(network: RoadNetwork): Iterable<string> {
  yield HEADING;
  for (const { arc, fromNode, toNode, from, to, length, duration, class: roadClass, name } of exportArcs(
    network,
  )) {
    yield [arc, fromNode, toNode, ...from, ...to, length.toFixed(2), duration, roadClass, name?.local ?? '']
      .map(toCell)
      .join(',');
  }
}

function* listJson(network: RoadNetwork): Iterable<string> {
  for (const { arc, fromNode, toNode, from, to, length, duration, class: roadClass, name } of exportArcs(
    network,
  )) {
    yield JSON.stringify({
      arc,
      fromNode,
      toNode,
      from,
      to,
      metres: length,
      seconds: duration,
      class: roadClass,
      name: name?.local ?? null,
    });
  }
}

function* chunks(lines: Iterable<string>): Iterable<string> {
  let chunk: string[] = [];
  for (const line of lines) {
    chunk.push(line);
    if (chunk.length < LINES_AT_ONCE) continue;
    yield `${chunk.join('\n')}\n`;
    chunk = [];
  }
  if (chunk.length > 0) yield `${chunk.join('\n')}\n`;
}
