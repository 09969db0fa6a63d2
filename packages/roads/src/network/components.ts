import { at } from './network.js';

/**
 * Marks the nodes of the largest strongly connected component (the first found, of several of that size). Tarjan's
 * algorithm ("Depth-First Search and Linear Graph Algorithms", SIAM Journal on Computing 1, 1972) with a stack of its
 * own in place of recursion, O(nodes + arcs).
 */
export function largestComponent(
  firstArc: Uint32Array,
  arcHead: Uint32Array,
): { kept: Uint8Array; size: number } {
  const nodeCount = firstArc.length - 1;
  const order = new Uint32Array(nodeCount); // 0: not seen yet
  const low = new Uint32Array(nodeCount);
  const component = new Int32Array(nodeCount).fill(-1);
  const nextArc = firstArc.slice(0, nodeCount);
  const path = new Uint32Array(nodeCount);
  const open = new Uint32Array(nodeCount);
  const sizes: number[] = [];
  let openCount = 0;
  let seen = 0;

  for (let root = 0; root < nodeCount; root++) {
    if (at(order, root) !== 0) continue;
    let depth = 0;
    const enter = (node: number): void => {
      order[node] = low[node] = ++seen;
      path[depth++] = node;
      open[openCount++] = node;
    };
    enter(root);
    while (depth > 0) {
      const node = at(path, depth - 1);
      const arc = at(nextArc, node);
      if (arc < at(firstArc, node + 1)) {
        nextArc[node] = arc + 1;
        const head = at(arcHead, arc);
        if (at(order, head) === 0) enter(head);
        else if (at(component, head) < 0) low[node] = Math.min(at(low, node), at(order, head));
        continue;
      }
      depth--;
      if (depth > 0) {
        const parent = at(path, depth - 1);
        low[parent] = Math.min(at(low, parent), at(low, node));
      }
      if (at(low, node) !== at(order, node)) continue;
      let size = 0;
      let member: number;
      do {
        member = at(open, --openCount);
        component[member] = sizes.length;
        size++;
      } while (member !== node);
      sizes.push(size);
    }
  }

  const size = sizes.reduce((largest, other) => Math.max(largest, other), 0);
  const largest = sizes.indexOf(size);
  return { kept: Uint8Array.from(component, (value) => (value === largest ? 1 : 0)), size };
}
