import { describe, expect, it } from 'vitest';
import { type GeoJsonFeatureCollection, type MappedUnit, toUnitCollection } from '../src/index.js';
import { listFixtures } from './fixtures.js';

const fixtures = listFixtures<{ units: MappedUnit[]; expected: GeoJsonFeatureCollection }>('geojson');

describe('units as GeoJSON, one file a case', () => {
  it.each(fixtures)('writes: $name', ({ fixture }) => {
    expect(toUnitCollection(fixture.units)).toEqual(fixture.expected);
  });
});
