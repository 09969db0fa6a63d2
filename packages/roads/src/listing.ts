import { type LonLat, type Metres, type Seconds, seconds } from '@lamplight/base';
import type { RoadNetwork, StreetName } from './network/index.js';
import {
  at,
  classOf,
  DECISECONDS_PER_SECOND,
  findNameOf,
  geometryOf,
  lengthOf,
  NO_ARC,
  positionAt,
} from './network/network.js';
import type { RoadClass } from './profile/index.js';

/** One arc of the graph: a piece of street in one direction. */
export interface ArcRow {
  readonly arc: number;
  /** Node numbers. Two nodes can lie at one position: on either side of a bollard. */
  readonly fromNode: number;
  readonly toNode: number;
  readonly from: LonLat;
  readonly to: LonLat;
  readonly length: Metres;
  readonly duration: Seconds;
  readonly class: RoadClass;
  readonly name: StreetName | undefined;
}

/** All arcs in the order of their numbers: the whole graph, for checking it from outside. */
export function* exportArcs(network: RoadNetwork): Iterable<ArcRow> {
  const { arrays } = network;
  for (let arc = 0; arc < network.arcCount; arc++) {
    const edge = at(arrays.arcEdge, arc) >>> 1;
    const against = (at(arrays.arcEdge, arc) & 1) === 1;
    const fromNode = at(against ? arrays.edgeTo : arrays.edgeFrom, edge);
    const toNode = at(arrays.arcHead, arc);
    yield {
      arc,
      fromNode,
      toNode,
      from: positionAt(arrays.nodePosition, fromNode),
      to: positionAt(arrays.nodePosition, toNode),
      length: lengthOf(network, edge),
      duration: seconds(at(arrays.arcDuration, arc) / DECISECONDS_PER_SECOND),
      class: classOf(network, edge),
      name: findNameOf(network, edge),
    };
  }
}

/** One piece of street, whichever way it is driven. */
export interface EdgeRow {
  readonly edge: number;
  readonly geometry: readonly LonLat[];
  readonly length: Metres;
  readonly class: RoadClass;
  readonly name: StreetName | undefined;
  /** In which direction of its geometry it may be driven. */
  readonly direction: 'both' | 'forward' | 'backward';
  /** The id of the OSM way it is a part of. */
  readonly way: number;
}

/** All edges, each once, for drawing. */
export function* listEdges(network: RoadNetwork): Iterable<EdgeRow> {
  for (let edge = 0; edge < network.edgeCount; edge++) yield describeEdge(network, edge);
}

/** One edge; throws a `RangeError` for a number that is none. */
export function getEdge(network: RoadNetwork, edge: number): EdgeRow {
  if (!Number.isInteger(edge) || edge < 0 || edge >= network.edgeCount) {
    throw new RangeError(`there is no edge ${edge}; the network has ${network.edgeCount}`);
  }
  return describeEdge(network, edge);
}

function describeEdge(network: RoadNetwork, edge: number): EdgeRow {
  const { arrays } = network;
  const forward = at(arrays.edgeForwardArc, edge) !== NO_ARC;
  const backward = at(arrays.edgeBackwardArc, edge) !== NO_ARC;
  return {
    edge,
    geometry: geometryOf(network, edge),
    length: lengthOf(network, edge),
    class: classOf(network, edge),
    name: findNameOf(network, edge),
    direction: forward && backward ? 'both' : forward ? 'forward' : 'backward',
    way: at(arrays.edgeWay, edge),
  };
}
