import {
  type Assignment,
  CALL_CHANNELS,
  CALL_OUTCOMES,
  type Call,
  CONDITION_ENDINGS,
  DISCREPANCY_KINDS,
  DRIVING_DIRECTIONS,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type Incident,
  LINK_RELATIONS,
  LOCATION_METHODS,
  type Location,
  PROGRESS_STAGES,
  REPORTED_STAGES,
  type RecommendationRecord,
  type RoadCondition,
  type RoadEffect,
  type RoadPlace,
  SIDE_EXITS,
  type Unit,
} from '@lamplight/domain';
import { z } from 'zod';
import {
  boundingBoxSchema,
  instantSchema,
  lonLatSchema,
  metresSchema,
  prioritySchema,
  secondsSchema,
} from './primitives.js';

/** Entities as they cross the wire and as they are kept in projections: the domain's own shapes, instants as text. */

const text = z.string();
const moment = instantSchema.nullable();

export const locationSchema = z
  .object({
    position: lonLatSchema.nullable(),
    accuracy: metresSchema.nullable(),
    method: z.enum(LOCATION_METHODS),
    words: text.max(500).nullable(),
    label: text.max(200).nullable(),
  })
  .readonly() satisfies z.ZodType<Location>;

export const callSchema = z
  .object({
    id: text,
    version: z.int(),
    channel: z.enum(CALL_CHANNELS),
    externalId: text.nullable(),
    line: text.nullable(),
    callerNumber: text.nullable(),
    callerName: text.nullable(),
    location: locationSchema.nullable(),
    ringAt: instantSchema,
    answeredAt: moment,
    answeredBy: text.nullable(),
    endedAt: moment,
    outcome: z.enum(CALL_OUTCOMES).nullable(),
    incidentId: text.nullable(),
  })
  .readonly()
  .meta({ id: 'Call' }) satisfies z.ZodType<Call>;

export const recommendationRecordSchema = z
  .object({
    at: instantSchema,
    alarmLevel: z.int(),
    candidates: z
      .array(
        z
          .object({
            unitId: text,
            etaSeconds: secondsSchema,
            positionAgeSeconds: secondsSchema.nullable(),
            suggested: z.boolean(),
            divertFrom: text.nullable(),
          })
          .readonly(),
      )
      .readonly(),
    requirements: z
      .array(
        z
          .object({
            capability: text,
            required: z.int(),
            assigned: z.int(),
            suggested: z.int(),
            lacking: z.int(),
          })
          .readonly(),
      )
      .readonly(),
    excluded: z.record(text, z.int()).readonly(),
  })
  .readonly() satisfies z.ZodType<RecommendationRecord>;

export const incidentSchema = z
  .object({
    id: text,
    version: z.int(),
    number: text,
    externalId: text.nullable(),
    source: z.enum(INCIDENT_SOURCES),
    status: z.enum(INCIDENT_STATUSES),
    typeCode: text.nullable(),
    priority: prioritySchema.nullable(),
    alarmLevel: z.int(),
    location: locationSchema.nullable(),
    openedAt: instantSchema,
    openedBy: text,
    stamps: z
      .object({
        located: moment,
        classified: moment,
        queued: moment,
        recommended: moment,
        resolved: moment,
        recovered: moment,
        settled: moment,
        closed: moment,
      })
      .readonly(),
    notes: z.array(z.object({ at: instantSchema, by: text, text }).readonly()).readonly(),
    links: z.array(z.object({ incidentId: text, relation: z.enum(LINK_RELATIONS) }).readonly()).readonly(),
    mergedInto: text.nullable(),
    splitFrom: text.nullable(),
    disposition: text.nullable(),
    cancelReason: text.nullable(),
    reopenings: z.array(z.object({ at: instantSchema, by: text, reason: text }).readonly()).readonly(),
    recommendation: recommendationRecordSchema.nullable(),
  })
  .readonly()
  .meta({ id: 'Incident' }) satisfies z.ZodType<Incident>;

