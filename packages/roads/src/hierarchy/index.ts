export { openHierarchy, serializeHierarchy } from './file.js';
export {
  type Direction,
  fingerprintOf,
  type Hierarchy,
  type HierarchyArrays,
  hierarchyFits,
  UNREACHABLE,
} from './hierarchy.js';
export { createMatrix, type Matrix } from './matrix.js';
export { createPointQuery, type HierarchyPath, type PointQuery } from './point-query.js';
export { type PrepareOptions, prepareHierarchy } from './prepare.js';
export { RestrictedSweep } from './restricted-sweep.js';
export { createSweep, type Sweep } from './sweep.js';
export { createUnitBuckets, type UnitBuckets } from './unit-buckets.js';
