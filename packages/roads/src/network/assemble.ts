import { ROAD_CLASSES } from '../profile/index.js';
import type { CollectedWay, Collection } from './collect.js';
import { hilbertOrder } from './hilbert.js';
import {
  at,
  DECISECONDS_PER_SECOND,
  GRID_PER_DEGREE,
  type NetworkArrays,
  NO_ARC,
  type RoadNetwork,
  type StreetName,
} from './network.js';
import type { BuildReport } from './report.js';
import { buildSegmentIndex, openSegmentIndex } from './segment-index.js';
import type { Piece, Pieces } from './split.js';

/** The directed graph of the pieces, as far as connectivity needs it: arcs leaving vertex v lead to `head[first[v]…]`. */
export function directedGraph({ vertexNode, edges }: Pieces): {
  firstArc: Uint32Array;
  arcHead: Uint32Array;
} {
  const tails: number[] = [];
  const heads: number[] = [];
  for (const { way, from, to } of edges) {
    if (way.verdict.forward !== undefined) {
      tails.push(from);
      heads.push(to);
    }
    if (way.verdict.backward !== undefined) {
      tails.push(to);
      heads.push(from);
    }
  }
  const { first, order } = groupBy(tails, vertexNode.length);
  return { firstArc: first, arcHead: order.map((arc) => at(heads, arc)) };
}

