import { type BoundingBox, err, ok, type Result } from '@lamplight/base';
import { readOsm } from '@lamplight/roads';
import type { BasemapError } from '../errors.js';
import { FeatureBuilder, type Features } from '../features/features.js';
import type { Chain } from '../features/rings.js';
import type { Flaw } from '../report.js';
import { drawAddress, drawPlace, drawPoi, type LayerName } from '../schema/index.js';
import { EXTENT, gridUnit, toLonLat, worldX, worldY } from '../tiles/world.js';
import { assembleFeatures } from './assemble.js';
import { boxPolygon, findSea, joinCoast, type WorldBox } from './coast.js';
import { createNodePlaces, type NodePlaces } from './nodes.js';
import { type KeptRelation, keepRelation } from './relations.js';
import { WayTable } from './ways.js';

/**
 * Tiles of the last zoom that land and sea may fill: a thousand kilometres by a thousand. An extract across the
 * antimeridian reaches around the whole world, as does one with a stray object far away.
 */
const MAX_TILES = 2 ** 21;

export interface ReadFeatures {
  readonly features: Features;
  readonly counts: Readonly<Record<LayerName, number>>;
  readonly bounds: BoundingBox;
}

/**
 * Reads an extract three times: relations, to know which ways they need; ways, to know which nodes they need; nodes,
 * for their positions. So only what is drawn is ever held, and the order of the file does not matter.
 */
export function readFeatures(
  extract: Uint8Array,
  maxZoom: number,
  flaws: Record<Flaw, number>,
  progress: (fraction: number) => void,
): Result<ReadFeatures, BasemapError> {
  const relations: KeptRelation[] = [];
  const members = new Set<number>();
  const readRelations = readOsm(extract, {
    relation(_id, all, tags) {
      const kept = keepRelation(all, tags);
      if (!kept) return;
      relations.push(kept);
      for (const way of kept.ways) members.add(way);
    },
    progress: (fraction) => progress(fraction / 3),
  });
  if (!readRelations.ok) return readRelations;

  const builder = new FeatureBuilder(maxZoom);
  const ways = new WayTable(builder.table, members);
  const readWays = readOsm(extract, {
    way: (id, refs, tags) => ways.add(id, refs, tags),
    progress: (fraction) => progress((1 + fraction) / 3),
  });
  if (!readWays.ok) return readWays;

  const nodes = createNodePlaces(ways.nodeIds);
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const readNodes = readOsm(extract, {
    node(id, lon, lat, tags) {
      const index = nodes.indexOf(id);
      const drawn = tags.size > 0 ? [drawPlace(tags), drawPoi(tags), drawAddress(tags)] : [];
      if (index < 0 && !drawn.some(Boolean)) return;
      const x = worldX(lon);
      const y = worldY(lat);
      if (index >= 0) nodes.set(index, x, y);
      for (const drawing of drawn) if (drawing) builder.point(builder.table.indexOf(drawing), x, y);
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    },
    progress: (fraction) => progress((2 + fraction) / 3),
  });
  if (!readNodes.ok) return readNodes;

  assembleFeatures(builder, nodes, ways, relations, flaws);
  if (box[0] > box[2] || Object.values(builder.counts).every((count) => count === 0)) {
    return err({ code: 'nothing-to-draw', message: 'no object of the extract is drawn' });
  }
  const tiles = tilesIn(box, maxZoom);
  if (tiles > MAX_TILES) {
    const message = `the extract reaches over ${tiles} tiles of zoom ${maxZoom}, more than ${MAX_TILES}`;
    return err({ code: 'extract-too-large', message });
  }
  addEarthAndSea(builder, nodes, ways, box, flaws);
  const [west, north] = toLonLat(box[0], box[1]);
  const [east, south] = toLonLat(box[2], box[3]);
  return ok({ features: builder.finish(), counts: builder.counts, bounds: [west, south, east, north] });
}

function tilesIn([west, north, east, south]: WorldBox, zoom: number): number {
  const side = gridUnit(zoom) * EXTENT;
  return (Math.floor((east - west) / side) + 1) * (Math.floor((south - north) / side) + 1);
}

function addEarthAndSea(
  builder: FeatureBuilder,
  nodes: NodePlaces,
  ways: WayTable,
  box: WorldBox,
  flaws: Record<Flaw, number>,
): void {
  const earth = builder.table.indexOf({
    layer: 'earth',
    shape: 'area',
    attributes: { kind: 'earth' },
    minZoom: 0,
    rank: 0,
  });
  builder.area(earth, boxPolygon(box));

  const known: Chain[] = ways.coast.map((way) =>
    Array.from(ways.refs(way), (ref) => nodes.indexOf(ref)).filter(
      (index) => index >= 0 && nodes.isKnown(index),
    ),
  );
  const chains = joinCoast(known.filter((chain) => chain.length > 1));
  const points = chains.map((chain) => chain.flatMap((node) => [nodes.x(node), nodes.y(node)]));
  const ends = chains.map((chain) => [chain[0] ?? -1, chain[chain.length - 1] ?? -1]);
  const sea = findSea(points, ends, box);
  if (sea === 'open') flaws['open-coast']++;
  else if (sea && sea.length > 0) {
    const ocean = builder.table.indexOf({
      layer: 'water',
      shape: 'area',
      attributes: { kind: 'ocean' },
      minZoom: 0,
      rank: 0,
    });
    builder.area(ocean, sea);
  }
}
