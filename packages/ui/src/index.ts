export {
  type Api,
  type AuditQuery,
  auditQuery,
  createApi,
  newId,
  newIdempotencyKey,
  ProblemError,
  UnreachableError,
} from './api.js';
export * from './board-selectors.js';
export {
  type Arrival,
  type BoardState,
  type ClockReading,
  emptyBoard,
  reduceBoard,
  serverTimeAt,
} from './board-state.js';
export { type BoardSnapshot, BoardStore, type BoardStoreOptions } from './board-store.js';
export * from './command-line/index.js';
export * from './components/index.js';
export { countActiveConditions, listConditions, type RoadConditions } from './condition-selectors.js';
export * from './entities.js';
export {
  formatDistance,
  formatDuration,
  formatTime,
  inLocale,
  LOCALES,
  type UiLocale,
} from './format.js';
export {
  createIntl,
  formatMessage,
  IntlProvider,
  type Language,
  useIntl,
} from './intl.js';
export {
  LINE_STATES,
  type LineState,
  LiveConnection,
  type LiveConnectionOptions,
  type OwnPresence,
} from './live-connection.js';
export type { MessageValues } from './message-format.js';
export { loadMessages, type MessageKey, type Messages } from './message-texts.js';
export {
  bestToJoin,
  type CallSoFar,
  listSameIncidents,
  type SameIncident,
} from './same-incident.js';
export {
  ACKNOWLEDGEMENT_DUE,
  NO_TARGETS,
  readStageClock,
  type StageClock,
  type StageLevel,
  type StageTargets,
  stageClockOf,
} from './stage-clock.js';
export {
  isHollow,
  PRIORITY_SHAPES,
  type PriorityShape,
  priorityShapeOf,
  UNIT_MARKS,
  UNIT_SHAPES,
  type UnitMark,
  unitMarkOf,
} from './symbols.js';
export { type CatalogueType, searchTypes } from './type-search.js';
export * from './unit-list.js';
