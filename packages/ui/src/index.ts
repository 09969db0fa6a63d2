export { type Api, createApi, newId, newIdempotencyKey, ProblemError, UnreachableError } from './api.js';
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
  type MessageValues,
  useIntl,
} from './intl.js';
export {
  LINE_STATES,
  type LineState,
  LiveConnection,
  type LiveConnectionOptions,
} from './live-connection.js';
export { isMessageKey, MESSAGES, type MessageKey, type Messages } from './messages.js';
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
