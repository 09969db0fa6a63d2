export { describePlacesError, type PlacesError } from './errors.js';
export { type BuildPlacesOptions, buildPlaces, type PlacesPhase } from './extract/build.js';
export type { BuildReport, DropReason } from './extract/report.js';
export { openPlaces, serializePlaces } from './file.js';
export type { Bilingual, PlaceArrays, PlaceKind, Places, Post } from './model.js';
export type { Candidate, CandidateKind, MatchedPart, Precision } from './search/candidate.js';
export { type CoordinateReading, parseCoordinates } from './search/coordinates.js';
export {
  createGeocoder,
  type Geocoder,
  type GeocoderOptions,
  type SearchOptions,
} from './search/geocoder.js';
export { KIND_NAMES } from './search/kind-names.js';
export {
  type CodeImport,
  type CodeRowError,
  importCodes,
  type LocationCode,
} from './search/location-codes.js';
export type { NearBy, Reverse, ReverseAnswer, ReverseOptions } from './search/reverse.js';
