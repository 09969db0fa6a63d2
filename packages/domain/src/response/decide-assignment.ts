import { exhaustive, type Instant, instant, ok, type Result } from '@lamplight/base';
import { availabilityOf } from './availability.js';
import type { ResponseState } from './board.js';
import type { AssignmentCommand } from './commands.js';
import type { Context, Decision } from './decision.js';
import {
  type Assignment,
  type DiscrepancyKind,
  type Incident,
  isActive,
  isEnded,
  isUnderWay,
  PROGRESS_STAGES,
  type ReportedStage,
  type SideExit,
} from './entities.js';
import type { AssignmentEvent, ResponseEvent } from './events.js';
import type { Refusal } from './refusals.js';
import { refuse } from './refuse.js';

/** A device clock that is ahead by no more than this is taken as network and rounding, not as wrong. */
export const CLOCK_TOLERANCE_MS = 5_000;

export function decideAssignment(
  command: AssignmentCommand,
  state: ResponseState,
  context: Context,
): Decision {
  if (command.type === 'DispatchUnits') return dispatch(command, state, context);

  const { at, by } = context;
  const id = command.assignmentId;
  const assignment = state.findAssignment(id);
  if (!assignment) return refuse('assignment-unknown', id);

  switch (command.type) {
    case 'DispatchProposed': {
      if (assignment.stage !== 'proposed') return refuse('assignment-not-proposed', id);
      const { incidentId, unitId } = assignment;
      if (state.findIncident(incidentId)?.status !== 'open') return refuse('incident-not-open', incidentId);
      if (state.stackOf(unitId).some(isActive)) return refuse('unit-committed', unitId);
      const unfit = fitness(unitId, state, context);
      if (unfit) return unfit;
      return ok([{ type: 'UnitDispatched', id, at, incidentId, unitId, by, etaSeconds: null }]);
    }

    case 'ReportProgress':
      if (assignment.stamps.dispatched === undefined) return refuse('time-before-dispatch', id);
      return ok(takeReport(assignment, command.stage, command.happenedAt, context));

    case 'CorrectStamp': {
      const { stage, to, reason } = command;
      if (to > at + CLOCK_TOLERANCE_MS) return refuse('time-in-future', stage);
      const dispatched = assignment.stamps.dispatched;
      if (stage !== 'proposed' && (dispatched === undefined || (stage !== 'dispatched' && to < dispatched))) {
        return refuse('time-before-dispatch', stage);
      }
      if (assignment.stamps[stage] === to) return ok([]);
      return ok([{ type: 'StampCorrected', id, at, stage, to, by, reason }]);
    }

    case 'CancelAssignment':
      if (isEnded(assignment)) return refuse('assignment-ended', id);
      return ok([endAssignment(assignment, 'cancelled', command.reason, context)]);

    case 'DeclineAssignment':
      if (isEnded(assignment)) return refuse('assignment-ended', id);
      return ok([endAssignment(assignment, 'declined', command.reason, context)]);

    case 'ReviseEta':
      // Whoever has arrived meanwhile is not expected any more.
      if (!isUnderWay(assignment)) return ok([]);
      return ok([{ type: 'EtaRevised', id, at, etaSeconds: command.etaSeconds }]);

    default:
      return exhaustive(command);
  }
}

export function endAssignment(
  assignment: Assignment,
  exit: SideExit,
  reason: string,
  { at, by }: Context,
): AssignmentEvent {
  return { type: 'AssignmentEnded', id: assignment.id, at, exit, by, reason };
}

