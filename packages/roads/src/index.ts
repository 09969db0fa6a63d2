export * from './calibration/index.js';
export { crc32 } from './checksum.js';
export { type Companion, companionFile } from './companions.js';
export * from './conditions/index.js';
export {
  describeRoadsError,
  type HierarchyError,
  type OsmError,
  type RoadsError,
  type RoadsLanguage,
} from './errors.js';
export * from './guidance/index.js';
export {
  type Hierarchy,
  openHierarchy,
  prepareHierarchy,
  serializeHierarchy,
} from './hierarchy/index.js';
export * from './isochrone/index.js';
export { type ArcRow, type EdgeRow, exportArcs, getEdge, listEdges } from './listing.js';
export * from './matching/index.js';
export * from './network/index.js';
export * from './osm/index.js';
export * from './profile/index.js';
export * from './search/index.js';
export { createSnapper, type Snap, type SnapOptions, type Snapper, streetNameAt } from './snap.js';
export {
  createUnitIndex,
  type NearestUnitsOptions,
  type UnitIndex,
  type UnitTime,
} from './units/unit-index.js';
