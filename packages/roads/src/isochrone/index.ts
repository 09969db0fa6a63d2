export {
  createIsochrones,
  type Isochrone,
  type IsochroneCollection,
  type IsochroneOptions,
  type Isochrones,
} from './isochrone.js';
