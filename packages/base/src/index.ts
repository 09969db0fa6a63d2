export { exhaustive } from './exhaustive.js';
export {
  type BoundingBox,
  bearing,
  boundingBox,
  distance,
  EARTH_RADIUS,
  interpolate,
  isLonLat,
  type LonLat,
  METRES_PER_DEGREE,
  offset,
} from './geo.js';
export { readJson } from './json.js';
export { quantile } from './quantile.js';
export { createRandom, type Random } from './random.js';
export { err, ok, type Result } from './result.js';
export {
  after,
  elapsed,
  formatInstant,
  fromWallClock,
  isTimeZone,
  parseInstant,
  toWallClock,
  type WallClock,
  type ZonedInstant,
} from './time.js';
export {
  type Instant,
  instant,
  kilometresPerHour,
  type Metres,
  type MetresPerSecond,
  metres,
  metresPerSecond,
  type Seconds,
  seconds,
} from './units.js';
