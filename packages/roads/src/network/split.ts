import { distance } from '@lamplight/base';
import { cutAtAntimeridian } from './antimeridian.js';
import { BLOCKED, type CollectedWay, type Collection, FOUND, GAP } from './collect.js';
import { at, positionAt } from './network.js';
import type { DropReason } from './report.js';

/** Ways cut into edges at junctions. Vertices are the nodes of the graph to be. */
export interface Pieces {
  /** For each vertex: the collected node it stands at. A node with a barrier has one vertex for each end that it stops. */
  readonly vertexNode: readonly number[];
  readonly edges: readonly Piece[];
  readonly barriers: number;
  readonly antimeridianCrossings: number;
  /** The collection, with nodes added where ways cross the antimeridian. */
  readonly collection: Collection;
  /** The vertex at a collected node, unless there is none or, at a barrier, more than one. */
  findVertex(node: number): number | undefined;
}

export interface Piece {
  readonly way: CollectedWay;
  readonly from: number;
  readonly to: number;
  /** The collected nodes along it, both ends included, no node twice in a row. */
  readonly nodes: readonly number[];
  readonly lengthMetres: number;
}

/**
 * Cuts every way at its ends, at nodes that are used more than once, and at barriers. A barrier that cannot be passed
 * stops each way that comes to it: every edge there gets an end of its own. Where nodes are missing from the extract
 * the way is cut too: the gap is not bridged by a straight line.
 */
export function splitWays(collected: Collection, dropped: Record<DropReason, number>): Pieces {
  const { collection, twinOf, crossings } = cutAtAntimeridian(collected);
  const runs = listRuns(collection, dropped);
  const uses = countUses(runs, collection.flags.length);
  const vertexOf = new Int32Array(collection.flags.length).fill(-1);
  const vertexNode: number[] = [];
  const edges: Piece[] = [];
  const blocked = (node: number): boolean => (at(collection.flags, node) & BLOCKED) !== 0;

  const vertexAt = (place: number): number => {
    const node = twinOf.get(place) ?? place;
    const known = at(vertexOf, node);
    if (known >= 0 && !blocked(node)) return known;
    vertexOf[node] = vertexNode.length;
    vertexNode.push(node);
    return vertexNode.length - 1;
  };

  for (const { way, nodes } of runs) {
    let start = 0;
    let from = vertexAt(at(nodes, 0));
    for (let i = 1; i < nodes.length; i++) {
      const node = at(nodes, i);
      if (at(uses, node) < 2 && !blocked(node)) continue;
      const piece = nodes.slice(start, i + 1);
      const to = vertexAt(node);
      edges.push({ way, from, to, nodes: piece, lengthMetres: lengthAlong(collection, piece) });
      start = i;
      from = i + 1 < nodes.length && blocked(node) ? vertexAt(node) : to;
    }
  }
  const barriers = vertexOf.reduce((sum, vertex, node) => sum + (vertex >= 0 && blocked(node) ? 1 : 0), 0);
  return {
    vertexNode,
    edges,
    barriers,
    antimeridianCrossings: crossings,
    collection,
    findVertex(node) {
      const vertex = at(vertexOf, node);
      return vertex < 0 || blocked(node) ? undefined : vertex;
    },
  };
}

interface Run {
  readonly way: CollectedWay;
  readonly nodes: readonly number[];
}

/** The stretches of each way whose nodes are all there, of at least two different nodes each. */
function listRuns({ ways, refs, flags }: Collection, dropped: Record<DropReason, number>): Run[] {
  const runs: Run[] = [];
  for (const way of ways) {
    let nodes: number[] = [];
    const close = (): void => {
      if (nodes.length >= 2) runs.push({ way, nodes });
      else if (nodes.length === 1) dropped['zero-length']++;
      nodes = [];
    };
    for (let i = way.firstRef; i < way.endRef; i++) {
      const node = at(refs, i);
      if (node === GAP) close();
      else if ((at(flags, node) & FOUND) === 0) {
        dropped['missing-node']++;
        close();
      } else if (nodes[nodes.length - 1] !== node) {
        nodes.push(node);
      }
    }
    close();
  }
  return runs;
}

/** How often each node is used; an end counts twice, so that 2 means that an edge ends there. */
function countUses(runs: readonly Run[], nodeCount: number): Uint8Array {
  const uses = new Uint8Array(nodeCount);
  for (const { nodes } of runs) {
    nodes.forEach((node, i) => {
      const end = i === 0 || i === nodes.length - 1;
      uses[node] = Math.min(2, at(uses, node) + (end ? 2 : 1));
    });
  }
  return uses;
}

/** Metres along these collected nodes. */
export function lengthAlong({ positions }: Collection, nodes: readonly number[]): number {
  let length = 0;
  for (let i = 1; i < nodes.length; i++) {
    length += distance(positionAt(positions, at(nodes, i - 1)), positionAt(positions, at(nodes, i)));
  }
  return length;
}
