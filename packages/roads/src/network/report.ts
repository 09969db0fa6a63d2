/**
 * Why something of the extract is not in the network. Counted in ways: `not-a-road`, `access`, `reversible`,
 * `duplicate-way`. In references: `missing-node`. In pieces between junctions: `zero-length` (fewer than two different
 * nodes), `disconnected` (outside the largest strongly connected part).
 */
export const DROP_REASONS = [
  'not-a-road',
  'access',
  'reversible',
  'duplicate-way',
  'missing-node',
  'zero-length',
  'disconnected',
] as const;

export type DropReason = (typeof DROP_REASONS)[number];

/** What a network was made of, and what was left out. Kept in the file of the network. */
export interface BuildReport {
  readonly format: 'pbf' | 'xml' | 'xml.gz';
  readonly profile: string;
  /** Junctions, ends and barriers. */
  readonly nodes: number;
  /** Pieces of street between two nodes, each counted once. */
  readonly edges: number;
  /** Directions in which an edge can be driven: one or two an edge. */
  readonly arcs: number;
  /** Length of all edges, each counted once. */
  readonly lengthMetres: number;
  /** The share of the nodes that lies in the largest strongly connected part, which alone is kept. */
  readonly connectedShare: number;
  /** Nodes outside that part, and the length of the edges outside it, each counted once. */
  readonly disconnectedNodes: number;
  readonly disconnectedMetres: number;
  /** Nodes at which a barrier stops the way. */
  readonly barriers: number;
  readonly dropped: Readonly<Record<DropReason, number>>;
}
