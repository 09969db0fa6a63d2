export { openHierarchy, serializeHierarchy } from './file.js';
export { type Hierarchy, hierarchyFits, UNREACHABLE } from './hierarchy.js';
export { createMatrix } from './matrix.js';
export { createPointQuery, type HierarchyPath } from './point-query.js';
export { prepareHierarchy } from './prepare.js';
export { RestrictedSweep } from './restricted-sweep.js';
export { createSweep } from './sweep.js';
export { createUnitBuckets, type UnitBuckets } from './unit-buckets.js';
