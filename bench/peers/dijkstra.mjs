/** In place of a weight: this step may not be taken. In place of a time: not reached. */
const NEVER = 0xffff_ffff;

/**
 * Dijkstra's algorithm ("A note on two problems in connexion with graphs", Numerische Mathematik 1, 1959) as one writes
 * it first, with a binary heap: the oracle of every answer, and the baseline that needs no preparation. A better time
 * for a node is pushed again, and the entry that it makes stale is passed over when it comes up.
 *
 * `adjacency` is one side of a search graph: the steps of node n are `first[n]` up to `first[n + 1]`, each with the
 * `node` at its other end and its `weight`. The leaving side gives times from the sources, the entering side times to.
 */
export function createDijkstra(nodeCount, { first, node: next, weight }) {
  const times = new Uint32Array(nodeCount);
  const heapTime = new Uint32Array(next.length + 64);
  const heapNode = new Uint32Array(next.length + 64);
  let size = 0;

  const push = (time, node) => {
    let child = size++;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (heapTime[parent] <= time) break;
      heapTime[child] = heapTime[parent];
      heapNode[child] = heapNode[parent];
      child = parent;
    }
    heapTime[child] = time;
    heapNode[child] = node;
  };

  const dropLeast = () => {
    const time = heapTime[--size];
    const node = heapNode[size];
    let parent = 0;
    for (let child = 1; child < size; child = 2 * parent + 1) {
      if (child + 1 < size && heapTime[child + 1] < heapTime[child]) child += 1;
      if (heapTime[child] >= time) break;
      heapTime[parent] = heapTime[child];
      heapNode[parent] = heapNode[child];
      parent = child;
    }
    heapTime[parent] = time;
    heapNode[parent] = node;
  };

  const offer = (time, node) => {
    if (time >= times[node]) return;
    times[node] = time;
    push(time, node);
  };

  return {
    /** For each node the time to it from the nearest of the sources `{node, duration}`; overwritten by the next run. */
    run(sources) {
      times.fill(NEVER);
      size = 0;
      for (const { node, duration } of sources) offer(duration, node);
      while (size > 0) {
        const time = heapTime[0];
        const node = heapNode[0];
        dropLeast();
        if (time > times[node]) continue;
        for (let step = first[node]; step < first[node + 1]; step++) {
          if (weight[step] !== NEVER) offer(time + weight[step], next[step]);
        }
      }
      return times;
    },
  };
}
