import { type Instant, ok } from '@lamplight/base';
import type { ResponseState } from './board.js';
import type { PaperCommand } from './commands.js';
import { CLOCK_TOLERANCE_MS } from './decide-assignment.js';
import type { Context, Decision } from './decision.js';
import { isActive, REPORTED_STAGES } from './entities.js';
import type { ResponseEvent } from './events.js';
import { refuse } from './refuse.js';

/**
 * What was done on paper is entered as it happened, all or nothing: each event has the time of the card, and the log
 * keeps beside it when it was entered. Rules about who may be sent now say nothing of what was done then, so that a unit
 * that has gone off duty since is no obstacle; but nobody is left on two orders at once.
 */
export function decidePaper(command: PaperCommand, state: ResponseState, context: Context): Decision {
  const { at, by, rules } = context;
  const { incidentId: id, callId, orders, closed, beganAt, ringAt } = command;
  if (state.findIncident(id)) return refuse('incident-already-known', id);
  const usual = rules.defaultPriority(command.classification.typeCode);
  if (usual === undefined) return refuse('incident-type-unknown', command.classification.typeCode);
  if (closed && !rules.isDisposition(closed.disposition))
    return refuse('disposition-unknown', closed.disposition);
  const future = timesOf(command).find((time) => time > at + CLOCK_TOLERANCE_MS);
  if (future !== undefined) return refuse('time-in-future', new Date(future).toISOString());

  const events: ResponseEvent[] = [];
  if (callId !== null) {
    if (state.findCall(callId)) return refuse('call-already-known', callId);
    const { callerName, callerNumber, location, answeredAt } = command;
    events.push({
      type: 'CallReceived',
      id: callId,
      at: ringAt ?? beganAt,
      channel: 'voice',
      externalId: null,
      line: null,
      callerNumber,
      location,
    });
    events.push({ type: 'CallAnswered', id: callId, at: answeredAt ?? beganAt, by });
    if (callerName !== null)
      events.push({ type: 'CallerDescribed', id: callId, at: beganAt, callerName, callerNumber });
  }
  events.push({
    type: 'IncidentOpened',
    id,
    at: beganAt,
    number: `${command.day}-${String(state.highestNumber(command.day) + 1).padStart(4, '0')}`,
    externalId: command.paperNumber,
    source: 'paper',
    by,
    splitFrom: null,
  });
  if (callId !== null) events.push({ type: 'CallLinked', id: callId, at: beganAt, incidentId: id });
  const { typeCode, priority } = command.classification;
  events.push({ type: 'IncidentLocated', id, at: beganAt, location: command.location });
  events.push({ type: 'IncidentClassified', id, at: beganAt, typeCode, priority: priority ?? usual });
  if (command.location.position) events.push({ type: 'IncidentQueued', id, at: beganAt });
  for (const note of command.notes) events.push({ type: 'NoteAdded', id, at: note.at, by, text: note.text });

  const sent = new Set<string>();
  for (const { assignmentId, unitId, stamps } of orders) {
    if (sent.has(unitId)) return refuse('unit-repeated', unitId);
    sent.add(unitId);
    const unit = state.findUnit(unitId);
    if (!unit) return refuse('unit-unknown', unitId);
    if (state.findAssignment(assignmentId)) return refuse('assignment-already-known', assignmentId);
    if (stamps.cleared === undefined) {
      if (closed) return refuse('assignments-active', id);
      if (state.stackOf(unitId).some(isActive)) return refuse('unit-committed', unitId);
    }
    events.push({
      type: 'UnitDispatched',
      id: assignmentId,
      at: stamps.dispatched,
      incidentId: id,
      unitId,
      by,
      etaSeconds: null,
    });
    for (const stage of REPORTED_STAGES) {
      const stamp = stamps[stage];
      if (stamp !== undefined)
        events.push({ type: 'ProgressReported', id: assignmentId, at: stamp, stage, by });
    }
  }
  if (callId !== null) events.push({ type: 'CallEnded', id: callId, at: beganAt, outcome: 'completed' });
  if (closed) events.push({ type: 'IncidentClosed', id, at: closed.at, by, disposition: closed.disposition });
  return ok(events);
}

function timesOf({ beganAt, ringAt, answeredAt, notes, orders, closed }: PaperCommand): readonly Instant[] {
  return [
    beganAt,
    ...(ringAt === null ? [] : [ringAt]),
    ...(answeredAt === null ? [] : [answeredAt]),
    ...notes.map((note) => note.at),
    ...orders.flatMap(({ stamps }) => Object.values(stamps).filter((stamp) => stamp !== undefined)),
    ...(closed ? [closed.at] : []),
  ];
}
