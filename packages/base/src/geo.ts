import { type Metres, metres } from './units.js';

/** A position in WGS 84 degrees, longitude first: `[lon, lat]`. */
export type LonLat = readonly [lon: number, lat: number];

/** West, south, east, north in degrees; does not cross the antimeridian. */
export type BoundingBox = readonly [west: number, south: number, east: number, north: number];

/** Mean radius of the Earth (IUGG R1). */
export const EARTH_RADIUS = metres(6_371_008.8);

const RADIANS = Math.PI / 180;

/** Metres in one degree of latitude on the sphere of `EARTH_RADIUS`. */
export const METRES_PER_DEGREE = EARTH_RADIUS * RADIANS;

/** True when both numbers are finite and inside the range of longitude and latitude. */
export function isLonLat([lon, lat]: readonly [number, number]): boolean {
  return Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

/** Great-circle distance by the haversine formula; error below 0.6 % against the ellipsoid. */
export function distance([lonA, latA]: LonLat, [lonB, latB]: LonLat): Metres {
  const sinLat = Math.sin(((latB - latA) * RADIANS) / 2);
  const sinLon = Math.sin(((lonB - lonA) * RADIANS) / 2);
  const h = sinLat * sinLat + Math.cos(latA * RADIANS) * Math.cos(latB * RADIANS) * sinLon * sinLon;
  return metres(2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h))));
}

/** Initial bearing from the first position to the second: degrees clockwise from north, in [0, 360). */
export function bearing([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const deltaLon = (lonB - lonA) * RADIANS;
  const y = Math.sin(deltaLon) * Math.cos(latB * RADIANS);
  const x =
    Math.cos(latA * RADIANS) * Math.sin(latB * RADIANS) -
    Math.sin(latA * RADIANS) * Math.cos(latB * RADIANS) * Math.cos(deltaLon);
  return (Math.atan2(y, x) / RADIANS + 360) % 360;
}

/** The position `fraction` of the way along the straight line between two near positions. */
export function interpolate([lonA, latA]: LonLat, [lonB, latB]: LonLat, fraction: number): LonLat {
  return [lonA + (lonB - lonA) * fraction, latA + (latB - latA) * fraction];
}

/** The position reached by going `east` and `north` metres; for distances of a city, not of a continent. */
export function offset([lon, lat]: LonLat, east: number, north: number): LonLat {
  return [lon + east / (METRES_PER_DEGREE * Math.cos(lat * RADIANS)), lat + north / METRES_PER_DEGREE];
}

/** The smallest box around the positions, or `undefined` for none. */
export function boundingBox(positions: Iterable<LonLat>): BoundingBox | undefined {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (const [lon, lat] of positions) {
    west = Math.min(west, lon);
    south = Math.min(south, lat);
    east = Math.max(east, lon);
    north = Math.max(north, lat);
  }
  return west <= east ? [west, south, east, north] : undefined;
}
