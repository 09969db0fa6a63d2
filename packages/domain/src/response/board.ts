import type {
  Assignment,
  AssignmentId,
  Call,
  CallId,
  Incident,
  IncidentId,
  Unit,
  UnitId,
} from './entities.js';
import { isEnded } from './entities.js';
import type {
  AssignmentEvent,
  CallEvent,
  ConditionEvent,
  EntityKind,
  IncidentEvent,
  ResponseEvent,
  UnitEvent,
} from './events.js';
import { ENTITY_OF_EVENT } from './events.js';
import { evolveAssignment, evolveCall, evolveCondition, evolveIncident, evolveUnit } from './evolve.js';
import type { ConditionId, RoadCondition } from './road-condition.js';

/** What a decision may read: everything that is open now, and whatever closed things the command names. */
export interface ResponseState {
  findCall(id: CallId): Call | undefined;
  findIncident(id: IncidentId): Incident | undefined;
  findUnit(id: UnitId): Unit | undefined;
  findAssignment(id: AssignmentId): Assignment | undefined;
  findCondition(id: ConditionId): RoadCondition | undefined;
  /** Road conditions that have not ended, and perhaps some that have. */
  listConditions(): readonly RoadCondition[];
  /** Calls linked to the incident, in the order in which they were linked. */
  callsOf(incidentId: IncidentId): readonly Call[];
  /** All assignments of the incident, oldest first, ended ones included. */
  assignmentsOf(incidentId: IncidentId): readonly Assignment[];
  /** Assignments of the unit that have not ended, proposed ones included, oldest first. */
  stackOf(unitId: UnitId): readonly Assignment[];
  /** The highest count given to an incident of the local day `YYYYMMDD`; 0 when there was none. */
  highestNumber(day: string): number;
}

export type Entity =
  | { readonly kind: 'call'; readonly entity: Call }
  | { readonly kind: 'incident'; readonly entity: Incident }
  | { readonly kind: 'unit'; readonly entity: Unit }
  | { readonly kind: 'assignment'; readonly entity: Assignment }
  | { readonly kind: 'condition'; readonly entity: RoadCondition };

/**
 * The fold of a whole agency: entities by identifier, with the indexes that decisions ask for. Entities are
 * immutable values; the board that holds them changes in place, because an agency has many and events are frequent.
 */
export class ResponseBoard implements ResponseState {
  readonly calls = new Map<CallId, Call>();
  readonly incidents = new Map<IncidentId, Incident>();
  readonly units = new Map<UnitId, Unit>();
  readonly assignments = new Map<AssignmentId, Assignment>();
  readonly conditions = new Map<ConditionId, RoadCondition>();
  readonly #callsOf = new Map<IncidentId, Set<CallId>>();
  readonly #assignmentsOf = new Map<IncidentId, Set<AssignmentId>>();
  readonly #stackOf = new Map<UnitId, Set<AssignmentId>>();
  readonly #endedOf = new Map<UnitId, Set<AssignmentId>>();
  readonly #highestNumber = new Map<string, number>();

  /** Folds one event in and returns the entity as it is afterwards. */
  apply(event: ResponseEvent): Entity {
    const entity = this.#evolve(event);
    this.put(entity);
    return entity;
  }

