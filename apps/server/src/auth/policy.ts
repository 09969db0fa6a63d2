import type { Role } from '@lamplight/contracts';

/**
 * Who may call what: every route of the server stands here, and one that does not is not served.
 *
 * `public`: anyone. `device`: a device with its own credentials, checked in the handler. `signed-in`: any account.
 * `rehearsal`: anyone, but only on a server that was started for a demo or rehearsal, which listens on loopback.
 * A list: an account with one of these roles. `ownUnit`: besides, a patrol for the unit it belongs to.
 */
export type Decision =
  | 'public'
  | 'device'
  | 'signed-in'
  | 'rehearsal'
  | readonly Role[]
  | { readonly roles: readonly Role[]; readonly ownUnit: true };

const INTAKE: readonly Role[] = ['call-taker', 'dispatcher', 'supervisor'];
const DISPATCH: readonly Role[] = ['dispatcher', 'supervisor'];
const DESK: readonly Role[] = ['call-taker', 'dispatcher', 'supervisor'];
const SUPERVISE: readonly Role[] = ['supervisor'];
const ADMINISTER: readonly Role[] = ['administrator'];
const CREW = { roles: DISPATCH, ownUnit: true } as const;

export const POLICY: Readonly<Record<string, Decision>> = {
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
  'GET /api/openapi.json': 'public',

  'GET /api/v1/info': 'public',
  'POST /api/v1/setup': 'public',
  'POST /api/v1/session': 'public',
  'GET /api/v1/session': 'signed-in',
  'DELETE /api/v1/session': 'signed-in',
  'POST /api/v1/rehearsal/session': 'rehearsal',

  'GET /api/v1/catalogue': 'signed-in',
  'GET /api/v1/stations': 'signed-in',
  'PUT /api/v1/stations': ADMINISTER,
  'POST /api/v1/accounts': ADMINISTER,
  'POST /api/v1/devices': ADMINISTER,

  'GET /api/v1/live': 'signed-in',
  'GET /api/v1/live/events': 'signed-in',

  'POST /api/v1/calls': INTAKE,
  'GET /api/v1/calls/:callId': DESK,
  'POST /api/v1/calls/:callId/answer': INTAKE,
  'POST /api/v1/calls/:callId/describe': INTAKE,
  'POST /api/v1/calls/:callId/locate': INTAKE,
  'POST /api/v1/calls/:callId/link': INTAKE,
  'POST /api/v1/calls/:callId/unlink': INTAKE,
  'POST /api/v1/calls/:callId/end': INTAKE,

  'POST /api/v1/incidents': INTAKE,
  'GET /api/v1/incidents': DESK,
  'GET /api/v1/incidents/:incidentId': DESK,
  'GET /api/v1/incidents/:incidentId/timeline': DESK,
  'GET /api/v1/incidents/:incidentId/recommendation': DESK,
  'POST /api/v1/incidents/:incidentId/locate': INTAKE,
  'POST /api/v1/incidents/:incidentId/classify': INTAKE,
  'POST /api/v1/incidents/:incidentId/raise-alarm': DISPATCH,
  'POST /api/v1/incidents/:incidentId/notes': INTAKE,
  'POST /api/v1/incidents/:incidentId/link': INTAKE,
  'POST /api/v1/incidents/:incidentId/unlink': INTAKE,
  'POST /api/v1/incidents/:incidentId/merge': DISPATCH,
  'POST /api/v1/incidents/:incidentId/split': DISPATCH,
  'POST /api/v1/incidents/:incidentId/resolve': DISPATCH,
  'POST /api/v1/incidents/:incidentId/recover': DISPATCH,
  'POST /api/v1/incidents/:incidentId/settle': SUPERVISE,
  'POST /api/v1/incidents/:incidentId/cancel': DISPATCH,
  'POST /api/v1/incidents/:incidentId/close': DISPATCH,
  'POST /api/v1/incidents/:incidentId/reopen': DISPATCH,
  'POST /api/v1/incidents/:incidentId/dispatch': DISPATCH,

  'POST /api/v1/assignments/:assignmentId/dispatch': DISPATCH,
  'POST /api/v1/assignments/:assignmentId/progress': CREW,
  'POST /api/v1/assignments/:assignmentId/decline': CREW,
  'POST /api/v1/assignments/:assignmentId/cancel': DISPATCH,
  'POST /api/v1/assignments/:assignmentId/correct': DISPATCH,

  'GET /api/v1/units': 'signed-in',
  'POST /api/v1/units': ADMINISTER,
  'POST /api/v1/units/:unitId/retire': ADMINISTER,
  'POST /api/v1/units/:unitId/duty/begin': CREW,
  'POST /api/v1/units/:unitId/duty/end': CREW,
  'POST /api/v1/units/:unitId/status': CREW,
  'GET /api/v1/units/:unitId/track': DISPATCH,
  'GET /api/v1/units/:unitId/route': { roles: DESK, ownUnit: true },
  'GET /api/v1/positions': DESK,

  'GET /api/v1/conditions': 'signed-in',
  'GET /api/v1/conditions/shapes': 'signed-in',
  'POST /api/v1/conditions': DISPATCH,
  'PATCH /api/v1/conditions/:conditionId': DISPATCH,
  'POST /api/v1/conditions/:conditionId/lift': DISPATCH,

  'GET /api/v1/reports/intervals': DISPATCH,
  'GET /api/v1/network': 'signed-in',
  'GET /api/v1/map/style': 'signed-in',
  'GET /api/v1/map/tiles/:z/:x/:y': 'signed-in',
  'GET /api/v1/map/assets/*': 'signed-in',
  'GET /api/v1/roads/routes': 'signed-in',
  'GET /api/v1/roads/isochrones': DESK,
  'POST /api/v1/roads/matrix': DESK,
  'POST /api/v1/roads/match': DISPATCH,
  'GET /api/v1/roads/state': 'signed-in',
  'GET /api/v1/places': DESK,
  'GET /api/v1/places/at': 'signed-in',

  'POST /api/v1/ingest/owntracks': 'device',
  'GET /api/v1/ingest/osmand': 'device',
  'POST /api/v1/ingest/osmand': 'device',
};

/** Who is acting: an account, as the session says. */
export interface Principal {
  readonly accountId: string;
  readonly username: string;
  readonly roles: readonly Role[];
  readonly unitId: string | null;
}

export const hasAnyRole = (principal: Principal, roles: readonly Role[]): boolean =>
  principal.roles.some((role) => roles.includes(role));

/** Roles that see callers' names and numbers, because they talk to them or answer for those who do. */
export const SEES_CALLERS: readonly Role[] = ['call-taker', 'dispatcher', 'supervisor'];
/** Roles that see the whole board; a patrol sees its own work. */
export const SEES_BOARD: readonly Role[] = ['call-taker', 'dispatcher', 'supervisor'];
