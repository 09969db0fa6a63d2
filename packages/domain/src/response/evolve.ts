import { exhaustive } from '@lamplight/base';
import {
  type Assignment,
  type Call,
  type Incident,
  PROGRESS_STAGES,
  type ProgressStage,
  SIDE_EXITS,
  type Unit,
} from './entities.js';
import type { AssignmentEvent, CallEvent, ConditionEvent, IncidentEvent, UnitEvent } from './events.js';
import type { RoadCondition } from './road-condition.js';

/**
 * Folds: an entity before, and what happened, give the entity after. An event that does not open an entity and finds
 * none is a broken log, and throws.
 */

function existing<Entity>(entity: Entity | undefined, event: { type: string; id: string }): Entity {
  if (entity === undefined) throw new Error(`${event.type} for ${event.id}, which does not exist`);
  return entity;
}

export function evolveCall(before: Call | undefined, event: CallEvent): Call {
  if (event.type === 'CallReceived') {
    return {
      id: event.id,
      version: 1,
      channel: event.channel,
      externalId: event.externalId,
      line: event.line,
      callerNumber: event.callerNumber,
      callerName: null,
      location: event.location,
      ringAt: event.at,
      answeredAt: null,
      answeredBy: null,
      endedAt: null,
      outcome: null,
      incidentId: null,
    };
  }
  const known = existing(before, event);
  const call: Call = { ...known, version: known.version + 1 };
  switch (event.type) {
    case 'CallAnswered':
      return { ...call, answeredAt: event.at, answeredBy: event.by };
    case 'CallerDescribed':
      return {
        ...call,
        callerName: event.callerName ?? call.callerName,
        callerNumber: event.callerNumber ?? call.callerNumber,
      };
    case 'CallerLocated':
      return { ...call, location: event.location };
    case 'CallLinked':
      return { ...call, incidentId: event.incidentId };
    case 'CallUnlinked':
      return { ...call, incidentId: null };
    case 'CallEnded':
      return { ...call, endedAt: event.at, outcome: event.outcome };
    default:
      return exhaustive(event);
  }
}

export function evolveIncident(before: Incident | undefined, event: IncidentEvent): Incident {
  if (event.type === 'IncidentOpened') {
    return {
      id: event.id,
      version: 1,
      number: event.number,
      externalId: event.externalId,
      source: event.source,
      status: 'open',
      typeCode: null,
      priority: null,
      alarmLevel: 1,
      location: null,
      openedAt: event.at,
      openedBy: event.by,
      stamps: {
        located: null,
        classified: null,
        queued: null,
        recommended: null,
        resolved: null,
        recovered: null,
        settled: null,
        closed: null,
      },
      notes: [],
      links: [],
      mergedInto: null,
      splitFrom: event.splitFrom,
      disposition: null,
      cancelReason: null,
      reopenings: [],
      recommendation: null,
    };
  }
  const known = existing(before, event);
  const incident: Incident = { ...known, version: known.version + 1 };
  const stamps = incident.stamps;
  switch (event.type) {
    case 'IncidentLocated':
      return {
        ...incident,
        location: event.location,
        stamps: event.location.position ? { ...stamps, located: stamps.located ?? event.at } : stamps,
      };
    case 'IncidentClassified':
      return {
        ...incident,
        typeCode: event.typeCode,
        priority: event.priority,
        stamps: { ...stamps, classified: stamps.classified ?? event.at },
      };
    case 'IncidentQueued':
      return { ...incident, stamps: { ...stamps, queued: event.at } };
    case 'UnitsRecommended':
      return {
        ...incident,
        recommendation: event.recommendation,
        stamps: { ...stamps, recommended: stamps.recommended ?? event.at },
      };
    case 'AlarmRaised':
      return { ...incident, alarmLevel: event.level };
    case 'NoteAdded':
      return { ...incident, notes: [...incident.notes, { at: event.at, by: event.by, text: event.text }] };
    case 'IncidentLinked':
      return {
        ...incident,
        links: [
          ...incident.links.filter((link) => link.incidentId !== event.incidentId),
          { incidentId: event.incidentId, relation: event.relation },
        ],
      };
    case 'IncidentUnlinked':
      return { ...incident, links: incident.links.filter((link) => link.incidentId !== event.incidentId) };
    case 'IncidentMerged':
      return {
        ...incident,
        status: 'merged',
        mergedInto: event.into,
        stamps: { ...stamps, closed: event.at },
      };
    case 'IncidentAbsorbed':
    case 'IncidentSplit':
      return incident;
    case 'IncidentResolved':
      return { ...incident, stamps: { ...stamps, resolved: stamps.resolved ?? event.at } };
    case 'LossRecovered':
      return { ...incident, stamps: { ...stamps, recovered: stamps.recovered ?? event.at } };
    case 'IncidentSettled':
      return { ...incident, stamps: { ...stamps, settled: stamps.settled ?? event.at } };
    case 'IncidentCancelled':
      return {
        ...incident,
        status: 'cancelled',
        cancelReason: event.reason,
        stamps: { ...stamps, closed: event.at },
      };
    case 'IncidentClosed':
      return {
        ...incident,
        status: 'closed',
        disposition: event.disposition,
        stamps: { ...stamps, closed: event.at },
      };
    case 'IncidentReopened':
      return {
        ...incident,
        status: 'open',
        cancelReason: null,
        disposition: null,
        reopenings: [...incident.reopenings, { at: event.at, by: event.by, reason: event.reason }],
        stamps: { ...stamps, closed: null, resolved: null, settled: null },
      };
    default:
      return exhaustive(event);
  }
}

