import { ROAD_CLASSES, type TurnModel } from '../profile/index.js';
import type { CollectedWay, Collection } from './collect.js';
import type { RestrictionTally } from './collect-restrictions.js';
import { largestComponent } from './components.js';
import { groupBy } from './group-by.js';
import { hilbertOrder } from './hilbert.js';
import { type StreetArrays, surveyJunctions } from './junctions.js';
import {
  at,
  DECISECONDS_PER_SECOND,
  GRID_PER_DEGREE,
  type NetworkArrays,
  NO_ARC,
  type RoadNetwork,
  type StreetName,
} from './network.js';
import { BROKEN_REASONS, type BuildReport, type RestrictionCounts } from './report.js';
import { type ResolvedRestrictions, resolveRestrictions } from './restrictions.js';
import { buildSegmentIndex, openSegmentIndex } from './segment-index.js';
import type { Piece, Pieces } from './split.js';
import { measureTurns, toDeciseconds } from './turn-facts.js';
import { layTurns } from './turns.js';

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

/** What stands in the report before the network is laid out. */
type BuildFacts = Omit<
  BuildReport,
  | 'nodes'
  | 'edges'
  | 'arcs'
  | 'states'
  | 'turns'
  | 'stuckStates'
  | 'lengthMetres'
  | 'zeroLengthEdges'
  | 'restrictions'
>;

/** Numbers the kept vertices and edges in their final order and lays out the arrays of the network. */
export function assemble(
  pieces: Pieces,
  kept: Uint8Array,
  turns: TurnModel | undefined,
  tally: RestrictionTally,
  facts: BuildFacts,
): RoadNetwork {
  const { collection } = pieces;
  const { nodePosition, nodeOf } = numberNodes(pieces, kept);
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

  const streets: StreetArrays = {
    nodePosition,
    ...layArcs(edges, edgeFrom, edgeTo),
    edgeFrom,
    edgeTo,
    edgeLength,
    edgeClass: Uint8Array.from(edges, ({ way }) => ROAD_CLASSES.indexOf(way.verdict.class)),
    edgeFlags: Uint8Array.from(edges, ({ way }) => way.flags),
    edgeName,
    edgeWay: Float64Array.from(edges, ({ way }) => way.id),
    ...geometry,
    segmentIndex: buildSegmentIndex(geometry.firstPoint, geometry.points),
  };
  const junctions = surveyJunctions(collection, edges, streets);
  const measured = measureTurns(streets, junctions, turns, facts.drivingSide);
  const restrictions = resolveRestrictions({
    streets,
    collection,
    kindOf: measured.kindOf,
    findNode: (collected) => {
      const vertex = pieces.findVertex(collected);
      return vertex === undefined || at(kept, vertex) === 0 ? undefined : at(nodeOf, vertex);
    },
  });
  const disregarding = toDeciseconds(turns?.disregarding ?? 0);
  const { forbidsAny, ...turnArrays } = layTurns(streets, measured, restrictions.rules, disregarding);
  const arrays: NetworkArrays = { ...streets, nodeControl: junctions.nodeControl, ...turnArrays };
  const counts = {
    nodes: nodePosition.length / 2,
    edges: edges.length,
    arcs: arrays.arcHead.length,
    states: arrays.stateArc.length,
    turns: arrays.turnState.length,
    stuckStates: forbidsAny ? countStuck(arrays) : 0,
    lengthMetres: edgeLength.reduce((sum, length) => sum + length, 0),
    zeroLengthEdges: edgeLength.reduce((sum, length) => sum + (length === 0 ? 1 : 0), 0),
    restrictions: countRestrictions(tally, restrictions),
  };
  return makeNetwork(arrays, names, { ...facts, ...counts });
}

/** Where every arc may follow every other at its node, states are as connected as nodes, and this is not asked. */
function countStuck({ stateArc, firstTurn, turnState }: NetworkArrays): number {
  return stateArc.length - largestComponent(firstTurn, turnState).size;
}

function countRestrictions(tally: RestrictionTally, resolved: ResolvedRestrictions): RestrictionCounts {
  const { obeyed, disregarded, partial } = resolved;
  const broken = { ...tally.broken };
  for (const reason of BROKEN_REASONS) broken[reason] += resolved.broken[reason] ?? 0;
  return { read: tally.read, obeyed, disregarded, exempt: tally.exempt, partial, broken };
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
    stateCount: arrays.stateArc.length,
    names,
    arrays,
  };
}

function numberNodes(
  { vertexNode, collection: { positions } }: Pieces,
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

function maximum(values: Uint32Array): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0);
}
