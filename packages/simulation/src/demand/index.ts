export { createDemand, type Demand, type DemandCall, type DemandOptions, hourOfWeek } from './demand.js';
export { PROFILES, type ProfileName, type WeekProfile } from './hours.js';
export { INCIDENT_KINDS, type IncidentKind } from './incident-kinds.js';
