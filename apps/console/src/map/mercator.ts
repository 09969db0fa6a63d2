import { type BoundingBox, EARTH_RADIUS, type LonLat, type Metres, metres } from '@lamplight/base';

/** A position in spherical web Mercator, as map tiles take it: both from 0 to 1, `y` growing to the south. */
export interface Mercator {
  readonly x: number;
  readonly y: number;
}

/** MapLibre's tiles are this many pixels wide. */
export const TILE = 512;

export const mercatorX = (lon: number): number => (lon + 180) / 360;

export function mercatorY(lat: number): number {
  const sine = Math.sin((Math.max(-85.051, Math.min(85.051, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** What a flat map that looks north shows: a linear picture of the Mercator square. */
export interface FlatView {
  readonly centre: Mercator;
  /** Pixels across the whole world. */
  readonly world: number;
  readonly width: number;
  readonly height: number;
}

export const flatView = ([lon, lat]: LonLat, zoom: number, width: number, height: number): FlatView => ({
  centre: { x: mercatorX(lon), y: mercatorY(lat) },
  world: TILE * 2 ** zoom,
  width,
  height,
});

/** Where a position lies in the view, in pixels from its upper left corner. */
export const toPixel = ({ centre, world, width, height }: FlatView, [lon, lat]: LonLat): [number, number] => [
  (mercatorX(lon) - centre.x) * world + width / 2,
  (mercatorY(lat) - centre.y) * world + height / 2,
];

/**
 * Area inside a ring on the sphere, whatever its direction, in square metres. Good to a part in a thousand for what is
 * drawn on a map of a city.
 */
export function ringArea(ring: readonly LonLat[]): number {
  const radians = Math.PI / 180;
  let sum = 0;
  for (const [index, [lonA, latA]] of ring.entries()) {
    const [lonB, latB] = ring[(index + 1) % ring.length] ?? [lonA, latA];
    sum += (lonB - lonA) * radians * (2 + Math.sin(latA * radians) + Math.sin(latB * radians));
  }
  return Math.abs((sum * EARTH_RADIUS * EARTH_RADIUS) / 2);
}

/** The box of so many metres around a position. */
export function boxAround([lon, lat]: LonLat, radius: Metres): BoundingBox {
  const north = metres(radius) / 111_195;
  const east = north / Math.cos((lat * Math.PI) / 180);
  return [lon - east, lat - north, lon + east, lat + north];
}
