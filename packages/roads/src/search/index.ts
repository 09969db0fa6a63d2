export {
  type Alternatives,
  type AlternativesOptions,
  createAlternatives,
} from './alternatives.js';
export type { Heading } from './ends.js';
export { CLOSED, type SearchGraph } from './graph.js';
export {
  attachMetric,
  createMetric,
  type Metric,
  type MetricHandle,
  type MetricOptions,
  readSteadily,
} from './metric.js';
export {
  geometryAlong,
  positionAlong,
  type Route,
  type RouteEdge,
  type RoutePosition,
  type StreetRun,
} from './route.js';
export { createTravelTimes, type Nearest, type SearchOptions, type TravelTimes } from './travel-times.js';