/** Numbers the kept vertices and edges in their final order and lays out the arrays of the network. */
export function assemble(
  collection: Collection,
  pieces: Pieces,
  kept: Uint8Array,
  facts: Omit<BuildReport, 'nodes' | 'edges' | 'arcs' | 'lengthMetres'>,
): RoadNetwork {
  const { nodePosition, nodeOf } = numberNodes(collection, pieces, kept);
  const sorted = pieces.edges
    .filter(({ from, to }) => at(kept, from) === 1 && at(kept, to) === 1)
    .map((piece) => ({ piece, from: at(nodeOf, piece.from), to: at(nodeOf, piece.to) }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const edges = sorted.map(({ piece }) => piece);
  const edgeFrom = Uint32Array.from(sorted, ({ from }) => from);
  const edgeTo = Uint32Array.from(sorted, ({ to }) => to);
  const edgeLength = Float64Array.from(edges, ({ lengthMetres }) => lengthMetres);
  const { names, edgeName } = tabulateNames(edges.map(({ way }) => way.name));
  const geometry = layGeometry(collection, edges);

  const arrays: NetworkArrays = {
    nodePosition,
    ...layArcs(edges, edgeFrom, edgeTo),
    edgeFrom,
    edgeTo,
    edgeLength,
    edgeClass: Uint8Array.from(edges, ({ way }) => ROAD_CLASSES.indexOf(way.verdict.class)),
    edgeName,
    edgeWay: Float64Array.from(edges, ({ way }) => way.id),
    ...geometry,
    segmentIndex: buildSegmentIndex(geometry.firstPoint, geometry.points),
  };
  const counts = {
    nodes: nodePosition.length / 2,
    edges: edges.length,
    arcs: arrays.arcHead.length,
    lengthMetres: edgeLength.reduce((sum, length) => sum + length, 0),
  };
  return makeNetwork(arrays, names, { ...facts, ...counts });
}

/** Wraps finished arrays; derives counts and bounds. */
export function makeNetwork(
  arrays: NetworkArrays,
  names: readonly (StreetName | undefined)[],
  report: BuildReport,
): RoadNetwork {
  const { minX, minY, maxX, maxY } = openSegmentIndex(arrays);
  return {
    report,
    bounds: [minX / GRID_PER_DEGREE, minY / GRID_PER_DEGREE, maxX / GRID_PER_DEGREE, maxY / GRID_PER_DEGREE],
    nodeCount: arrays.firstArc.length - 1,
    edgeCount: arrays.edgeFrom.length,
    arcCount: arrays.arcHead.length,
    names,
    arrays,
  };
}

function numberNodes(
  { positions }: Collection,
  { vertexNode }: Pieces,
  kept: Uint8Array,
): { nodePosition: Int32Array; nodeOf: Uint32Array } {
  const vertices = Uint32Array.from(vertexNode.keys()).filter((vertex) => at(kept, vertex) === 1);
  const unordered = new Int32Array(2 * vertices.length);
  vertices.forEach((vertex, i) => {
    const node = at(vertexNode, vertex);
    unordered[2 * i] = at(positions, 2 * node);
    unordered[2 * i + 1] = at(positions, 2 * node + 1);
  });
  const nodePosition = new Int32Array(unordered.length);
  const nodeOf = new Uint32Array(vertexNode.length);
  hilbertOrder(unordered).forEach((i, node) => {
    nodePosition[2 * node] = at(unordered, 2 * i);
    nodePosition[2 * node + 1] = at(unordered, 2 * i + 1);
    nodeOf[at(vertices, i)] = node;
  });
  return { nodePosition, nodeOf };
}

type ArcArrays = Pick<
  NetworkArrays,
  | 'firstArc'
  | 'arcHead'
  | 'arcDuration'
  | 'arcEdge'
  | 'firstIncoming'
  | 'incomingArc'
  | 'incomingTail'
  | 'edgeForwardArc'
  | 'edgeBackwardArc'
>;

function layArcs(edges: readonly Piece[], edgeFrom: Uint32Array, edgeTo: Uint32Array): ArcArrays {
  const nodeCount = 1 + Math.max(maximum(edgeFrom), maximum(edgeTo));
  const directed: number[] = []; // twice the edge, plus one when against it
  edges.forEach(({ way: { verdict } }, edge) => {
    if (verdict.forward !== undefined) directed.push(2 * edge);
    if (verdict.backward !== undefined) directed.push(2 * edge + 1);
  });
  const tailOf = (arcEdge: number): number => at(arcEdge & 1 ? edgeTo : edgeFrom, arcEdge >>> 1);
  const headOf = (arcEdge: number): number => at(arcEdge & 1 ? edgeFrom : edgeTo, arcEdge >>> 1);

  const outgoing = groupBy(directed.map(tailOf), nodeCount);
  const arcEdge = outgoing.order.map((index) => at(directed, index));
  const arcHead = arcEdge.map(headOf);
  const incoming = groupBy(arcHead, nodeCount);
  const edgeForwardArc = new Uint32Array(edges.length).fill(NO_ARC);
  const edgeBackwardArc = new Uint32Array(edges.length).fill(NO_ARC);
  const arcDuration = new Uint32Array(arcEdge.length);
  arcEdge.forEach((value, arc) => {
    const edge = value >>> 1;
    const against = (value & 1) === 1;
    (against ? edgeBackwardArc : edgeForwardArc)[edge] = arc;
    arcDuration[arc] = durationOf(edges[edge], against);
  });
  return {
    firstArc: outgoing.first,
    arcHead,
    arcDuration,
    arcEdge,
    firstIncoming: incoming.first,
    incomingArc: incoming.order,
    incomingTail: incoming.order.map((arc) => tailOf(at(arcEdge, arc))),
    edgeForwardArc,
    edgeBackwardArc,
  };
}

/** Deciseconds; at least one, so that no way costs nothing, however short. */
function durationOf(piece: Piece | undefined, against: boolean): number {
  const speed = against ? piece?.way.verdict.backward : piece?.way.verdict.forward;
  if (!piece || speed === undefined) throw new RangeError('an arc has no speed');
  return Math.max(1, Math.round((piece.lengthMetres / speed) * DECISECONDS_PER_SECOND));
}

function layGeometry(
  { positions }: Collection,
  edges: readonly Piece[],
): { firstPoint: Uint32Array; points: Int32Array } {
  const firstPoint = new Uint32Array(edges.length + 1);
  edges.forEach(({ nodes }, edge) => {
    firstPoint[edge + 1] = at(firstPoint, edge) + nodes.length;
  });
  const points = new Int32Array(2 * at(firstPoint, edges.length));
  let next = 0;
  for (const { nodes } of edges) {
    for (const node of nodes) {
      points[next++] = at(positions, 2 * node);
      points[next++] = at(positions, 2 * node + 1);
    }
  }
  return { firstPoint, points };
}

function tabulateNames(nameOfEdge: readonly CollectedWay['name'][]): {
  names: (StreetName | undefined)[];
  edgeName: Uint32Array;
} {
  const names: (StreetName | undefined)[] = [undefined];
  const known = new Map<string, number>();
  const edgeName = Uint32Array.from(nameOfEdge, (name) => {
    if (!name) return 0;
    const key = JSON.stringify([name.local, name.en, name.zh]);
    const index = known.get(key) ?? names.push(name) - 1;
    known.set(key, index);
    return index;
  });
  return { names, edgeName };
}

/** Counting sort: members of group g are `order[first[g]]` up to, not including, `order[first[g + 1]]`, in their old order. */
function groupBy(groupOf: ArrayLike<number>, groupCount: number): { first: Uint32Array; order: Uint32Array } {
  const first = new Uint32Array(groupCount + 1);
  for (let i = 0; i < groupOf.length; i++) first[at(groupOf, i) + 1] = at(first, at(groupOf, i) + 1) + 1;
  for (let group = 0; group < groupCount; group++) {
    first[group + 1] = at(first, group) + at(first, group + 1);
  }
  const next = first.slice();
  const order = new Uint32Array(groupOf.length);
  for (let i = 0; i < groupOf.length; i++) {
    const place = at(next, at(groupOf, i));
    order[place] = i;
    next[at(groupOf, i)] = place + 1;
  }
  return { first, order };
}

function maximum(values: Uint32Array): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0);
}
