import { distance, type Instant, instant, type LonLat } from '@lamplight/base';
import {
  type BoardMomentView,
  boardMomentSchema,
  type IncidentReplayView,
  identifierSchema,
  incidentReplaySchema,
  instantSchema,
} from '@lamplight/contracts';
import { boardAfter, isEnded } from '@lamplight/domain';
import {
  type Database,
  listOnDutyAt,
  listOpenAt,
  readCallSigns,
  readEventsUntil,
  readLastPositions,
  readTracks,
  type TrackPoint,
} from '@lamplight/store';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { App } from './app-type.js';
import { principalOf } from './guard.js';
import type { Reads } from './reads.js';

export interface ReplayDependencies {
  readonly agency: string;
  readonly database: Database;
  readonly reads: Reads;
  readonly clock: Clock;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What is shown before the first event and after the last, so that one sees where crews came from. */
const MARGIN = MINUTE;
/** The longest stretch of one replay. */
const LONGEST = 12 * HOUR;
/** Positions in one answer, about. */
const POINTS = 40_000;
/** How far around an incident, in metres, units are near, and how many of those are shown. */
const NEAR_METRES = 4_000;
const NEAR_UNITS = 20;
/** A position older than this says no more where a unit is. */
const LOOKBACK = 30 * MINUTE;

const UNIT_LIMIT = 10_000;
const INCIDENT_LIMIT = 1_000;
const EVENT_LIMIT = 100_000;
/** An incident that was opened earlier than this is not looked for among those that were open. */
const OPEN_LOOKBACK = 7 * DAY;

/** Moments of the past: one incident from second to second, and the whole board at one instant. */
export function replayRoutes(app: App, { agency, database, reads, clock }: ReplayDependencies): void {
  app.get(
    '/api/v1/incidents/:incidentId/replay',
    {
      schema: {
        params: z.object({ incidentId: identifierSchema }),
        response: { 200: incidentReplaySchema },
      },
    },
    async (request): Promise<IncidentReplayView> => {
      const principal = principalOf(request);
      const { incidentId } = request.params;
      const { incident, assignments } = await reads.getIncident(incidentId, principal);
      const events = await reads.getTimeline(incidentId, principal);
      await reads.noteLook(principal, `replay:${incidentId}`);

      const times = events.map(({ event }) => event.at);
      const first = Math.min(incident.openedAt, ...times);
      // What is recorded days later, such as the settling, has no places.
      const end = Math.max(
        incident.stamps.closed ?? (incident.status === 'open' ? clock.now() : incident.openedAt),
        ...assignments.map(({ endedAt }) => endedAt ?? incident.openedAt),
      );
      const from = instant(first - MARGIN);
      const to = instant(Math.min(end + MARGIN, from + LONGEST));
      const centre = incident.location?.position ?? null;
      const assigned = [...new Set(assignments.map(({ unitId }) => unitId))];
      const near = centre === null ? [] : await listNear(centre, instant(first), new Set(assigned));
      const unitIds = [...assigned, ...near];
      const step = Math.max(1, Math.ceil((unitIds.length * (to - from)) / 1000 / POINTS));
      const [points, callSigns] = await Promise.all([
        readTracks(database, agency, { unitIds, from, to, step }),
        readCallSigns(database, agency, unitIds),
      ]);
      const tracks = new Map<string, TrackPoint[]>(unitIds.map((unitId) => [unitId, []]));
      for (const point of points) tracks.get(point.unitId)?.push(point);
      return {
        from,
        to,
        step,
        nearMetres: centre === null ? null : NEAR_METRES,
        cut: end > to,
        events,
        units: unitIds.map((unitId) => ({
          unitId,
          callSign: callSigns[unitId] ?? unitId,
          assigned: !near.includes(unitId),
          points: (tracks.get(unitId) ?? []).map(({ at, position: [lon, lat], bearing }) => [
            (at - from) / 1000,
            lon,
            lat,
            bearing,
          ]),
        })),
      };
    },
  );

  /** Other units on duty near a place at a moment, the nearest first. */
  async function listNear(centre: LonLat, at: Instant, except: ReadonlySet<string>): Promise<string[]> {
    const onDuty = await listOnDutyAt(database, agency, { at, limit: UNIT_LIMIT });
    const unitIds = onDuty.filter((id) => !except.has(id));
    const last = await readLastPositions(database, agency, { unitIds, at, lookback: LOOKBACK });
    return last
      .map(({ unitId, position }) => ({ unitId, away: distance(position, centre) }))
      .filter(({ away }) => away <= NEAR_METRES)
      .sort((a, b) => a.away - b.away)
      .slice(0, NEAR_UNITS)
      .map(({ unitId }) => unitId);
  }

  app.get(
    '/api/v1/replay/board',
    { schema: { querystring: z.object({ at: instantSchema }), response: { 200: boardMomentSchema } } },
    async (request): Promise<BoardMomentView> => {
      const { at } = request.query;
      await reads.noteLook(principalOf(request), 'replay', { at });
      const openedFrom = instant(at - OPEN_LOOKBACK);
      const docs = await listOpenAt(database, agency, { at, openedFrom, limit: INCIDENT_LIMIT });
      const ids = docs.filter(({ kind }) => kind === 'incident' || kind === 'assignment').map(({ id }) => id);
      const events = await readEventsUntil(database, agency, { ids, at, limit: EVENT_LIMIT });
      const board = boardAfter(events);
      const unitIds = await listOnDutyAt(database, agency, { at, limit: UNIT_LIMIT });
      const [last, callSigns] = await Promise.all([
        readLastPositions(database, agency, { unitIds, at, lookback: LOOKBACK }),
        readCallSigns(database, agency, unitIds),
      ]);
      const fixes = new Map(last.map((point) => [point.unitId, point]));
      return {
        at,
        incidents: [...board.incidents.values()].filter(({ status }) => status === 'open'),
        assignments: [...board.assignments.values()].filter((assignment) => !isEnded(assignment)),
        units: unitIds.map((unitId) => {
          const fix = fixes.get(unitId);
          return {
            unitId,
            callSign: callSigns[unitId] ?? unitId,
            position: fix?.position ?? null,
            bearing: fix?.bearing ?? null,
            positionAt: fix?.at ?? null,
          };
        }),
        openedFrom,
        cut:
          docs.filter(({ kind }) => kind === 'incident').length >= INCIDENT_LIMIT ||
          unitIds.length >= UNIT_LIMIT ||
          events.length >= EVENT_LIMIT,
      };
    },
  );
}
