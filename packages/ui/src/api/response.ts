import type { LonLat } from '@lamplight/base';
import {
  catalogueSchema,
  type closeIncidentBody,
  fixesSchema,
  incidentDetailSchema,
  incidentPageSchema,
  type locationInputSchema,
  type openIncidentBody,
  type receiveCallBody,
  recommendationSchema,
  routeSchema,
  type splitIncidentBody,
  stationSchema,
} from '@lamplight/contracts';
import type { CallOutcome, LinkRelation, ProgressStage, ReportedStage } from '@lamplight/domain';
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
  route: (unitId: string, to: LonLat) =>
    get(`${of('units', unitId)}/route?to=${to[0]},${to[1]}`, routeSchema),
  receiveCall: (key: string, body: z.input<typeof receiveCallBody>) => command('/calls', key, body),
  answerCall: (key: string, id: string) => command(`${of('calls', id)}/answer`, key),
  describeCaller: (
    key: string,
    id: string,
    body: { callerName: string | null; callerNumber: string | null },
  ) => command(`${of('calls', id)}/describe`, key, body),
  unlinkCall: (key: string, id: string, reason: string) =>
    command(`${of('calls', id)}/unlink`, key, { reason }),
  linkCall: (key: string, id: string, incidentId: string) =>
    command(`${of('calls', id)}/link`, key, { incidentId }),
  endCall: (key: string, id: string, outcome: CallOutcome) =>
    command(`${of('calls', id)}/end`, key, { outcome }),
  openIncident: (key: string, body: z.input<typeof openIncidentBody>) => command('/incidents', key, body),
  dispatch: (key: string, id: string, unitIds: readonly string[], whenCommitted: 'refuse' | 'preempt') =>
    command(`${of('incidents', id)}/dispatch`, key, { unitIds, whenCommitted }),
  addNote: (key: string, id: string, text: string) => command(`${of('incidents', id)}/notes`, key, { text }),
  /** `seen`: the version of the incident that was on screen, so that nobody's change is overwritten unseen. */
  classify: (key: string, id: string, typeCode: string, priority: number | null, seen?: number) =>
    command(`${of('incidents', id)}/classify`, key, { typeCode, priority }, 'POST', seen),
  locate: (key: string, id: string, location: z.input<typeof locationInputSchema>, seen?: number) =>
    command(`${of('incidents', id)}/locate`, key, { location }, 'POST', seen),
  raiseAlarm: (key: string, id: string, level: number) =>
    command(`${of('incidents', id)}/raise-alarm`, key, { level }),
  resolve: (key: string, id: string) => command(`${of('incidents', id)}/resolve`, key),
  cancelIncident: (key: string, id: string, reason: string) =>
    command(`${of('incidents', id)}/cancel`, key, { reason }),
  close: (key: string, id: string, body: z.input<typeof closeIncidentBody>) =>
    command(`${of('incidents', id)}/close`, key, body),
  reopen: (key: string, id: string, reason: string) =>
    command(`${of('incidents', id)}/reopen`, key, { reason }),
  linkIncidents: (key: string, id: string, otherId: string, relation: LinkRelation) =>
    command(`${of('incidents', id)}/link`, key, { otherId, relation }),
  unlinkIncidents: (key: string, id: string, otherId: string) =>
    command(`${of('incidents', id)}/unlink`, key, { otherId }),
  mergeIncident: (key: string, id: string, into: string) =>
    command(`${of('incidents', id)}/merge`, key, { into }),
  splitIncident: (key: string, id: string, body: z.input<typeof splitIncidentBody>) =>
    command(`${of('incidents', id)}/split`, key, body),
  recordRecovery: (key: string, id: string, description: string) =>
    command(`${of('incidents', id)}/recover`, key, { description }),
  settleIncident: (key: string, id: string, citizenTold: boolean) =>
    command(`${of('incidents', id)}/settle`, key, { citizenTold }),
  beginDuty: (key: string, id: string, crew: readonly string[]) =>
    command(`${of('units', id)}/duty/begin`, key, { crew }),
  setUnitStatus: (key: string, id: string, code: string) =>
    command(`${of('units', id)}/status`, key, { code }),
  endDuty: (key: string, id: string) => command(`${of('units', id)}/duty/end`, key),
  sendProposed: (key: string, id: string) => command(`${of('assignments', id)}/dispatch`, key),
  reportProgress: (key: string, id: string, stage: ReportedStage) =>
    command(`${of('assignments', id)}/progress`, key, { stage }),
  declineAssignment: (key: string, id: string, reason: string) =>
    command(`${of('assignments', id)}/decline`, key, { reason }),
  correctStamp: (
    key: string,
    id: string,
    body: { readonly stage: ProgressStage; readonly to: string; readonly reason: string },
  ) => command(`${of('assignments', id)}/correct`, key, body),
  cancelAssignment: (key: string, id: string, reason: string) =>
    command(`${of('assignments', id)}/cancel`, key, { reason }),
});
