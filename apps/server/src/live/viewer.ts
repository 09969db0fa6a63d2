import { createHash } from 'node:crypto';
import type {
  Assignment,
  Call,
  Entity,
  Incident,
  ResponseState,
  RoadCondition,
  Unit,
} from '@lamplight/domain';
import { hasAnyRole, type Principal, SEES_BOARD, SEES_CALLERS, SEES_PEOPLE } from '../auth/policy.js';

/** What a client may see, worked out once when it connects. Viewers with the same key see the same. */
export interface Viewer {
  readonly key: string;
  /** Sees all incidents, units and positions. */
  readonly board: boolean;
  /** Sees who called. */
  readonly callers: boolean;
  /** Sees words, notes and names; without it the board has none of them. */
  readonly people: boolean;
  /** The unit whose own work a patrol sees. */
  readonly unitId: string | null;
}

export function viewerOf(principal: Principal): Viewer {
  const board = hasAnyRole(principal, SEES_BOARD);
  const callers = hasAnyRole(principal, SEES_CALLERS);
  const people = !board || hasAnyRole(principal, SEES_PEOPLE);
  const unitId = board ? null : principal.unitId;
  const sight = createHash('sha256').update(JSON.stringify([board, callers, people, unitId]));
  return { key: sight.digest('base64url').slice(0, 12), board, callers, people, unitId };
}

export interface VisibleEntities {
  readonly calls: readonly Call[];
  readonly incidents: readonly Incident[];
  readonly units: readonly Unit[];
  readonly assignments: readonly Assignment[];
  readonly conditions: readonly RoadCondition[];
}

/**
 * The part of some entities that a viewer may see. A patrol sees the units, the road conditions, its own assignments and
 * the incidents they belong to; an incident comes along with the assignment that makes it visible.
 */
export function visibleTo(
  viewer: Viewer,
  entities: readonly Entity[],
  state: ResponseState,
): VisibleEntities {
  const calls: Call[] = [];
  const incidents = new Map<string, Incident>();
  const units: Unit[] = [];
  const assignments: Assignment[] = [];
  const conditions: RoadCondition[] = [];
  const isOwn = ({ unitId }: Assignment): boolean => viewer.board || unitId === viewer.unitId;

  for (const found of entities) {
    switch (found.kind) {
      case 'call':
        if (viewer.board) calls.push(viewer.callers ? found.entity : withoutCaller(found.entity));
        break;
      case 'incident':
        if (viewer.board || state.assignmentsOf(found.entity.id).some(isOwn)) {
          incidents.set(found.entity.id, found.entity);
        }
        break;
      case 'unit':
        units.push(unitFor(viewer, found.entity));
        break;
      case 'assignment': {
        if (!isOwn(found.entity)) break;
        assignments.push(found.entity);
        const incident = viewer.board ? undefined : state.findIncident(found.entity.incidentId);
        if (incident) incidents.set(incident.id, incident);
        break;
      }
      case 'condition':
        conditions.push(found.entity);
        break;
    }
  }
  const seen = { calls, incidents: [...incidents.values()], units, assignments, conditions };
  return viewer.people ? seen : withoutPeople(seen);
}

/** What a screen on a wall may show: where and what, but nothing that anybody said, and nobody's name. */
function withoutPeople(seen: VisibleEntities): VisibleEntities {
  return {
    ...seen,
    calls: seen.calls.map((call) => ({
      ...withoutCaller(call),
      externalId: null,
      line: null,
      answeredBy: null,
      location: call.location && { ...call.location, words: null },
    })),
    incidents: seen.incidents.map((incident) => ({
      ...incident,
      externalId: null,
      openedBy: '',
      location: incident.location && { ...incident.location, words: null },
      notes: [],
      cancelReason: null,
      reopenings: [],
    })),
    assignments: seen.assignments.map((assignment) => ({
      ...assignment,
      createdBy: '',
      endReason: null,
      corrections: [],
    })),
  };
}

function withoutCaller(call: Call): Call {
  return { ...call, callerName: null, callerNumber: null };
}

/** Who is on a unit is for those who send it and for its own crew; others see how many. */
export function unitFor(viewer: Viewer, unit: Unit): Unit {
  const seesCrew = viewer.board ? viewer.people : unit.id === viewer.unitId;
  if (seesCrew || unit.duty === null) return unit;
  return { ...unit, duty: { ...unit.duty, crew: unit.duty.crew.map(() => '') } };
}
