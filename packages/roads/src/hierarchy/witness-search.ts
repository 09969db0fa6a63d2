import { MinHeap } from '../search/min-heap.js';
import { type ArcLists, RECORD } from './arc-lists.js';
import { UNREACHED } from './hierarchy.js';

/** Numbers kept for each node, side by side because they are read together. */
const FACTS = 3;
const STAMP = 0;
const TIME = 1;
const LAST_STEPS = 2;

/** Numbers that a last step takes: node, goal, weight, and the next of the same node. */
const LAST_STEP = 4;

/**
 * Searches for ways round a node that is about to be contracted, from one of its tails at a time to all of its heads
 * (the witnesses of Geisberger et al. 2012). The last step of every way is known beforehand: the arcs into the heads are
 * laid out once for all tails, so that a search is done where such an arc begins. Searches are of limited size. What one
 * does not find is taken not to exist, which costs a needless shortcut and never an error.
 */
export class WitnessSearch {
  readonly #leaving: ArcLists;
  readonly #entering: ArcLists;
  /** For each node: the run that reached it last, and when; and its first last step, 0 for none. */
  readonly #facts: Int32Array;
  readonly #heap = new MinHeap(1024);
  #run = 0;
  #avoided = 0;
  /** Last steps begin at 1, so that 0 is none. Goal g is the head of arc number g that leaves the avoided node. */
  #lastSteps = new Int32Array(LAST_STEP * 256);
  #lastStepCount = 1;
  /** For each goal: the time that a way to it may take; 0 where none is wanted or one was found. */
  #allowed = new Int32Array(64);
  /** For each goal: the weight of the shortest last step to it. */
  #shortest = new Int32Array(64);
  /** A last step that begins later than this leads to no goal in time. */
  #latest = 0;

  constructor(leaving: ArcLists, entering: ArcLists, nodeCount: number) {
    this.#leaving = leaving;
    this.#entering = entering;
    this.#facts = new Int32Array(FACTS * nodeCount);
  }

  /** Readies for searches round `node` in the graph as it is now. */
  avoid(node: number): void {
    this.#forgetLastSteps();
    this.#avoided = node;
    const { bounds, records } = this.#leaving;
    const begin = bounds[2 * node] ?? 0;
    const end = bounds[2 * node + 1] ?? 0;
    const goals = (end - begin) / RECORD;
    if (goals > this.#allowed.length) {
      this.#allowed = new Int32Array(2 * goals);
      this.#shortest = new Int32Array(2 * goals);
    }
    for (let goal = 0; goal < goals; goal++) this.#addLastSteps(records[begin + RECORD * goal] ?? 0, goal);
  }

  /** Searches from `tail`, an arc of weight `before` away, settling at most `limit` nodes. False when there is no goal. */
  run(tail: number, before: number, limit: number): boolean {
    let missing = this.#allowAll(tail, before);
    if (missing === 0) return false;
    const latest = this.#latest;
    const run = ++this.#run;
    const facts = this.#facts;
    const heap = this.#heap;
    const lastSteps = this.#lastSteps;
    const allowed = this.#allowed;
    const { bounds, records } = this.#leaving;
    heap.clear();
    // As if the avoided node had been reached at once and searched: no way can enter it.
    facts[FACTS * this.#avoided + STAMP] = run;
    facts[FACTS * this.#avoided + TIME] = 0;
    facts[FACTS * tail + STAMP] = run;
    facts[FACTS * tail + TIME] = 0;
    for (let last = facts[FACTS * tail + LAST_STEPS] ?? 0; last !== 0; last = lastSteps[last + 3] ?? 0) {
      const goal = lastSteps[last + 1] ?? 0;
      if ((lastSteps[last + 2] ?? 0) <= (allowed[goal] ?? 0)) {
        allowed[goal] = 0;
        if (--missing === 0) return true;
      }
    }

    let node = tail;
    let now = 0;
    for (let settled = 0; settled < limit; settled++) {
      const end = bounds[2 * node + 1] ?? 0;
      for (let index = bounds[2 * node] ?? 0; index < end; index += RECORD) {
        const later = now + (records[index + 1] ?? 0);
        if (later > latest) continue;
        const other = records[index] ?? 0;
        const fact = FACTS * other;
        if (facts[fact + STAMP] === run && (facts[fact + TIME] ?? 0) <= later) continue;
        facts[fact + STAMP] = run;
        facts[fact + TIME] = later;
        for (let last = facts[fact + LAST_STEPS] ?? 0; last !== 0; last = lastSteps[last + 3] ?? 0) {
          const goal = lastSteps[last + 1] ?? 0;
          if (later + (lastSteps[last + 2] ?? 0) <= (allowed[goal] ?? 0)) {
            allowed[goal] = 0;
            if (--missing === 0) return true;
          }
        }
        heap.push(later, other);
      }
      do {
        if (heap.size === 0) return true;
        now = heap.topTime;
        node = heap.topNode;
        heap.drop();
      } while (facts[FACTS * node + TIME] !== now);
    }
    return true;
  }

  /** After a run: whether a way to this goal was wanted and not found. */
  lacks(goal: number): boolean {
    return this.#allowed[goal] !== 0;
  }

  /** Sets what a way to each goal may take. Returns how many there are, other than the tail itself. */
  #allowAll(tail: number, before: number): number {
    const { bounds, records } = this.#leaving;
    const begin = bounds[2 * this.#avoided] ?? 0;
    const end = bounds[2 * this.#avoided + 1] ?? 0;
    let latest = 0;
    let goals = 0;
    for (let index = begin, goal = 0; index < end; index += RECORD, goal++) {
      const time = before + (records[index + 1] ?? 0);
      const isWanted = records[index] !== tail && time < UNREACHED;
      this.#allowed[goal] = isWanted ? time : 0;
      if (!isWanted) continue;
      goals++;
      const last = time - (this.#shortest[goal] ?? 0);
      if (last > latest) latest = last;
    }
    this.#latest = latest;
    return goals;
  }

  #addLastSteps(head: number, goal: number): void {
    const { bounds, records } = this.#entering;
    const end = bounds[2 * head + 1] ?? 0;
    let shortest = UNREACHED;
    for (let index = bounds[2 * head] ?? 0; index < end; index += RECORD) {
      const from = records[index] ?? 0;
      if (from === this.#avoided) continue;
      if (LAST_STEP * (this.#lastStepCount + 1) > this.#lastSteps.length) this.#growLastSteps();
      const last = LAST_STEP * this.#lastStepCount++;
      this.#lastSteps[last] = from;
      this.#lastSteps[last + 1] = goal;
      const weight = records[index + 1] ?? 0;
      if (weight < shortest) shortest = weight;
      this.#lastSteps[last + 2] = weight;
      this.#lastSteps[last + 3] = this.#facts[FACTS * from + LAST_STEPS] ?? 0;
      this.#facts[FACTS * from + LAST_STEPS] = last;
    }
    this.#shortest[goal] = shortest;
  }

  #forgetLastSteps(): void {
    for (let last = LAST_STEP; last < LAST_STEP * this.#lastStepCount; last += LAST_STEP) {
      this.#facts[FACTS * (this.#lastSteps[last] ?? 0) + LAST_STEPS] = 0;
    }
    this.#lastStepCount = 1;
  }

  #growLastSteps(): void {
    const larger = new Int32Array(2 * this.#lastSteps.length);
    larger.set(this.#lastSteps);
    this.#lastSteps = larger;
  }
}
