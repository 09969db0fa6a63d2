import type { LonLat } from '@lamplight/base';

/*
 * Web Mercator on a grid of whole numbers: the square world is 2^30 units wide, x to the east and y to the south, so a
 * unit is at most 3.7 cm and a tile of any zoom starts at a whole one.
 */
const WORLD_BITS = 30;
export const WORLD_SIZE = 2 ** WORLD_BITS;

/** Units of a tile's own grid along a side, as nearly all vector tiles have. */
export const EXTENT = 4096;

/** Latitude at which the projection is cut to make the world a square. */
const MAX_LATITUDE = 85.051_128_779_806_6;

const RADIANS = Math.PI / 180;

export function worldX(lon: number): number {
  return clamp(Math.round(((lon + 180) / 360) * WORLD_SIZE));
}

export function worldY(lat: number): number {
  const sin = Math.sin(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat)) * RADIANS);
  return clamp(Math.round((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * WORLD_SIZE));
}

export function toLonLat(x: number, y: number): LonLat {
  const n = Math.PI * (1 - (2 * y) / WORLD_SIZE);
  return [(x / WORLD_SIZE) * 360 - 180, Math.atan(Math.sinh(n)) / RADIANS];
}

const GRID_UNITS = Float64Array.from({ length: WORLD_BITS }, (_, zoom) => WORLD_SIZE / EXTENT / 2 ** zoom);

/** World units in one unit of the grid of a tile of this zoom. */
export const gridUnit = (zoom: number): number => GRID_UNITS[zoom] ?? 0;

const clamp = (value: number): number => Math.max(0, Math.min(WORLD_SIZE - 1, value));
