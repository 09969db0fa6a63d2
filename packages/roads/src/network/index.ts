export { type BuildOptions, type BuildPhase, buildNetwork } from './build.js';
export { openNetwork, serializeNetwork } from './file.js';
export { EDGE_FLAGS, geometryOf, type NetworkArrays, type RoadNetwork, type StreetName } from './network.js';
export type { BrokenReason, BuildReport, DropReason, RestrictionCounts } from './report.js';
