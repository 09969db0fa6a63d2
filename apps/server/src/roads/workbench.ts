import { type LonLat, metres, ok, type Result, seconds } from '@lamplight/base';
import {
  attachMetric,
  createAlternatives,
  createIsochrones,
  createMatcher,
  createMetric,
  createRoadConditions,
  createSnapper,
  createTravelTimes,
  createUnitIndex,
  geometryAlong,
  type Metric,
  type MetricHandle,
  openHierarchy,
  openNetwork,
  prepareHierarchy,
  type RoadNetwork,
  type RoadsError,
  type Route,
  readSteadily,
  type SearchGraph,
  type Snap,
  serializeHierarchy,
  stepsOf,
  streetNameAt,
  type TraceMatch,
} from '@lamplight/roads';
import type { GuidedRoute, MatchedTrace, RoadTask, RoadTasks } from './tasks.js';

/** What a road thread is started with. Memory is shared, nothing is copied. */
export interface WorkbenchData {
  /** The file of the network, in shared memory. */
  readonly network: Uint8Array;
  /** Whether turns are obeyed and timed. */
  readonly turns: boolean;
  /** The weights of the thread that keeps them; `null` for that thread itself. */
  readonly metric: MetricHandle | null;
}

export type RoadHandlers = {
  readonly [Task in RoadTask]: (ask: RoadTasks[Task]['ask']) => RoadTasks[Task]['answer'];
};

/** A station stands back from the road and a fix strays; farther away than this a position is not on the network. */
const SNAP_LIMIT = metres(500);
/** A unit that is off the network takes no part, and its number is not used by another. */
const OFF_NETWORK = Number.NaN;

/** Everything a road thread can do, on memory of its own besides what is shared. */
export function createWorkbench(data: WorkbenchData): { metric: MetricHandle; handlers: RoadHandlers } {
  const opened = openNetwork(data.network);
  if (!opened.ok) throw new Error(opened.error.message);
  const network = opened.value;
  const metric = data.metric
    ? attachMetric(network, data.metric)
    : createMetric(network, { turns: data.turns });
  const snapper = createSnapper(network);
  const times = createTravelTimes(metric);
  const units = createUnitIndex<number>(metric);
  const conditions = createRoadConditions(metric);
  const alternatives = onFirstUse(() => createAlternatives(metric));
  const isochrones = onFirstUse(() => createIsochrones(metric));
  let numbers = 0;

  const snap = (position: LonLat): Snap | null => {
    const snapped = snapper.snap(position, { maxDistance: SNAP_LIMIT });
    return snapped.ok ? snapped.value : null;
  };
  const take = (moves: Float64Array): void => {
    for (let i = 0; i + 2 < moves.length; i += 3) {
      const [unit = 0, lon = Number.NaN, lat = Number.NaN] = moves.subarray(i, i + 3);
      numbers = Math.max(numbers, unit + 1);
      const place = snap([lon, lat]);
      if (place) units.put(unit, place);
      else units.remove(unit);
    }
  };

  return {
    metric: metric.handle,
    handlers: {
      times({ moves, to }) {
        take(moves);
        const place = snap(to);
        if (!place) return null;
        const answer = new Float64Array(numbers).fill(OFF_NETWORK);
        for (const { id, duration } of units.timesTo(place)) answer[id] = duration;
        return answer;
      },
      routes({ from, to, count }) {
        const start = snapper.snap(from, { maxDistance: SNAP_LIMIT });
        if (!start.ok) return start;
        const end = snapper.snap(to, { maxDistance: SNAP_LIMIT });
        if (!end.ok) return end;
        const found = readSteadily(metric, (): Result<readonly Route[], RoadsError> => {
          if (count > 1) return alternatives().find(start.value, end.value, { count });
          const fastest = times.route(start.value, end.value);
          return fastest.ok ? ok([fastest.value]) : fastest;
        });
        return found.ok ? ok(found.value.map((route) => guided(network, route))) : found;
      },
      isochrones({ place, times: limits, direction }) {
        const centre = snapper.snap(place, { maxDistance: SNAP_LIMIT });
        if (!centre.ok) return centre;
        return ok(readSteadily(metric, () => isochrones().polygons(centre.value, limits, { direction })));
      },
      match: ({ fixes, againstOneWay }) =>
        matchedTrace(network, createMatcher(metric, { againstOneWay }).match(fixes)),
      matrix({ origins, destinations, limit }) {
        const answer = new Float64Array(origins.length * destinations.length).fill(OFF_NETWORK);
        const rows = placed(origins.map(snap));
        const columns = placed(destinations.map(snap));
        const matrix = readSteadily(metric, () =>
          times.matrix(
            rows.map(({ place }) => place),
            columns.map(({ place }) => place),
            limit === null ? {} : { limit: seconds(limit) },
          ),
        );
        rows.forEach((row, i) => {
          columns.forEach((column, j) => {
            answer[row.index * destinations.length + column.index] =
              matrix[i * columns.length + j] ?? OFF_NETWORK;
          });
        });
        return answer;
      },
      effects({ effects }) {
        conditions.apply(effects);
        return conditions.affected;
      },
      prepare: () => shareBytes(serializeHierarchy(prepareHierarchy(copyOf(metric)))),
      hierarchy({ bytes }) {
        const opened = openHierarchy(bytes);
        if (!opened.ok) throw new Error(opened.error.message);
        return times.useHierarchy(opened.value) && (data.metric !== null || units.useHierarchy(opened.value));
      },
      usual: ({ durations }) => conditions.rebase(durations),
    },
  };
}

/** The graph with the weights of one moment: they may change while it is worked on. */
function copyOf(metric: Metric): SearchGraph {
  const { nodeCount, leaving, entering } = metric.graph;
  return readSteadily(metric, () => ({
    nodeCount,
    leaving: { ...leaving, weight: leaving.weight.slice() },
    entering: { ...entering, weight: entering.weight.slice() },
  }));
}

function shareBytes(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

/** Some tasks are never asked of some threads; what they need takes memory of the size of the network. */
function onFirstUse<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function guided(network: RoadNetwork, route: Route): GuidedRoute {
  const chinese = stepsOf(network, route, 'zh-CN');
  const steps = stepsOf(network, route, 'en').flatMap((en, index) => {
    const zh = chinese[index];
    return zh ? [{ en, zh }] : [];
  });
  return { route, steps };
}

function matchedTrace(network: RoadNetwork, { fixes, segments }: TraceMatch): MatchedTrace {
  return {
    fixes: fixes.map((fix) =>
      fix.kind === 'matched'
        ? {
            position: fix.snap.position,
            street: streetNameAt(network, fix.snap)?.local ?? null,
            confidence: fix.confidence,
            segment: fix.segment,
          }
        : null,
    ),
    segments: segments.map(({ firstFix, lastFix, length, parts }) => ({
      firstFix,
      lastFix,
      metres: length,
      geometry: geometryAlong(network, parts),
    })),
  };
}

function placed(places: readonly (Snap | null)[]): { place: Snap; index: number }[] {
  return places.flatMap((place, index) => (place ? [{ place, index }] : []));
}
