import { at, type NetworkArrays, type RoadNetwork } from '../network/network.js';
import { type Adjacency, CLOSED, type SearchGraph } from './graph.js';

/** Longest time that an arc may take: some five days. Keeps the ring of buckets, and so its memory, within bounds. */
export const LONGEST_DURATION = 2 ** 22;

/**
 * What it costs now to drive each arc, and the graph that searches run on. One object for each set of weights that is
 * in use (live, planning, a simulated day); the network below it is never changed. A change takes effect in the very
 * next query of every engine that reads it.
 */
export interface Metric {
  readonly network: RoadNetwork;
  /** Whether turns are obeyed and timed. Nodes of `graph` are then states, else nodes of the network. */
  readonly turns: boolean;
  readonly graph: SearchGraph;
  /** For each arc: deciseconds, as if it were open. */
  readonly durations: Uint32Array;
  /** For each arc: 1 when it is closed to through traffic. Places on it can still be driven to and from. */
  readonly closed: Uint8Array;
  /** Rises with every change. */
  readonly version: number;
  /** No step has ever weighed more. */
  readonly longestStep: number;
  /** The states in which an arc is driven: itself, and its copies on the way through a restriction. */
  statesOf(arc: number): readonly number[];
  /** Sets the time of an arc (deciseconds, at least 1) and whether it is closed. O(turns into the arc). */
  setArc(arc: number, duration: number, closed: boolean): void;
  /** Calls the listener with each arc that is set from now on, on this thread. */
  watch(listener: (arc: number) => void): void;
  /** Several changes at once, seen by other threads as one. */
  change(work: () => void): void;
  /** What another thread needs, with the network, to read the same weights: `attachMetric`. Only shared memory. */
  readonly handle: MetricHandle;
}

/** Views on shared memory; can be posted to a worker without being copied. */
export interface MetricHandle {
  readonly turns: boolean;
  readonly leavingWeight: Uint32Array;
  readonly enteringWeight: Uint32Array;
  readonly durations: Uint32Array;
  readonly closed: Uint8Array;
  /** [sequence: odd while a change is under way, longest step]. */
  readonly state: Int32Array;
}

export interface MetricOptions {
  /** Obey and time turns by the tables of the network; on by default. */
  readonly turns?: boolean;
  /** For each arc: deciseconds, in place of those of the network. */
  readonly durations?: Uint32Array;
}

const SEQUENCE = 0;
const LONGEST = 1;

/** Weights of their own, in shared memory, as the network has them or as given. */
export function createMetric(
  network: RoadNetwork,
  { turns = true, durations = network.arrays.arcDuration }: MetricOptions = {},
): Metric {
  const { arrays, arcCount } = network;
  if (durations.length !== arcCount) {
    throw new RangeError(`durations: ${durations.length} values for ${arcCount} arcs`);
  }
  const steps = turns ? arrays.turnState.length : arcCount;
  const handle: MetricHandle = {
    turns,
    leavingWeight: shared32(steps),
    enteringWeight: shared32(steps),
    durations: shared32(arcCount),
    closed: new Uint8Array(new SharedArrayBuffer(arcCount)),
    state: new Int32Array(new SharedArrayBuffer(8)),
  };
  handle.durations.set(durations);
  const metric = attachMetric(network, handle);
  fillWeights(metric, handle);
  return metric;
}

