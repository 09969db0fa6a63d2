export { createEmergencyProfile, type EmergencyOptions, emergencyProfile } from './emergency.js';
export { findProfile, PROFILES } from './find-profile.js';
export { footProfile } from './foot.js';
export { readMaxspeed } from './maxspeed.js';
export { ordinaryProfile } from './ordinary.js';
export type { RoadProfile, WayRefusal, WayVerdict } from './profile.js';
export { readRestriction } from './restriction-tags.js';
export { ROAD_CLASSES, type RoadClass } from './road-class.js';
export { createTurnDelay, STRAIGHT, type TurnFigures } from './turn-delay.js';
export {
  type DrivingSide,
  NODE_CONTROLS,
  type NodeControl,
  type RestrictionRule,
  type RestrictionVerdict,
  type TurnFacts,
  type TurnModel,
} from './turn-model.js';