  /** Takes an entity as it stands, for a start from saved state. */
  put(changed: Entity): void {
    switch (changed.kind) {
      case 'call': {
        const before = this.calls.get(changed.entity.id);
        move(this.#callsOf, changed.entity.id, before?.incidentId, changed.entity.incidentId);
        this.calls.set(changed.entity.id, changed.entity);
        return;
      }
      case 'incident': {
        this.incidents.set(changed.entity.id, changed.entity);
        const [day = '', count] = changed.entity.number.split('-');
        this.#highestNumber.set(day, Math.max(this.highestNumber(day), Number(count)));
        return;
      }
      case 'unit':
        this.units.set(changed.entity.id, changed.entity);
        return;
      case 'assignment': {
        const { id, incidentId, unitId } = changed.entity;
        const before = this.assignments.get(id);
        move(this.#assignmentsOf, id, before?.incidentId, incidentId);
        const ended = isEnded(changed.entity);
        move(this.#stackOf, id, before?.unitId, ended ? null : unitId);
        move(this.#endedOf, id, null, ended ? unitId : null);
        this.assignments.set(id, changed.entity);
        return;
      }
      case 'condition':
        this.conditions.set(changed.entity.id, changed.entity);
        return;
    }
  }

  /** Forgets an incident with its calls and assignments; for closed ones that nobody asks for any more. */
  forget(incidentId: IncidentId): void {
    for (const id of this.#callsOf.get(incidentId) ?? []) this.calls.delete(id);
    for (const id of this.#assignmentsOf.get(incidentId) ?? []) {
      this.#endedOf.get(this.assignments.get(id)?.unitId ?? '')?.delete(id);
      this.assignments.delete(id);
    }
    this.#callsOf.delete(incidentId);
    this.#assignmentsOf.delete(incidentId);
    this.incidents.delete(incidentId);
  }

  findCall(id: CallId): Call | undefined {
    return this.calls.get(id);
  }
  findIncident(id: IncidentId): Incident | undefined {
    return this.incidents.get(id);
  }
  findUnit(id: UnitId): Unit | undefined {
    return this.units.get(id);
  }
  findAssignment(id: AssignmentId): Assignment | undefined {
    return this.assignments.get(id);
  }
  findCondition(id: ConditionId): RoadCondition | undefined {
    return this.conditions.get(id);
  }
  listConditions(): readonly RoadCondition[] {
    return [...this.conditions.values()];
  }
  callsOf(incidentId: IncidentId): readonly Call[] {
    return select(this.calls, this.#callsOf.get(incidentId));
  }
  assignmentsOf(incidentId: IncidentId): readonly Assignment[] {
    return select(this.assignments, this.#assignmentsOf.get(incidentId));
  }
  stackOf(unitId: UnitId): readonly Assignment[] {
    return select(this.assignments, this.#stackOf.get(unitId));
  }
  /** The unit's last ended assignments that are still in memory, oldest first. */
  lastEndedOf(unitId: UnitId, limit: number): readonly Assignment[] {
    return select(this.assignments, this.#endedOf.get(unitId)).slice(-limit);
  }
  highestNumber(day: string): number {
    return this.#highestNumber.get(day) ?? 0;
  }

  #evolve(event: ResponseEvent): Entity {
    if (belongsTo('call', event))
      return { kind: 'call', entity: evolveCall(this.calls.get(event.id), event) };
    if (belongsTo('incident', event))
      return { kind: 'incident', entity: evolveIncident(this.incidents.get(event.id), event) };
    if (belongsTo('unit', event))
      return { kind: 'unit', entity: evolveUnit(this.units.get(event.id), event) };
    if (belongsTo('condition', event))
      return { kind: 'condition', entity: evolveCondition(this.conditions.get(event.id), event) };
    return { kind: 'assignment', entity: evolveAssignment(this.assignments.get(event.id), event) };
  }
}

interface EventsOf {
  call: CallEvent;
  incident: IncidentEvent;
  unit: UnitEvent;
  assignment: AssignmentEvent;
  condition: ConditionEvent;
}

function belongsTo<Kind extends EntityKind>(
  kind: Kind,
  event: ResponseEvent,
): event is Extract<ResponseEvent, EventsOf[Kind]> {
  return ENTITY_OF_EVENT[event.type] === kind;
}

function move(
  index: Map<string, Set<string>>,
  id: string,
  from: string | null | undefined,
  to: string | null,
): void {
  if (from === to) return;
  if (from) index.get(from)?.delete(id);
  if (!to) return;
  const members = index.get(to);
  if (members) members.add(id);
  else index.set(to, new Set([id]));
}

function select<Entity>(
  entities: ReadonlyMap<string, Entity>,
  ids: ReadonlySet<string> | undefined,
): readonly Entity[] {
  const selected: Entity[] = [];
  for (const id of ids ?? []) {
    const entity = entities.get(id);
    if (entity) selected.push(entity);
  }
  return selected;
}
