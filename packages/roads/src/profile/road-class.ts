/**
 * The classes a road can have: the values of the OSM key `highway` that some profile may drive on. The order is fixed
 * by the file format, which stores the index: add at the end only.
 */
export const ROAD_CLASSES = [
  'motorway',
  'motorway_link',
  'trunk',
  'trunk_link',
  'primary',
  'primary_link',
  'secondary',
  'secondary_link',
  'tertiary',
  'tertiary_link',
  'unclassified',
  'residential',
  'living_street',
  'service',
  'track',
  'road',
  'busway',
  'pedestrian',
  'footway',
  'cycleway',
  'bridleway',
  'path',
  'steps',
] as const;

export type RoadClass = (typeof ROAD_CLASSES)[number];

/** From 0 for motorways and their ramps to 4 for tertiary roads and theirs, which are main roads; more for what is less. */
export function importanceOf(roadClass: RoadClass): number {
  const index = ROAD_CLASSES.indexOf(roadClass);
  return index < 2 * (LEAST_MAIN_ROAD + 1) ? index >> 1 : index - LEAST_MAIN_ROAD;
}

export const LEAST_MAIN_ROAD = 4;
