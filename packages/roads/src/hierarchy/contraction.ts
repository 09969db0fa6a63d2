import { CLOSED, type SearchGraph } from '../search/graph.js';
import { ArcLists, RECORD } from './arc-lists.js';
import { UNREACHED } from './hierarchy.js';
import { WitnessSearch } from './witness-search.js';

/** What contracting a node would come to. */
interface Plan {
  /** Arcs that would go, and the steps they stand for. */
  removed: number;
  removedHops: number;
  /** Shortcuts that would come, and the steps they stand for. */
  added: number;
  addedHops: number;
}

/** Numbers that a planned shortcut takes: tail, head, weight, hops. */
const SHORTCUT = 4;

/**
 * The graph that is left while nodes are contracted one by one. The lists of a contracted node stay as they were at its
 * contraction: its arcs to and from nodes contracted later, which is what the hierarchy is made of.
 */
export class Contraction {
  readonly leaving: ArcLists;
  readonly entering: ArcLists;
  /** For each node: how many contractions lie below it, one upon another. */
  readonly level: Int32Array;
  readonly plan: Plan = { removed: 0, removedHops: 0, added: 0, addedHops: 0 };
  readonly #witness: WitnessSearch;
  #shortcuts = new Int32Array(SHORTCUT * 256);

  /**
   * A graph of which nothing is contracted yet. Closed steps and those that lead back to their node are left out. Throws
   * for a step that takes no time.
   */
  constructor({ nodeCount, leaving, entering }: SearchGraph) {
    this.leaving = new ArcLists(degreesOf(leaving.first));
    this.entering = new ArcLists(degreesOf(entering.first));
    this.level = new Int32Array(nodeCount);
    this.#witness = new WitnessSearch(this.leaving, this.entering, nodeCount);
    for (let node = 0; node < nodeCount; node++) {
      const end = leaving.first[node + 1] ?? 0;
      for (let step = leaving.first[node] ?? 0; step < end; step++) {
        const weight = leaving.weight[step] ?? CLOSED;
        const head = leaving.node[step] ?? 0;
        if (weight === 0) throw new RangeError(`weight: step ${step} takes no time`);
        if (weight < UNREACHED && head !== node) this.#connect(node, head, weight, step, 1);
      }
    }
  }

  /**
   * Finds the shortcuts that have to be put in place of `node`: those between two of its neighbours for which no way
   * round it is as short, as far as a search that settles `limit` nodes can tell. What they come to is in `plan`.
   */
  planFor(node: number, limit: number): Plan {
    const { leaving, entering, plan } = this;
    const outBegin = leaving.bounds[2 * node] ?? 0;
    const outEnd = leaving.bounds[2 * node + 1] ?? 0;
    const inBegin = entering.bounds[2 * node] ?? 0;
    const inEnd = entering.bounds[2 * node + 1] ?? 0;
    const out = leaving.records;
    const into = entering.records;
    const witness = this.#witness;
    witness.avoid(node);
    let shortcuts = this.#shortcuts;
    let planned = 0;
    let addedHops = 0;
    let removedHops = 0;
    for (let o = outBegin; o < outEnd; o += RECORD) removedHops += out[o + 3] ?? 0;
    for (let i = inBegin; i < inEnd; i += RECORD) {
      const tail = into[i] ?? 0;
      const before = into[i + 1] ?? 0;
      const hops = into[i + 3] ?? 0;
      removedHops += hops;
      if (!witness.run(tail, before, limit)) continue;
      for (let o = outBegin; o < outEnd; o += RECORD) {
        if (!witness.lacks((o - outBegin) / RECORD)) continue;
        if (planned === shortcuts.length) shortcuts = this.#growShortcuts();
        shortcuts[planned] = tail;
        shortcuts[planned + 1] = out[o] ?? 0;
        shortcuts[planned + 2] = before + (out[o + 1] ?? 0);
        shortcuts[planned + 3] = hops + (out[o + 3] ?? 0);
        planned += SHORTCUT;
        addedHops += hops + (out[o + 3] ?? 0);
      }
    }
    plan.removed = (outEnd - outBegin + inEnd - inBegin) / RECORD;
    plan.removedHops = removedHops;
    plan.added = planned / SHORTCUT;
    plan.addedHops = addedHops;
    return plan;
  }

  /** Takes `node` out and puts the shortcuts of the last plan, which must have been for it, in its place. */
  contract(node: number): void {
    const { leaving, entering, level, plan } = this;
    const above = (level[node] ?? 0) + 1;
    const inEnd = entering.bounds[2 * node + 1] ?? 0;
    for (let i = entering.bounds[2 * node] ?? 0; i < inEnd; i += RECORD) {
      const tail = entering.records[i] ?? 0;
      leaving.remove(tail, node);
      if ((level[tail] ?? 0) < above) level[tail] = above;
    }
    const outEnd = leaving.bounds[2 * node + 1] ?? 0;
    for (let o = leaving.bounds[2 * node] ?? 0; o < outEnd; o += RECORD) {
      const head = leaving.records[o] ?? 0;
      entering.remove(head, node);
      if ((level[head] ?? 0) < above) level[head] = above;
    }
    const shortcuts = this.#shortcuts;
    for (let index = 0; index < SHORTCUT * plan.added; index += SHORTCUT) {
      this.#connect(
        shortcuts[index] ?? 0,
        shortcuts[index + 1] ?? 0,
        shortcuts[index + 2] ?? 0,
        ~node,
        shortcuts[index + 3] ?? 0,
      );
    }
  }

  #connect(tail: number, head: number, weight: number, origin: number, hops: number): void {
    if (this.leaving.put(tail, head, weight, origin, hops))
      this.entering.put(head, tail, weight, origin, hops);
  }

  #growShortcuts(): Int32Array<ArrayBuffer> {
    const larger = new Int32Array(2 * this.#shortcuts.length);
    larger.set(this.#shortcuts);
    this.#shortcuts = larger;
    return larger;
  }
}

const degreesOf = (first: Uint32Array): Int32Array =>
  Int32Array.from({ length: first.length - 1 }, (_, node) => (first[node + 1] ?? 0) - (first[node] ?? 0));
