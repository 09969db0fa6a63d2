import { at } from './network.js';

/** Counting sort: members of group g are `order[first[g]]` up to, not including, `order[first[g + 1]]`, in their old order. */
export function groupBy(
  groupOf: ArrayLike<number>,
  groupCount: number,
): { first: Uint32Array; order: Uint32Array } {
  const first = new Uint32Array(groupCount + 1);
  for (let i = 0; i < groupOf.length; i++) first[at(groupOf, i) + 1] = at(first, at(groupOf, i) + 1) + 1;
  for (let group = 0; group < groupCount; group++) {
    first[group + 1] = at(first, group) + at(first, group + 1);
  }
  const next = first.slice();
  const order = new Uint32Array(groupOf.length);
  for (let i = 0; i < groupOf.length; i++) {
    const place = at(next, at(groupOf, i));
    order[place] = i;
    next[at(groupOf, i)] = place + 1;
  }
  return { first, order };
}
