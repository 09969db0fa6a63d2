import {
  createMatrix,
  createPointQuery,
  type Hierarchy,
  hierarchyFits,
  UNREACHABLE,
} from '../hierarchy/index.js';
import type { Snap } from '../snap.js';
import { edgesAround, findDirect, listEntries, listExits, type Stretch, stretchOfStep } from './ends.js';
import type { Metric } from './metric.js';

/** Answers from a hierarchy, for as long as the weights are those it was prepared for. Deciseconds. */
export interface PreparedTimes {
  /** False from the moment at which a weight changes: the answers are then those of before. */
  readonly isCurrent: boolean;
  time(origin: Snap, destination: Snap): number;
  /** From origin i to destination j at `i * destinations.length + j`; `UNREACHABLE` where there is no way. */
  matrix(origins: readonly Snap[], destinations: readonly Snap[]): Uint32Array;
  /** The stretches of the fastest way, in the order of driving; `undefined` where there is none. */
  path(origin: Snap, destination: Snap): Stretch[] | undefined;
}

/** `undefined` when the hierarchy was prepared for other weights than those of now. Reads all weights once. */
export function usePrepared(metric: Metric, hierarchy: Hierarchy): PreparedTimes | undefined {
  const { version } = metric;
  if (!hierarchyFits(hierarchy, metric.graph)) return undefined;
  const query = createPointQuery(hierarchy);
  const matrix = createMatrix(hierarchy);
  return {
    get isCurrent() {
      return metric.version === version;
    },
    time(origin, destination) {
      const direct = findDirect(metric, origin, destination)?.duration ?? UNREACHABLE;
      return Math.min(direct, query.time(listExits(metric, origin), listEntries(metric, destination)));
    },
    matrix(origins, destinations) {
      const times = new Uint32Array(origins.length * destinations.length);
      matrix.times(
        origins.map((origin) => listExits(metric, origin)),
        destinations.map((destination) => listEntries(metric, destination)),
        times,
      );
      lowerToDirect(metric, origins, destinations, times);
      return times;
    },
    path(origin, destination) {
      const direct = findDirect(metric, origin, destination);
      const sources = listExits(metric, origin);
      const targets = listEntries(metric, destination);
      const path = query.path(sources, targets);
      if (direct && (!path || direct.duration <= path.time)) return [direct];
      const first = path && sources[path.source];
      const last = path && targets[path.target];
      if (!path || !first || !last) return undefined;
      return [first, ...path.steps.map((step) => stretchOfStep(metric, step)), last];
    },
  };
}

/** Takes the ways that use no node of the graph where they are faster. Cost: origins + destinations + ways found. */
function lowerToDirect(
  metric: Metric,
  origins: readonly Snap[],
  destinations: readonly Snap[],
  times: Uint32Array,
): void {
  const byEdge = new Map<number, number[]>();
  destinations.forEach(({ edge }, column) => {
    const others = byEdge.get(edge);
    if (others) others.push(column);
    else byEdge.set(edge, [column]);
  });
  origins.forEach((origin, row) => {
    for (const edge of edgesAround(metric, origin)) {
      for (const column of byEdge.get(edge) ?? []) {
        const destination = destinations[column];
        const direct = destination && findDirect(metric, origin, destination);
        const cell = row * destinations.length + column;
        if (direct && direct.duration < (times[cell] ?? 0)) times[cell] = direct.duration;
      }
    }
  });
}
