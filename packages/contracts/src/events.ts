import {
  CALL_CHANNELS,
  CALL_OUTCOMES,
  DISCREPANCY_KINDS,
  INCIDENT_SOURCES,
  LINK_RELATIONS,
  type ResponseEvent,
  SIDE_EXITS,
} from '@lamplight/domain';
import { z } from 'zod';
import {
  locationSchema,
  progressStageSchema,
  recommendationRecordSchema,
  reportedStageSchema,
  roadConditionSchema,
} from './entities.js';
import { instantSchema, lonLatSchema, prioritySchema, secondsSchema } from './primitives.js';

/** What the log holds: one schema for each type of event, read back through the same schema that wrote it. */

const text = z.string();
const by = z.string();

const happened = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ type: z.literal(type), id: text, at: instantSchema, ...shape });

const unitDescription = {
  callSign: text,
  unitType: text,
  capabilities: z.array(text).readonly(),
  stationId: text.nullable(),
  home: lonLatSchema.nullable(),
  minimumCrew: z.int(),
};

const { effect, place, matched, from, to, source, reason } = roadConditionSchema.unwrap().shape;

export const responseEventSchema = z.discriminatedUnion('type', [
  happened('CallReceived', {
    channel: z.enum(CALL_CHANNELS),
    externalId: text.nullable(),
    line: text.nullable(),
    callerNumber: text.nullable(),
    location: locationSchema.nullable(),
  }),
  happened('CallAnswered', { by }),
  happened('CallerDescribed', { callerName: text.nullable(), callerNumber: text.nullable() }),
  happened('CallerLocated', { location: locationSchema }),
  happened('CallLinked', { incidentId: text }),
  happened('CallUnlinked', { reason: text }),
  happened('CallEnded', { outcome: z.enum(CALL_OUTCOMES) }),
  happened('IncidentOpened', {
    number: text,
    externalId: text.nullable(),
    source: z.enum(INCIDENT_SOURCES),
    by,
    splitFrom: text.nullable(),
  }),
  happened('IncidentLocated', { location: locationSchema }),
  happened('IncidentClassified', { typeCode: text, priority: prioritySchema }),
  happened('IncidentQueued', {}),
  happened('UnitsRecommended', { recommendation: recommendationRecordSchema }),
  happened('AlarmRaised', { level: z.int(), by }),
  happened('NoteAdded', { by, text }),
  happened('IncidentLinked', { incidentId: text, relation: z.enum(LINK_RELATIONS) }),
  happened('IncidentUnlinked', { incidentId: text }),
  happened('IncidentMerged', { into: text, by }),
  happened('IncidentAbsorbed', { incidentId: text, number: text }),
  happened('IncidentSplit', { incidentId: text, number: text, reason: text }),
  happened('IncidentResolved', { by }),
  happened('LossRecovered', { by, description: text }),
  happened('IncidentSettled', { by, citizenTold: z.boolean() }),
  happened('IncidentCancelled', { by, reason: text }),
  happened('IncidentClosed', { by, disposition: text }),
  happened('IncidentReopened', { by, reason: text }),
  happened('UnitRegistered', unitDescription),
  happened('UnitDescribed', unitDescription),
  happened('UnitRetired', { reason: text }),
  happened('DutyBegun', { crew: z.array(text).readonly() }),
  happened('DutyEnded', {}),
  happened('UnitStatusSet', { code: text }),
  happened('AssignmentProposed', { incidentId: text, unitId: text, by }),
  happened('UnitDispatched', { incidentId: text, unitId: text, by, etaSeconds: secondsSchema.nullable() }),
  happened('ProgressReported', { stage: reportedStageSchema, by }),
  happened('ReportDisputed', {
    stage: reportedStageSchema,
    kind: z.enum(DISCREPANCY_KINDS),
    reported: instantSchema,
    kept: instantSchema.nullable(),
  }),
  happened('StampCorrected', { stage: progressStageSchema, to: instantSchema, by, reason: text }),
  happened('AssignmentMoved', { incidentId: text }),
  happened('EtaRevised', { etaSeconds: secondsSchema.nullable() }),
  happened('AssignmentEnded', { exit: z.enum(SIDE_EXITS), by, reason: text }),
  happened('RoadConditionDeclared', { effect, place, matched, from, to, source, reason, by }),
  happened('RoadConditionAmended', { effect, from, to, reason, by }),
  happened('RoadConditionLifted', { by, reason: text }),
  happened('RoadConditionExpired', { by }),
]) satisfies z.ZodType<ResponseEvent>;

/** An event with its envelope, as the timeline of an incident shows it. */
export const loggedEventSchema = z.object({
  position: z.int(),
  recordedAt: instantSchema,
  actor: text,
  device: text.nullable(),
  event: responseEventSchema,
});
export type LoggedResponseEvent = z.output<typeof loggedEventSchema>;
