import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import { type Basemap, BasemapFault, basemapStyle } from '@lamplight/basemap';
import { z } from 'zod';
import type { App } from './app-type.js';
import { Failure } from './failure.js';

const DAY = 86_400;
const TYPES: Readonly<Record<string, string>> = {
  '.pbf': 'application/x-protobuf',
  '.json': 'application/json',
  '.png': 'image/png',
};

/** The base map: its style, its tiles, its letters and signs. The map needs nothing from elsewhere. */
export function mapRoutes(app: App, basemap: Basemap | null): void {
  const style = z.object({
    theme: z.enum(['day', 'night']).default('day'),
    language: z.enum(['en', 'zh-CN']).default('en'),
  });
  app.get('/api/v1/map/style', { schema: { querystring: style } }, async (request, reply) => {
    const { theme, language } = request.query;
    // MapLibre wants whole addresses: those by which the browser came.
    const base = `${request.protocol}://${request.host}/api/v1/map`;
    reply.header('cache-control', 'private, no-cache');
    return basemapStyle({
      theme,
      language,
      tiles: `${base}/tiles/{z}/{x}/{y}`,
      glyphs: `${base}/assets/glyphs/{fontstack}/{range}.pbf`,
      sprite: `${base}/assets/sprites/${theme}`,
      ...(basemap && { minZoom: basemap.minZoom, maxZoom: basemap.maxZoom, bounds: basemap.bounds }),
    });
  });

  const tile = z.object({
    z: z.coerce.number().int().min(0).max(22),
    x: z.coerce.number().int().min(0),
    y: z.coerce.number().int().min(0),
  });
  app.get('/api/v1/map/tiles/:z/:x/:y', { schema: { params: tile } }, async (request, reply) => {
    const { z: zoom, x, y } = request.params;
    const found = await readTile(basemap, zoom, x, y);
    reply.header('cache-control', `private, max-age=${DAY}`);
    if (!found) return reply.code(204).send();
    if (found.encoding !== 'identity') reply.header('content-encoding', found.encoding);
    return reply.type('application/vnd.mapbox-vector-tile').send(Buffer.from(found.bytes));
  });

  const assets = listAssets();
  app.get(
    '/api/v1/map/assets/*',
    { schema: { params: z.object({ '*': z.string() }), hide: true } },
    async (request, reply) => {
      const name = request.params['*'];
      const file = assets.get(name);
      // Of letters that no font here has, MapLibre draws its own when it is told that there are none.
      if (file === undefined) throw new Failure('not-found', `The map has no ${name}.`);
      reply.header('cache-control', `private, max-age=${DAY}`);
      return reply.type(TYPES[extname(file)] ?? 'application/octet-stream').send(await readFile(file));
    },
  );
}

async function readTile(basemap: Basemap | null, zoom: number, x: number, y: number) {
  try {
    return await basemap?.tile(zoom, x, y);
  } catch (thrown) {
    if (thrown instanceof BasemapFault) {
      throw new Failure('basemap-damaged', `The base map is damaged: ${thrown.error.message}`);
    }
    throw thrown;
  }
}

/** What may be asked for, by its name in an address: nothing that is not in the folder when the server starts. */
function listAssets(): ReadonlyMap<string, string> {
  const folder = dirname(
    dirname(createRequire(import.meta.url).resolve('@lamplight/basemap/assets/glyphs/OFL.txt')),
  );
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(folder, file).split(sep).join('/'), file];
    }),
  );
}
