export { forgetEnded } from './forget-ended.js';
export { ResponseFold, readEntity, readEvent, writeEvent } from './response-fold.js';
export {
  type Commit,
  type CommittedEvent,
  type Order,
  type Outcome,
  openResponseLog,
  type ResponseLog,
} from './response-log.js';
