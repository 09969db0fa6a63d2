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
/** Those who answer for it look on; administrators change it. */
const OVERSEE: readonly Role[] = ['supervisor', 'administrator'];
const SEE_ADMINISTRATION: readonly Role[] = ['supervisor', 'administrator'];
const CREW = { roles: DISPATCH, ownUnit: true } as const;

export const POLICY: Readonly<Record<string, Decision>> = {
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  /** Programs on this machine, too, where the server was started with `--metrics loopback`. */
  'GET /metrics': ADMINISTER,
  'GET /api/openapi.json': 'public',

  'GET /api/v1/info': 'public',
  'POST /api/v1/setup': 'public',
  'POST /api/v1/session': 'public',
  'GET /api/v1/session': 'signed-in',
  'DELETE /api/v1/session': 'signed-in',
  'POST /api/v1/rehearsal/session': 'rehearsal',
  'GET /api/v1/settings': 'signed-in',
  'PUT /api/v1/settings/:name': 'signed-in',
  'PUT /api/v1/role-settings/:role/:name': ['supervisor', 'administrator'],

  'GET /api/v1/catalogue': 'signed-in',
  'GET /api/v1/configuration/:section': SEE_ADMINISTRATION,
  'GET /api/v1/configuration/:section/history': SEE_ADMINISTRATION,
  'PUT /api/v1/configuration/:section': ADMINISTER,
  'POST /api/v1/configuration/:section/preview': ADMINISTER,
  'GET /api/v1/stations': 'signed-in',
  'PUT /api/v1/stations': ADMINISTER,
  'DELETE /api/v1/stations/:stationId': ADMINISTER,
  'GET /api/v1/accounts': OVERSEE,
  'POST /api/v1/accounts': ADMINISTER,
  'PATCH /api/v1/accounts/:accountId': ADMINISTER,
  'POST /api/v1/accounts/:accountId/password': ADMINISTER,
  'DELETE /api/v1/accounts/:accountId/sessions': ADMINISTER,
  'GET /api/v1/devices': OVERSEE,
  'POST /api/v1/devices': ADMINISTER,
  'PATCH /api/v1/devices/:deviceId': ADMINISTER,
  'POST /api/v1/devices/:deviceId/secret': ADMINISTER,
  'GET /api/v1/administration/units': OVERSEE,
  'GET /api/v1/agency': OVERSEE,
  'PATCH /api/v1/agency': ADMINISTER,
  'GET /api/v1/audit': OVERSEE,
  'GET /api/v1/audit.csv': OVERSEE,
  'GET /api/v1/city': OVERSEE,
  'POST /api/v1/city/build': ADMINISTER,
  'DELETE /api/v1/city/build': ADMINISTER,
  'GET /api/v1/location-codes': OVERSEE,
  'PUT /api/v1/location-codes': ADMINISTER,

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
  'POST /api/v1/paper-records': DISPATCH,
  'GET /api/v1/incidents': DESK,
  'GET /api/v1/incidents/:incidentId': DESK,
  'GET /api/v1/incidents/:incidentId/timeline': DESK,
  'GET /api/v1/incidents/:incidentId/record': DESK,
  'GET /api/v1/incidents/:incidentId/replay': DISPATCH,
  'POST /api/v1/incidents/search': DESK,
  'GET /api/v1/replay/board': DISPATCH,
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
  'POST /api/v1/conditions/preview': DISPATCH,
  'PATCH /api/v1/conditions/:conditionId': DISPATCH,
  'POST /api/v1/conditions/:conditionId/lift': DISPATCH,

  'GET /api/v1/overview': DISPATCH,
  'GET /api/v1/reports/intervals': DISPATCH,
  'GET /api/v1/reports/response': DISPATCH,
  'GET /api/v1/network': 'signed-in',
  'GET /api/v1/map/style': 'signed-in',
  'GET /api/v1/map/tiles/:z/:x/:y': 'signed-in',
  'GET /api/v1/map/assets/*': 'signed-in',
  'GET /api/v1/roads/routes': 'signed-in',
  'GET /api/v1/roads/isochrones': DESK,
  'POST /api/v1/roads/matrix': DESK,
  'POST /api/v1/roads/match': DISPATCH,
  'GET /api/v1/roads/street': 'signed-in',
  'GET /api/v1/roads/state': 'signed-in',
  'GET /api/v1/places': DESK,
  'GET /api/v1/places/at': 'signed-in',
  'GET /api/v1/places/history': DESK,
  'GET /api/v1/callers/history': INTAKE,
  'POST /api/v1/recommendations/preview': DESK,
  'GET /api/v1/premises': ['supervisor', 'administrator'],
  'PUT /api/v1/premises/:premisesId': ['supervisor', 'administrator'],
  'DELETE /api/v1/premises/:premisesId': ['supervisor', 'administrator'],

  'POST /api/v1/ingest/owntracks': 'device',
  'GET /api/v1/ingest/osmand': 'device',
  'POST /api/v1/ingest/osmand': 'device',
};

/** Who is acting: an account, as the session says. */
export interface Principal {
  readonly accountId: string;
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly unitId: string | null;
}

export const hasAnyRole = (principal: Principal, roles: readonly Role[]): boolean =>
  principal.roles.some((role) => roles.includes(role));

/** Roles that see callers' names and numbers, because they talk to them or answer for those who do. */
export const SEES_CALLERS: readonly Role[] = ['call-taker', 'dispatcher', 'supervisor'];
/** Roles that see the whole board; a patrol sees its own work. */
export const SEES_BOARD: readonly Role[] = ['call-taker', 'dispatcher', 'supervisor', 'observer'];
/** Roles that see on it what people said and who they are; to an observer, who is a screen on a wall, nobody has a name. */
export const SEES_PEOPLE: readonly Role[] = ['call-taker', 'dispatcher', 'supervisor'];