export const unitSchema = z
  .object({
    id: text,
    version: z.int(),
    callSign: text,
    unitType: text,
    capabilities: z.array(text).readonly(),
    stationId: text.nullable(),
    home: lonLatSchema.nullable(),
    minimumCrew: z.int(),
    retired: z.boolean(),
    duty: z
      .object({ since: instantSchema, crew: z.array(text).readonly() })
      .readonly()
      .nullable(),
    status: z.object({ code: text, since: instantSchema }).readonly().nullable(),
  })
  .readonly()
  .meta({ id: 'Unit' }) satisfies z.ZodType<Unit>;

export const progressStageSchema = z.enum(PROGRESS_STAGES);
export const reportedStageSchema = z.enum(REPORTED_STAGES);

export const assignmentSchema = z
  .object({
    id: text,
    version: z.int(),
    incidentId: text,
    unitId: text,
    stage: z.enum([...PROGRESS_STAGES, ...SIDE_EXITS]),
    stamps: z
      .object({
        proposed: z.exactOptional(instantSchema),
        dispatched: z.exactOptional(instantSchema),
        acknowledged: z.exactOptional(instantSchema),
        enroute: z.exactOptional(instantSchema),
        staged: z.exactOptional(instantSchema),
        onScene: z.exactOptional(instantSchema),
        actionBegun: z.exactOptional(instantSchema),
        transporting: z.exactOptional(instantSchema),
        atDestination: z.exactOptional(instantSchema),
        cleared: z.exactOptional(instantSchema),
      })
      .readonly(),
    createdAt: instantSchema,
    createdBy: text,
    etaSeconds: secondsSchema.nullable(),
    revisedEta: z.object({ at: instantSchema, seconds: secondsSchema.nullable() }).readonly().nullable(),
    endedAt: moment,
    endReason: text.nullable(),
    discrepancies: z
      .array(
        z
          .object({
            stage: reportedStageSchema,
            kind: z.enum(DISCREPANCY_KINDS),
            reported: instantSchema,
            kept: moment,
            notedAt: instantSchema,
          })
          .readonly(),
      )
      .readonly(),
    corrections: z
      .array(
        z
          .object({
            stage: progressStageSchema,
            from: moment,
            to: instantSchema,
            by: text,
            at: instantSchema,
            reason: text,
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly()
  .meta({ id: 'Assignment' }) satisfies z.ZodType<Assignment>;

export const roadEffectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('closed') }).readonly(),
  /** `factor` is the share of the usual speed that is left. */
  z.object({ kind: z.literal('slowed'), factor: z.number() }).readonly(),
]) satisfies z.ZodType<RoadEffect>;

const direction = z.enum(DRIVING_DIRECTIONS);
const positions = z.array(lonLatSchema).readonly();

export const roadPlaceSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('edges'),
      edges: z.array(z.object({ way: z.int(), position: lonLatSchema }).readonly()).readonly(),
      direction,
    })
    .readonly(),
  z.object({ kind: z.literal('street'), name: text, within: boundingBoxSchema.nullable() }).readonly(),
  z.object({ kind: z.literal('polygon'), rings: z.array(positions).readonly() }).readonly(),
  z.object({ kind: z.literal('line'), points: positions, width: metresSchema, direction }).readonly(),
]) satisfies z.ZodType<RoadPlace>;

export const roadConditionSchema = z
  .object({
    id: text,
    version: z.int(),
    effect: roadEffectSchema,
    place: roadPlaceSchema,
    matched: z.int().nullable(),
    from: instantSchema,
    to: moment,
    source: text,
    reason: text,
    declaredAt: instantSchema,
    declaredBy: text,
    amended: z.object({ at: instantSchema, by: text }).readonly().nullable(),
    ended: z
      .object({ at: instantSchema, by: text, how: z.enum(CONDITION_ENDINGS), reason: text.nullable() })
      .readonly()
      .nullable(),
  })
  .readonly()
  .meta({ id: 'RoadCondition' }) satisfies z.ZodType<RoadCondition>;
