import { listEdges, type RoadNetwork } from '@lamplight/roads';
import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { z } from 'zod';
import type { App } from './app-type.js';

const MAX_ZOOM = 14;

/** Streets of the loaded network as vector tiles, layer `streets`: the map needs nothing from elsewhere. */
export function tileRoutes(app: App, network: RoadNetwork | null): void {
  // Before the server listens: cutting a city into tiles takes longer than anyone may wait who calls meanwhile.
  const index = network && indexOf(network);
  const params = z.object({
    z: z.coerce.number().int().min(0).max(MAX_ZOOM),
    x: z.coerce.number().int().min(0),
    y: z.string().regex(/^\d{1,9}(\.mvt)?$/),
  });

  app.get('/api/v1/tiles/:z/:x/:y', { schema: { params } }, async (request, reply) => {
    const { z: zoom, x, y } = request.params;
    if (!index) return reply.code(204).send();
    const tile = index.getTile(zoom, x, Number.parseInt(y, 10));
    reply.header('cache-control', 'private, max-age=3600');
    if (!tile) return reply.code(204).send();
    const bytes = fromGeojsonVt({ streets: tile }, { version: 2 });
    return reply.type('application/vnd.mapbox-vector-tile').send(Buffer.from(bytes));
  });
}

function indexOf(network: RoadNetwork): GeoJSONVT {
  const features = [];
  for (const { geometry, class: roadClass, name, direction } of listEdges(network)) {
    features.push({
      type: 'Feature' as const,
      geometry: { type: 'LineString' as const, coordinates: geometry.map(([lon, lat]) => [lon, lat]) },
      properties: {
        class: roadClass,
        oneway: direction !== 'both',
        ...(name ? { name: name.local, name_en: name.en ?? name.local, name_zh: name.zh ?? name.local } : {}),
      },
    });
  }
  return new GeoJSONVT({ type: 'FeatureCollection', features }, { maxZoom: MAX_ZOOM, indexMaxZoom: 5 });
}
