/** In place of a weight: this step may not be taken. */
export const CLOSED = 0xffff_ffff;

/** The steps from (or, the other way round, to) each node: those of node n are `first[n]` up to, not including, `first[n + 1]`. */
export interface Adjacency {
  readonly first: Uint32Array;
  /** For each step: the node at its other end. */
  readonly node: Uint32Array;
  /** For each step: deciseconds, at least 1, or `CLOSED`. */
  readonly weight: Uint32Array;
}

/**
 * What every search engine runs on: a directed graph with whole, positive weights, as arrays. Without turns its nodes
 * are the nodes of the network; with turns they are states ("at the end of this arc"), and the weight of a step is the
 * turn and the arc after it. Steps of `leaving` are numbered; `entering.step` says which number each entering step has.
 */
export interface SearchGraph {
  readonly nodeCount: number;
  readonly leaving: Adjacency;
  readonly entering: Adjacency & { readonly step: Uint32Array };
}

/** A node at which a trip joins or leaves the graph, and the deciseconds driven before or after it. */
export interface End {
  readonly node: number;
  readonly duration: number;
}
