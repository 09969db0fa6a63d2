import { type Instant, instant, type Seconds, seconds } from '@lamplight/base';
import {
  type Assignment,
  type Availability,
  availabilityOf,
  type Call,
  type Incident,
  isActive,
  isEnded,
  PROGRESS_STAGES,
  type StatusEffect,
  type Unit,
} from '@lamplight/domain';
import type { BoardState } from './board-state.js';
import {
  ACKNOWLEDGEMENT_DUE,
  NO_TARGETS,
  readStageClock,
  type StageClock,
  type StageTargets,
  stageClockOf,
} from './stage-clock.js';

/** Groups made once for each version of a map, however many selectors ask. */
function groupedBy<Value>(keyOf: (value: Value) => string | null) {
  const made = new WeakMap<ReadonlyMap<string, Value>, ReadonlyMap<string, readonly Value[]>>();
  return (map: ReadonlyMap<string, Value>, key: string): readonly Value[] => {
    let groups = made.get(map);
    if (groups === undefined) {
      const fresh = new Map<string, Value[]>();
      for (const value of map.values()) {
        const group = keyOf(value);
        if (group === null) continue;
        const members = fresh.get(group);
        if (members) members.push(value);
        else fresh.set(group, [value]);
      }
      groups = fresh;
      made.set(map, groups);
    }
    return groups.get(key) ?? [];
  };
}

const assignmentsByIncident = groupedBy<Assignment>(({ incidentId }) => incidentId);
const assignmentsByUnit = groupedBy<Assignment>(({ unitId }) => unitId);
const callsByIncident = groupedBy<Call>(({ incidentId }) => incidentId);

/** Calls nobody has answered yet, the longest ringing first. */
export function listRingingCalls({ calls }: BoardState): readonly Call[] {
  return [...calls.values()]
    .filter(({ answeredAt, endedAt }) => answeredAt === null && endedAt === null)
    .sort((a, b) => a.ringAt - b.ringAt || compareText(a.id, b.id));
}

/** Calls on the line that no incident has been made of, the oldest first. */
export function listUnfiledCalls({ calls }: BoardState): readonly Call[] {
  return [...calls.values()]
    .filter(
      ({ answeredAt, endedAt, incidentId }) => answeredAt !== null && endedAt === null && incidentId === null,
    )
    .sort((a, b) => a.ringAt - b.ringAt || compareText(a.id, b.id));
}

/** Why an incident stands in the queue: what it waits for. */
export const QUEUE_NEEDS = [
  'declined',
  'undispatched',
  'unclassified',
  'unlocated',
  'unacknowledged',
  'overdue',
  'working',
  'unclosed',
] as const;
export type QueueNeed = (typeof QUEUE_NEEDS)[number];

export interface QueueEntry {
  readonly incident: Incident;
  readonly need: QueueNeed;
  /** True when somebody at the centre has to act. */
  readonly needsHand: boolean;
  readonly holder: ClockHolder;
  /** The clock of the present stage; `null` where no target is set for it. */
  readonly clock: StageClock | null;
  /** Units on their way or there. */
  readonly units: readonly Assignment[];
}

/**
 * Open incidents in the order in which they need a hand: those that wait for units, by priority and age; then those
 * whose crew has not answered; then those being worked, the overdue ones first; last those that only wait to be
 * closed. An incident without
 * a priority counts as urgent until it has one.
 */