/** All orders of the command stand or fall together. */
function dispatch(
  command: Extract<AssignmentCommand, { type: 'DispatchUnits' }>,
  state: ResponseState,
  context: Context,
): Decision {
  const { at, by } = context;
  const { incidentId, orders, whenCommitted } = command;
  const incident = state.findIncident(incidentId);
  if (!incident) return refuse('incident-unknown', incidentId);
  if (incident.status !== 'open') return refuse('incident-not-open', incidentId);

  const units = new Set<string>();
  const assignments = new Set<string>();
  const events: ResponseEvent[] = [];
  for (const { assignmentId: id, unitId, etaSeconds } of orders) {
    if (units.has(unitId)) return refuse('unit-repeated', unitId);
    units.add(unitId);
    if (assignments.has(id) || state.findAssignment(id)) return refuse('assignment-already-known', id);
    assignments.add(id);
    const unfit = fitness(unitId, state, context);
    if (unfit) return unfit;

    const stack = state.stackOf(unitId);
    if (stack.some((assignment) => assignment.incidentId === incidentId)) {
      return refuse('unit-already-assigned', unitId);
    }
    const active = stack.filter(isActive);
    if (active.length > 0 && whenCommitted === 'refuse') return refuse('unit-committed', unitId);
    if (active.length > 0 && whenCommitted === 'stack') {
      events.push({ type: 'AssignmentProposed', id, at, incidentId, unitId, by });
      continue;
    }
    for (const assignment of active) {
      if (!outranks(incident, state.findIncident(assignment.incidentId))) {
        return refuse('unit-on-equal-or-higher-work', unitId);
      }
      events.push(endAssignment(assignment, 'preempted', incident.number, context));
    }
    events.push({ type: 'UnitDispatched', id, at, incidentId, unitId, by, etaSeconds });
  }
  return ok(events);
}

/**
 * Priority 1 is the most urgent. What has no priority yet outranks nothing, and is outranked by nothing either: it may
 * turn out to be the more urgent one.
 */
export function outranks(incident: Incident, other: Incident | undefined): boolean {
  return other === undefined || (incident.priority ?? Infinity) < (other.priority ?? 0);
}

/** A refusal when the unit may not be sent at all, apart from what it is working on. */
function fitness(
  unitId: string,
  state: ResponseState,
  { rules }: Context,
): Result<never, Refusal> | undefined {
  const unit = state.findUnit(unitId);
  if (!unit) return refuse('unit-unknown', unitId);
  if (unit.retired) return refuse('unit-retired', unitId);
  if (unit.duty === null) return refuse('unit-off-duty', unitId);
  if (unit.duty.crew.length < unit.minimumCrew) return refuse('crew-too-small', unitId);
  if (availabilityOf(unit, [], rules.effectOf) === 'unavailable') return refuse('unit-unavailable', unitId);
  return undefined;
}

/**
 * A crew's report is never thrown away: it is taken with its own event time, or noted as a discrepancy beside the
 * stamp that is kept. Reports may come late, twice, out of order, after the end, or from a device with a wrong clock.
 */
function takeReport(
  assignment: Assignment,
  stage: ReportedStage,
  happenedAt: Instant | null,
  { at, by }: Context,
): AssignmentEvent[] {
  const { id, stamps, endedAt } = assignment;
  const reported = happenedAt ?? at;
  const stamped = stamps[stage];
  const dispute = (kind: DiscrepancyKind, kept: Instant | null): AssignmentEvent => ({
    type: 'ReportDisputed',
    id,
    at,
    stage,
    kind,
    reported,
    kept,
  });

  const noted = assignment.discrepancies.some(
    (known) => known.stage === stage && known.reported === reported,
  );
  if (noted) return [];
  if (stamped !== undefined) {
    // A time slightly ahead of ours was stamped with ours: said again, it is still the same report.
    const same = reported >= stamped && reported <= stamped + CLOCK_TOLERANCE_MS;
    return happenedAt === null || same ? [] : [dispute('already-stamped', stamped)];
  }
  if (endedAt !== null && reported > endedAt) return [dispute('after-end', null)];

  const tooLate = reported > at + CLOCK_TOLERANCE_MS;
  const tooEarly = reported < (stamps.dispatched ?? assignment.createdAt);
  const taken = tooLate || tooEarly ? at : instant(Math.min(reported, at));
  if (endedAt !== null && taken > endedAt) return [dispute('after-end', null)];

  const events: AssignmentEvent[] = [{ type: 'ProgressReported', id, at: taken, stage, by }];
  if (tooLate) events.push(dispute('clock-ahead', taken));
  else if (tooEarly) events.push(dispute('before-dispatch', taken));
  else if (!inOrder(assignment, stage, taken)) events.push(dispute('out-of-order', taken));
  return events;
}

/** No earlier stage has a later time, and no later stage an earlier one. */
function inOrder(assignment: Assignment, stage: ReportedStage, at: Instant): boolean {
  const rank = PROGRESS_STAGES.indexOf(stage);
  return PROGRESS_STAGES.every((other, otherRank) => {
    const stamp = assignment.stamps[other];
    if (stamp === undefined) return true;
    return otherRank < rank ? stamp <= at : stamp >= at;
  });
}
