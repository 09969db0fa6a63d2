import type { LonLat } from '@lamplight/base';
import {
  catalogueSchema,
  type closeIncidentBody,
  fixesSchema,
  incidentDetailSchema,
  incidentPageSchema,
  type openIncidentBody,
  type receiveCallBody,
  recommendationSchema,
  routeSchema,
  stationSchema,
} from '@lamplight/contracts';
import type { CallOutcome, ReportedStage } from '@lamplight/domain';
import { z } from 'zod';
import { type ApiClient, of } from './client.js';

/** Calls, incidents, units and orders. */
export const responseApi = ({ get, command }: ApiClient) => ({
  catalogue: () => get('/catalogue', catalogueSchema),
  incident: (id: string) => get(of('incidents', id), incidentDetailSchema),
  incidents: (query: Record<string, string>) =>
    get(`/incidents?${new URLSearchParams(query)}`, incidentPageSchema),
  recommendation: (id: string) => get(`${of('incidents', id)}/recommendation`, recommendationSchema),
  positions: () => get('/positions', fixesSchema),
  stations: () => get('/stations', z.array(stationSchema)),
  /** Places that fit what was typed, those near a position first. */
  /** What is at a position; refused as `not-found` where nothing is near. */
  /** The ground that can be reached from a place within each of these times, or from which the place can. */
  route: (unitId: string, to: LonLat) =>
    get(`${of('units', unitId)}/route?to=${to[0]},${to[1]}`, routeSchema),
  receiveCall: (key: string, body: z.input<typeof receiveCallBody>) => command('/calls', key, body),
  answerCall: (key: string, id: string) => command(`${of('calls', id)}/answer`, key),
  describeCaller: (
    key: string,
    id: string,
    body: { callerName: string | null; callerNumber: string | null },
  ) => command(`${of('calls', id)}/describe`, key, body),
  linkCall: (key: string, id: string, incidentId: string) =>
    command(`${of('calls', id)}/link`, key, { incidentId }),
  endCall: (key: string, id: string, outcome: CallOutcome) =>
    command(`${of('calls', id)}/end`, key, { outcome }),
  openIncident: (key: string, body: z.input<typeof openIncidentBody>) => command('/incidents', key, body),
  dispatch: (key: string, id: string, unitIds: readonly string[], whenCommitted: 'refuse' | 'preempt') =>
    command(`${of('incidents', id)}/dispatch`, key, { unitIds, whenCommitted }),
  addNote: (key: string, id: string, text: string) => command(`${of('incidents', id)}/notes`, key, { text }),
  classify: (key: string, id: string, typeCode: string, priority: number | null) =>
    command(`${of('incidents', id)}/classify`, key, { typeCode, priority }),
  raiseAlarm: (key: string, id: string, level: number) =>
    command(`${of('incidents', id)}/raise-alarm`, key, { level }),
  resolve: (key: string, id: string) => command(`${of('incidents', id)}/resolve`, key),
  cancelIncident: (key: string, id: string, reason: string) =>
    command(`${of('incidents', id)}/cancel`, key, { reason }),
  close: (key: string, id: string, body: z.input<typeof closeIncidentBody>) =>
    command(`${of('incidents', id)}/close`, key, body),
  reopen: (key: string, id: string, reason: string) =>
    command(`${of('incidents', id)}/reopen`, key, { reason }),
  beginDuty: (key: string, id: string, crew: readonly string[]) =>
    command(`${of('units', id)}/duty/begin`, key, { crew }),
  endDuty: (key: string, id: string) => command(`${of('units', id)}/duty/end`, key),
  sendProposed: (key: string, id: string) => command(`${of('assignments', id)}/dispatch`, key),
  reportProgress: (key: string, id: string, stage: ReportedStage) =>
    command(`${of('assignments', id)}/progress`, key, { stage }),
  cancelAssignment: (key: string, id: string, reason: string) =>
    command(`${of('assignments', id)}/cancel`, key, { reason }),
});
