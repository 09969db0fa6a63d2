import { type BoundingBox, type LonLat, type Metres, metres } from '@lamplight/base';
import { ROAD_CLASSES, type RoadClass } from '../profile/index.js';
import type { BuildReport } from './report.js';

/** What a street is called: as on its signs, and in English and Chinese where the map has them. */
export interface StreetName {
  readonly local: string;
  readonly en?: string;
  readonly zh?: string;
}

/** Positions are stored as whole numbers of 1e-7 degrees, the precision of OSM itself (about 1 cm). */
export const GRID_PER_DEGREE = 1e7;

/** Travel times are stored as whole tenths of a second. */
export const DECISECONDS_PER_SECOND = 10;

/** In `edgeForwardArc`, `edgeBackwardArc`: this direction cannot be driven. */
export const NO_ARC = 0xffff_ffff;

/** Bits of `edgeFlags`. Contraflow: driven that way although the street is one-way the other way. */
export const EDGE_FLAGS = {
  roundabout: 1,
  bridge: 2,
  tunnel: 4,
  contraflowForward: 8,
  contraflowBackward: 16,
} as const;

/**
 * A road network: nodes (junctions, ends), edges (pieces of street between two nodes, with geometry), arcs (an edge in
 * a direction that may be driven), states (an arc being driven, and of arcs on the way through a turn restriction one more
 * for each that counts there), turns (from the end of one state into the next). Nodes are strongly connected; states are
 * but for those that the report calls stuck. All arrays are views on one buffer when the network was opened
 * from a file, so it can be shared between workers. Nodes are numbered along a Hilbert curve, edges by their first
 * node and arcs by theirs, so that what is near on the ground is near in memory.
 */
export interface RoadNetwork {
  readonly report: BuildReport;
  readonly bounds: BoundingBox;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly arcCount: number;
  readonly stateCount: number;
  /** Name 0 is no name. */
  readonly names: readonly (StreetName | undefined)[];
  readonly arrays: NetworkArrays;
}

export interface NetworkArrays {
  /** For each node: longitude and latitude in 1e-7 degrees. */
  readonly nodePosition: Int32Array;
  /** Arcs leaving node n are `firstArc[n]` up to, not including, `firstArc[n + 1]`. */
  readonly firstArc: Uint32Array;
  /** For each arc: the node it leads to. */
  readonly arcHead: Uint32Array;
  /** For each arc: travel time in deciseconds, at least 1. */
  readonly arcDuration: Uint32Array;
  /** For each arc: twice its edge, plus one when it runs against the edge. */
  readonly arcEdge: Uint32Array;
  /** Arcs entering node n are `incomingArc[firstIncoming[n]]` and so on, leaving from `incomingTail[…]`. */
  readonly firstIncoming: Uint32Array;
  readonly incomingArc: Uint32Array;
  readonly incomingTail: Uint32Array;
  /** For each node: what a driver faces there, the most of any arc; index into `NODE_CONTROLS`. */
  readonly nodeControl: Uint8Array;
  /** For each state: the arc being driven. States 0 … arcCount − 1 are the arcs themselves. */
  readonly stateArc: Uint32Array;
  /** Turns out of state s are `firstTurn[s]` up to, not including, `firstTurn[s + 1]`. */
  readonly firstTurn: Uint32Array;
  /** For each turn: the state after it. */
  readonly turnState: Uint32Array;
  /** For each turn: deciseconds that it takes beyond driving both arcs. */
  readonly turnDelay: Uint16Array;
  /** Turns into state s are `incomingTurn[firstIncomingTurn[s]]` and so on, out of `incomingTurnState[…]`. */
  readonly firstIncomingTurn: Uint32Array;
  readonly incomingTurn: Uint32Array;
  readonly incomingTurnState: Uint32Array;
  /** For each edge: its two nodes, in the order of its geometry. */
  readonly edgeFrom: Uint32Array;
  readonly edgeTo: Uint32Array;
  /** For each edge: its arc along and against its geometry, or `NO_ARC`. */
  readonly edgeForwardArc: Uint32Array;
  readonly edgeBackwardArc: Uint32Array;
  /** For each edge: metres. */
  readonly edgeLength: Float64Array;
  /** For each edge: index into `ROAD_CLASSES`. */
  readonly edgeClass: Uint8Array;
  /** For each edge: bits of `EDGE_FLAGS`. */
  readonly edgeFlags: Uint8Array;
  /** For each edge: index into `names`. */
  readonly edgeName: Uint32Array;
  /** For each edge: the id of the OSM way it is a part of. */
  readonly edgeWay: Float64Array;
  /** Points of edge e are `firstPoint[e]` up to, not including, `firstPoint[e + 1]`; both ends are among them. */
  readonly firstPoint: Uint32Array;
  /** For each point: longitude and latitude in 1e-7 degrees. */
  readonly points: Int32Array;
  /** A flatbush over the segments between points; see `segment-index.ts`. */
  readonly segmentIndex: Uint8Array;
}

/** Element `index`, which must exist. */
export function at(array: ArrayLike<number>, index: number): number {
  const value = array[index];
  if (value === undefined) throw new RangeError(`index ${index} is outside an array of ${array.length}`);
  return value;
}

/** Position number `index` of an array of positions in 1e-7 degrees. */
export function positionAt(positions: Int32Array, index: number): LonLat {
  return [at(positions, 2 * index) / GRID_PER_DEGREE, at(positions, 2 * index + 1) / GRID_PER_DEGREE];
}

/** The geometry of an edge, from its first node to its second. */
export function geometryOf({ arrays }: RoadNetwork, edge: number): LonLat[] {
  const geometry: LonLat[] = [];
  const end = at(arrays.firstPoint, edge + 1);
  for (let point = at(arrays.firstPoint, edge); point < end; point++) {
    geometry.push(positionAt(arrays.points, point));
  }
  return geometry;
}

export function classOf({ arrays }: RoadNetwork, edge: number): RoadClass {
  const roadClass = ROAD_CLASSES[at(arrays.edgeClass, edge)];
  if (roadClass === undefined) throw new RangeError(`edge ${edge} has a class that does not exist`);
  return roadClass;
}

export function findNameOf({ arrays, names }: RoadNetwork, edge: number): StreetName | undefined {
  return names[at(arrays.edgeName, edge)];
}

export function lengthOf({ arrays }: RoadNetwork, edge: number): Metres {
  return metres(at(arrays.edgeLength, edge));
}
