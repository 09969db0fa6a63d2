export { createAreaFinder, type RoadArea } from './area.js';
export { createRoadConditions, type RoadConditions, type RoadEffect } from './conditions.js';
