import { encodeOsmPbf, generateCity } from '@lamplight/simulation';
import { PMTiles } from 'pmtiles';
import { describe, expect, it } from 'vitest';
import { buildBasemap } from '../src/index.js';
import { findSharedFile } from './fixtures/extract.js';
import {
  covers,
  faultsOf,
  mapOf,
  type TileFeature,
  tileAround,
  tileAt,
  tileOf,
  tilesOf,
} from './fixtures/tiles.js';

/** Everything that every map must have: tiles that decode, sound geometry, names, and none too large. */
async function surveyOf(extract: Uint8Array): Promise<{
  readonly layers: ReadonlyMap<string, number>;
  readonly names: ReadonlySet<unknown>;
  readonly kinds: ReadonlySet<string>;
}> {
  const { map, pmtiles, report } = await mapOf(extract);
  const layers = new Map<string, number>();
  const names = new Set<unknown>();
  const kinds = new Set<string>();
  const faults: string[] = [];
  let tiles = 0;
  for await (const { z, x, y, tile } of tilesOf(map)) {
    tiles++;
    for (const [layer, features] of Object.entries(tile)) {
      layers.set(layer, (layers.get(layer) ?? 0) + features.length);
      for (const feature of features) {
        kinds.add(`${layer}/${feature.fields.kind}`);
        if (layer === 'roads') names.add(feature.fields.name);
        faults.push(...faultsOf(feature).map((fault) => `${z}/${x}/${y} ${layer}: ${fault}`));
      }
    }
  }
  expect(faults).toEqual([]);
  expect(tiles).toBe(report.tiles);
  expect(report.largestTile.bytes).toBeLessThan(500_000);
  const largest = report.largestTile;
  const stored = await map.tile(largest.z, largest.x, largest.y);
  expect(stored?.bytes.length).toBe(largest.bytes);

  const library = new PMTiles({
    getKey: () => 'memory',
    getBytes: async (offset, length) => ({
      data: new Uint8Array(pmtiles.subarray(offset, offset + length)).buffer,
    }),
  });
  const header = await library.getHeader();
  expect(header).toMatchObject({
    specVersion: 3,
    clustered: true,
    numAddressedTiles: report.tiles,
    numTileContents: report.distinctTiles,
    minZoom: 0,
    maxZoom: 15,
  });
  expect(await library.getMetadata()).toMatchObject({
    attribution: expect.stringContaining('OpenStreetMap'),
  });
  const again = buildBasemap(extract);
  expect(again.ok && Buffer.compare(again.value.pmtiles, pmtiles)).toBe(0);
  return { layers, names, kinds };
}

describe('a generated city', () => {
  const city = generateCity({ seed: 'map', size: 1_500 });
  const extract = encodeOsmPbf(city);

  it('has every layer, sound tiles, and the same bytes each time', async () => {
    const { layers, names, kinds } = await surveyOf(extract);
    expect([...layers.keys()].sort()).toEqual([
      'boundaries',
      'buildings',
      'earth',
      'landuse',
      'places',
      'pois',
      'roads',
      'water',
    ]);
    for (const { name } of city.streets.slice(0, 20)) expect(names).toContain(name.zh);
    for (const kind of [
      'pois/police',
      'pois/fire_station',
      'pois/hospital',
      'buildings/address',
      'landuse/park',
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  it('has its stations where they are', async () => {
    const { map } = await mapOf(extract);
    for (const { position, kind } of city.stations.filter((station) => station.kind === 'fire')) {
      const { at } = tileAround(15, position);
      const pois = (await tileAt(map, 15, position)).pois ?? [];
      const near = pois.filter(({ fields, parts: [[x = 0, y = 0] = []] }) => {
        return fields.kind === 'fire_station' && Math.hypot(x - at[0], y - at[1]) < 3;
      });
      expect(near.length, kind).toBeGreaterThan(0);
    }
  });
});

const liechtenstein = findSharedFile('osm/liechtenstein.osm.pbf');

describe.skipIf(!liechtenstein)('Liechtenstein (skipped where the shared data is absent)', () => {
  it('has every layer, sound tiles, and the same bytes each time', async () => {
    const { layers, names, kinds } = await surveyOf(liechtenstein ?? new Uint8Array());
    expect(layers.size).toBe(8);
    expect(names).toContain('Äulestrasse');
    for (const kind of [
      'pois/police',
      'pois/fire_station',
      'pois/hospital',
      'pois/school',
      'buildings/address',
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  it('has the Rhine, Vaduz, its castle and its house numbers where they are', async () => {
    const { map } = await mapOf(liechtenstein ?? new Uint8Array());
    const inRhine = tileAround(15, [9.5081841, 47.1407276]);
    const { water = [] } = await tileOf(map, 15, inRhine.x, inRhine.y);
    expect(water.some((feature) => covers(feature, inRhine.at))).toBe(true);
    const onLand = tileAround(15, [9.5215, 47.141]);
    const dry = (await tileOf(map, 15, onLand.x, onLand.y)).water ?? [];
    expect(dry.some((feature) => covers(feature, onLand.at))).toBe(false);

    const capital = await tileAt(map, 10, [9.5215, 47.141]);
    expect(capital.places?.map(({ fields }) => fields.name)).toContain('Vaduz');
    const castle = (await tileAt(map, 15, [9.5244, 47.1394])).pois ?? [];
    expect(castle.map(({ fields }) => fields.kind)).toContain('castle');
    const numbers = (await tileAt(map, 15, [9.5209, 47.1395])).buildings?.filter(isAddress) ?? [];
    expect(numbers.length).toBeGreaterThan(50);
  });
});

const isAddress = ({ fields }: TileFeature): boolean => fields.kind === 'address';

const portland = findSharedFile('osm/portland.osm.pbf');

describe.skipIf(!portland)('Portland (skipped where the shared data is absent)', () => {
  it('has its streets by class and name, sound tiles, and counts what the extract cut off', async () => {
    const extract = portland ?? new Uint8Array();
    const { names, kinds } = await surveyOf(extract);
    expect(names).toContain('Southwest Broadway');
    for (const kind of ['highway', 'major_road', 'minor_road', 'path', 'rail'])
      expect(kinds).toContain(`roads/${kind}`);
    const built = buildBasemap(extract);
    expect(built.ok && built.value.report.flaws['missing-node']).toBeGreaterThan(0);
    const { map } = await mapOf(extract);
    const { roads = [] } = await tileAt(map, 15, [-122.6765, 45.5231]);
    expect(roads.some(({ fields }) => fields.oneway === 'yes')).toBe(true);
    expect(roads.some(({ fields }) => fields.kind_detail === 'tram')).toBe(true);
  });
});
