import type { SearchGraph } from '../search/graph.js';
import { assembleHierarchy } from './assemble.js';
import { Contraction } from './contraction.js';
import type { Hierarchy } from './hierarchy.js';
import { Importance } from './importance.js';

/** Nodes settled when looking for ways round a node that is contracted. More spares few shortcuts and takes longer. */
const CONTRACTING_LIMIT = 150;

export interface PrepareOptions {
  /** Called after every round with the number of nodes contracted so far and of all. */
  readonly onProgress?: (done: number, of: number) => void;
}

/**
 * Prepares a graph for queries that take microseconds. Steps that are closed or take 2^30 deciseconds (3.4 years) or more
 * are as if they were not there; a step that takes none at all is an error. The same graph always gives the same
 * hierarchy. A city of 200,000 junctions takes some 4 s on one core, ten to twelve times that with turns.
 */
export function prepareHierarchy(graph: SearchGraph, { onProgress }: PrepareOptions = {}): Hierarchy {
  return assembleHierarchy(graph, contractAll(graph, onProgress));
}

/**
 * Contracts in rounds: of the nodes that are left, all those go together that are less important than each of their
 * neighbours (as in Vetter, "Parallel Time-Dependent Contraction Hierarchies", Karlsruhe 2009). A node is weighed up
 * once a round at most, however many of its neighbours went.
 */
function contractAll(graph: SearchGraph, onProgress: PrepareOptions['onProgress']): Contraction {
  const { nodeCount } = graph;
  const contraction = new Contraction(graph);
  const { leaving, entering } = contraction;
  const importance = new Importance(contraction);

  let left = Int32Array.from({ length: nodeCount }, (_, node) => node);
  let staying = new Int32Array(nodeCount);
  const going = new Int32Array(nodeCount);
  let leftCount = nodeCount;
  while (leftCount > 0) {
    for (let index = 0; index < leftCount; index++) importance.update(left[index] ?? 0);
    let stayingCount = 0;
    let goingCount = 0;
    for (let index = 0; index < leftCount; index++) {
      const node = left[index] ?? 0;
      if (importance.isLeast(node)) going[goingCount++] = node;
      else staying[stayingCount++] = node;
    }
    for (let index = 0; index < goingCount; index++) {
      const node = going[index] ?? 0;
      contraction.planFor(node, CONTRACTING_LIMIT);
      contraction.contract(node);
      importance.countChange(leaving, node);
      importance.countChange(entering, node);
    }
    [left, staying] = [staying, left];
    leftCount = stayingCount;
    onProgress?.(nodeCount - leftCount, nodeCount);
  }
  return contraction;
}
