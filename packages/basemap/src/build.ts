import { err, ok, type Result } from '@lamplight/base';
import { ArchiveWriter } from './archive/write.js';
import type { BasemapError } from './errors.js';
import type { Features } from './features/features.js';
import { readFeatures } from './osm/read-features.js';
import { type BasemapReport, noFlaws } from './report.js';
import { LAYERS } from './schema/index.js';
import { cutZoom } from './tiles/cut.js';
import { TileEncoder } from './tiles/encode.js';

export interface BuildOptions {
  /** Last zoom that is cut, 10 to 15; maps draw it enlarged beyond. 15 unless told otherwise. */
  readonly maxZoom?: number;
  /** What the archive calls itself. */
  readonly name?: string;
  /** Called now and then with the share of the work that is done, in [0, 1]. */
  readonly onProgress?: (fraction: number) => void;
}

export interface BuiltBasemap {
  /** A PMTiles archive of version 3. */
  readonly pmtiles: Uint8Array;
  readonly report: BasemapReport;
}

const MIN_ZOOM = 10;
const MAX_ZOOM = 15;
/** The data of OpenStreetMap may be used by whoever says whose it is (ODbL 1.0, 4.3). */
const ATTRIBUTION = '<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap</a>';
/** Share of the work that reading is; cutting a zoom takes twice as long as the one before. */
const READING = 0.4;

/**
 * Makes a base map from an OpenStreetMap extract (`.osm.pbf`, `.osm`, `.osm.gz`): vector tiles from zoom 0 on with the
 * layers and fields of the Protomaps basemap, version 4, in one PMTiles archive. The same bytes give the same archive.
 * Refuses what is no extract, or has nothing to draw; what is wrong inside an extract is counted in the report. Throws a
 * RangeError for a `maxZoom` outside 10 to 15.
 */
export function buildBasemap(
  extract: Uint8Array,
  options: BuildOptions = {},
): Result<BuiltBasemap, BasemapError> {
  const { maxZoom = MAX_ZOOM, name = 'Lamplight base map', onProgress = () => {} } = options;
  if (!Number.isInteger(maxZoom) || maxZoom < MIN_ZOOM || maxZoom > MAX_ZOOM) {
    throw new RangeError(`maxZoom must be a whole number from ${MIN_ZOOM} to ${MAX_ZOOM}`);
  }
  const flaws = noFlaws();
  const read = readFeatures(extract, maxZoom, flaws, (fraction) => onProgress(fraction * READING));
  if (!read.ok) return read;
  const { features, counts, bounds } = read.value;

  const archive = new ArchiveWriter();
  const encoder = new TileEncoder();
  for (let zoom = 0; zoom <= maxZoom; zoom++) {
    if (!writeZoom(archive, encoder, features, zoom)) {
      return err({ code: 'extract-too-large', message: `too many pieces at zoom ${zoom}` });
    }
    onProgress(READING + (1 - READING) * 2 ** (zoom - maxZoom));
  }
  const { bytes, tiles, distinctTiles, largestTile } = archive.finish({
    maxZoom,
    bounds,
    metadata: {
      name,
      description: 'Streets, buildings, land use, water and places',
      attribution: ATTRIBUTION,
      type: 'baselayer',
      version: '4.0.0',
      vector_layers: vectorLayers(features),
    },
  });
  return ok({
    pmtiles: bytes,
    report: {
      bounds,
      maxZoom,
      features: counts,
      flaws,
      tiles,
      distinctTiles,
      largestTile,
      bytes: bytes.length,
    },
  });
}

function writeZoom(archive: ArchiveWriter, encoder: TileEncoder, features: Features, zoom: number): boolean {
  const pieces = cutZoom(features, zoom);
  const sorted = pieces.sorted();
  if (!sorted) return false;
  let start = 0;
  while (start < sorted.length) {
    const tile = pieces.tile.data[sorted[start] ?? 0] ?? 0;
    let end = start + 1;
    while (end < sorted.length && pieces.tile.data[sorted[end] ?? 0] === tile) end++;
    archive.add(tile, encoder.encode(features, zoom, pieces, sorted.subarray(start, end)));
    start = end;
  }
  return true;
}

/** The layers with their fields and zooms, as the metadata of an archive lists them. */
function vectorLayers(features: Features): readonly unknown[] {
  return LAYERS.flatMap((id) => {
    const fields = new Map<string, string>();
    let minzoom = features.maxZoom;
    let used = false;
    const seen = new Set<number>();
    for (let feature = 0; feature < features.count; feature++) {
      const index = features.drawing[feature] ?? 0;
      const drawing = features.table.at(index);
      if (drawing.layer !== id) continue;
      used = true;
      minzoom = Math.min(minzoom, features.minZoom[feature] ?? 0);
      if (seen.has(index)) continue;
      seen.add(index);
      for (const [key, value] of Object.entries(drawing.attributes))
        fields.set(key, FIELD_TYPES[typeof value] ?? 'String');
    }
    if (!used) return [];
    return [{ id, fields: Object.fromEntries(fields), minzoom, maxzoom: features.maxZoom }];
  });
}

const FIELD_TYPES: Readonly<Record<string, string>> = {
  number: 'Number',
  boolean: 'Boolean',
  string: 'String',
};
