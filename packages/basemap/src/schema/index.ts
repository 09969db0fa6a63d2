export { drawAreas } from './areas.js';
export {
  type Attributes,
  type AttributeValue,
  type Drawing,
  LAYERS,
  type LayerName,
  NEAR_FIELDS,
  nearZoom,
  type Shape,
} from './feature.js';
export { boundaryLevel, drawBoundary, drawLine } from './lines.js';
export { drawAddress, drawAreaPoints, drawPlace, drawPoi } from './points.js';
