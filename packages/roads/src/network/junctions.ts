import { NODE_CONTROLS, ROAD_CLASSES, type RoadClass } from '../profile/index.js';
import { importanceOf } from '../profile/road-class.js';
import type { Collection } from './collect.js';
import { controlKind, facesDirection, facesOneWay } from './control-tags.js';
import { at, EDGE_FLAGS, type NetworkArrays } from './network.js';
import { lengthAlong, type Piece } from './split.js';

/** The arrays of a network before turns are laid over it. */
export type StreetArrays = Omit<
  NetworkArrays,
  | 'nodeControl'
  | 'stateArc'
  | 'firstTurn'
  | 'turnState'
  | 'turnDelay'
  | 'firstIncomingTurn'
  | 'incomingTurn'
  | 'incomingTurnState'
>;

/** What meets at the nodes. */
export interface Junctions {
  /** For each node: how many ends of edges meet; a loop counts twice. */
  readonly degree: Uint32Array;
  /** For each arc: what its driver faces at its end, or on the way there; index into `NODE_CONTROLS`. */
  readonly arcControl: Uint8Array;
  readonly nodeControl: Uint8Array;
  /** The most important class, ramps aside, of the edges at the node other than this. */
  crossedClass(node: number, edge: number): RoadClass | undefined;
}

const GIVE_WAY = NODE_CONTROLS.indexOf('give-way');
const STOP = NODE_CONTROLS.indexOf('stop');

/** Signals and signs no farther than this from a junction belong to it. */
const APPROACH_METRES = 50;

/**
 * Finds out what each arc faces. Signals and signs stand on the junction itself or before it, where mappers put them on
 * the stop line; both count once, the strongest of them. One that names its direction faces that direction. One that
 * does not is taken to face, on the way, those who come nearer to the junction within 50 m of it (both directions where
 * there is none); where a way goes on alone, those who do not come from a junction as near; at a junction itself
 * everybody, but a stop or give-way sign only the lesser of roads that differ in importance.
 */
export function surveyJunctions(
  collection: Collection,
  pieces: readonly Piece[],
  streets: StreetArrays,
): Junctions {
  const { arcEdge, arcHead, edgeFrom, edgeTo, edgeClass, edgeLength, firstArc } = streets;
  const nodeCount = firstArc.length - 1;
  const degree = new Uint32Array(nodeCount);
  const main = new Uint8Array(nodeCount).fill(NO_CLASS); // class of the most important edge that is no ramp
  const mainEdge = new Uint32Array(nodeCount);
  const second = new Uint8Array(nodeCount).fill(NO_CLASS); // … and of the next, of another edge
  const least = new Uint8Array(nodeCount); // importance of the least important edge
  const edgesMeet = (node: number, edge: number): void => {
    degree[node] = at(degree, node) + 1;
    const value = at(edgeClass, edge);
    least[node] = Math.max(at(least, node), importance(value));
    if (isRamp(value)) return;
    if (value < at(main, node)) {
      if (at(mainEdge, node) !== edge) second[node] = at(main, node);
      main[node] = value;
      mainEdge[node] = edge;
    } else if (value < at(second, node) && at(mainEdge, node) !== edge) {
      second[node] = value;
    }
  };
  for (let edge = 0; edge < edgeFrom.length; edge++) {
    edgesMeet(at(edgeFrom, edge), edge);
    edgesMeet(at(edgeTo, edge), edge);
  }

  const otherLength = (node: number, edge: number): number => {
    for (let arc = at(firstArc, node); arc < at(firstArc, node + 1); arc++) {
      const other = at(arcEdge, arc) >>> 1;
      if (other !== edge) return at(edgeLength, other);
    }
    return 0;
  };
  const facedAtHead = (code: number, node: number, edge: number, against: boolean): boolean => {
    if (facesOneWay(code)) return facesDirection(code, against);
    if (at(degree, node) <= 2) {
      const driven = at(edgeLength, edge);
      return driven >= APPROACH_METRES || driven >= otherLength(node, edge);
    }
    const kind = controlKind(code);
    if (kind !== STOP && kind !== GIVE_WAY) return true;
    const own = importance(at(edgeClass, edge));
    const best = at(main, node) === NO_CLASS ? own : Math.min(own, importance(at(main, node)));
    return own > best || best === at(least, node);
  };

  const arcControl = new Uint8Array(arcEdge.length);
  const nodeControl = new Uint8Array(nodeCount);
  for (let arc = 0; arc < arcEdge.length; arc++) {
    const edge = at(arcEdge, arc) >>> 1;
    const against = (at(arcEdge, arc) & 1) === 1;
    const head = at(arcHead, arc);
    const piece = pieces[edge];
    if (!piece) continue;
    const end = at(piece.nodes, against ? 0 : piece.nodes.length - 1);
    const code = at(collection.controls, end);
    let control = code !== 0 && facedAtHead(code, head, edge, against) ? controlKind(code) : 0;
    control = Math.max(control, facedOnTheWay(collection, piece, against));
    arcControl[arc] = control;
    nodeControl[head] = Math.max(at(nodeControl, head), control);
  }
  return {
    degree,
    arcControl,
    nodeControl,
    crossedClass: (node, edge) => ROAD_CLASSES[at(at(mainEdge, node) === edge ? second : main, node)],
  };
}

/** No index into `ROAD_CLASSES`. */
const NO_CLASS = 0xff;

const IMPORTANCE = Uint8Array.from(ROAD_CLASSES, importanceOf);
const RAMP = ROAD_CLASSES.map((roadClass) => roadClass.endsWith('_link'));

const importance = (roadClass: number): number => at(IMPORTANCE, roadClass);
const isRamp = (roadClass: number): boolean => RAMP[roadClass] === true;

/** The strongest control between the nodes of a piece that faces this direction. */
function facedOnTheWay(collection: Collection, piece: Piece, against: boolean): number {
  const { controls } = collection;
  const { nodes, lengthMetres, way } = piece;
  let control = 0;
  for (let i = 1; i < nodes.length - 1; i++) {
    const code = at(controls, at(nodes, i));
    if (code === 0) continue;
    if (facesOneWay(code)) {
      if (facesDirection(code, against)) control = Math.max(control, controlKind(code));
      continue;
    }
    const twoWay = way.verdict.forward !== undefined && way.verdict.backward !== undefined;
    const behind = lengthAlong(collection, nodes.slice(0, i + 1));
    const [toStart, toEnd] = [behind, lengthMetres - behind];
    const near = Math.min(toStart, toEnd) <= APPROACH_METRES;
    const comes = against ? toStart <= toEnd : toEnd <= toStart;
    if (!twoWay || !near || comes) control = Math.max(control, controlKind(code));
  }
  return control;
}

/** Whether an arc is so short that its two ends are one junction. */
export const isWithinJunction = (length: number): boolean => length <= APPROACH_METRES;

export const isRoundaboutEdge = ({ edgeFlags }: StreetArrays, edge: number): boolean =>
  (at(edgeFlags, edge) & EDGE_FLAGS.roundabout) !== 0;
