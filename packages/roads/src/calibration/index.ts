export {
  bandAt,
  type Calibration,
  durationsFor,
  type Eta,
  type EtaOptions,
  etaOf,
  type Spread,
  UNCALIBRATED,
} from './calibration.js';
export { type FitOptions, type Fitted, fitCalibration, type TooFewTrips } from './fit.js';
export {
  DEFAULT_BANDS,
  HOURS_OF_WEEK,
  type HourBand,
  hourOfWeek,
  OTHER_BAND,
} from './hour-of-week.js';
export {
  type DistanceGroup,
  type Judgement,
  judgeCalibration,
  type Measures,
  type MeasuresOf,
} from './judge.js';
export { type CalibrationError, parseCalibration } from './parse.js';
export { type TraceFix, tripOfTrace } from './trace.js';
export type { LeftOut, Trip, TripFault } from './trips.js';
