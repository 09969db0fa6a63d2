export { type BuildOptions, type BuildPhase, buildNetwork } from './build.js';
export { openNetwork, serializeNetwork } from './file.js';
export type { NetworkArrays, RoadNetwork, StreetName } from './network.js';
export type { BuildReport, DropReason } from './report.js';
