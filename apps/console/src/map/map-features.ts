import type { Instant, LonLat } from '@lamplight/base';
import type { RoadConditionShapes, StationView } from '@lamplight/contracts';
import {
  type Api,
  ageOf,
  type BoardState,
  type Language,
  priorityShapeOf,
  STALE_AFTER,
  unitMarkOf,
  unitViewOf,
} from '@lamplight/ui';
import type { Feature, FeatureCollection, LineString, MultiLineString, MultiPolygon, Point } from 'geojson';
import type { CatalogueIndex } from '../state/catalogue-index.js';

/** Features for the map's sources, made from the board. */

const collection = <Geometry extends Point | LineString | MultiLineString | MultiPolygon>(
  features: Feature<Geometry>[],
): FeatureCollection<Geometry> => ({ type: 'FeatureCollection', features });

const point = ([lon, lat]: LonLat): Point => ({ type: 'Point', coordinates: [lon, lat] });

/** Slower than a walk is standing: a bearing is then noise. */
const MOVING = 1;

export function unitFeatures(
  board: BoardState,
  catalogue: CatalogueIndex,
  now: Instant,
  selected: string | null,
): FeatureCollection<Point> {
  const features: Feature<Point>[] = [];
  for (const fix of board.fixes.values()) {
    const unit = board.units.get(fix.unitId);
    if (!unit || unit.retired) continue;
    const view = unitViewOf(board, unit, catalogue.effectOf);
    if (view.availability === 'off-duty') continue;
    const stale = ageOf(fix.eventAt, now) > STALE_AFTER;
    const moving = fix.bearing !== null && (fix.speed ?? 0) >= MOVING && !stale;
    features.push({
      type: 'Feature',
      geometry: point(fix.position),
      properties: {
        id: unit.id,
        label: unit.callSign,
        mark: unitMarkOf(view),
        stale,
        selected: unit.id === selected,
        order: view.assignment ? 1 : 0,
        ...(moving ? { bearing: fix.bearing } : {}),
      },
    });
  }
  return collection(features);
}

export function incidentFeatures(
  board: BoardState,
  catalogue: CatalogueIndex,
  intl: Language,
  selected: string | null,
): FeatureCollection<Point> {
  const features: Feature<Point>[] = [];
  for (const incident of board.incidents.values()) {
    const position = incident.location?.position;
    if (!position || (incident.status !== 'open' && incident.id !== selected)) continue;
    features.push({
      type: 'Feature',
      geometry: point(position),
      properties: {
        id: incident.id,
        label: catalogue.typeName(incident.typeCode, intl),
        shape: String(priorityShapeOf(incident.priority)),
        selected: incident.id === selected,
        order: incident.id === selected ? 10 : 6 - (incident.priority ?? 2),
      },
    });
  }
  return collection(features);
}

export const stationFeatures = (stations: readonly StationView[], intl: Language): FeatureCollection<Point> =>
  collection(
    stations.map(({ id, name, position }) => ({
      type: 'Feature',
      geometry: point(position),
      properties: { id, name: intl.name(name) },
    })),
  );

export const conditionFeatures = ({ features }: RoadConditionShapes): FeatureCollection<MultiLineString> =>
  collection(
    features.map(({ geometry, properties }) => ({
      type: 'Feature',
      geometry: {
        type: 'MultiLineString',
        coordinates: geometry.coordinates.map((line) => line.map(([lon, lat]) => [lon, lat])),
      },
      properties,
    })),
  );

export const routeFeatures = (geometry: readonly LonLat[]): FeatureCollection<LineString> =>
  collection(
    geometry.length < 2
      ? []
      : [
          {
            type: 'Feature',
            geometry: { type: 'LineString', coordinates: geometry.map(([lon, lat]) => [lon, lat]) },
            properties: {},
          },
        ],
  );

type Isochrones = Awaited<ReturnType<Api['isochrones']>>;

/** The ground of each travel time; no value, no ground. */
export const reachFeatures = (isochrones: Isochrones | null): FeatureCollection<MultiPolygon> =>
  collection(
    (isochrones?.features ?? []).map(({ geometry, properties }) => ({
      type: 'Feature',
      geometry: {
        type: 'MultiPolygon',
        coordinates: geometry.coordinates.map((rings) =>
          rings.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
        ),
      },
      properties: { minutes: properties.seconds / 60 },
    })),
  );

export const draftFeatures = (position: LonLat | null): FeatureCollection<Point> =>
  collection(position ? [{ type: 'Feature', geometry: point(position), properties: {} }] : []);
