import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const COSTING = 'auto';
const NO_LIMIT = 10_000_000;

/**
 * Valhalla in this process, on tiles built from the bytes of an `.osm.pbf`. Tiles are kept in the folder for temporary
 * files under the hash of those bytes. `algorithm` is `thor.source_to_target_algorithm`. Positions are `[lon, lat]`,
 * times seconds, `null` where Valhalla finds no way. Throws when the package is not installed or the tiles do not build.
 */
export async function openValhalla(extract, { algorithm = 'timedistancematrix' } = {}) {
  const { Actor, getConfig, VALHALLA_VERSION } = await import('@valhallajs/valhallajs');
  const hash = createHash('sha256').update(extract).digest('hex').slice(0, 16);
  const home = join(tmpdir(), 'lamplight-bench', `valhalla-${VALHALLA_VERSION}-${hash}`);
  const tiles = join(home, 'tiles');
  const config = unlimited(await getConfig({ tileDir: tiles, tileExtract: '' }), algorithm);
  const built = existsSync(home) ? null : await buildTiles(extract, config, home);
  const actor = new Actor(config);

  /** Asked in text and answered in text, as over a socket; reading the answer is part of the work. */
  const ask = async (action, query) => JSON.parse(await actor[action](JSON.stringify(query)));
  const matrix = async (froms, tos) => {
    const query = { sources: froms.map(place), targets: tos.map(place), costing: COSTING, verbose: false };
    const { sources_to_targets: answer } = await ask('matrix', query);
    return answer.durations;
  };
  return {
    version: VALHALLA_VERSION,
    /** How long the tiles took, in seconds; `null` when they were there. */
    built,
    /** Seconds from each to each. */
    matrix,
    oneToMany: async (from, tos) => (await matrix([from], tos))[0],
    manyToOne: async (froms, to) => (await matrix(froms, [to])).map(([time]) => time),
    /** Seconds of the fastest route, which comes with its shape but without directions in words. */
    async route(from, to) {
      const query = { locations: [place(from), place(to)], costing: COSTING, directions_type: 'none' };
      return (await ask('route', query)).trip.summary.time;
    },
    /** The areas reached within each of the minutes, as GeoJSON polygons. */
    isochrones: (from, minutes) =>
      ask('isochrone', {
        locations: [place(from)],
        costing: COSTING,
        contours: minutes.map((time) => ({ time })),
        polygons: true,
      }),
    /** For each position, the nearest place on a road. */
    async locate(positions) {
      const found = await ask('locate', {
        locations: positions.map(place),
        costing: COSTING,
        verbose: false,
      });
      return found.map(({ edges }) => edges?.[0] && [edges[0].correlated_lon, edges[0].correlated_lat]);
    },
    /** For each fix `{position, time}`, in seconds, where on the roads it was. */
    async match(fixes) {
      const shape = fixes.map(({ position: [lon, lat], time }) => ({ lon, lat, time }));
      const filters = {
        attributes: ['edge.way_id', 'matched.point', 'matched.type', 'matched.edge_index'],
        action: 'include',
      };
      const query = { shape, costing: COSTING, shape_match: 'map_snap', filters };
      return (await ask('traceAttributes', query)).matched_points.map(({ lon, lat }) => [lon, lat]);
    },
  };
}

/** Valhalla would look around each place for whether it is on an island; there are none, and it is faster not to. */
const place = ([lon, lat]) => ({ lon, lat, minimum_reachability: 0 });

/** Valhalla's own configuration, quiet, with every limit of a public service out of the way. */
function unlimited(config, algorithm) {
  for (const part of ['loki', 'thor', 'odin', 'meili']) config[part].logging.type = '';
  config.thor.source_to_target_algorithm = algorithm;
  config.mjolnir.concurrency = cpus().length;
  const { service_limits: limits } = config;
  Object.assign(limits[COSTING], {
    max_distance: NO_LIMIT,
    max_locations: NO_LIMIT,
    max_matrix_distance: NO_LIMIT,
    max_matrix_location_pairs: NO_LIMIT,
  });
  Object.assign(limits.trace, { max_distance: NO_LIMIT, max_shape: NO_LIMIT });
  Object.assign(limits.isochrone, { max_distance: NO_LIMIT });
  return config;
}

/** Builds beside and moves into place, so that a folder that is there is whole. Resolves to the seconds it took. */
async function buildTiles(extract, config, home) {
  await mkdir(dirname(home), { recursive: true });
  const draft = await mkdtemp(`${home}-`);
  try {
    const own = structuredClone(config);
    own.mjolnir.tile_dir = join(draft, 'tiles');
    await writeFile(join(draft, 'config.json'), JSON.stringify(own));
    await writeFile(join(draft, 'extract.osm.pbf'), extract);
    const start = performance.now();
    await run('build_tiles', ['-c', join(draft, 'config.json'), join(draft, 'extract.osm.pbf')]);
    const took = (performance.now() - start) / 1000;
    await rm(join(draft, 'extract.osm.pbf'));
    await rename(draft, home);
    return took;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function run(command, args) {
  const folder = dirname(createRequire(import.meta.url).resolve('@valhallajs/valhallajs'));
  const child = spawn(process.execPath, [join(folder, 'bin', 'valhalla-cli.js'), command, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said = (said + text).slice(-500);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`valhalla ${command} ended with ${code}: ${said.trim()}`);
}
