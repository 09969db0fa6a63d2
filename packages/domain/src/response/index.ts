export { type Availability, availabilityOf, type StatusEffect } from './availability.js';
export { type Entity, ResponseBoard, type ResponseState } from './board.js';
export {
  CHAIN_INTERVALS,
  type ChainInterval,
  clockOf,
  INTERVALS,
  type IncidentClock,
  intervalOf,
} from './clock.js';
export type * from './commands.js';
export { decide, touchedBy } from './decide.js';
export { CLOCK_TOLERANCE_MS, outranks } from './decide-assignment.js';
export { CONDITION_PERIOD_LIMIT_MS } from './decide-condition.js';
export type { Context, Decision } from './decision.js';
export * from './entities.js';
export * from './events.js';
export { evolveAssignment, evolveCall, evolveCondition, evolveIncident, evolveUnit } from './evolve.js';
export {
  groupForReport,
  type IntervalStatistics,
  intervalReport,
  nearestStation,
  type ReportGroup,
  type TargetResult,
} from './interval-report.js';
export { boardAfter } from './moment.js';
export {
  type Candidate,
  EXCLUSION_REASONS,
  type ExclusionReason,
  type RankReason,
  type Recommendation,
  type RecommendationFacts,
  recommend,
  recordOf,
  type TravelTime,
  type UnitFacts,
} from './recommend.js';
export { REFUSAL_CODES, type Refusal, type RefusalCode } from './refusals.js';
export * from './road-condition.js';
export { findPlaceFault, LINE_WIDTH_LIMIT, PLACE_POINT_LIMIT, type PlaceFault } from './road-place.js';
export { type Rules, rulesOf, SHIPPED_RULES } from './rules.js';