/** The same weights as those behind the handle, for this thread. */
export function attachMetric(network: RoadNetwork, handle: MetricHandle): Metric {
  const { arrays } = network;
  const { turns, durations, closed, state } = handle;
  const graph = graphOf(network, handle);
  const copies = turns ? listCopies(arrays, network.arcCount) : new Map<number, readonly number[]>();
  const listeners: ((arc: number) => void)[] = [];
  let depth = 0;

  const write = (work: () => void): void => {
    if (depth++ === 0) Atomics.add(state, SEQUENCE, 1);
    try {
      work();
    } finally {
      if (--depth === 0) Atomics.add(state, SEQUENCE, 1);
    }
  };
  const weigh = (step: number, entering: number, weight: number): void => {
    handle.leavingWeight[step] = weight;
    handle.enteringWeight[entering] = weight;
    if (weight !== CLOSED && weight > at(state, LONGEST)) state[LONGEST] = weight;
  };
  const statesOf = (arc: number): readonly number[] => copies.get(arc) ?? [arc];

  return {
    network,
    turns,
    graph,
    durations,
    closed,
    handle,
    get version() {
      return Atomics.load(state, SEQUENCE);
    },
    get longestStep() {
      return at(state, LONGEST);
    },
    statesOf,
    setArc(arc, duration, isClosed) {
      const whole = Math.min(LONGEST_DURATION, Math.max(1, Math.round(duration)));
      write(() => {
        durations[arc] = whole;
        closed[arc] = isClosed ? 1 : 0;
        if (turns) {
          for (const entered of statesOf(arc)) {
            const end = at(arrays.firstIncomingTurn, entered + 1);
            for (let i = at(arrays.firstIncomingTurn, entered); i < end; i++) {
              const turn = at(arrays.incomingTurn, i);
              weigh(turn, i, isClosed ? CLOSED : whole + at(arrays.turnDelay, turn));
            }
          }
        } else {
          const head = at(arrays.arcHead, arc);
          const end = at(arrays.firstIncoming, head + 1);
          for (let i = at(arrays.firstIncoming, head); i < end; i++) {
            if (arrays.incomingArc[i] === arc) weigh(arc, i, isClosed ? CLOSED : whole);
          }
        }
      });
      for (const listener of listeners) listener(arc);
    },
    watch(listener) {
      listeners.push(listener);
    },
    change: write,
  };
}

/**
 * Runs a query so that no change of the weights falls into it: once more when one did. For threads other than the one
 * that changes them. (A sequence lock; the writer never waits.)
 */
export function readSteadily<T>(metric: Metric, query: () => T): T {
  for (;;) {
    const before = metric.version;
    if (before % 2 === 0) {
      const answer = query();
      if (metric.version === before) return answer;
    }
  }
}

function graphOf({ arrays, nodeCount }: RoadNetwork, handle: MetricHandle): SearchGraph {
  const side = (first: Uint32Array, node: Uint32Array, weight: Uint32Array): Adjacency => ({
    first,
    node,
    weight,
  });
  if (!handle.turns) {
    return {
      nodeCount,
      leaving: side(arrays.firstArc, arrays.arcHead, handle.leavingWeight),
      entering: {
        ...side(arrays.firstIncoming, arrays.incomingTail, handle.enteringWeight),
        step: arrays.incomingArc,
      },
    };
  }
  return {
    nodeCount: arrays.stateArc.length,
    leaving: side(arrays.firstTurn, arrays.turnState, handle.leavingWeight),
    entering: {
      ...side(arrays.firstIncomingTurn, arrays.incomingTurnState, handle.enteringWeight),
      step: arrays.incomingTurn,
    },
  };
}

/** All weights from the durations; nothing is closed. */
function fillWeights({ network: { arrays }, turns, graph }: Metric, handle: MetricHandle): void {
  const { leaving, entering } = graph;
  const { durations, state } = handle;
  let longest = 0;
  for (let step = 0; step < leaving.node.length; step++) {
    const arc = turns ? (arrays.stateArc[leaving.node[step] ?? 0] ?? 0) : step;
    const weight = (durations[arc] ?? 0) + (turns ? (arrays.turnDelay[step] ?? 0) : 0);
    leaving.weight[step] = weight;
    if (weight > longest) longest = weight;
  }
  for (let i = 0; i < entering.step.length; i++) {
    entering.weight[i] = leaving.weight[entering.step[i] ?? 0] ?? CLOSED;
  }
  state[LONGEST] = longest;
}

function listCopies({ stateArc }: NetworkArrays, arcCount: number): Map<number, readonly number[]> {
  const copies = new Map<number, readonly number[]>();
  for (let state = arcCount; state < stateArc.length; state++) {
    const arc = at(stateArc, state);
    copies.set(arc, [...(copies.get(arc) ?? [arc]), state]);
  }
  return copies;
}

const shared32 = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(4 * length));
