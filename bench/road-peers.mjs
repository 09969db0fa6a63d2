import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDijkstra } from './peers/dijkstra.mjs';
import { openPgRouting } from './peers/pgrouting.mjs';
import { openValhalla } from './peers/valhalla.mjs';
import { nodesOf } from './road-workload.mjs';
import { quantileOf } from './statistics.mjs';

/** The peers that are to be had, installed if need be; of each other one, a line that says why not. */
export async function openPeers(extract, { network, graph, turns }, note) {
  const folder = fileURLToPath(new URL('peers/', import.meta.url));
  if (!existsSync(`${folder}node_modules`)) {
    note(`npm install in ${folder} …`);
    spawnSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 2, 2] });
  }
  const attempt = async (name, open) => {
    try {
      return await open();
    } catch (error) {
      note(`${name} is left out: ${error.message.split('\n')[0]}`);
      return undefined;
    }
  };
  const valhalla = await attempt('Valhalla', () => openValhalla(extract));
  const pgRouting = await attempt('pgRouting', () => {
    if (turns) throw new Error('pgr_dijkstraCost knows no turns');
    return openPgRouting({ nodeCount: network.nodeCount, leaving: graph.leaving });
  });
  if (valhalla) {
    const { version, built } = valhalla;
    note(`Valhalla ${version}, tiles ${built === null ? 'built before' : `built in ${built.toFixed(1)} s`}`);
  }
  if (pgRouting) note(`pgRouting ${pgRouting.version}`);
  return {
    valhalla,
    pgRouting,
    close: async () => {
      await pgRouting?.close();
    },
  };
}

/** A peer that answers another question is no peer: says, before any figure, how the answers compare. */
export async function comparePeers({ valhalla, pgRouting }, engine, units, incident, note) {
  if (valhalla) {
    const theirs = await valhalla.manyToOne(
      units.map(({ position }) => position),
      incident.position,
    );
    const ours = engine.manyToOne(units, incident);
    const ratios = theirs.flatMap((time, index) => (time > 0 && ours[index] > 0 ? [time / ours[index]] : []));
    const lost = theirs.filter((time) => time === null).length;
    const [low, middle, high] = [0.05, 0.5, 0.95].map((p) => quantileOf(ratios, p).toFixed(2));
    note(
      `Valhalla finds no way for ${lost} of ${units.length} units; its times over ours: ${middle} (p5 ${low}, p95 ${high})`,
    );
  }
  if (pgRouting) {
    const [to, ...nodes] = nodesOf(engine.network, [incident, ...units]);
    const { nodeCount, entering } = engine.graph;
    const times = createDijkstra(nodeCount, entering).run([{ node: to, duration: 0 }]);
    const theirs = await pgRouting.manyToOne(nodes, to);
    const wrong = theirs.filter((time, index) => time !== times[nodes[index]]).length;
    note(`pgRouting: ${wrong} of ${nodes.length} times are other than those of plain Dijkstra`);
  }
}
