import { UNREACHABLE } from '../../src/hierarchy/index.js';
import { type Adjacency, CLOSED, type End } from '../../src/search/graph.js';

/** The oracle: times from the ends to every node by Dijkstra's algorithm with a list for each decisecond. */
export function plainTimes(
  nodeCount: number,
  { first, node, weight }: Adjacency,
  ends: readonly End[],
): Uint32Array {
  const times = new Uint32Array(nodeCount).fill(UNREACHABLE);
  const waiting = new Map<number, number[]>();
  let latest = 0;
  const offer = (reached: number, time: number): void => {
    if (time >= (times[reached] ?? 0)) return;
    times[reached] = time;
    const list = waiting.get(time);
    if (list) list.push(reached);
    else waiting.set(time, [reached]);
    latest = Math.max(latest, time);
  };
  for (const end of ends) offer(end.node, end.duration);
  for (let time = 0; time <= latest; time++) {
    for (const from of waiting.get(time) ?? []) {
      if (times[from] !== time) continue;
      for (let step = first[from] ?? 0; step < (first[from + 1] ?? 0); step++) {
        if (weight[step] !== CLOSED) offer(node[step] ?? 0, time + (weight[step] ?? 0));
      }
    }
    waiting.delete(time);
  }
  return times;
}

/** The least time to any of the ends, what they take themselves included. */
export function timeInto(times: Uint32Array, ends: readonly End[]): number {
  const all = ends.map(({ node, duration }) => {
    const time = times[node] ?? UNREACHABLE;
    return time === UNREACHABLE ? UNREACHABLE : time + duration;
  });
  return Math.min(UNREACHABLE, ...all);
}
