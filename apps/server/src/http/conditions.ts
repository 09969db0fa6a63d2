import type { LonLat } from '@lamplight/base';
import {
  amendRoadConditionBody,
  declareRoadConditionBody,
  previewRoadPlaceBody,
  type RoadConditionShapes,
  reasonBody,
  roadConditionShapesSchema,
  roadConditionsSchema,
  roadPlacePreviewSchema,
} from '@lamplight/contracts';
import {
  type ConditionPhase,
  findPlaceFault,
  phaseOf,
  type ResponseBoard,
  type RoadCondition,
  type RoadPlace,
} from '@lamplight/domain';
import type { RoadConditionsPort } from '../roads/condition-edges.js';
import type { App } from './app-type.js';
import { type CommandDependencies, commandRoute } from './command-route.js';
import { Failure } from './failure.js';

/** More names than these nobody reads, and more pieces than these are one dark patch. */
const STREETS_NAMED = 12;
const PIECES_DRAWN = 5000;

interface ConditionDependencies extends CommandDependencies {
  readonly board: ResponseBoard;
  /** `null` where no network is loaded: conditions can be declared and seen, and bear on no travel time. */
  readonly roads: Pick<RoadConditionsPort, 'resolve' | 'geometryOf' | 'streetsOf'> | null;
}

/** Closures and slow roads. */
export function conditionRoutes(app: App, dependencies: ConditionDependencies): void {
  const { board, clock, roads } = dependencies;

  commandRoute(app, dependencies, '/api/v1/conditions', declareRoadConditionBody, (body, { newId }) => {
    const conditionId = body.conditionId ?? newId();
    // A shape that is none is refused without asking the network, for which it may be too much.
    const matched = roads && !findPlaceFault(body.place) ? roads.resolve(body.place) : null;
    return {
      command: { ...body, type: 'DeclareRoadCondition', conditionId, matched },
      made: { conditionId },
    };
  });
  app.post(
    '/api/v1/conditions/preview',
    { schema: { body: previewRoadPlaceBody, response: { 200: roadPlacePreviewSchema } } },
    async ({ body: { place } }) => {
      if (!roads) throw new Failure('network-unavailable', 'No road network is loaded on this server.');
      const fault = findPlaceFault(place);
      // What is being drawn is no place yet more often than not.
      if (fault) return { matched: 0, streets: [], streetsLeftOut: 0, lines: [] };
      const streets = roads.streetsOf(place);
      return {
        matched: roads.resolve(place),
        streets: streets.slice(0, STREETS_NAMED),
        streetsLeftOut: Math.max(0, streets.length - STREETS_NAMED),
        lines: roads
          .geometryOf(place)
          .slice(0, PIECES_DRAWN)
          .map((line) => [...line]),
      };
    },
  );

  commandRoute(
    app,
    dependencies,
    '/api/v1/conditions/:conditionId',
    amendRoadConditionBody,
    (changes, { id }) => ({ command: { type: 'AmendRoadCondition', conditionId: id, changes } }),
    'PATCH',
  );
  commandRoute(app, dependencies, '/api/v1/conditions/:conditionId/lift', reasonBody, (body, { id }) => ({
    command: { type: 'LiftRoadCondition', conditionId: id, ...body },
  }));

  app.get('/api/v1/conditions', { schema: { response: { 200: roadConditionsSchema } } }, async () => {
    const at = clock.now();
    const byPhase: Record<ConditionPhase, RoadCondition[]> = { active: [], scheduled: [], ended: [] };
    for (const condition of board.listConditions()) byPhase[phaseOf(condition, at)].push(condition);
    return {
      at,
      active: byPhase.active.sort((a, b) => b.from - a.from),
      scheduled: byPhase.scheduled.sort((a, b) => a.from - b.from),
      recent: byPhase.ended.sort((a, b) => endOf(b) - endOf(a)),
    };
  });

  app.get(
    '/api/v1/conditions/shapes',
    { schema: { response: { 200: roadConditionShapesSchema } } },
    async (): Promise<RoadConditionShapes> => {
      const at = clock.now();
      const features = board.listConditions().flatMap((condition) => {
        const phase = phaseOf(condition, at);
        return phase === 'ended' ? [] : shapesOf(condition, phase, roads);
      });
      return { type: 'FeatureCollection', features };
    },
  );
}

const endOf = ({ to, ended }: RoadCondition): number => ended?.at ?? to ?? 0;

type Shape = RoadConditionShapes['features'][number];

function shapesOf(
  { id, effect, place }: RoadCondition,
  phase: Shape['properties']['phase'],
  roads: ConditionDependencies['roads'],
): Shape[] {
  const shape = (kind: Shape['properties']['shape'], lines: readonly (readonly LonLat[])[]): Shape[] =>
    lines.length === 0
      ? []
      : [
          {
            type: 'Feature',
            geometry: { type: 'MultiLineString', coordinates: lines.map((line) => [...line]) },
            properties: { conditionId: id, shape: kind, effect: effect.kind, phase },
          },
        ];
  return [...shape('streets', roads?.geometryOf(place) ?? []), ...shape('drawn', drawnLines(place))];
}

/** What somebody drew, as lines: a ring closes itself. */
function drawnLines(place: RoadPlace): readonly (readonly LonLat[])[] {
  switch (place.kind) {
    case 'polygon':
      return place.rings.map((ring) => [...ring, ...ring.slice(0, 1)]);
    case 'line':
      return [place.points];
    case 'edges':
    case 'street':
      return [];
  }
}
