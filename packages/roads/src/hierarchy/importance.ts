import { type ArcLists, RECORD } from './arc-lists.js';
import type { Contraction } from './contraction.js';

/** Nodes settled when looking for ways round a node that is weighed up. More makes the order little better. */
const WEIGHING_LIMIT = 12;

/**
 * A node is weighed up anew when the neighbours contracted since are this part of all it has, and always before it goes.
 * Where nodes have many neighbours, above all with turns, this halves the work and costs little in quality.
 */
const CHANGE_WORTH_WEIGHING = 1 / 8;

/** What one level weighs against the share of arcs that come and go, and what both are counted in. */
const LEVEL_WEIGHT = 0.3;
const COST_UNIT = 1000;

/**
 * How important each node is that is left: the shortcuts that would come for each arc that would go, the same in steps
 * that they stand for, and the level of the node.
 */
export class Importance {
  readonly #contraction: Contraction;
  readonly #importance: Float64Array;
  /** As last weighed up, without the level. */
  readonly #cost: Int32Array;
  /** Arcs to neighbours contracted since. */
  readonly #changes: Int32Array;

  constructor(contraction: Contraction) {
    const nodeCount = contraction.level.length;
    this.#contraction = contraction;
    this.#importance = new Float64Array(nodeCount);
    this.#cost = new Int32Array(nodeCount);
    this.#changes = new Int32Array(nodeCount);
    for (let node = 0; node < nodeCount; node++) this.#weigh(node);
  }

  /** Takes into account what was contracted since the last update, roughly when that was little. */
  update(node: number): void {
    const changes = this.#changes[node] ?? 0;
    if (changes === 0) return;
    const { leaving, entering } = this.#contraction;
    const arcs = leaving.degreeOf(node) + entering.degreeOf(node);
    if (changes >= CHANGE_WORTH_WEIGHING * arcs) this.#weigh(node);
    else this.#rank(node);
  }

  /** Whether no neighbour is less important, by what is known of them and all that is to be known of the node. */
  isLeast(node: number): boolean {
    if (!this.#isLeastNow(node)) return false;
    if (this.#changes[node] === 0) return true;
    this.#weigh(node);
    return this.#isLeastNow(node);
  }

  /** Notes for the nodes in the list of `node` that it was contracted. */
  countChange({ bounds, records }: ArcLists, node: number): void {
    const changes = this.#changes;
    const end = bounds[2 * node + 1] ?? 0;
    for (let index = bounds[2 * node] ?? 0; index < end; index += RECORD) {
      const other = records[index] ?? 0;
      changes[other] = (changes[other] ?? 0) + 1;
    }
  }

  #weigh(node: number): void {
    const { removed, removedHops, added, addedHops } = this.#contraction.planFor(node, WEIGHING_LIMIT);
    this.#cost[node] =
      removed === 0 ? 0 : Math.round(COST_UNIT * (added / removed + addedHops / removedHops));
    this.#changes[node] = 0;
    this.#rank(node);
  }

  /** Equal nodes are put in an order of their own, lest they go one by one along a street. */
  #rank(node: number): void {
    const whole = (this.#cost[node] ?? 0) + COST_UNIT * LEVEL_WEIGHT * (this.#contraction.level[node] ?? 0);
    const scattered = Math.imul(node, 0x9e3779b1) >>> 10;
    this.#importance[node] = whole + scattered / 2 ** 22;
  }

  #isLeastNow(node: number): boolean {
    const { leaving, entering } = this.#contraction;
    return this.#isLeastIn(leaving, node) && this.#isLeastIn(entering, node);
  }

  #isLeastIn({ bounds, records }: ArcLists, node: number): boolean {
    const importance = this.#importance;
    const own = importance[node] ?? 0;
    const end = bounds[2 * node + 1] ?? 0;
    for (let index = bounds[2 * node] ?? 0; index < end; index += RECORD) {
      if ((importance[records[index] ?? 0] ?? 0) < own) return false;
    }
    return true;
  }
}
