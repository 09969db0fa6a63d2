export type { CodecFailure, CodecResult } from './failure.js';
export {
  type GeoJsonFeature,
  type GeoJsonFeatureCollection,
  type MappedUnit,
  toUnitCollection,
} from './geojson/units.js';
export { type OsmAndReport, parseOsmAndJson, parseOsmAndParameters } from './osmand/report.js';
export {
  encodeOwnTracks,
  encodeOwnTracksReply,
  type OwnTracksExtras,
  type OwnTracksLocation,
  type OwnTracksMessage,
  type OwnTracksReport,
  parseOwnTracks,
  parseOwnTracksText,
} from './owntracks/location.js';
export { formatOwnTracksTopic, type OwnTracksTopic, parseOwnTracksTopic } from './owntracks/topic.js';
export type { PositionFix } from './position-fix.js';
