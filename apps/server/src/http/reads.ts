import type { Instant, LonLat } from '@lamplight/base';
import type { Fix, LoggedResponseEvent, RecommendationView } from '@lamplight/contracts';
import type {
  Assignment,
  Call,
  Entity,
  Incident,
  IncidentStatus,
  ResponseBoard,
  Unit,
} from '@lamplight/domain';
import type { Route } from '@lamplight/roads';
import {
  appendAudit,
  type Database,
  findEntity,
  listByRoot,
  listEntities,
  readEntity,
  readEvent,
  readEvents,
  readTrack,
} from '@lamplight/store';
import type { Principal } from '../auth/policy.js';
import type { Clock } from '../clock.js';
import type { Recommender } from '../desk/recommender.js';
import type { Tracker } from '../ingest/tracker.js';
import { fixOf } from '../live/fix.js';
import { unitFor, viewerOf } from '../live/viewer.js';
import type { RoadDesk } from '../roads/desk.js';
import { Failure, Refused } from './failure.js';

export interface ReadDependencies {
  readonly agency: string;
  readonly database: Database;
  readonly board: ResponseBoard;
  readonly tracker: Tracker;
  readonly roads: RoadDesk | null;
  readonly recommender: Recommender | null;
  readonly clock: Clock;
}

export type Reads = ReturnType<typeof createReads>;

type LookDetail = Readonly<Record<string, string | number | readonly (string | number)[] | undefined>>;

