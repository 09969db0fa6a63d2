import { itemAt } from '../sure.js';
import type { Sketch } from './sketch.js';

/** Keeps only the largest part of the city that hangs together, and drops repeated legs between the same nodes. */
export function keepLargestPart(sketch: Sketch): void {
  const parent = Int32Array.from({ length: sketch.x.length }, (_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while (itemAt(parent, root) !== root) {
      const up = itemAt(parent, itemAt(parent, root));
      parent[root] = up;
      root = up;
    }
    return root;
  };
  const seen = new Set<number>();
  for (const street of sketch.streets) {
    street.legs = street.legs.filter(({ a, b }) => {
      const key = Math.min(a, b) * sketch.x.length + Math.max(a, b);
      if (a === b || seen.has(key)) return false;
      seen.add(key);
      parent[rootOf(a)] = rootOf(b);
      return true;
    });
  }
  const sizes = new Map<number, number>();
  let largest = -1;
  for (const street of sketch.streets) {
    for (const { a } of street.legs) {
      const root = rootOf(a);
      const size = (sizes.get(root) ?? 0) + 1;
      sizes.set(root, size);
      if (largest < 0 || size > (sizes.get(largest) ?? 0)) largest = root;
    }
  }
  for (const street of sketch.streets) street.legs = street.legs.filter(({ a }) => rootOf(a) === largest);
  sketch.streets.splice(
    0,
    sketch.streets.length,
    ...sketch.streets.filter((street) => street.legs.length > 0),
  );
}

/**
 * Opens one-way legs that would trap traffic: those between different strongly connected parts. As the whole hangs
 * together, a city without them is strongly connected, so one pass is enough.
 */
export function openTraps(sketch: Sketch): void {
  const component = strongComponents(sketch);
  for (const street of sketch.streets)
    for (const leg of street.legs) if (component[leg.a] !== component[leg.b]) leg.oneWay = 0;
}

/** The strongly connected component of each node (Tarjan, "Depth-first search and linear graph algorithms", 1972). */
function strongComponents(sketch: Sketch): Int32Array {
  const count = sketch.x.length;
  const first = new Int32Array(count + 1);
  const legs = sketch.streets.flatMap((street) => street.legs);
  const arcs = legs.flatMap(({ a, b, oneWay }) => [
    ...(oneWay >= 0 ? [[a, b] as const] : []),
    ...(oneWay <= 0 ? [[b, a] as const] : []),
  ]);
  for (const [from] of arcs) first[from + 1] = itemAt(first, from + 1) + 1;
  for (let node = 0; node < count; node++) first[node + 1] = itemAt(first, node + 1) + itemAt(first, node);
  const fill = first.slice();
  const target = new Int32Array(arcs.length);
  for (const [from, to] of arcs) {
    const slot = itemAt(fill, from);
    target[slot] = to;
    fill[from] = slot + 1;
  }

  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const component = new Int32Array(count).fill(-1);
  const next = first.slice(0, count);
  const open: number[] = [];
  let visited = 0;
  let components = 0;
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    const path = [root];
    order[root] = low[root] = visited++;
    open.push(root);
    while (path.length > 0) {
      const node = itemAt(path, path.length - 1);
      const slot = itemAt(next, node);
      if (slot < itemAt(first, node + 1)) {
        next[node] = slot + 1;
        const to = itemAt(target, slot);
        if (order[to] === -1) {
          order[to] = low[to] = visited++;
          open.push(to);
          path.push(to);
        } else if (component[to] === -1) low[node] = Math.min(itemAt(low, node), itemAt(order, to));
        continue;
      }
      path.pop();
      const up = path.at(-1);
      if (up !== undefined) low[up] = Math.min(itemAt(low, up), itemAt(low, node));
      if (low[node] === order[node]) {
        for (;;) {
          const member = open.pop();
          if (member === undefined) break;
          component[member] = components;
          if (member === node) break;
        }
        components++;
      }
    }
  }
  return component;
}
