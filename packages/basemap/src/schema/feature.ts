/** Layers of a tile, in the order in which they are written. Names follow the Protomaps basemap, version 4. */
export const LAYERS = [
  'earth',
  'landuse',
  'water',
  'buildings',
  'roads',
  'boundaries',
  'pois',
  'places',
] as const;
export type LayerName = (typeof LAYERS)[number];

export type AttributeValue = string | number | boolean;

/** What a feature says of itself: the fields of its layer. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

export type Shape = 'point' | 'line' | 'area';

/** One thing to draw, before it has a place: what an object of OSM means to the map. */
export interface Drawing {
  readonly layer: LayerName;
  readonly shape: Shape;
  readonly attributes: Attributes;
  /** First zoom whose tiles hold it; an area that is still too small to see waits longer. */
  readonly minZoom: number;
  /** Order inside the layer: what has a higher rank is drawn later, above. */
  readonly rank: number;
  /** Goes against the direction of its way: a one-way street with `oneway=-1`. */
  readonly reversed?: boolean;
  /** A name of an area, which waits until the area is large enough to be written in, if that is after `minZoom`. */
  readonly byArea?: boolean;
}

/** Fields that are of no use from afar: they are left out of the first zooms of a line, and of merged buildings. */
export const NEAR_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'name:en',
  'name:zh-Hans',
  'name:zh-Hant',
  'ref',
  'oneway',
  'height',
  'min_height',
]);

/** The first zoom at which a drawing has its near fields. */
export function nearZoom({ layer, shape, minZoom }: Drawing): number {
  if (layer === 'buildings') return 15;
  return shape === 'line' ? Math.min(13, minZoom + 2) : minZoom;
}
