import { isLonLat, type LonLat, readJson } from '@lamplight/base';
import { type RowProblem, refused } from '../failure.js';

/** A point of a line, with when it was there. */
export interface TimedPoint<Time> {
  readonly at: Time;
  readonly position: LonLat;
}

/**
 * Reads a GeoJSON FeatureCollection of LineStrings, each with the time of every point in its property `coordTimes`, or
 * `times`; `readAt` tells what a time means, or `undefined` for what is none. Throws a `Failure` that names every feature
 * that cannot be read; features count from 1.
 */
export function readLineStrings<Time>(
  bytes: Uint8Array,
  file: string,
  readAt: (time: unknown) => Time | undefined,
): TimedPoint<Time>[][] {
  const features = fieldOf(readJson(new TextDecoder().decode(bytes)), 'features');
  if (!Array.isArray(features)) throw refused('refused.not-traces', { file });
  const problems: RowProblem[] = [];
  const lines: TimedPoint<Time>[][] = [];
  features.forEach((feature: unknown, index) => {
    const points = readFeature(feature, readAt);
    if (typeof points !== 'string') lines.push(points);
    else problems.push({ line: index + 1, column: points, reason: { key: 'row.trace' } });
  });
  if (problems.length > 0) throw refused('refused.rows', { file, count: problems.length }, problems);
  return lines;
}

/** The points of a feature, or the name of the field that does not fit. */
function readFeature<Time>(
  feature: unknown,
  readAt: (time: unknown) => Time | undefined,
): TimedPoint<Time>[] | string {
  const coordinates = fieldOf(fieldOf(feature, 'geometry'), 'coordinates');
  const properties = fieldOf(feature, 'properties');
  const times = fieldOf(properties, 'coordTimes') ?? fieldOf(properties, 'times');
  if (!Array.isArray(coordinates)) return 'geometry.coordinates';
  if (!Array.isArray(times) || times.length !== coordinates.length) return 'properties.coordTimes';
  const points: TimedPoint<Time>[] = [];
  for (const [index, coordinate] of coordinates.entries()) {
    const position = positionOf(coordinate);
    if (!position) return `geometry.coordinates.${index}`;
    const at = readAt(times[index]);
    if (at === undefined) return `properties.coordTimes.${index}`;
    points.push({ at, position });
  }
  return points;
}

function positionOf(coordinate: unknown): LonLat | undefined {
  if (!Array.isArray(coordinate)) return undefined;
  const [lon, lat]: unknown[] = coordinate;
  return typeof lon === 'number' && typeof lat === 'number' && isLonLat([lon, lat]) ? [lon, lat] : undefined;
}

function fieldOf(json: unknown, field: string): unknown {
  return typeof json === 'object' && json !== null ? new Map(Object.entries(json)).get(field) : undefined;
}
