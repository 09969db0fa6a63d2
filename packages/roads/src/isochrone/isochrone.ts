import { type LonLat, METRES_PER_DEGREE, type Metres, metres, type Seconds } from '@lamplight/base';
import { GRID_PER_DEGREE } from '../network/network.js';
import { BucketSearch } from '../search/bucket-search.js';
import type { Metric } from '../search/metric.js';
import { decisecondsOf } from '../search/travel-times.js';
import type { Snap } from '../snap.js';
import { Contours, type PolygonRings } from './contour.js';
import { DistanceField } from './distance-field.js';
import { layGrid } from './grid.js';
import { createReach } from './reached-lines.js';

export interface IsochroneOptions {
  /** What can be reached from the place (`away`, the default), or from where the place can be reached. */
  readonly direction?: 'away' | 'towards';
  /**
   * Side of a cell of the raster that the polygons are made of, 30 m by default. Ground within two cells of a reached
   * road counts as reached. Cells are made larger where there would be more than 256 on a side.
   */
  readonly detail?: Metres;
}

/** A GeoJSON feature (RFC 7946): all ground within one time. */
export interface Isochrone {
  readonly type: 'Feature';
  readonly properties: { readonly seconds: Seconds };
  readonly geometry: {
    readonly type: 'MultiPolygon';
    readonly coordinates: readonly (readonly (readonly LonLat[])[])[];
  };
}

export interface IsochroneCollection {
  readonly type: 'FeatureCollection';
  readonly features: readonly Isochrone[];
}

export interface Isochrones {
  /**
   * The ground around all roads that are reached within each time, one feature a time, in the order of the times.
   * Rings are simple and do not touch, outer ones counter-clockwise; what is reached within a time lies inside what is
   * reached within a longer one, and every point of a reached road is inside. Holes smaller than a cell are filled.
   *
   * Throws `RangeError` for a time that is not a number of seconds from 0 on, for more than 32 times, and for a detail
   * that is not positive.
   */
  polygons(place: Snap, times: readonly Seconds[], options?: IsochroneOptions): IsochroneCollection;
}

const DETAIL = metres(30);
const MAX_CELLS = 256;
const MAX_TIMES = 32;

/**
 * Isochrones by one search for all times and one raster of distances from reached roads for each, around which contours
 * are drawn. O(area searched + cells). Owns the memory that it works in: one for each line of work.
 */
export function createIsochrones(metric: Metric): Isochrones {
  const reach = {
    away: createReach(metric, new BucketSearch(metric, 'away'), 'away'),
    towards: createReach(metric, new BucketSearch(metric, 'towards'), 'towards'),
  };
  const field = new DistanceField();
  const contours = new Contours();

  return {
    polygons(place, times, { direction = 'away', detail = DETAIL } = {}) {
      check(times, detail);
      const limits = [...new Set(times.map(decisecondsOf))].sort((a, b) => a - b);
      if (limits.length === 0) return { type: 'FeatureCollection', features: [] };

      const lines = reach[direction](place, limits);
      const unit = METRES_PER_DEGREE / GRID_PER_DEGREE;
      const eastScale = Math.max(1e-6, Math.cos((place.position[1] * Math.PI) / 180));
      const grid = layGrid(lines, detail, MAX_CELLS, unit, eastScale);
      field.measure(grid, lines, limits.length);
      const vertices = grid.columns * grid.rows;
      const polygons = limits.map((_, level) => contours.trace(grid, field.squares, level * vertices));
      return {
        type: 'FeatureCollection',
        features: times.map((time) => featureOf(time, polygons[limits.indexOf(decisecondsOf(time))] ?? [])),
      };
    },
  };
}

function featureOf(time: Seconds, coordinates: readonly PolygonRings[]): Isochrone {
  return {
    type: 'Feature',
    properties: { seconds: time },
    geometry: { type: 'MultiPolygon', coordinates },
  };
}

function check(times: readonly Seconds[], detail: Metres): void {
  if (times.length > MAX_TIMES) throw new RangeError(`times: ${times.length} are more than ${MAX_TIMES}`);
  for (const time of times) {
    if (!Number.isFinite(time) || time < 0) {
      throw new RangeError(`times: ${time} is not a number of seconds from 0 on`);
    }
  }
  if (!(detail > 0) || !Number.isFinite(detail)) throw new RangeError(`detail: ${detail} is not positive`);
}
