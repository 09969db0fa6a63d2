import type { LonLat } from '@lamplight/base';

/** A unit with the properties that a map layer may show; property names are the caller's. */
export interface MappedUnit {
  readonly id: string;
  readonly position: LonLat;
  readonly properties: Readonly<Record<string, string | number | boolean | null>>;
}

export interface GeoJsonFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: { readonly type: 'Point'; readonly coordinates: LonLat };
  readonly properties: MappedUnit['properties'];
}

export interface GeoJsonFeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: readonly GeoJsonFeature[];
}

/**
 * Units as a GeoJSON FeatureCollection of points (RFC 7946: WGS 84, longitude first). Coordinates keep six decimals:
 * about 10 cm, which section 11.2 of the RFC finds well within the precision of satellite positioning.
 */
export function toUnitCollection(units: Iterable<MappedUnit>): GeoJsonFeatureCollection {
  const features: GeoJsonFeature[] = [];
  for (const { id, position, properties } of units) {
    const coordinates: LonLat = [toSixDecimals(position[0]), toSixDecimals(position[1])];
    features.push({ type: 'Feature', id, geometry: { type: 'Point', coordinates }, properties });
  }
  return { type: 'FeatureCollection', features };
}

const toSixDecimals = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
