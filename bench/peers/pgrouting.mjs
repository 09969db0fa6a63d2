import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian and its kin put the programs of PostgreSQL, a folder for each version. */
const PROGRAMS = '/usr/lib/postgresql';

/** In place of a weight: this step may not be taken. */
const NEVER = 0xffff_ffff;

/**
 * pgRouting on the arcs of a graph: a PostgreSQL of its own in the folder for temporary files, reached by a socket
 * file, with durability off. `leaving` is as in a search graph. Throws when PostgreSQL or pgRouting is not installed.
 */
export async function openPgRouting({ nodeCount, leaving }) {
  const { default: pg } = await import('pg');
  const programs = findPrograms();
  const home = await mkdtemp(join(tmpdir(), 'lamplight-pgrouting-'));
  const data = join(home, 'data');
  // PostgreSQL refuses to be run by root, who can let its own account do it.
  const asRoot = process.getuid?.() === 0;
  const [command, ...before] = asRoot
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups']
    : ['env'];
  if (asRoot) await chmod(home, 0o777);

  let server;
  let client;
  const close = async () => {
    await client?.end();
    if (server && server.exitCode === null) {
      server.kill('SIGINT');
      await once(server, 'exit');
    }
    await rm(home, { recursive: true, force: true });
  };
  try {
    const initdb = spawn(
      command,
      [...before, join(programs, 'initdb'), '-D', data, '-A', 'trust', '-U', 'bench', '-N'],
      { cwd: home, stdio: 'ignore' },
    );
    const [code] = await once(initdb, 'exit');
    if (code !== 0) throw new Error(`initdb ended with ${code}`);
    const settings = [
      'listen_addresses=',
      `unix_socket_directories=${home}`,
      'fsync=off',
      'autovacuum=off',
      'work_mem=256MB',
    ];
    server = spawn(
      command,
      [...before, join(programs, 'postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])],
      { cwd: home, stdio: 'ignore' },
    );
    client = await connect(pg, home, server);
    await client.query('create extension pgrouting cascade');
    const {
      rows: [{ version }],
    } = await client.query('select pgr_version() as version');
    await load(client, nodeCount, leaving);

    return {
      version,
      /**
       * Deciseconds from each node to one, `Infinity` where there is no way. Asked as from that one over the arcs
       * turned round, because pgr_dijkstraCost searches once for each start.
       */
      async manyToOne(nodes, to) {
        const { rows } = await client.query({
          name: 'many-to-one',
          text: `select end_vid, agg_cost from pgr_dijkstraCost(
                   'select id, target as source, source as target, cost from arcs', $1::bigint, $2::bigint[])`,
          values: [to, nodes],
          rowMode: 'array',
        });
        const times = new Map(rows.map(([node, time]) => [Number(node), time]));
        return nodes.map((node) => (node === to ? 0 : (times.get(node) ?? Infinity)));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function findPrograms() {
  const versions = existsSync(PROGRAMS) ? readdirSync(PROGRAMS) : [];
  const found = versions
    .map((version) => join(PROGRAMS, version, 'bin'))
    .filter((folder) => {
      const [version] = folder.split('/').slice(-2);
      return (
        existsSync(join(folder, 'postgres')) &&
        existsSync(`/usr/share/postgresql/${version}/extension/pgrouting.control`)
      );
    });
  if (found.length === 0) throw new Error(`no PostgreSQL with pgRouting below ${PROGRAMS}`);
  return found[found.length - 1];
}

/** The server listens some moments after its start. */
async function connect(pg, home, server) {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ host: home, user: 'bench', database: 'postgres' });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (attempt === 100 || server.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function load(client, nodeCount, { first, node, weight }) {
  const columns = { source: [], target: [], cost: [] };
  for (let from = 0; from < nodeCount; from++) {
    for (let step = first[from]; step < first[from + 1]; step++) {
      if (weight[step] === NEVER) continue;
      columns.source.push(from);
      columns.target.push(node[step]);
      columns.cost.push(weight[step]);
    }
  }
  await client.query(
    'create unlogged table arcs (id bigserial primary key, source bigint, target bigint, cost float8)',
  );
  await client.query(
    'insert into arcs (source, target, cost) select * from unnest($1::bigint[], $2::bigint[], $3::float8[])',
    [columns.source, columns.target, columns.cost],
  );
  await client.query('analyze arcs');
}
