import type { DrivingSide } from '../profile/index.js';

/**
 * Why something of the extract is not in the network. Counted in ways: `not-a-road`, `access`, `reversible`,
 * `duplicate-way`. In nodes: `duplicate-node`; of an id that comes twice the first is kept. In references: `missing-node`. In pieces between junctions: `zero-length` (fewer than two different
 * nodes), `disconnected` (outside the largest strongly connected part).
 */
export const DROP_REASONS = [
  'not-a-road',
  'access',
  'reversible',
  'duplicate-way',
  'duplicate-node',
  'missing-node',
  'zero-length',
  'disconnected',
] as const;

export type DropReason = (typeof DROP_REASONS)[number];

/**
 * Why a turn restriction is not in the network. `unknown-kind`: its tags say none that is known. `members`: it lacks
 * its from, its via or its to, or has several nodes between. `duplicate`: its id has come before. `missing-way`: a
 * member is not in the extract. `not-driven`: a member, or the direction in which it would be driven, is not part of
 * the network, so there is nothing to restrict. `not-joined`: its members do not meet. `ambiguous`: a way passes
 * through the junction and the turn does not tell which side of it is meant.
 */
export const BROKEN_REASONS = [
  'unknown-kind',
  'members',
  'duplicate',
  'missing-way',
  'not-driven',
  'not-joined',
  'ambiguous',
] as const;

export type BrokenReason = (typeof BROKEN_REASONS)[number];

/**
 * Counted in relations: `read` is the sum of `obeyed`, `disregarded`, `exempt` (for others, or at certain times only)
 * and all that are broken. `partial` are those among the obeyed and disregarded of which some members were of no use.
 */
export interface RestrictionCounts {
  readonly read: number;
  readonly obeyed: number;
  readonly disregarded: number;
  readonly exempt: number;
  readonly partial: number;
  readonly broken: Readonly<Record<BrokenReason, number>>;
}

/** What a network was made of, and what was left out. Kept in the file of the network. */
export interface BuildReport {
  readonly format: 'pbf' | 'xml' | 'xml.gz';
  readonly profile: string;
  readonly drivingSide: DrivingSide;
  /** Junctions, ends and barriers. */
  readonly nodes: number;
  /** Pieces of street between two nodes, each counted once. */
  readonly edges: number;
  /** Directions in which an edge can be driven: one or two an edge. */
  readonly arcs: number;
  /** Arcs, and copies of arcs that are on the way through a restriction. */
  readonly states: number;
  /** Ways on from one state to another. */
  readonly turns: number;
  /**
   * A warning: states from which not all others are reached, or which are not reached from all others, because
   * restrictions or turns that are not made cut them off. Mostly directions of a street into which only turning round
   * would lead; the street itself is then reached in the other.
   */
  readonly stuckStates: number;
  /** Length of all edges, each counted once. */
  readonly lengthMetres: number;
  /** The share of the nodes that lies in the largest strongly connected part, which alone is kept. */
  readonly connectedShare: number;
  /** Nodes outside that part, and the length of the edges outside it, each counted once. */
  readonly disconnectedNodes: number;
  readonly disconnectedMetres: number;
  /** Nodes at which a barrier stops the way. */
  readonly barriers: number;
  /** A warning: edges between two nodes at one place, which take the shortest time there is. */
  readonly zeroLengthEdges: number;
  /** How often a way crosses the antimeridian. It is cut there into two edges that share their node. */
  readonly antimeridianCrossings: number;
  readonly restrictions: RestrictionCounts;
  readonly dropped: Readonly<Record<DropReason, number>>;
}

export const noDrops = (): Record<DropReason, number> => ({
  'not-a-road': 0,
  access: 0,
  reversible: 0,
  'duplicate-way': 0,
  'duplicate-node': 0,
  'missing-node': 0,
  'zero-length': 0,
  disconnected: 0,
});

export const noneBroken = (): Record<BrokenReason, number> => ({
  'unknown-kind': 0,
  members: 0,
  duplicate: 0,
  'missing-way': 0,
  'not-driven': 0,
  'not-joined': 0,
  ambiguous: 0,
});
