import type { LonLat } from '@lamplight/base';
import {
  amendRoadConditionBody,
  declareRoadConditionBody,
  type RoadConditionShapes,
  reasonBody,
  roadConditionShapesSchema,
  roadConditionsSchema,
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

interface ConditionDependencies extends CommandDependencies {
  readonly board: ResponseBoard;
  /** `null` where no network is loaded: conditions can be declared and seen, and bear on no travel time. */
  readonly roads: Pick<RoadConditionsPort, 'resolve' | 'geometryOf'> | null;
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
