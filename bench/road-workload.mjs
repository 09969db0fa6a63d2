import { distance, interpolate, offset } from '../packages/base/dist/index.js';

/** Seconds between two fixes of a trace, and how far they stray: metres, one standard deviation to either axis. */
const FIX_INTERVAL = 5;
const FIX_ERROR = 5;

/** `count` places on streets, as snaps: a random edge, a random stretch of its geometry, anywhere on it. */
export function drawPlaces({ arrays, edgeCount }, snapper, random, count) {
  const point = (index) => [arrays.points[2 * index] / 1e7, arrays.points[2 * index + 1] / 1e7];
  return Array.from({ length: count }, () => {
    const edge = random.integer(edgeCount);
    const first = arrays.firstPoint[edge];
    const segment = first + random.integer(arrays.firstPoint[edge + 1] - first - 1);
    const snap = snapper.snap(interpolate(point(segment), point(segment + 1), random.next()));
    if (!snap.ok) throw new Error(snap.error.message);
    return snap.value;
  });
}

/** Where a receiver says that it is when it is at `position`. */
export const stray = (position, random) =>
  offset(position, random.normal(0, FIX_ERROR), random.normal(0, FIX_ERROR));

/**
 * Traces of vehicles that drive fastest routes: `length` fixes each, `{position, time}` with a time in seconds, and
 * beside each fix the `truth`, where the vehicle was. `routeOf(from, to)` gives `{geometry, times}` or `undefined`.
 */
export function driveTraces(drawPair, routeOf, random, count, length) {
  const traces = [];
  for (let attempt = 0; traces.length < count; attempt++) {
    if (attempt === 100 * count) throw new Error('the city is too small for traces of this length');
    const route = routeOf(...drawPair());
    if (!route || route.times.at(-1) < length * FIX_INTERVAL) continue;
    const truth = Array.from({ length }, (_, index) => positionAfter(route, index * FIX_INTERVAL));
    const fixes = truth.map((position, index) => ({
      position: stray(position, random),
      time: index * FIX_INTERVAL,
    }));
    traces.push({ fixes, truth });
  }
  return traces;
}

/** Metres between where a matcher says that the vehicle was and where it was; `undefined` for a fix it gave up on. */
export const errorsOf = ({ truth }, matched) =>
  truth.map((position, index) => matched[index] && distance(position, matched[index]));

function positionAfter({ geometry, times }, seconds) {
  const next = times.findIndex((time) => time > seconds);
  const [start, end] = [times[next - 1], times[next]];
  return interpolate(geometry[next - 1], geometry[next], (seconds - start) / (end - start));
}

/** For each place the nearer node of its edge. */
export const nodesOf = ({ arrays }, places) =>
  places.map(({ edge, fraction }) => (fraction < 0.5 ? arrays.edgeFrom : arrays.edgeTo)[edge]);
