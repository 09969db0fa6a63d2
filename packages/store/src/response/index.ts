export { forgetEnded } from './forget-ended.js';
export {
  type IncidentNear,
  listCallsFrom,
  listIncidentsNear,
  type PastCall,
} from './history.js';
export { listOrdersDuring, listPaperIncidents, type OrderThen } from './paper.js';
export { ResponseFold, readEntity, readEvent, writeEvent } from './response-fold.js';
export {
  type Commit,
  type CommittedEvent,
  type Order,
  type Outcome,
  openResponseLog,
  type ResponseLog,
  type ResponseLogOptions,
} from './response-log.js';
