import type { FeatureBuilder } from '../features/features.js';
import {
  type Chain,
  doubleArea,
  joinRings,
  labelPoint,
  nestRings,
  type Ring,
  splitAtTouches,
} from '../features/rings.js';
import type { Flaw } from '../report.js';
import { drawBoundary } from '../schema/index.js';
import type { NodePlaces } from './nodes.js';
import type { KeptRelation } from './relations.js';
import type { WayTable } from './ways.js';

type Flaws = Record<Flaw, number>;

/** Turns ways and relations into features: gives them their positions, joins rings, and counts what does not hold. */
export function assembleFeatures(
  builder: FeatureBuilder,
  nodes: NodePlaces,
  ways: WayTable,
  relations: readonly KeptRelation[],
  flaws: Flaws,
): void {
  for (let index = 0; index < ways.count; index++) addWay(builder, nodes, ways, index, flaws);
  for (const relation of relations) addRelation(builder, nodes, ways, relation, flaws);
  for (const [index, level] of ways.levels) {
    const drawing = drawBoundary(level);
    if (!drawing) continue;
    const { chains } = placedChains(nodes, ways.refs(index));
    for (const chain of chains) addLine(builder, nodes, builder.table.indexOf(drawing), chain, flaws);
  }
}

function addWay(
  builder: FeatureBuilder,
  nodes: NodePlaces,
  ways: WayTable,
  index: number,
  flaws: Flaws,
): void {
  const way = ways.way(index);
  if (way.lines.length + way.areas.length + way.points.length === 0) return;
  const { chains, missing } = placedChains(nodes, way.nodes);
  if (missing) flaws['missing-node']++;
  for (const drawing of way.lines) {
    const { reversed } = builder.table.at(drawing);
    for (const chain of chains)
      addLine(builder, nodes, drawing, reversed ? chain.toReversed() : chain, flaws);
  }
  const [chain = []] = chains;
  const closed = !missing && chain.length >= 4 && chain[0] === chain[chain.length - 1];
  if (closed && way.areas.length + way.points.length > 0) {
    addArea(builder, nodes, way.areas, way.points, [chain.slice(0, -1)], flaws);
  }
}

function addRelation(
  builder: FeatureBuilder,
  nodes: NodePlaces,
  ways: WayTable,
  relation: KeptRelation,
  flaws: Flaws,
): void {
  const members: Chain[] = [];
  for (const id of relation.ways) {
    const index = ways.findMember(id);
    if (index === undefined) {
      flaws['missing-member']++;
      continue;
    }
    if (relation.boundaryLevel !== undefined) ways.lowerLevel(index, relation.boundaryLevel);
    const { chains, missing } = placedChains(nodes, ways.refs(index));
    if (missing) flaws['missing-node']++;
    members.push(...chains);
  }
  if (relation.areas.length + relation.points.length === 0) return;
  const { rings, open } = joinRings(members);
  flaws['open-ring'] += open;
  const drawings = relation.areas.map((drawing) => builder.table.indexOf(drawing));
  const points = relation.points.map((drawing) => builder.table.indexOf(drawing));
  addArea(builder, nodes, drawings, points, rings, flaws);
}

function addArea(
  builder: FeatureBuilder,
  nodes: NodePlaces,
  areas: readonly number[],
  points: readonly number[],
  chains: readonly Chain[],
  flaws: Flaws,
): void {
  const rings: Ring[] = [];
  for (const chain of chains) {
    const parts = splitAtTouches(chain);
    if (parts.length !== 1 || parts[0]?.length !== chain.length) flaws['touching-ring']++;
    for (const part of parts) {
      const ring = positionsOf(nodes, part);
      if (doubleArea(ring) === 0) flaws.degenerate++;
      else rings.push(ring);
    }
  }
  const polygons = nestRings(rings);
  const [largest] = polygons;
  if (!largest) return;
  for (const drawing of areas) builder.area(drawing, polygons);
  if (points.length === 0) return;
  // The polygons come from large to small; what is written once is written in the largest.
  const [x, y] = labelPoint(largest);
  const area = Math.abs(doubleArea(largest[0] ?? []));
  for (const drawing of points) builder.label(drawing, x, y, area);
}

function addLine(
  builder: FeatureBuilder,
  nodes: NodePlaces,
  drawing: number,
  chain: Chain,
  flaws: Flaws,
): void {
  const points = positionsOf(nodes, chain);
  if (points.length < 4) flaws.degenerate++;
  else builder.line(drawing, points);
}

/** The runs of a way whose nodes are known, as indices; whole when none is missing. */
function placedChains(nodes: NodePlaces, refs: Float64Array): { chains: Chain[]; missing: boolean } {
  const chains: number[][] = [];
  let current: number[] = [];
  let missing = false;
  for (const ref of refs) {
    const index = nodes.indexOf(ref);
    if (index >= 0 && nodes.isKnown(index)) {
      current.push(index);
      continue;
    }
    missing = true;
    if (current.length > 1) chains.push(current);
    current = [];
  }
  if (current.length > 1 || (!missing && current.length > 0)) chains.push(current);
  return { chains, missing };
}

/** Positions of a chain, without those that are where the one before them is. */
function positionsOf(nodes: NodePlaces, chain: Chain): number[] {
  const points: number[] = [];
  for (const node of chain) {
    const x = nodes.x(node);
    const y = nodes.y(node);
    const last = points.length;
    if (last > 0 && points[last - 2] === x && points[last - 1] === y) continue;
    points.push(x, y);
  }
  return points;
}
