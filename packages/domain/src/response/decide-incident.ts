import { exhaustive, ok } from '@lamplight/base';
import type { ResponseState } from './board.js';
import type { Classification, IncidentCommand } from './commands.js';
import { endAssignment } from './decide-assignment.js';
import type { Context, Decision } from './decision.js';
import {
  type Incident,
  isActive,
  isEnded,
  type LinkRelation,
  type Location,
  refineLocation,
} from './entities.js';
import type { IncidentEvent, ResponseEvent } from './events.js';
import { refuse } from './refuse.js';

const INVERSE: Readonly<Record<LinkRelation, LinkRelation>> = {
  parent: 'child',
  child: 'parent',
  related: 'related',
};

export function decideIncident(command: IncidentCommand, state: ResponseState, context: Context): Decision {
  const { at, by } = context;
  const id = command.incidentId;
  const incident = state.findIncident(id);

  if (command.type === 'OpenIncident') return open(command, state, context);
  if (!incident) return refuse('incident-unknown', id);

  switch (command.type) {
    case 'ReopenIncident':
      if (incident.status === 'open') return ok([]);
      if (incident.status === 'merged') return refuse('incident-not-open', id);
      return ok([{ type: 'IncidentReopened', id, at, by, reason: command.reason }]);
    case 'RecordRecovery':
      return ok([{ type: 'LossRecovered', id, at, by, description: command.description }]);
    case 'SettleIncident':
      if (incident.status === 'open') return refuse('incident-still-open', id);
      return ok([{ type: 'IncidentSettled', id, at, by, citizenTold: command.citizenTold }]);
    case 'AddNote':
      // A note may be added after closing: what becomes known later belongs to the record.
      return ok([{ type: 'NoteAdded', id, at, by, text: command.text }]);
    default:
      return incident.status === 'open'
        ? changeOpen(command, incident, state, context)
        : refuse('incident-not-open', id);
  }
}

function changeOpen(
  command: Exclude<
    IncidentCommand,
    { type: 'OpenIncident' | 'ReopenIncident' | 'RecordRecovery' | 'SettleIncident' | 'AddNote' }
  >,
  incident: Incident,
  state: ResponseState,
  context: Context,
): Decision {
  const { at, by, rules } = context;
  const { id } = incident;

  switch (command.type) {
    case 'LocateIncident':
      return ok(locate(incident, command.location, context));

    case 'ClassifyIncident': {
      const events = classify(incident, command, context);
      return events ? ok(events) : refuse('incident-type-unknown', command.typeCode);
    }

    case 'RecordRecommendation':
      if (incident.typeCode === null) return refuse('incident-not-classified', id);
      if (!incident.location?.position) return refuse('incident-not-located', id);
      return ok([{ type: 'UnitsRecommended', id, at, recommendation: command.recommendation }]);

    case 'RaiseAlarm':
      if (incident.typeCode === null) return refuse('incident-not-classified', id);
      if (command.level <= incident.alarmLevel)
        return refuse('alarm-level-not-higher', String(command.level));
      if (command.level > rules.highestAlarmLevel(incident.typeCode)) {
        return refuse('alarm-level-unknown', String(command.level));
      }
      return ok([{ type: 'AlarmRaised', id, at, level: command.level, by }]);

    case 'LinkIncidents': {
      const { otherId, relation } = command;
      if (otherId === id) return refuse('incident-same', id);
      if (!state.findIncident(otherId)) return refuse('incident-unknown', otherId);
      if (incident.links.some((link) => link.incidentId === otherId && link.relation === relation))
        return ok([]);
      return ok([
        { type: 'IncidentLinked', id, at, incidentId: otherId, relation },
        { type: 'IncidentLinked', id: otherId, at, incidentId: id, relation: INVERSE[relation] },
      ]);
    }

    case 'UnlinkIncidents': {
      const { otherId } = command;
      if (!incident.links.some((link) => link.incidentId === otherId))
        return refuse('incident-not-linked', otherId);
      return ok([
        { type: 'IncidentUnlinked', id, at, incidentId: otherId },
        { type: 'IncidentUnlinked', id: otherId, at, incidentId: id },
      ]);
    }

    case 'MergeIncident':
      return merge(incident, command.into, state, context);

    case 'SplitIncident':
      return split(command, incident, state, context);

    case 'ResolveIncident':
      return incident.stamps.resolved === null ? ok([{ type: 'IncidentResolved', id, at, by }]) : ok([]);

    case 'CancelIncident':
      return ok([
        ...state
          .assignmentsOf(id)
          .filter((assignment) => !isEnded(assignment))
          .map((assignment) => endAssignment(assignment, 'cancelled', command.reason, context)),
        { type: 'IncidentCancelled', id, at, by, reason: command.reason },
      ]);

    case 'CloseIncident': {
      if (!rules.isDisposition(command.disposition))
        return refuse('disposition-unknown', command.disposition);
      const assignments = state.assignmentsOf(id).filter((assignment) => !isEnded(assignment));
      if (assignments.some(isActive)) return refuse('assignments-active', id);
      return ok([
        ...assignments.map((proposed) => endAssignment(proposed, 'cancelled', 'incident-closed', context)),
        { type: 'IncidentClosed', id, at, by, disposition: command.disposition },
      ]);
    }

    default:
      return exhaustive(command);
  }
}

