import { isLonLat, type LonLat, readJson } from '@lamplight/base';
import type { Fix } from '@lamplight/roads';
import { type RowProblem, refused } from '../failure.js';
import { readTime, type Trace } from './trace.js';

/**
 * Reads a GeoJSON FeatureCollection of LineStrings, each with the time of every point in its property `coordTimes`, or
 * `times`. Throws a `Failure` that names every feature that cannot be read; features count from 1.
 */
export function readTraceFeatures(bytes: Uint8Array, file: string): Trace[] {
  const features = fieldOf(readJson(new TextDecoder().decode(bytes)), 'features');
  if (!Array.isArray(features)) throw refused('refused.not-traces', { file });
  const problems: RowProblem[] = [];
  const traces: Trace[] = [];
  features.forEach((feature: unknown, index) => {
    const fixes = readFeature(feature);
    if (typeof fixes !== 'string') traces.push({ id: String(index + 1), fixes });
    else problems.push({ line: index + 1, column: fixes, reason: { key: 'row.trace' } });
  });
  if (problems.length > 0) throw refused('refused.rows', { file, count: problems.length }, problems);
  return traces;
}

/** The fixes of a feature, or the name of the field that does not fit. */
function readFeature(feature: unknown): Fix[] | string {
  const coordinates = fieldOf(fieldOf(feature, 'geometry'), 'coordinates');
  const properties = fieldOf(feature, 'properties');
  const times = fieldOf(properties, 'coordTimes') ?? fieldOf(properties, 'times');
  if (!Array.isArray(coordinates)) return 'geometry.coordinates';
  if (!Array.isArray(times) || times.length !== coordinates.length) return 'properties.coordTimes';
  const fixes: Fix[] = [];
  for (const [index, coordinate] of coordinates.entries()) {
    const position = positionOf(coordinate);
    if (!position) return `geometry.coordinates.${index}`;
    const time: unknown = times[index];
    const at = typeof time === 'string' || typeof time === 'number' ? readTime(String(time)) : undefined;
    if (at === undefined) return `properties.coordTimes.${index}`;
    fixes.push({ at, position });
  }
  return fixes;
}

function positionOf(coordinate: unknown): LonLat | undefined {
  if (!Array.isArray(coordinate)) return undefined;
  const [lon, lat]: unknown[] = coordinate;
  return typeof lon === 'number' && typeof lat === 'number' && isLonLat([lon, lat]) ? [lon, lat] : undefined;
}

function fieldOf(json: unknown, field: string): unknown {
  return typeof json === 'object' && json !== null ? new Map(Object.entries(json)).get(field) : undefined;
}
