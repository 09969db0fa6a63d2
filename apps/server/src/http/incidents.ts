import { type Instant, type Seconds, toWallClock } from '@lamplight/base';
import {
  addNoteBody,
  classifyIncidentBody,
  closeIncidentBody,
  dispatchUnitsBody,
  identifierSchema,
  incidentDetailSchema,
  incidentPageSchema,
  instantSchema,
  linkIncidentsBody,
  locateBody,
  loggedEventSchema,
  mergeIncidentBody,
  openIncidentBody,
  raiseAlarmBody,
  reasonBody,
  recommendationSchema,
  recordRecoveryBody,
  settleIncidentBody,
  splitIncidentBody,
  unlinkIncidentsBody,
} from '@lamplight/contracts';
import { INCIDENT_STATUSES, type Location } from '@lamplight/domain';
import { z } from 'zod';
import type { App } from './app-type.js';
import { type CommandContext, type CommandDependencies, commandRoute, emptyBody } from './command-route.js';
import { principalOf } from './guard.js';
import type { Reads } from './reads.js';

interface IncidentDependencies extends CommandDependencies {
  readonly reads: Reads;
  readonly label: (location: Location) => Location;
  readonly timeZone: string;
  /** Travel times of units to an incident, as known now; kept with the orders. */
  readonly etasOf: (
    unitIds: readonly string[],
    incidentId: string,
    at: Instant,
  ) => Promise<readonly (Seconds | null)[]>;
}

export function incidentRoutes(app: App, dependencies: IncidentDependencies): void {
  const { label, timeZone, etasOf } = dependencies;
  const dayOf = ({ at }: CommandContext): string => {
    const { year, month, day } = toWallClock(at, timeZone);
    return `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
  };
  const route = <Body extends z.ZodType>(
    path: string,
    body: Body,
    build: Parameters<typeof commandRoute<Body>>[4],
  ): void => commandRoute(app, dependencies, `/api/v1/incidents${path}`, body, build);

  route('', openIncidentBody, (body, context) => {
    const incidentId = body.incidentId ?? context.newId();
    const location = body.location && label(body.location);
    return {
      command: { ...body, type: 'OpenIncident', incidentId, location, day: dayOf(context) },
      made: { incidentId },
    };
  });
  route('/:incidentId/locate', locateBody, (body, { id }) => ({
    command: { type: 'LocateIncident', incidentId: id, location: label(body.location) },
  }));
  route('/:incidentId/classify', classifyIncidentBody, (body, { id }) => ({
    command: { type: 'ClassifyIncident', incidentId: id, ...body },
  }));
  route('/:incidentId/raise-alarm', raiseAlarmBody, (body, { id }) => ({
    command: { type: 'RaiseAlarm', incidentId: id, ...body },
  }));
  route('/:incidentId/notes', addNoteBody, (body, { id }) => ({
    command: { type: 'AddNote', incidentId: id, ...body },
  }));
  route('/:incidentId/link', linkIncidentsBody, (body, { id }) => ({
    command: { type: 'LinkIncidents', incidentId: id, ...body },
  }));
  route('/:incidentId/unlink', unlinkIncidentsBody, (body, { id }) => ({
    command: { type: 'UnlinkIncidents', incidentId: id, ...body },
  }));
  route('/:incidentId/merge', mergeIncidentBody, (body, { id }) => ({
    command: { type: 'MergeIncident', incidentId: id, ...body },
  }));
  route('/:incidentId/split', splitIncidentBody, (body, context) => {
    const newIncidentId = body.newIncidentId ?? context.newId();
    return {
      command: { ...body, type: 'SplitIncident', incidentId: context.id, newIncidentId, day: dayOf(context) },
      made: { incidentId: newIncidentId },
    };
  });
  route('/:incidentId/resolve', emptyBody, (_, { id }) => ({
    command: { type: 'ResolveIncident', incidentId: id },
  }));
  route('/:incidentId/recover', recordRecoveryBody, (body, { id }) => ({
    command: { type: 'RecordRecovery', incidentId: id, ...body },
  }));
  route('/:incidentId/settle', settleIncidentBody, (body, { id }) => ({
    command: { type: 'SettleIncident', incidentId: id, ...body },
  }));
  route('/:incidentId/cancel', reasonBody, (body, { id }) => ({
    command: { type: 'CancelIncident', incidentId: id, ...body },
  }));
  route('/:incidentId/close', closeIncidentBody, (body, { id }) => ({
    command: { type: 'CloseIncident', incidentId: id, ...body },
  }));
  route('/:incidentId/reopen', reasonBody, (body, { id }) => ({
    command: { type: 'ReopenIncident', incidentId: id, ...body },
  }));
  route('/:incidentId/dispatch', dispatchUnitsBody, async ({ unitIds, whenCommitted }, { id, at, newId }) => {
    const etas = await etasOf(unitIds, id, at);
    const orders = unitIds.map((unitId, index) => ({
      assignmentId: newId(),
      unitId,
      etaSeconds: etas[index] ?? null,
    }));
    return {
      command: { type: 'DispatchUnits', incidentId: id, orders, whenCommitted },
      made: { assignmentIds: orders.map(({ assignmentId }) => assignmentId) },
    };
  });

  readRoutes(app, dependencies);
}

function readRoutes(app: App, { reads, clock }: IncidentDependencies): void {
  const params = z.object({ incidentId: identifierSchema });
  const query = z.object({
    status: z.enum(INCIDENT_STATUSES).optional(),
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    cursor: z
      .string()
      .regex(/^\d{1,15}:[\x21-\x7e]{1,100}$/, 'is not one of a page')
      .optional(),
  });

  app.get(
    '/api/v1/incidents',
    { schema: { querystring: query, response: { 200: incidentPageSchema } } },
    async (request) => reads.listIncidents(request.query, principalOf(request)),
  );
  app.get(
    '/api/v1/incidents/:incidentId',
    { schema: { params, response: { 200: incidentDetailSchema } } },
    async (request) => reads.getIncident(request.params.incidentId, principalOf(request)),
  );
  app.get(
    '/api/v1/incidents/:incidentId/timeline',
    { schema: { params, response: { 200: z.array(loggedEventSchema) } } },
    async (request) => reads.getTimeline(request.params.incidentId, principalOf(request)),
  );
  app.get(
    '/api/v1/incidents/:incidentId/recommendation',
    { schema: { params, response: { 200: recommendationSchema } } },
    async (request) => reads.getRecommendation(request.params.incidentId, clock.now()),
  );
}
