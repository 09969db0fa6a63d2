export { type OsmFormat, readOsm } from './read.js';
export type { OsmMember, OsmTags, OsmVisitor } from './visitor.js';
