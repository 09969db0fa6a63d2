export { emergencyProfile } from './emergency.js';
export { readMaxspeed } from './maxspeed.js';
export {
  ROAD_CLASSES,
  type RoadClass,
  type RoadProfile,
  type WayRefusal,
  type WayVerdict,
} from './profile.js';
