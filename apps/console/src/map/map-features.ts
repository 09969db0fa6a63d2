import { type Instant, type LonLat, offset } from '@lamplight/base';
import type { RoadConditionShapes, StationView } from '@lamplight/contracts';
import {
  type Api,
  type BoardState,
  type Language,
  priorityShapeOf,
  type QueueEntry,
  queueOf,
} from '@lamplight/ui';
import type {
  Feature,
  FeatureCollection,
  LineString,
  MultiLineString,
  MultiPolygon,
  Point,
  Polygon,
} from 'geojson';
import type { CatalogueIndex } from '../state/catalogue-index.js';
import type { MapIncident } from './board-overlay.js';
import { calmShape } from './calm-shape.js';
import type { IncidentState } from './map-images.js';

/** Features for the map's sources, made from the board. */

const collection = <Geometry extends Point | LineString | MultiLineString | MultiPolygon>(
  features: Feature<Geometry>[],
): FeatureCollection<Geometry> => ({ type: 'FeatureCollection', features });

const point = ([lon, lat]: LonLat): Point => ({ type: 'Point', coordinates: [lon, lat] });

/** Open incidents that have a place, and the selected one; the last of the list lies on top. */
export function mapIncidents(
  board: BoardState,
  catalogue: CatalogueIndex,
  intl: Language,
  now: Instant,
  selected: string | null,
): MapIncident[] {
  const incidents: (MapIncident & { readonly order: number })[] = [];
  const queue = new Map(queueOf(board, now).map((entry) => [entry.incident.id, entry]));
  for (const incident of board.incidents.values()) {
    const position = incident.location?.position;
    const isSelected = incident.id === selected;
    if (!position || (incident.status !== 'open' && !isSelected)) continue;
    incidents.push({
      id: incident.id,
      label: shortened(catalogue.typeName(incident.typeCode, intl)),
      shape: priorityShapeOf(incident.priority),
      state: stateOf(queue.get(incident.id)),
      position,
      selected: isSelected,
      order: isSelected ? 10 : 6 - (incident.priority ?? 2),
    });
  }
  return incidents.sort((a, b) => a.order - b.order);
}

const LABEL_LENGTH = 26;
const shortened = (text: string): string =>
  text.length <= LABEL_LENGTH ? text : `${text.slice(0, LABEL_LENGTH - 1).trimEnd()}…`;

const AT_WORK: readonly string[] = ['staged', 'onScene', 'actionBegun', 'transporting', 'atDestination'];

function stateOf(entry: QueueEntry | undefined): IncidentState {
  if (!entry || entry.need === 'unclosed') return 'over';
  if (entry.needsHand) return 'waiting';
  return entry.units.some(({ stage }) => AT_WORK.includes(stage)) ? 'onScene' : 'underWay';
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

/** Ways of units that are driven now; the main one is drawn stronger. */
export const routeFeatures = (
  ways: readonly { readonly geometry: readonly LonLat[]; readonly main: boolean }[],
): FeatureCollection<LineString> =>
  collection(
    ways
      .filter(({ geometry }) => geometry.length >= 2)
      .map(({ geometry, main }) => ({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: geometry.map(([lon, lat]) => [lon, lat]) },
        properties: { main },
      })),
  );

/** Pieces of street. */
export const lineFeatures = (lines: readonly (readonly LonLat[])[]): FeatureCollection<MultiLineString> =>
  collection(
    lines.length === 0
      ? []
      : [
          {
            type: 'Feature',
            geometry: {
              type: 'MultiLineString',
              coordinates: lines.map((line) => line.map(([lon, lat]) => [lon, lat])),
            },
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
        coordinates: calmShape(geometry.coordinates).map((rings) =>
          rings.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
        ),
      },
      properties: { minutes: properties.seconds / 60 },
    })),
  );

/** Where a call is from: the position, and, where it is uncertain by so many metres, the circle that it lies in. */
export const draftFeatures = (
  position: LonLat | null,
  accuracy: number | null = null,
): FeatureCollection<Point | Polygon> => {
  if (!position) return { type: 'FeatureCollection', features: [] };
  const area: Feature<Polygon>[] =
    accuracy === null || accuracy <= 0
      ? []
      : [{ type: 'Feature', geometry: circle(position, accuracy), properties: {} }];
  return {
    type: 'FeatureCollection',
    features: [...area, { type: 'Feature', geometry: point(position), properties: {} }],
  };
};

const CORNERS = 48;

function circle(centre: LonLat, radius: number): Polygon {
  const ring = Array.from({ length: CORNERS + 1 }, (_, corner) => {
    const angle = (2 * Math.PI * (corner % CORNERS)) / CORNERS;
    const [lon, lat] = offset(centre, radius * Math.cos(angle), radius * Math.sin(angle));
    return [lon, lat];
  });
  return { type: 'Polygon', coordinates: [ring] };
}
