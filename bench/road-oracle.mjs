import { createDijkstra } from './peers/dijkstra.mjs';

const NO_ARC = 0xffff_ffff;
const NEVER = 0xffff_ffff;

/**
 * Times between places by plain Dijkstra with a heap over the whole graph; how places on edges hang on the graph is
 * worked out here too and not asked of the engine. Deciseconds, rounded once for each stretch that is driven; `NEVER`
 * when there is no way. Reads the weights as they are at the moment.
 */
export function createOracle({ network, graph, turns }) {
  const away = createDijkstra(graph.nodeCount, graph.leaving);
  const towards = createDijkstra(graph.nodeCount, graph.entering);
  const { exits, entries, direct } = turns ? stateEnds(network) : nodeEnds(network);
  const best = (times, ends, least) =>
    ends.reduce((soonest, { node, duration }) => Math.min(soonest, times[node] + duration), least);
  /** A function from a place to the times of all these places to it, whose ends are worked out once. */
  const createTimesTo = (froms) => {
    const ends = froms.map(exits);
    return (to) => {
      const times = towards.run(entries(to));
      return froms.map((from, index) => best(times, ends[index], direct(from, to)));
    };
  };
  return {
    oneToMany(from, tos) {
      const times = away.run(exits(from));
      return tos.map((to) => best(times, entries(to), direct(from, to)));
    },
    manyToOne: (froms, to) => createTimesTo(froms)(to),
    createTimesTo,
  };
}

/** How many of the times in seconds are not the wanted ones in deciseconds. */
export const countMismatches = (times, wanted) =>
  wanted.reduce((count, time, index) => count + (inDeciseconds(times[index]) === time ? 0 : 1), 0);

const inDeciseconds = (seconds) => (Number.isFinite(seconds) ? Math.round(seconds * 10) : NEVER);

/** The graph is that of the nodes: a place hangs on the two nodes of its edge, as far as one-way streets allow. */
function nodeEnds(network) {
  const { edgeFrom, edgeTo } = network.arrays;
  const drive = createDrive(network);
  const reachable = (ends) => ends.filter(({ duration }) => duration !== NEVER);
  return {
    exits: ({ edge, fraction }) =>
      reachable([
        { node: edgeTo[edge], duration: drive(edge, fraction, 1) },
        { node: edgeFrom[edge], duration: drive(edge, fraction, 0) },
      ]),
    entries: ({ edge, fraction }) =>
      reachable([
        { node: edgeFrom[edge], duration: drive(edge, 0, fraction) },
        { node: edgeTo[edge], duration: drive(edge, 1, fraction) },
      ]),
    direct: (from, to) => (from.edge === to.edge ? drive(from.edge, from.fraction, to.fraction) : NEVER),
  };
}

/** The graph is that of the states "at the end of this arc": a place is left to such ends and entered by a turn. */
function stateEnds(network) {
  const { arrays } = network;
  const drive = createDrive(network);
  const statesOf = Array.from({ length: network.arcCount }, () => []);
  arrays.stateArc.forEach((arc, state) => {
    statesOf[arc].push(state);
  });
  /** The node where a place is exactly, if it is at one: there all its streets are open. */
  const nodeOf = ({ edge, fraction }) =>
    fraction === 0 ? arrays.edgeFrom[edge] : fraction === 1 ? arrays.edgeTo[edge] : undefined;
  const arcsOf = ({ edge }) =>
    [
      { arc: arrays.edgeForwardArc[edge], start: 0, end: 1 },
      { arc: arrays.edgeBackwardArc[edge], start: 1, end: 0 },
    ].filter(({ arc }) => arc !== NO_ARC);

  return {
    exits(place) {
      const node = nodeOf(place);
      if (node === undefined) {
        return arcsOf(place).map(({ arc, end }) => ({
          node: arc,
          duration: drive(place.edge, place.fraction, end),
        }));
      }
      const count = arrays.firstArc[node + 1] - arrays.firstArc[node];
      return Array.from({ length: count }, (_, index) => arrays.firstArc[node] + index).map((arc) => ({
        node: arc,
        duration: arrays.arcDuration[arc],
      }));
    },
    entries(place) {
      const node = nodeOf(place);
      if (node !== undefined) {
        const incoming = arrays.incomingArc.subarray(
          arrays.firstIncoming[node],
          arrays.firstIncoming[node + 1],
        );
        return [...incoming].flatMap((arc) => statesOf[arc]).map((state) => ({ node: state, duration: 0 }));
      }
      return arcsOf(place).flatMap(({ arc, start }) =>
        statesOf[arc].flatMap((state) => {
          const first = arrays.firstIncomingTurn[state];
          return Array.from({ length: arrays.firstIncomingTurn[state + 1] - first }, (_, index) => ({
            node: arrays.incomingTurnState[first + index],
            duration:
              arrays.turnDelay[arrays.incomingTurn[first + index]] + drive(place.edge, start, place.fraction),
          }));
        }),
      );
    },
    direct(from, to) {
      const node = nodeOf(from);
      const sameEdge = from.edge === to.edge ? drive(from.edge, from.fraction, to.fraction) : NEVER;
      if (node === undefined) return sameEdge;
      if (nodeOf(to) === node) return 0;
      // From a node straight into an edge that begins there, without a turn.
      const ways = [
        { at: arrays.edgeFrom[to.edge], start: 0 },
        { at: arrays.edgeTo[to.edge], start: 1 },
      ].filter(({ at }) => at === node);
      return ways.reduce((least, { start }) => Math.min(least, drive(to.edge, start, to.fraction)), sameEdge);
    },
  };
}

/** Deciseconds from one fraction of an edge to another; `NEVER` when that way round is not allowed. */
function createDrive({ arrays: { edgeForwardArc, edgeBackwardArc, arcDuration } }) {
  return (edge, start, end) => {
    if (start === end) return 0;
    const arc = (end > start ? edgeForwardArc : edgeBackwardArc)[edge];
    return arc === NO_ARC ? NEVER : Math.round(arcDuration[arc] * Math.abs(end - start));
  };
}
