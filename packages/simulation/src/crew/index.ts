export {
  type CrewAction,
  type CrewDecision,
  type CrewOrder,
  type CrewPlace,
  type CrewReport,
  type CrewSetup,
  type CrewState,
  type CrewStimulus,
  type CrewTask,
  type CrewTimes,
  type OrderStage,
  REPORT_STAGES,
  type ReportStage,
  type RoutePurpose,
} from './crew.js';
export { crewMotion, decideCrew, initialCrew } from './decide.js';
export { alongRoute, type DrivenRoute, type Motion, routeDuration } from './route.js';
