import { groupBy } from './group-by.js';
import type { StreetArrays } from './junctions.js';
import type { NetworkArrays } from './network.js';
import type { ArcRule } from './restrictions.js';
import { NOT_MADE, type TurnGeometry } from './turn-facts.js';

type TurnArrays = Pick<
  NetworkArrays,
  | 'stateArc'
  | 'firstTurn'
  | 'turnState'
  | 'turnDelay'
  | 'firstIncomingTurn'
  | 'incomingTurn'
  | 'incomingTurnState'
>;

/**
 * Lays the turns over the arcs. A state is an arc together with how far each restriction over via ways has come; most
 * arcs have one state, in which none has. The others are found by going on from there, in the manner of the automaton
 * of Aho & Corasick ("Efficient String Matching: An Aid to Bibliographic Search", Communications of the ACM 18, 1975):
 * rules are words, arcs are letters, and a state knows every word of which the arcs driven last are a beginning.
 *
 * A turn that a rule forbids is left out or, where the vehicle disregards it, costs `disregarding` more (once, however
 * many rules it breaks). Turning round at a dead end is always there, unless a rule forbids just that.
 */
export function layTurns(
  { firstArc, arcHead }: StreetArrays,
  { delayOf }: Pick<TurnGeometry, 'delayOf'>,
  rules: readonly ArcRule[],
  disregarding: number,
): TurnArrays & { readonly forbidsAny: boolean } {
  const arcCount = arcHead.length;
  const progress = numberProgress(rules);
  const stateArc: number[] = Array.from(arcHead, (_, arc) => arc);
  /** For each state after the arcs: how far which rules have come, ascending. */
  const underWay: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const firstTurn: number[] = [0];
  const turns = createTurnList(countPairs(firstArc, arcHead));
  let forbidsAny = false;

  const stateOf = (arc: number, steps: readonly number[]): number => {
    if (steps.length === 0) return arc;
    const key = `${arc}:${steps.join()}`;
    const state = known.get(key);
    if (state !== undefined) return state;
    known.set(key, stateArc.length);
    underWay.push(steps);
    return stateArc.push(arc) - 1;
  };

  for (let state = 0; state < stateArc.length; state++) {
    const arc = stateArc[state] ?? 0;
    const node = arcHead[arc] ?? 0;
    const end = firstArc[node + 1] ?? 0;
    const starting = progress.startingAt.get(arc) ?? NO_STEPS;
    const steps = state < arcCount ? starting : [...(underWay[state - arcCount] ?? NO_STEPS), ...starting];
    for (let next = firstArc[node] ?? 0; next < end; next++) {
      const delay = delayOf(arc, next);
      const after = steps.length === 0 ? FREE : judge(progress.steps, steps, next);
      if (delay === NOT_MADE || after.forbidden) forbidsAny = true;
      else turns.add(state, stateOf(next, after.steps), after.disregards ? delay + disregarding : delay);
    }
    firstTurn.push(turns.count());
  }

  const { tail, head, delay } = turns.finish();
  const incoming = groupBy(head, stateArc.length);
  return {
    forbidsAny,
    stateArc: new Uint32Array(stateArc),
    firstTurn: new Uint32Array(firstTurn),
    turnState: head,
    turnDelay: delay,
    firstIncomingTurn: incoming.first,
    incomingTurn: incoming.order,
    incomingTurnState: incoming.order.map((turn) => tail[turn] ?? 0),
  };
}

/** How many turns there are when all are made and no arc has a second state. */
function countPairs(firstArc: Uint32Array, arcHead: Uint32Array): number {
  let count = 0;
  for (let arc = 0; arc < arcHead.length; arc++) {
    const node = arcHead[arc] ?? 0;
    count += (firstArc[node + 1] ?? 0) - (firstArc[node] ?? 0);
  }
  return count;
}

/** Turns in the order in which they are found, in arrays that grow when there are more than expected. */
function createTurnList(expected: number) {
  let tail = new Uint32Array(expected);
  let head = new Uint32Array(expected);
  let delay = new Uint16Array(expected);
  let count = 0;
  return {
    count: () => count,
    add(from: number, to: number, deciseconds: number): void {
      if (count === head.length) {
        const size = 2 * count + 16;
        tail = copyInto(new Uint32Array(size), tail);
        head = copyInto(new Uint32Array(size), head);
        delay = copyInto(new Uint16Array(size), delay);
      }
      tail[count] = from;
      head[count] = to;
      delay[count++] = Math.min(NOT_MADE - 1, deciseconds);
    },
    finish: () => ({ tail: tail.slice(0, count), head: head.slice(0, count), delay: delay.slice(0, count) }),
  };
}

function copyInto<Typed extends Uint32Array | Uint16Array>(larger: Typed, old: Typed): Typed {
  larger.set(old);
  return larger;
}

/** One place in the path of a rule: its arc has just been driven, and all before it. */
interface Step {
  readonly rule: ArcRule;
  readonly index: number;
}

/** All steps of all rules in one numbering, in which the next step of a rule has the next number. */
function numberProgress(rules: readonly ArcRule[]): {
  readonly steps: readonly Step[];
  readonly startingAt: ReadonlyMap<number, readonly number[]>;
} {
  const steps: Step[] = [];
  const startingAt = new Map<number, number[]>();
  for (const rule of rules) {
    const [first] = rule.path;
    if (first === undefined) continue;
    startingAt.set(first, [...(startingAt.get(first) ?? []), steps.length]);
    for (const index of rule.path.keys()) steps.push({ rule, index });
  }
  return { steps, startingAt };
}

interface Judgement {
  readonly forbidden: boolean;
  readonly disregards: boolean;
  readonly steps: readonly number[];
}

const NO_STEPS: readonly number[] = [];

const FREE: Judgement = { forbidden: false, disregards: false, steps: NO_STEPS };

/** What the rules under way say to going on by this arc. */
function judge(all: readonly Step[], underWay: readonly number[], next: number): Judgement {
  const steps: number[] = [];
  let forbidden = false;
  let disregards = false;
  for (const number of underWay) {
    const step = all[number];
    if (!step) continue;
    const { rule, index } = step;
    let broken: boolean;
    if (index === rule.path.length - 1) {
      broken = rule.to.includes(next) !== rule.mandatory;
    } else {
      const keeps = rule.path[index + 1] === next;
      if (keeps) steps.push(number + 1);
      broken = rule.mandatory && index > 0 && !keeps;
    }
    if (broken && rule.disregarded) disregards = true;
    else if (broken) forbidden = true;
  }
  return { forbidden, disregards, steps: steps.sort((a, b) => a - b) };
}
