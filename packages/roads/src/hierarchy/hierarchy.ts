import type { SearchGraph } from '../search/graph.js';

/** In the answers of every query: no way leads there. */
export const UNREACHABLE = 0xffff_ffff;

/**
 * Inside: not reached. Times of 2^30 deciseconds (3.4 years) and more count as unreachable, so that two times always
 * add up inside 32 bits.
 */
export const UNREACHED = 0x4000_0000;

/** Runs of a search are numbered from 1 up to this; then its stamps are cleared. */
export const LAST_RUN = 0x7fff_ffff;

/**
 * A contraction hierarchy: the nodes of a graph in an order of importance, and arcs, some of them shortcuts, such that
 * every shortest way between two nodes first only rises in importance and then only falls (Geisberger, Sanders,
 * Schultes & Vetter, "Exact Routing in Large Road Networks Using Contraction Hierarchies", Transportation Science 46,
 * 2012). It holds for the weights it was prepared with and no others; see `hierarchyFits`.
 *
 * Nothing in it changes, all of it may lie in one `SharedArrayBuffer`, and each query object brings its own memory.
 */
export interface Hierarchy {
  readonly nodeCount: number;
  /** `fingerprintOf` the graph it was prepared for. */
  readonly fingerprint: number;
  readonly arrays: HierarchyArrays;
}

/**
 * Nodes are numbered anew by place: 0 is the most important. Places go by levels, so that every arc of a level leads to
 * levels before it, and within a level by the numbers of the graph, which are near where the nodes are near.
 */
export interface HierarchyArrays {
  /** For each node of the graph: its place. */
  readonly placeOf: Int32Array;
  /** For each place: the node of the graph. */
  readonly nodeAt: Int32Array;
  /** Arcs from place p to more important ones: `firstRising[p]` up to, not including, `firstRising[p + 1]`. */
  readonly firstRising: Int32Array;
  /** For each of them, interleaved: the place it leads to and its weight in deciseconds. */
  readonly rising: Int32Array;
  /** For each of them: the step of the graph that it is, or `~m` for a shortcut over place m. */
  readonly risingOrigin: Int32Array;
  /** Arcs to place p from more important ones, in the same manner: interleaved, the place it comes from and its weight. */
  readonly firstFalling: Int32Array;
  readonly falling: Int32Array;
  readonly fallingOrigin: Int32Array;
}

/** Arcs from each place to more important ones, as a search sees them that runs along the arcs or against them. */
interface Upward {
  readonly first: Int32Array;
  readonly arcs: Int32Array;
}

/** Which way a search runs: along the arcs, from where trips start, or against them, from where they end. */
export type Direction = 'along' | 'against';

/** The arcs that a search in the given direction climbs. The other direction's are those it comes down on. */
export function upwardArcs({ arrays }: Hierarchy, direction: Direction): Upward {
  return direction === 'along'
    ? { first: arrays.firstRising, arcs: arrays.rising }
    : { first: arrays.firstFalling, arcs: arrays.falling };
}

/**
 * A number that changes when anything in the graph does, be it one weight: FNV-1a by 32-bit words over the steps. About
 * 2 ms for a million steps.
 */
export function fingerprintOf({ nodeCount, leaving }: SearchGraph): number {
  let hash = Math.imul(0x811c9dc5 ^ nodeCount, 0x01000193);
  for (const words of [leaving.first, leaving.node, leaving.weight]) {
    for (let index = 0; index < words.length; index++)
      hash = Math.imul(hash ^ (words[index] ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** Whether the hierarchy was prepared for this graph with the weights it has now. Reads all steps. */
export function hierarchyFits(hierarchy: Hierarchy, graph: SearchGraph): boolean {
  return hierarchy.nodeCount === graph.nodeCount && hierarchy.fingerprint === fingerprintOf(graph);
}
