import { type Seconds, seconds } from '@lamplight/base';
import type { Priority } from '../catalogue/index.js';
import type { Availability } from './availability.js';
import type { IncidentId, RecommendationRecord, RequirementTally, UnitId } from './entities.js';

/** How long a journey takes: as often less as more, and no more than this nine times in ten. */
export interface TravelTime {
  readonly p50: Seconds;
  readonly p90: Seconds;
}

/** What the ranking needs to know of one unit. Times come from the road engine, through whoever calls. */
export interface UnitFacts {
  readonly unitId: UnitId;
  readonly availability: Availability;
  readonly capabilities: readonly string[];
  readonly crew: number;
  readonly minimumCrew: number;
  /** Age of the latest position; `null` when none was ever reported. */
  readonly positionAge: Seconds | null;
  /** True when nothing was ever reported and the unit is taken to be at its station, as crews without trackers are. */
  readonly assumedAtHome: boolean;
  /** Travel time to the incident; `null` when it cannot be computed from where the unit is. */
  readonly eta: TravelTime | null;
  /** What the unit is working on, when it is committed. */
  readonly work: {
    readonly incidentId: IncidentId;
    readonly priority: Priority | null;
    /** True once the crew is at the scene or carries somebody: it is then no longer taken away. */
    readonly bound: boolean;
  } | null;
  /** True when it is on the way back or not yet back on its post. */
  readonly returning: boolean;
}

export interface RecommendationFacts {
  readonly priority: Priority;
  readonly alarmLevel: number;
  /**
   * Totals that the run card asks for at this alarm level, each capability once, in the order in which they are to be
   * filled: a capability before the more general ones it implies.
   */
  readonly requires: readonly { readonly capability: string; readonly count: number }[];
  /** Capabilities of each unit that is on this incident already. */
  readonly assigned: readonly { readonly unitId: UnitId; readonly capabilities: readonly string[] }[];
  readonly units: readonly UnitFacts[];
  /** A position older than this is stale: the unit may be anywhere by now. */
  readonly staleAfter: Seconds;
  /** Whether a unit with these capabilities can do what is asked for. */
  satisfies(capabilities: readonly string[], capability: string): boolean;
}