export function queueOf(
  board: BoardState,
  now: Instant,
  targets: StageTargets = NO_TARGETS,
): readonly QueueEntry[] {
  const entries: QueueEntry[] = [];
  for (const incident of board.incidents.values()) {
    if (incident.status !== 'open') continue;
    const assignments = assignmentsByIncident(board.assignments, incident.id);
    const calls = callsByIncident(board.calls, incident.id);
    const clock = stageClockOf(incident, calls, assignments, targets);
    const need = needOf(incident, assignments, clock, now);
    entries.push({
      incident,
      need,
      needsHand: TIERS[need] <= 1,
      holder: clockHolderOf(incident, calls, assignments),
      clock,
      units: assignments.filter(isActive),
    });
  }
  return entries.sort(
    (a, b) =>
      TIERS[a.need] - TIERS[b.need] ||
      urgencyOf(a.incident) - urgencyOf(b.incident) ||
      a.incident.openedAt - b.incident.openedAt ||
      compareText(a.incident.id, b.incident.id),
  );
}

/**
 * The queue with those entries of an earlier one that still say the same, so that whoever draws can compare by
 * identity and draws only the rows that changed.
 */
export function keepEntries(
  before: readonly QueueEntry[],
  now: readonly QueueEntry[],
): readonly QueueEntry[] {
  const known = new Map(before.map((entry) => [entry.incident, entry]));
  return now.map((entry) => {
    const kept = known.get(entry.incident);
    return kept && saysTheSame(kept, entry) ? kept : entry;
  });
}

const saysTheSame = (a: QueueEntry, b: QueueEntry): boolean =>
  a.incident === b.incident &&
  a.need === b.need &&
  a.holder.role === b.holder.role &&
  a.holder.since === b.holder.since &&
  a.clock?.interval === b.clock?.interval &&
  a.clock?.dueAt === b.clock?.dueAt &&
  a.units.length === b.units.length &&
  a.units.every((unit, index) => unit === b.units[index]);

const TIERS: Readonly<Record<QueueNeed, number>> = {
  declined: 0,
  undispatched: 0,
  unclassified: 0,
  unlocated: 0,
  unacknowledged: 1,
  overdue: 2,
  working: 3,
  unclosed: 4,
};

const urgencyOf = ({ priority }: Incident): number => priority ?? 1.5;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function needOf(
  incident: Incident,
  assignments: readonly Assignment[],
  clock: StageClock | null,
  now: Instant,
): QueueNeed {
  const active = assignments.filter(isActive);
  if (active.length > 0) {
    const waiting = active.every(
      ({ stage, stamps }) =>
        stage === 'dispatched' && now - (stamps.dispatched ?? now) > ACKNOWLEDGEMENT_DUE * 1000,
    );
    if (waiting) return 'unacknowledged';
    return clock !== null && readStageClock(clock, now).level === 'over' ? 'overdue' : 'working';
  }
  if (incident.stamps.resolved !== null || assignments.some(({ stage }) => stage === 'cleared')) {
    return 'unclosed';
  }
  if (assignments.some(isEnded)) return 'declined';
  if (incident.stamps.located === null) return 'unlocated';
  if (incident.stamps.classified === null) return 'unclassified';
  return 'undispatched';
}

export const CLOCK_ROLES = ['call-taker', 'dispatcher', 'crew', 'supervisor', 'nobody'] as const;
export type ClockRole = (typeof CLOCK_ROLES)[number];

/** Who has the incident in hand now, and since when. */
export interface ClockHolder {
  readonly role: ClockRole;
  /** The moment at which the present step began. */
  readonly since: Instant;
}

/**
 * Who holds the clock: the call-taker until the incident is before a dispatcher, the dispatcher until a unit has its
 * order, the crew until the last one is clear, then the supervisor until it is closed.
 */
export function clockHolderOf(
  incident: Incident,
  calls: readonly Call[],
  assignments: readonly Assignment[],
): ClockHolder {
  const { stamps } = incident;
  if (incident.status !== 'open') {
    return { role: 'nobody', since: stamps.closed ?? stamps.resolved ?? incident.openedAt };
  }
  const active = assignments.filter(isActive);
  if (active.length > 0) {
    return { role: 'crew', since: latest(active.map(lastStampOf)) ?? incident.openedAt };
  }
  const ended = latest(assignments.map(({ endedAt }) => endedAt));
  const worked = assignments.some(({ stage }) => stage === 'cleared') || stamps.resolved !== null;
  if (worked) return { role: 'supervisor', since: latest([ended, stamps.resolved]) ?? incident.openedAt };
  if (stamps.queued !== null)
    return { role: 'dispatcher', since: latest([stamps.queued, ended]) ?? stamps.queued };
  const answered = calls.map(({ answeredAt }) => answeredAt).filter((at) => at !== null);
  return {
    role: 'call-taker',
    since: answered.length > 0 ? instant(Math.min(...answered)) : incident.openedAt,
  };
}