/** What can be asked: of the committed board, which has all that is open, or of the projection, which has everything. */
export function createReads(dependencies: ReadDependencies) {
  const { agency, database, board, tracker, roads, recommender, clock } = dependencies;

  /**
   * Everything that hangs on an incident, as committed. Not from the board: of an incident that was touched again
   * long after its end, that has the incident but not what belongs to it.
   */
  async function gather(
    incidentId: string,
  ): Promise<{ incident: Incident; calls: Call[]; assignments: Assignment[] }> {
    const entities = (await listByRoot(database, agency, incidentId)).map(readEntity);
    const found = sortEntities(entities);
    const incident = found.incidents.find(({ id }) => id === incidentId);
    if (!incident) throw new Refused({ code: 'incident-unknown', subject: incidentId });
    return { incident, calls: found.calls, assignments: found.assignments };
  }

  /** Whoever looks at a caller's data leaves a trace. `detail` says what was looked for. */
  const noteLook = (principal: Principal, subject: string, detail: LookDetail = {}): Promise<void> =>
    appendAudit(database, agency, {
      at: clock.now(),
      actor: `account:${principal.username}`,
      action: 'look',
      subject,
      detail,
    });

  return {
    noteLook,

    async getCall(callId: string, principal: Principal): Promise<Call> {
      const known = board.findCall(callId);
      const doc = known ? undefined : await findEntity(database, agency, 'call', callId);
      const call = known ?? (doc && sortEntities([readEntity(doc)]).calls[0]);
      if (!call) throw new Refused({ code: 'call-unknown', subject: callId });
      await noteLook(principal, `call:${callId}`);
      return call;
    },

    async getIncident(incidentId: string, principal: Principal) {
      const found = await gather(incidentId);
      await noteLook(principal, `incident:${incidentId}`);
      return found;
    },

    async listIncidents(
      filter: {
        status?: IncidentStatus | undefined;
        from?: Instant | undefined;
        to?: Instant | undefined;
        limit: number;
        cursor?: string | undefined;
      },
      principal: Principal,
    ): Promise<{ incidents: Incident[]; next: string | null }> {
      const page = await listEntities(database, agency, {
        kind: 'incident',
        limit: filter.limit,
        ...(filter.status === undefined ? {} : { status: filter.status }),
        ...(filter.from === undefined ? {} : { startedFrom: filter.from }),
        ...(filter.to === undefined ? {} : { startedBefore: filter.to }),
        ...(filter.cursor === undefined ? {} : { cursor: filter.cursor }),
      }).catch((error: unknown) => {
        if (error instanceof RangeError) throw new Failure('request-invalid', `cursor: ${error.message}`);
        throw error;
      });
      await noteLook(principal, 'incidents');
      return { incidents: sortEntities(page.docs.map(readEntity)).incidents, next: page.next ?? null };
    },

    async getTimeline(incidentId: string, principal: Principal): Promise<LoggedResponseEvent[]> {
      await gather(incidentId);
      await noteLook(principal, `timeline:${incidentId}`);
      const events = await readEvents(database, agency, { root: incidentId, limit: 10_000 });
      return events.map((logged) => ({
        position: logged.position,
        recordedAt: logged.recordedAt,
        actor: logged.actor,
        device: logged.device,
        event: readEvent(logged),
      }));
    },

    async getRecommendation(incidentId: string, at: Instant): Promise<RecommendationView> {
      const incident = board.findIncident(incidentId);
      if (!incident) throw new Refused({ code: 'incident-unknown', subject: incidentId });
      if (!recommender) throw new Failure('network-unavailable', 'No road network is loaded on this server.');
      const recommendation = await recommender.recommend(incident, at);
      if (!recommendation.ok) throw new Refused({ code: recommendation.error, subject: incidentId });
      const { candidates, excluded, requirements, alarmLevel } = recommendation.value;
      return {
        incidentId,
        at,
        alarmLevel,
        requirements,
        excluded: [...excluded],
        candidates: candidates.map((candidate) => ({ ...candidate, reasons: [...candidate.reasons] })),
      };
    },

    listUnits(principal: Principal): Unit[] {
      const viewer = viewerOf(principal);
      return [...board.units.values()].map((unit) => unitFor(viewer, unit));
    },

    listFixes: (): Fix[] => tracker.listLatest().map(fixOf),

    /** Where a crew was is about persons, too. */
    async readTrack(unitId: string, from: Instant, to: Instant, principal: Principal) {
      await noteLook(principal, `track:${unitId}`);
      const rows = await readTrack(database, agency, { unitId, from, to });
      return rows.map(({ eventTime, at, speed }) => ({ position: at, eventAt: eventTime, speed }));
    },

    async getRoute(unitId: string, to: LonLat) {
      if (!roads) throw new Failure('network-unavailable', 'No road network is loaded on this server.');
      const unit = board.findUnit(unitId);
      if (!unit) throw new Refused({ code: 'unit-unknown', subject: unitId });
      const from = tracker.findLatest(unitId)?.position ?? unit.home;
      if (!from) throw new Failure('not-found', `No position of unit ${unitId} is known.`);
      const found = await roads.routes(from, to, 1);
      const fastest = found.ok ? found.value[0] : undefined;
      if (!found.ok || !fastest) {
        throw new Failure(
          !found.ok && found.error.code === 'off-network' ? 'off-network' : 'unreachable',
          'There is no way by road.',
          {
            subject: unitId,
          },
        );
      }
      return describeRoute(fastest.route);
    },
  };
}

/** Entities by their kind, in the order in which they come. */
export function sortEntities(entities: readonly Entity[]) {
  const calls: Call[] = [];
  const incidents: Incident[] = [];
  const assignments: Assignment[] = [];
  for (const found of entities) {
    if (found.kind === 'call') calls.push(found.entity);
    else if (found.kind === 'incident') incidents.push(found.entity);
    else if (found.kind === 'assignment') assignments.push(found.entity);
  }
  return { calls, incidents, assignments };
}

function describeRoute(route: Route) {
  return {
    seconds: route.duration,
    metres: route.length,
    geometry: [...route.geometry],
    streets: route.streets.map(({ name, length, duration }) => ({
      name: name?.local ?? null,
      metres: length,
      seconds: duration,
    })),
  };
}
