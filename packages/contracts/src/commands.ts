import {
  CALL_CHANNELS,
  CALL_OUTCOMES,
  DRIVING_DIRECTIONS,
  INCIDENT_SOURCES,
  LINK_RELATIONS,
} from '@lamplight/domain';
import { z } from 'zod';
import { locationSchema, progressStageSchema, reportedStageSchema } from './entities.js';
import {
  boundingBoxSchema,
  codeSchema,
  identifierSchema,
  instantSchema,
  lonLatSchema,
  metresSchema,
  newIdSchema,
  prioritySchema,
  textSchema,
} from './primitives.js';

/**
 * Request bodies of the commands. What a client leaves out is `null` or a stated default; what it sends too much is
 * refused, so that a misspelt field does not vanish.
 */

/** Every command carries an `Idempotency-Key` header: a retry with the same key gets the first answer. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{8,128}$/, 'must be 8 to 128 printable ASCII characters without spaces');

const reason = textSchema(500);

export const locationInputSchema = z
  .strictObject({
    position: lonLatSchema.nullable().default(null),
    accuracy: locationSchema.unwrap().shape.accuracy.default(null),
    method: locationSchema.unwrap().shape.method.default('words'),
    words: textSchema(500).nullable().default(null),
    label: textSchema(200).nullable().default(null),
  })
  .refine(
    ({ position, words }) => position !== null || words !== null,
    'needs a position or the words of the caller',
  );

const classification = {
  typeCode: codeSchema.toUpperCase(),
  priority: prioritySchema.nullable().default(null),
};

export const receiveCallBody = z.strictObject({
  callId: newIdSchema,
  channel: z.enum(CALL_CHANNELS).default('voice'),
  externalId: textSchema(100).nullable().default(null),
  line: textSchema(50).nullable().default(null),
  callerNumber: textSchema(50).nullable().default(null),
  location: locationInputSchema.nullable().default(null),
  ringAt: instantSchema.nullable().default(null),
});

export const describeCallerBody = z.strictObject({
  callerName: textSchema(100).nullable().default(null),
  callerNumber: textSchema(50).nullable().default(null),
});
export const locateBody = z.strictObject({ location: locationInputSchema });
export const linkCallBody = z.strictObject({ incidentId: identifierSchema });
export const reasonBody = z.strictObject({ reason });
export const endCallBody = z.strictObject({ outcome: z.enum(CALL_OUTCOMES) });

export const openIncidentBody = z.strictObject({
  incidentId: newIdSchema,
  source: z.enum(INCIDENT_SOURCES).exclude(['split', 'paper']).default('call'),
  externalId: textSchema(100).nullable().default(null),
  callId: identifierSchema.nullable().default(null),
  location: locationInputSchema.nullable().default(null),
  classification: z.strictObject(classification).nullable().default(null),
  note: textSchema(4000).nullable().default(null),
});

export const classifyIncidentBody = z.strictObject(classification);
export const raiseAlarmBody = z.strictObject({ level: z.int().min(2).max(20) });
export const addNoteBody = z.strictObject({ text: textSchema(4000) });
export const linkIncidentsBody = z.strictObject({
  otherId: identifierSchema,
  relation: z.enum(LINK_RELATIONS),
});
export const unlinkIncidentsBody = z.strictObject({ otherId: identifierSchema });
export const mergeIncidentBody = z.strictObject({ into: identifierSchema });
export const splitIncidentBody = z.strictObject({
  newIncidentId: newIdSchema,
  callIds: z.array(identifierSchema).max(500).default([]),
  assignmentIds: z.array(identifierSchema).max(500).default([]),
  reason,
});
export const recordRecoveryBody = z.strictObject({ description: textSchema(1000) });
export const settleIncidentBody = z.strictObject({ citizenTold: z.boolean() });
export const closeIncidentBody = z.strictObject({ disposition: codeSchema });

export const dispatchUnitsBody = z.strictObject({
  unitIds: z.array(identifierSchema).min(1, 'must name at least one unit').max(200),
  /** What to do with units on other work: refuse the order, take them off lower-priority work, or stack it. */
  whenCommitted: z.enum(['refuse', 'preempt', 'stack']).default('refuse'),
});

export const reportProgressBody = z.strictObject({
  stage: reportedStageSchema,
  /** When it happened, by the crew's clock; left out for now. */
  happenedAt: instantSchema.nullable().default(null),
});
export const correctStampBody = z.strictObject({ stage: progressStageSchema, to: instantSchema, reason });

export const registerUnitBody = z.strictObject({
  unitId: identifierSchema,
  callSign: textSchema(32),
  unitType: textSchema(50),
  capabilities: z.array(codeSchema).max(30),
  stationId: identifierSchema.nullable().default(null),
  home: lonLatSchema.nullable().default(null),
  minimumCrew: z.int().min(1).max(30).default(1),
});
export const beginDutyBody = z.strictObject({
  crew: z.array(textSchema(64)).min(1, 'must name at least one person').max(30),
});
export const setUnitStatusBody = z.strictObject({ code: codeSchema });

const roadEffectInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('closed') }),
  z.strictObject({ kind: z.literal('slowed'), factor: z.number() }),
]);
const direction = z.enum(DRIVING_DIRECTIONS).default('both');
const roadPlaceInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('edges'),
    edges: z.array(z.strictObject({ way: z.int().min(1), position: lonLatSchema })),
    direction,
  }),
  z.strictObject({
    kind: z.literal('street'),
    name: textSchema(200),
    within: boundingBoxSchema.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('polygon'), rings: z.array(z.array(lonLatSchema)) }),
  z.strictObject({
    kind: z.literal('line'),
    points: z.array(lonLatSchema),
    /** From edge to edge of the band around the line. */
    width: metresSchema,
    direction,
  }),
]);

/** Asks what a place would stand for, before anything is declared. */
export const previewRoadPlaceBody = z.strictObject({ place: roadPlaceInput });

export const declareRoadConditionBody = z.strictObject({
  conditionId: newIdSchema,
  effect: roadEffectInput,
  place: roadPlaceInput,
  /** Left out: now. */
  from: instantSchema.nullable().default(null),
  /** Left out: until it is lifted. */
  to: instantSchema.nullable().default(null),
  source: textSchema(200),
  reason,
});
/** What is left out stays as it is; `to: null` takes the end away. */
export const amendRoadConditionBody = z.strictObject({
  effect: z.exactOptional(roadEffectInput),
  from: z.exactOptional(instantSchema),
  to: z.exactOptional(instantSchema.nullable()),
  reason: z.exactOptional(reason),
});

/** A report from a crew's device by MQTT, on `lamplight/<agency>/units/<unit>/reports`. */
export const deviceReportSchema = z.strictObject({
  /** Idempotency key: the same report may be sent until the orders show it. */
  id: idempotencyKeySchema,
  assignmentId: identifierSchema,
  stage: reportedStageSchema,
  happenedAt: instantSchema.nullable().default(null),
});