export const EXCLUSION_REASONS = [
  'already-assigned',
  'off-duty',
  'unavailable',
  'committed',
  'crew-too-small',
  'capability-not-needed',
  'position-unknown',
  'position-stale',
  'unreachable',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

/** Why a candidate stands where it does; shown to the dispatcher in words. */
export type RankReason =
  | { readonly code: 'nearest' }
  | { readonly code: 'behind'; readonly unitId: UnitId; readonly seconds: Seconds }
  | { readonly code: 'delayed' }
  | { readonly code: 'returning' }
  | { readonly code: 'assumed-at-home' }
  | { readonly code: 'diverted'; readonly incidentId: IncidentId; readonly priority: Priority | null }
  | { readonly code: 'fills'; readonly capability: string }
  | { readonly code: 'reserve' };

export interface Candidate {
  readonly unitId: UnitId;
  /** The median travel time, by which units are ranked. */
  readonly eta: Seconds;
  /** Nine times in ten it takes no longer. */
  readonly etaP90: Seconds;
  /** `null` when the unit is assumed to be at its station. */
  readonly positionAge: Seconds | null;
  readonly suggested: boolean;
  readonly divertFrom: IncidentId | null;
  readonly reasons: readonly RankReason[];
}

export interface Recommendation {
  readonly alarmLevel: number;
  /** Free units by travel time, then units that would have to be taken off lower-priority work, by travel time. */
  readonly candidates: readonly Candidate[];
  readonly excluded: readonly { readonly unitId: UnitId; readonly reason: ExclusionReason }[];
  readonly requirements: readonly RequirementTally[];
}

/**
 * Ranks units for an incident and picks the set that fills the run card soonest.
 *
 * The sets of units that can fill distinct open places are the independent sets of a transversal matroid (Edmonds &
 * Fulkerson, "Transversals and Matroid Partition", J. Research NBS 69B, 1965), so taking units in order of rank and
 * keeping each one that can still be placed, moving others between places where necessary, fills as many places as
 * possible with the fewest units taken off other work and, among those sets, with the least total travel time and
 * the least latest arrival.
 *
 * Cost: O(units × requirements) to qualify, a sort, and O(places²) for each unit placed and for each different set of
 * abilities among the others; no clock, no randomness.
 */
export function recommend(facts: RecommendationFacts): Recommendation {
  const places = openPlaces(facts);
  const assigned = new Set(facts.assigned.map(({ unitId }) => unitId));
  const excluded: { unitId: UnitId; reason: ExclusionReason }[] = [];
  const qualified: Qualified[] = [];
  for (const unit of facts.units) {
    const verdict = assigned.has(unit.unitId) ? 'already-assigned' : qualify(unit, facts);
    if (typeof verdict === 'string') excluded.push({ unitId: unit.unitId, reason: verdict });
    else qualified.push(verdict);
  }
  qualified.sort(
    (a, b) =>
      Number(a.unit.work !== null) - Number(b.unit.work !== null) ||
      a.eta - b.eta ||
      (a.unit.unitId < b.unit.unitId ? -1 : 1),
  );

  const placed = fill(places, qualified);
  const first = qualified[0];
  const candidates = qualified.map((candidate): Candidate => {
    const { unit, eta } = candidate;
    const place = placed.get(candidate);
    const reasons: RankReason[] = [];
    if (candidate === first) reasons.push({ code: 'nearest' });
    else if (first && eta >= first.eta)
      reasons.push({ code: 'behind', unitId: first.unit.unitId, seconds: seconds(eta - first.eta) });
    if (unit.work) reasons.push({ code: 'diverted', ...pickWork(unit.work) });
    if (unit.availability === 'delayed') reasons.push({ code: 'delayed' });
    if (unit.returning) reasons.push({ code: 'returning' });
    if (unit.positionAge === null) reasons.push({ code: 'assumed-at-home' });
    reasons.push(place === undefined ? { code: 'reserve' } : { code: 'fills', capability: place });
    return {
      unitId: unit.unitId,
      eta,
      etaP90: candidate.etaP90,
      positionAge: unit.positionAge,
      suggested: place !== undefined,
      divertFrom: unit.work?.incidentId ?? null,
      reasons,
    };
  });

  return { alarmLevel: facts.alarmLevel, candidates, excluded, requirements: tally(facts, places, placed) };
}

/** The part of a recommendation that is worth keeping in the log: the best `limit` candidates and the sums. */
export function recordOf(
  recommendation: Recommendation,
  at: RecommendationRecord['at'],
  limit = 12,
): RecommendationRecord {
  const excluded: Record<string, number> = {};
  for (const { reason } of recommendation.excluded) excluded[reason] = (excluded[reason] ?? 0) + 1;
  const best = recommendation.candidates.filter((candidate, rank) => rank < limit || candidate.suggested);
  return {
    at,
    alarmLevel: recommendation.alarmLevel,
    requirements: recommendation.requirements,
    excluded,
    candidates: best.map(({ unitId, eta, positionAge, suggested, divertFrom }) => ({
      unitId,
      etaSeconds: seconds(Math.round(eta)),
      positionAgeSeconds: positionAge === null ? null : seconds(Math.round(positionAge)),
      suggested,
      divertFrom,
    })),
  };
}

interface Qualified {
  readonly unit: UnitFacts;
  readonly eta: Seconds;
  readonly etaP90: Seconds;
  /** Which of the capabilities asked for it provides. */
  readonly abilities: readonly string[];
}

function qualify(unit: UnitFacts, facts: RecommendationFacts): Qualified | ExclusionReason {
  if (unit.availability === 'off-duty') return 'off-duty';
  if (unit.availability === 'unavailable') return 'unavailable';
  if (unit.availability === 'committed') {
    const { work } = unit;
    const mayLeave = work !== null && !work.bound && facts.priority < (work.priority ?? 0);
    if (!mayLeave) return 'committed';
  }
  if (unit.crew < unit.minimumCrew) return 'crew-too-small';
  const abilities = abilitiesOf(unit.capabilities, facts);
  if (abilities.length === 0) return 'capability-not-needed';
  if (unit.positionAge === null && !unit.assumedAtHome) return 'position-unknown';
  if (unit.positionAge !== null && unit.positionAge > facts.staleAfter) return 'position-stale';
  if (unit.eta === null || !Number.isFinite(unit.eta.p50)) return 'unreachable';
  return { unit, eta: unit.eta.p50, etaP90: unit.eta.p90, abilities };
}

function abilitiesOf(
  capabilities: readonly string[],
  { requires, satisfies }: RecommendationFacts,
): string[] {
  const abilities: string[] = [];
  for (const { capability } of requires) if (satisfies(capabilities, capability)) abilities.push(capability);
  return abilities;
}

/** One place for each unit that the run card asks for; those that units on the incident provide are taken. */
function openPlaces(facts: RecommendationFacts): Place[] {
  const places: Place[] = facts.requires.flatMap(({ capability, count }) =>
    Array.from({ length: count }, () => ({ capability, takenBy: null })),
  );
  for (const { capabilities } of facts.assigned) {
    place(places, { who: null, abilities: abilitiesOf(capabilities, facts) });
  }
  return places;
}

interface Place {
  readonly capability: string;
  takenBy: Taker | null;
}

/** Who holds a place: a candidate, or `null` for a unit that is on the incident already. */
interface Taker {
  readonly who: Qualified | null;
  readonly abilities: readonly string[];
}

function fill(places: Place[], qualified: readonly Qualified[]): Map<Qualified, string> {
  let open = places.filter(({ takenBy }) => takenBy === null).length;
  // Once a unit cannot be placed, none with the same abilities can be: what places are held only ever grows.
  const surplus = new Set<string>();
  for (const candidate of qualified) {
    if (open === 0) break;
    const kind = candidate.abilities.join(' ');
    if (surplus.has(kind)) continue;
    if (place(places, { who: candidate, abilities: candidate.abilities })) open -= 1;
    else surplus.add(kind);
  }
  const placed = new Map<Qualified, string>();
  for (const { capability, takenBy } of places) if (takenBy?.who) placed.set(takenBy.who, capability);
  return placed;
}

/** Finds a place for a unit, moving others where that makes room (Kuhn's augmenting path). */
function place(places: Place[], newcomer: Taker): boolean {
  const visited = new Set<Place>();
  const settle = (taker: Taker): boolean => {
    for (const candidate of places) {
      if (visited.has(candidate) || !taker.abilities.includes(candidate.capability)) continue;
      visited.add(candidate);
      if (candidate.takenBy === null || settle(candidate.takenBy)) {
        candidate.takenBy = taker;
        return true;
      }
    }
    return false;
  };
  return settle(newcomer);
}

function tally(
  { requires }: RecommendationFacts,
  places: readonly Place[],
  placed: ReadonlyMap<Qualified, string>,
): RequirementTally[] {
  const suggested = [...placed.values()];
  return requires.map(({ capability, count }) => {
    const own = places.filter((candidate) => candidate.capability === capability);
    const chosen = suggested.filter((filled) => filled === capability).length;
    const assigned = own.filter(({ takenBy }) => takenBy !== null && takenBy.who === null).length;
    return { capability, required: count, assigned, suggested: chosen, lacking: count - assigned - chosen };
  });
}

function pickWork({ incidentId, priority }: NonNullable<UnitFacts['work']>) {
  return { incidentId, priority };
}