export function evolveUnit(before: Unit | undefined, event: UnitEvent): Unit {
  if (event.type === 'UnitRegistered') {
    return {
      id: event.id,
      version: 1,
      ...describe(event),
      retired: false,
      duty: null,
      status: null,
    };
  }
  const known = existing(before, event);
  const unit: Unit = { ...known, version: known.version + 1 };
  switch (event.type) {
    case 'UnitDescribed':
      return { ...unit, ...describe(event), retired: false };
    case 'UnitRetired':
      return { ...unit, retired: true };
    case 'DutyBegun':
      return { ...unit, duty: { since: event.at, crew: event.crew }, status: null };
    case 'DutyEnded':
      return { ...unit, duty: null, status: null };
    case 'UnitStatusSet':
      return { ...unit, status: { code: event.code, since: event.at } };
    default:
      return exhaustive(event);
  }
}

function describe(event: Extract<UnitEvent, { type: 'UnitRegistered' | 'UnitDescribed' }>) {
  const { callSign, unitType, capabilities, stationId, home, minimumCrew } = event;
  return { callSign, unitType, capabilities, stationId, home, minimumCrew };
}

export function evolveAssignment(before: Assignment | undefined, event: AssignmentEvent): Assignment {
  if (event.type === 'AssignmentProposed' || (event.type === 'UnitDispatched' && before === undefined)) {
    const stage = event.type === 'UnitDispatched' ? 'dispatched' : 'proposed';
    return {
      id: event.id,
      version: 1,
      incidentId: event.incidentId,
      unitId: event.unitId,
      stage,
      stamps: { [stage]: event.at },
      createdAt: event.at,
      createdBy: event.by,
      etaSeconds: event.type === 'UnitDispatched' ? event.etaSeconds : null,
      revisedEta: null,
      endedAt: null,
      endReason: null,
      discrepancies: [],
      corrections: [],
    };
  }
  const known = existing(before, event);
  const assignment: Assignment = { ...known, version: known.version + 1 };
  switch (event.type) {
    case 'UnitDispatched':
      return {
        ...assignment,
        stage: 'dispatched',
        stamps: { ...assignment.stamps, dispatched: event.at },
        etaSeconds: event.etaSeconds,
      };
    case 'ProgressReported': {
      const stamps = { ...assignment.stamps, [event.stage]: event.at };
      if (assignment.endedAt !== null) return { ...assignment, stamps };
      return {
        ...assignment,
        stamps,
        stage: furthest(assignment.stage, event.stage),
        endedAt: event.stage === 'cleared' ? event.at : null,
      };
    }
    case 'ReportDisputed': {
      const { stage, kind, reported, kept, at } = event;
      return {
        ...assignment,
        discrepancies: [...assignment.discrepancies, { stage, kind, reported, kept, notedAt: at }],
      };
    }
    case 'StampCorrected': {
      const { stage, to, by, reason, at } = event;
      const from = assignment.stamps[stage] ?? null;
      const corrected: Assignment = {
        ...assignment,
        stamps: { ...assignment.stamps, [stage]: to },
        corrections: [...assignment.corrections, { stage, from, to, by, at, reason }],
      };
      // A stamp that the crew forgot to report counts as if it had; a side exit stays one.
      if (isSideExit(assignment.stage)) return corrected;
      return {
        ...corrected,
        stage: furthest(assignment.stage, stage),
        endedAt: stage === 'cleared' ? to : assignment.endedAt,
      };
    }
    case 'AssignmentMoved':
      return { ...assignment, incidentId: event.incidentId };
    case 'EtaRevised':
      return { ...assignment, revisedEta: { at: event.at, seconds: event.etaSeconds } };
    case 'AssignmentEnded':
      return { ...assignment, stage: event.exit, endedAt: event.at, endReason: event.reason };
    default:
      return exhaustive(event);
  }
}

export function evolveCondition(before: RoadCondition | undefined, event: ConditionEvent): RoadCondition {
  if (event.type === 'RoadConditionDeclared') {
    const { id, effect, place, matched, from, to, source, reason, at, by } = event;
    const declared = { declaredAt: at, declaredBy: by, amended: null, ended: null };
    return { id, version: 1, effect, place, matched, from, to, source, reason, ...declared };
  }
  const known = existing(before, event);
  const condition: RoadCondition = { ...known, version: known.version + 1 };
  const { at, by } = event;
  switch (event.type) {
    case 'RoadConditionAmended': {
      const { effect, from, to, reason } = event;
      // Of one whose expiry was recorded too soon: it goes on.
      return { ...condition, effect, from, to, reason, amended: { at, by }, ended: null };
    }
    case 'RoadConditionLifted':
      return { ...condition, ended: { at, by, how: 'lifted', reason: event.reason } };
    case 'RoadConditionExpired':
      return { ...condition, ended: { at, by, how: 'expired', reason: null } };
    default:
      return exhaustive(event);
  }
}

function isSideExit(stage: Assignment['stage']): boolean {
  const exits: readonly string[] = SIDE_EXITS;
  return exits.includes(stage);
}

function furthest(stage: Assignment['stage'], reported: ProgressStage): Assignment['stage'] {
  const stages: readonly string[] = PROGRESS_STAGES;
  return stages.indexOf(reported) > stages.indexOf(stage) ? reported : stage;
}
