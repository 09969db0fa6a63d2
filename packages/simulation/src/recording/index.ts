export {
  INTERVALS,
  type IntervalName,
  type IntervalReport,
  type IntervalStamps,
  type IntervalSummary,
  incidentStamps,
  recordedIncidentIntervals,
  recordedResponseIntervals,
  responseStamps,
  summariseIntervals,
} from './intervals.js';
export {
  COLUMNS,
  type ColumnRole,
  type HomeStationRule,
  type PositionColumns,
  type Priority,
  type ProfileError,
  parseProfile,
  type RecordingProfile,
} from './profile.js';
export {
  type RecordedCall,
  type RecordedResponse,
  type Recording,
  type RecordingError,
  type RecordingWarning,
  readRecording,
  type UnusableReason,
} from './recording.js';
export { type RecordedStation, readStations, type StationsError } from './stations.js';
export type { TableError } from './table.js';
export type { Tally, TallyOf } from './tally.js';
export { type RecordedUnit, recordedUnits } from './units.js';