/** The stamp of the stage an assignment is in. */
export function lastStampOf(assignment: Assignment): Instant {
  const stamps = PROGRESS_STAGES.map((stage) => assignment.stamps[stage] ?? null);
  return assignment.endedAt ?? latest(stamps) ?? assignment.createdAt;
}

function latest(stamps: readonly (Instant | null)[]): Instant | null {
  const known = stamps.filter((stamp) => stamp !== null);
  return known.length > 0 ? instant(Math.max(...known)) : null;
}

export interface IncidentView {
  readonly incident: Incident;
  readonly calls: readonly Call[];
  /** Open ones first, then by the time of the order. */
  readonly assignments: readonly Assignment[];
  readonly holder: ClockHolder;
}

/** Everything the board knows of an incident; `undefined` for one it does not hold. */
export function findIncidentView(board: BoardState, incidentId: string): IncidentView | undefined {
  const incident = board.incidents.get(incidentId);
  if (!incident) return undefined;
  const calls = [...callsByIncident(board.calls, incidentId)].sort((a, b) => a.ringAt - b.ringAt);
  const assignments = [...assignmentsByIncident(board.assignments, incidentId)].sort(
    (a, b) => Number(isEnded(a)) - Number(isEnded(b)) || a.createdAt - b.createdAt || compareText(a.id, b.id),
  );
  return { incident, calls, assignments, holder: clockHolderOf(incident, calls, assignments) };
}

/** How a unit is shown: whether it can be sent, what it is on, since when. */
export interface UnitView {
  readonly unit: Unit;
  readonly availability: Availability;
  /** The order it is working; `null` when it has none. */
  readonly assignment: Assignment | null;
  readonly incident: Incident | null;
  /** Orders that wait on its stack. */
  readonly stacked: number;
  readonly since: Instant | null;
}

/** Units in service, by call sign; retired ones are left out. */
export function listUnitViews(board: BoardState, effectOf: StatusEffect): readonly UnitView[] {
  const views: UnitView[] = [];
  for (const unit of board.units.values()) {
    if (!unit.retired) views.push(unitViewOf(board, unit, effectOf));
  }
  return views.sort((a, b) => collator.compare(a.unit.callSign, b.unit.callSign));
}

const collator = new Intl.Collator('en', { numeric: true });

/** One unit as {@link listUnitViews} shows it. */
export function unitViewOf(board: BoardState, unit: Unit, effectOf: StatusEffect): UnitView {
  const stack = assignmentsByUnit(board.assignments, unit.id).filter((each) => !isEnded(each));
  const assignment = stack.find(isActive) ?? null;
  return {
    unit,
    availability: availabilityOf(unit, stack, effectOf),
    assignment,
    incident: assignment ? (board.incidents.get(assignment.incidentId) ?? null) : null,
    stacked: stack.filter(({ stage }) => stage === 'proposed').length,
    since: assignment ? lastStampOf(assignment) : (unit.status?.since ?? unit.duty?.since ?? null),
  };
}

/** A position older than this is shown as stale, as the recommendation takes it: the unit may be anywhere by now. */
export const STALE_AFTER = seconds(300);

/** Time passed since a moment; never negative, whatever a device's clock says. */
export const ageOf = (at: Instant, now: Instant): Seconds => seconds(Math.max(0, (now - at) / 1000));
