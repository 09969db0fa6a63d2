export { type CityOptions, type CitySize, generateCity } from './generate.js';
export { houseNumberAt } from './house-numbers.js';
export type {
  Address,
  Area,
  AreaKind,
  Bilingual,
  Capability,
  City,
  CityNode,
  CityUnit,
  CityUnitKind,
  District,
  LandUse,
  Neighbourhood,
  Place,
  PlaceKind,
  River,
  RoadClass,
  RoadWay,
  Station,
  StationKind,
  Street,
} from './model.js';
export type { MainName } from './osm-elements.js';
export { encodeOsmPbf, type OsmPbfOptions } from './osm-pbf.js';
