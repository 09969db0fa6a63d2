import { elapsed, type Instant, type LonLat, ok, type Result, type Seconds, seconds } from '@lamplight/base';
import {
  type AgencyCatalogue,
  availabilityOf,
  type Incident,
  type IncidentId,
  isActive,
  isEnded,
  PROGRESS_STAGES,
  type Priority,
  type Recommendation,
  type RecommendationFacts,
  type RefusalCode,
  type ResponseState,
  type Rules,
  recommend,
  requirementsAt,
  type TravelTime,
  type Unit,
  type UnitFacts,
} from '@lamplight/domain';
import type { RoadDesk } from '../roads/desk.js';

/** A latest position, as far as recommending depends on it. */
export interface KnownPosition {
  readonly position: LonLat;
  readonly eventTime: Instant;
}

export interface RecommendationSources {
  readonly state: ResponseState;
  readonly units: Iterable<Unit>;
  readonly findPosition: (unitId: string) => KnownPosition | undefined;
  readonly roads: RoadDesk;
  readonly rules: Rules;
  readonly catalogue: AgencyCatalogue;
  readonly staleAfter: Seconds;
}

/**
 * Gathers what the ranking needs (states from the board, positions from the tracker, times from the roads) and hands
 * it to the domain. Refused while the incident has no place or type.
 */
export async function recommendFor(
  incident: Incident,
  at: Instant,
  sources: RecommendationSources,
): Promise<Result<Recommendation, RefusalCode>> {
  const position = incident.location?.position;
  if (!position) return { ok: false, error: 'incident-not-located' };
  const type = incident.typeCode === null ? undefined : sources.catalogue.findIncidentType(incident.typeCode);
  if (!type || incident.priority === null) return { ok: false, error: 'incident-not-classified' };
  const { id, priority, alarmLevel } = incident;
  const requires = requirementsAt(sources.catalogue.runCardOf(type), alarmLevel);
  return ok(recommend(await gather({ id, position, priority, alarmLevel, requires }, at, sources)));
}

/** What a call is about as far as it is known, before there is an incident. */
export interface ExpectedNeed {
  readonly position: LonLat;
  readonly typeCode: string | null;
  /** `null` leaves it to the type. */
  readonly priority: Priority | null;
  readonly alarmLevel: number;
}

/** Stands for whatever a unit can do, while nobody knows what it is for. */
const ANYTHING = '*';

/**
 * Who would be sent to what a caller is still telling. Without a type these are the free units by travel time, none of
 * them suggested: it is not known yet what is needed. Refused for a type that is not in the catalogue.
 */
export async function recommendForNeed(
  { position, typeCode, priority, alarmLevel }: ExpectedNeed,
  at: Instant,
  sources: RecommendationSources,
): Promise<Result<Recommendation, RefusalCode>> {
  const need = { id: null, position, alarmLevel };
  if (typeCode === null) {
    const requires = [{ capability: ANYTHING, count: 0 }];
    const facts = await gather({ ...need, priority: priority ?? LEAST_URGENT, requires }, at, sources);
    return ok({ ...recommend({ ...facts, satisfies: () => true }), requirements: [] });
  }
  const type = sources.catalogue.findIncidentType(typeCode);
  if (!type) return { ok: false, error: 'incident-type-unknown' };
  const requires = requirementsAt(sources.catalogue.runCardOf(type), alarmLevel);
  return ok(recommend(await gather({ ...need, priority: priority ?? type.priority, requires }, at, sources)));
}

/** What nobody knows yet takes no crew from what is known. */
const LEAST_URGENT: Priority = 5;

interface Need {
  /** `null` while it is not an incident. */
  readonly id: IncidentId | null;
  readonly position: LonLat;
  readonly priority: Priority;
  readonly alarmLevel: number;
  readonly requires: RecommendationFacts['requires'];
}

async function gather(
  { id, position, ...need }: Need,
  at: Instant,
  sources: RecommendationSources,
): Promise<RecommendationFacts> {
  const units = [...sources.units].filter((unit) => !unit.retired);
  const whereabouts = new Map<string, Whereabouts>();
  for (const unit of units) {
    const where = locate(unit, sources);
    if (where) whereabouts.set(unit.id, where);
  }
  const origins = new Map(Array.from(whereabouts, ([unitId, where]) => [unitId, where.position]));
  const times = await sources.roads.timesTo(position, origins, at);
  const assignments = id === null ? [] : sources.state.assignmentsOf(id);
  return {
    ...need,
    assigned: assignments
      .filter((assignment) => !isEnded(assignment))
      .map(({ unitId }) => ({ unitId, capabilities: sources.state.findUnit(unitId)?.capabilities ?? [] })),
    units: units.map((unit) =>
      factsOf(unit, at, whereabouts.get(unit.id), times.get(unit.id) ?? null, sources),
    ),
    staleAfter: sources.staleAfter,
    satisfies: sources.catalogue.satisfies,
  };
}

interface Whereabouts {
  readonly position: LonLat;
  /** `null` when it is only assumed. */
  readonly eventTime: Instant | null;
}

/** Where the unit last was; a unit that never reported and has no work is taken to be at its station. */
function locate(unit: Unit, { findPosition, state }: RecommendationSources): Whereabouts | undefined {
  const known = findPosition(unit.id);
  if (known) return known;
  const free = !state.stackOf(unit.id).some(isActive);
  return unit.home && free ? { position: unit.home, eventTime: null } : undefined;
}

/** From this stage on a crew is bound to its scene or its patient. */
const BOUND_FROM = PROGRESS_STAGES.indexOf('onScene');

function factsOf(
  unit: Unit,
  at: Instant,
  where: Whereabouts | undefined,
  eta: TravelTime | null,
  { state, rules, catalogue }: RecommendationSources,
): UnitFacts {
  const stack = state.stackOf(unit.id);
  const active = stack.find(isActive);
  const stages: readonly string[] = PROGRESS_STAGES;
  return {
    unitId: unit.id,
    availability: availabilityOf(unit, stack, rules.effectOf),
    capabilities: unit.capabilities,
    crew: unit.duty?.crew.length ?? 0,
    minimumCrew: unit.minimumCrew,
    positionAge: where?.eventTime == null ? null : seconds(Math.max(0, elapsed(where.eventTime, at))),
    assumedAtHome: where !== undefined && where.eventTime === null,
    eta,
    work: active
      ? {
          incidentId: active.incidentId,
          priority: state.findIncident(active.incidentId)?.priority ?? null,
          bound: stages.indexOf(active.stage) >= BOUND_FROM,
        }
      : null,
    returning: unit.status !== null && catalogue.findUnitStatus(unit.status.code)?.meaning === 'returning',
  };
}
