export type { EntityDoc, Fold, LoggedEvent, NewEvent } from './event.js';
export { hashEvent } from './event.js';
export { canonicalJson, type Json } from './json.js';
export {
  type CommittedBatch,
  type Log,
  type LogOptions,
  openLog,
  type Submission,
  type SubmissionAnswer,
} from './log.js';
export {
  type EntityFilter,
  type EntityPage,
  type EventFilter,
  findEntity,
  listActive,
  listByRoot,
  listChangedSince,
  listEntities,
  readEvents,
} from './read.js';
export { rebuildProjections } from './rebuild.js';
export { type LogFault, verifyLog } from './verify.js';
