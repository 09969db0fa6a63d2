import {
  beginDutyBody,
  correctStampBody,
  fixesSchema,
  identifierSchema,
  instantSchema,
  lonLatSchema,
  reasonBody,
  registerUnitBody,
  reportProgressBody,
  routeSchema,
  setUnitStatusBody,
  unitSchema,
} from '@lamplight/contracts';
import { z } from 'zod';
import type { App } from './app-type.js';
import { type CommandDependencies, commandRoute, emptyBody } from './command-route.js';
import { principalOf } from './guard.js';
import type { Reads } from './reads.js';

interface UnitDependencies extends CommandDependencies {
  readonly reads: Reads;
}

/** Units, and the assignments that they work on. */
export function unitRoutes(app: App, dependencies: UnitDependencies): void {
  const { reads } = dependencies;

  commandRoute(app, dependencies, '/api/v1/units', registerUnitBody, (body) => ({
    command: { type: 'RegisterUnit', ...body },
    made: { unitId: body.unitId },
  }));
  commandRoute(app, dependencies, '/api/v1/units/:unitId/retire', reasonBody, (body, { id }) => ({
    command: { type: 'RetireUnit', unitId: id, ...body },
  }));
  commandRoute(app, dependencies, '/api/v1/units/:unitId/duty/begin', beginDutyBody, (body, { id }) => ({
    command: { type: 'BeginDuty', unitId: id, ...body },
  }));
  commandRoute(app, dependencies, '/api/v1/units/:unitId/duty/end', emptyBody, (_, { id }) => ({
    command: { type: 'EndDuty', unitId: id },
  }));
  commandRoute(app, dependencies, '/api/v1/units/:unitId/status', setUnitStatusBody, (body, { id }) => ({
    command: { type: 'SetUnitStatus', unitId: id, ...body },
  }));

  commandRoute(app, dependencies, '/api/v1/assignments/:assignmentId/dispatch', emptyBody, (_, { id }) => ({
    command: { type: 'DispatchProposed', assignmentId: id },
  }));
  commandRoute(
    app,
    dependencies,
    '/api/v1/assignments/:assignmentId/progress',
    reportProgressBody,
    (body, { id }) => ({ command: { type: 'ReportProgress', assignmentId: id, ...body } }),
  );
  commandRoute(
    app,
    dependencies,
    '/api/v1/assignments/:assignmentId/decline',
    reasonBody,
    (body, { id }) => ({
      command: { type: 'DeclineAssignment', assignmentId: id, ...body },
    }),
  );
  commandRoute(app, dependencies, '/api/v1/assignments/:assignmentId/cancel', reasonBody, (body, { id }) => ({
    command: { type: 'CancelAssignment', assignmentId: id, ...body },
  }));
  commandRoute(
    app,
    dependencies,
    '/api/v1/assignments/:assignmentId/correct',
    correctStampBody,
    (body, { id }) => ({ command: { type: 'CorrectStamp', assignmentId: id, ...body } }),
  );

  const params = z.object({ unitId: identifierSchema });
  app.get('/api/v1/units', { schema: { response: { 200: z.array(unitSchema) } } }, async (request) =>
    reads.listUnits(principalOf(request)),
  );
  app.get('/api/v1/positions', { schema: { response: { 200: fixesSchema } } }, async () => ({
    fixes: reads.listFixes(),
  }));

  const trackQuery = z.object({ from: instantSchema, to: instantSchema });
  const track = z.array(
    z.object({ position: lonLatSchema, eventAt: instantSchema, speed: z.number().nullable() }),
  );
  app.get(
    '/api/v1/units/:unitId/track',
    { schema: { params, querystring: trackQuery, response: { 200: track } } },
    async (request) => {
      const { from, to } = request.query;
      return reads.readTrack(request.params.unitId, from, to, principalOf(request));
    },
  );

  const routeQuery = z.object({
    to: z
      .string()
      .regex(/^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/, 'must be lon,lat')
      .transform((text): unknown => text.split(',').map(Number))
      .pipe(lonLatSchema),
  });
  app.get(
    '/api/v1/units/:unitId/route',
    { schema: { params, querystring: routeQuery, response: { 200: routeSchema } } },
    async (request) => reads.getRoute(request.params.unitId, request.query.to),
  );
}
