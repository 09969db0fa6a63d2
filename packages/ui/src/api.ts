import './schema-settings.js';
import type { Instant, LonLat } from '@lamplight/base';
import { formatInstant } from '@lamplight/base';
import {
  type Accepted,
  acceptedSchema,
  type amendRoadConditionBody,
  catalogueSchema,
  type closeIncidentBody,
  type declareRoadConditionBody,
  fixesSchema,
  incidentDetailSchema,
  incidentPageSchema,
  intervalReportSchema,
  isochronesSchema,
  loggedEventSchema,
  type openIncidentBody,
  type Problem,
  type ProblemCode,
  placeDescriptionSchema,
  placeSearchSchema,
  problemSchema,
  type Role,
  type receiveCallBody,
  recommendationSchema,
  roadConditionShapesSchema,
  routeSchema,
  serverInfoSchema,
  sessionSchema,
  stationSchema,
} from '@lamplight/contracts';
import type { CallOutcome, ReportedStage } from '@lamplight/domain';
import { z } from 'zod';
import type { UiLocale } from './format.js';

/** A request that was refused; `code` is one of the catalogue of problems, or one of a newer server. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.title}`);
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  is(code: ProblemCode): boolean {
    return this.problem.code === code;
  }
}

/** The server could not be reached, or its answer could not be read. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  /** True when something was to be done, and nobody knows whether it was. */
  readonly mayHaveActed: boolean;

  constructor(message: string, mayHaveActed: boolean, options?: ErrorOptions) {
    super(message, options);
    this.mayHaveActed = mayHaveActed;
  }
}

/**
 * A new idempotency key: 128 random bits. Made once for each thing a person does and kept across retries, so that
 * pressing again after a failure never does it twice. (`crypto.randomUUID` exists in secure contexts only.)
 */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A random UUID (RFC 9562, version 4) for the things a client may name itself. */
export function newId(): string {
  const hex = newIdempotencyKey();
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

/** Pauses between attempts of one command, in milliseconds. */
const RETRY_PAUSES: readonly number[] = [400, 1600];

export type Api = ReturnType<typeof createApi>;

/** The server's interface as functions. All reject with {@link ProblemError} or {@link UnreachableError}. */
export function createApi(base = '/api/v1', send: typeof fetch = (...request) => fetch(...request)) {
  async function request<Schema extends z.ZodType>(
    method: string,
    path: string,
    schema: Schema,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<z.output<Schema>> {
    let response: Response;
    try {
      response = await send(`${base}${path}`, {
        method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json, application/problem+json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new UnreachableError('the server could not be reached', method !== 'GET', { cause });
    }
    const content: unknown = response.status === 204 ? null : await response.json().catch(() => undefined);
    if (!response.ok) {
      const problem = problemSchema.safeParse(content);
      if (problem.success) throw new ProblemError(problem.data);
      throw new UnreachableError(`the server answered ${response.status}`, method !== 'GET');
    }
    const parsed = schema.safeParse(content);
    if (!parsed.success)
      throw new UnreachableError(`the answer does not fit: ${parsed.error.message}`, method !== 'GET');
    return parsed.data;
  }

  const get = <Schema extends z.ZodType>(path: string, schema: Schema) => request('GET', path, schema);

  /** Sends a command; when the line fails, sends the same again, under the same key. */
  async function command(path: string, key: string, body?: unknown, method = 'POST'): Promise<Accepted> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await request(method, path, acceptedSchema, { body, headers: { 'idempotency-key': key } });
      } catch (error) {
        const pause = RETRY_PAUSES[attempt];
        if (!(error instanceof UnreachableError) || pause === undefined) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  const of = (collection: string, id: string) => `/${collection}/${encodeURIComponent(id)}`;
  const span = (from: Instant, to: Instant) =>
    new URLSearchParams({ from: formatInstant(from), to: formatInstant(to) }).toString();

  return {
    info: () => get('/info', serverInfoSchema),
    session: () => get('/session', sessionSchema),
    signIn: (username: string, password: string) =>
      request('POST', '/session', sessionSchema, { body: { username, password } }),
    signInAs: (role: Role) => request('POST', '/rehearsal/session', sessionSchema, { body: { role } }),
    signOut: () => request('DELETE', '/session', z.unknown()),
    setUp: (body: { token: string; username: string; password: string; displayName: string }) =>
      request('POST', '/setup', sessionSchema, { body }),
    catalogue: () => get('/catalogue', catalogueSchema),
    incident: (id: string) => get(of('incidents', id), incidentDetailSchema),
    incidents: (query: Record<string, string>) =>
      get(`/incidents?${new URLSearchParams(query)}`, incidentPageSchema),
    recommendation: (id: string) => get(`${of('incidents', id)}/recommendation`, recommendationSchema),
    timeline: (id: string) => get(`${of('incidents', id)}/timeline`, z.array(loggedEventSchema)),
    positions: () => get('/positions', fixesSchema),
    stations: () => get('/stations', z.array(stationSchema)),
    /** Places that fit what was typed, those near a position first. */
    places: (typed: string, near: LonLat | null, language: UiLocale) =>
      get(
        `/places?${new URLSearchParams({
          q: typed,
          language,
          ...(near && { lon: String(near[0]), lat: String(near[1]) }),
        })}`,
        placeSearchSchema,
      ),
    /** What is at a position; refused as `not-found` where nothing is near. */
    placeAt: ([lon, lat]: LonLat) => get(`/places/at?lon=${lon}&lat=${lat}`, placeDescriptionSchema),
    /** The ground that can be reached from a place within each of these times, or from which the place can. */
    isochrones: ([lon, lat]: LonLat, minutes: readonly number[], direction: 'away' | 'towards') =>
      get(
        `/roads/isochrones?at=${lon},${lat}&minutes=${minutes.join()}&direction=${direction}`,
        isochronesSchema,
      ),
    conditionShapes: () => get('/conditions/shapes', roadConditionShapesSchema),
    route: (unitId: string, to: LonLat) =>
      get(`${of('units', unitId)}/route?to=${to[0]},${to[1]}`, routeSchema),
    intervals: (from: Instant, to: Instant) =>
      get(`/reports/intervals?${span(from, to)}`, intervalReportSchema),

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
    addNote: (key: string, id: string, text: string) =>
      command(`${of('incidents', id)}/notes`, key, { text }),
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
    declareCondition: (key: string, body: z.input<typeof declareRoadConditionBody>) =>
      command('/conditions', key, body),
    amendCondition: (key: string, id: string, changes: z.input<typeof amendRoadConditionBody>) =>
      command(of('conditions', id), key, changes, 'PATCH'),
    liftCondition: (key: string, id: string, reason: string) =>
      command(`${of('conditions', id)}/lift`, key, { reason }),
  };
}