function open(
  command: Extract<IncidentCommand, { type: 'OpenIncident' }>,
  state: ResponseState,
  context: Context,
): Decision {
  const { at, by } = context;
  const id = command.incidentId;
  if (state.findIncident(id)) return refuse('incident-already-known', id);
  const call = command.callId === null ? undefined : state.findCall(command.callId);
  if (command.callId !== null) {
    if (!call) return refuse('call-unknown', command.callId);
    if (call.incidentId !== null) return refuse('call-already-linked', call.id);
  }

  const { source, externalId, day } = command;
  const number = nextNumber(day, state);
  const events: ResponseEvent[] = [
    { type: 'IncidentOpened', id, at, number, externalId, source, by, splitFrom: null },
  ];
  if (call) events.push({ type: 'CallLinked', id: call.id, at, incidentId: id });

  const told = call?.location ?? null;
  const location = command.location ? refineLocation(command.location, told) : told;
  const blank = { id, stamps: { queued: null }, typeCode: null, location: null };
  if (location) events.push(...locate(blank, location, context));
  if (command.classification) {
    const classified = classify({ ...blank, location }, command.classification, context);
    if (!classified) return refuse('incident-type-unknown', command.classification.typeCode);
    events.push(...classified);
  }
  if (command.note !== null) events.push({ type: 'NoteAdded', id, at, by, text: command.note });
  return ok(events);
}

/** What locating and classifying need to know of an incident. */
interface Facts {
  readonly id: string;
  readonly stamps: { readonly queued: Incident['stamps']['queued'] };
  readonly typeCode: string | null;
  readonly location: Location | null;
}

function locate(incident: Facts, location: Location, { at }: Context): IncidentEvent[] {
  const { id } = incident;
  const known = refineLocation(location, incident.location);
  const events: IncidentEvent[] = [{ type: 'IncidentLocated', id, at, location: known }];
  if (known.position && incident.typeCode !== null && incident.stamps.queued === null) {
    events.push({ type: 'IncidentQueued', id, at });
  }
  return events;
}

/** `undefined` when the type is not in the catalogue. */
function classify(
  incident: Facts,
  wanted: Classification,
  { at, rules }: Context,
): IncidentEvent[] | undefined {
  const { id } = incident;
  const usual = rules.defaultPriority(wanted.typeCode);
  if (usual === undefined) return undefined;
  const events: IncidentEvent[] = [
    { type: 'IncidentClassified', id, at, typeCode: wanted.typeCode, priority: wanted.priority ?? usual },
  ];
  if (incident.location?.position && incident.stamps.queued === null) {
    events.push({ type: 'IncidentQueued', id, at });
  }
  return events;
}

/** The other incident takes over the calls and the crews; this one ends as merged. */
function merge(incident: Incident, into: string, state: ResponseState, { at, by }: Context): Decision {
  const { id } = incident;
  if (into === id) return refuse('incident-same', id);
  const target = state.findIncident(into);
  if (!target) return refuse('incident-unknown', into);
  if (target.status !== 'open') return refuse('incident-not-open', into);
  const moving = state.assignmentsOf(id);
  const present = new Set(
    state
      .assignmentsOf(into)
      .filter((assignment) => !isEnded(assignment))
      .map((assignment) => assignment.unitId),
  );
  const twice = moving.find((assignment) => !isEnded(assignment) && present.has(assignment.unitId));
  if (twice) return refuse('unit-already-assigned', twice.unitId);
  return ok([
    ...state.callsOf(id).map((call) => ({ type: 'CallLinked' as const, id: call.id, at, incidentId: into })),
    ...moving.map((assignment) => ({
      type: 'AssignmentMoved' as const,
      id: assignment.id,
      at,
      incidentId: into,
    })),
    { type: 'IncidentAbsorbed', id: into, at, incidentId: id, number: incident.number },
    { type: 'IncidentMerged', id, at, into, by },
  ]);
}

/** Some of the calls and crews turn out to belong to something else: they move to a new incident. */
function split(
  command: Extract<IncidentCommand, { type: 'SplitIncident' }>,
  incident: Incident,
  state: ResponseState,
  { at, by }: Context,
): Decision {
  const { newIncidentId, callIds, assignmentIds, day, reason } = command;
  const { id } = incident;
  if (state.findIncident(newIncidentId)) return refuse('incident-already-known', newIncidentId);
  if (callIds.length + assignmentIds.length === 0) return refuse('nothing-to-split', id);
  const calls = new Set(callIds);
  const assignments = new Set(assignmentIds);
  const strayCall = [...calls].find((callId) => state.findCall(callId)?.incidentId !== id);
  if (strayCall !== undefined) return refuse('call-not-linked', strayCall);
  const stray = [...assignments].find((each) => state.findAssignment(each)?.incidentId !== id);
  if (stray !== undefined) return refuse('assignment-elsewhere', stray);

  const number = nextNumber(day, state);
  const events: ResponseEvent[] = [
    {
      type: 'IncidentOpened',
      id: newIncidentId,
      at,
      number,
      externalId: null,
      source: 'split',
      by,
      splitFrom: id,
    },
    { type: 'IncidentSplit', id, at, incidentId: newIncidentId, number, reason },
    { type: 'IncidentLinked', id, at, incidentId: newIncidentId, relation: 'related' },
    { type: 'IncidentLinked', id: newIncidentId, at, incidentId: id, relation: 'related' },
  ];
  if (incident.location) {
    events.push({ type: 'IncidentLocated', id: newIncidentId, at, location: incident.location });
  }
  for (const callId of calls) events.push({ type: 'CallLinked', id: callId, at, incidentId: newIncidentId });
  for (const assignmentId of assignments) {
    events.push({ type: 'AssignmentMoved', id: assignmentId, at, incidentId: newIncidentId });
  }
  return ok(events);
}

function nextNumber(day: string, state: ResponseState): string {
  return `${day}-${String(state.highestNumber(day) + 1).padStart(4, '0')}`;
}
