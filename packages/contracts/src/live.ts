import { z } from 'zod';
import { assignmentSchema, callSchema, incidentSchema, roadConditionSchema, unitSchema } from './entities.js';
import { type FixColumns, readFixColumns, writeFixColumns } from './fix-columns.js';
import { identifierSchema, instantSchema, lonLatSchema } from './primitives.js';

/** The live protocol over WebSocket and SSE; SPEC.md beside this package's README numbers its rules. */
export const LIVE_PROTOCOL_VERSION = 2;

export const fixSchema = z
  .object({
    unitId: z.string(),
    position: lonLatSchema,
    /** When the device measured it, by its own clock. */
    eventAt: instantSchema,
    /** When it reached us, by ours. */
    receivedAt: instantSchema,
    /** Radius in metres. */
    accuracy: z.number().nullable(),
    /** Metres a second. */
    speed: z.number().nullable(),
    /** Degrees clockwise from north. */
    bearing: z.number().nullable(),
    clockSuspect: z.boolean(),
  })
  .readonly()
  .meta({ id: 'Fix' });
export type Fix = z.output<typeof fixSchema>;

/** Fixes in a live message: columns on the wire ({@link writeFixColumns}), a list inside. */
const fixColumnsSchema = z.codec(
  z.custom<FixColumns>((value) => typeof value === 'object' && value !== null),
  z.custom<readonly Fix[]>(Array.isArray),
  {
    decode: (columns, context) => {
      const fixes = readFixColumns(columns);
      if (fixes.ok) return fixes.value;
      context.issues.push({ code: 'custom', message: fixes.error, input: columns });
      return z.NEVER;
    },
    encode: writeFixColumns,
  },
);

const entities = {
  calls: z.array(callSchema).readonly(),
  incidents: z.array(incidentSchema).readonly(),
  units: z.array(unitSchema).readonly(),
  assignments: z.array(assignmentSchema).readonly(),
  conditions: z.array(roadConditionSchema).readonly(),
};

const hello = z.object({
  type: z.literal('hello'),
  protocol: z.literal(LIVE_PROTOCOL_VERSION),
  /** Names the log; positions of different logs do not compare. */
  epoch: z.string(),
  now: instantSchema,
});

const reset = z.object({
  type: z.literal('reset'),
  position: z.int(),
  ...entities,
  fixes: fixColumnsSchema,
});

const change = z.object({
  type: z.literal('change'),
  position: z.int(),
  ...entities,
  /** What happened, for a running list: event type, the entity, and who did it. */
  causes: z.array(z.object({ type: z.string(), id: z.string(), by: z.string() }).readonly()).readonly(),
});

const positions = z.object({ type: z.literal('positions'), fixes: fixColumnsSchema });

const tick = z.object({
  type: z.literal('tick'),
  now: instantSchema,
  position: z.int(),
  /** Revision of the agency's catalogue: another than the client has means that it is to be fetched again. */
  catalogue: z.int(),
});

/** What somebody does at an incident, from the least to the most. */
export const PRESENCE_DOINGS = ['viewing', 'writing-note', 'editing'] as const;
const doingSchema = z.enum(PRESENCE_DOINGS);
export type PresenceDoing = z.output<typeof doingSchema>;

export const personPresentSchema = z
  .object({
    /** The account, by which a client tells its own user from others of the same name. */
    account: z.string(),
    name: z.string(),
    incidentId: z.string(),
    doing: doingSchema,
  })
  .readonly();
/** Somebody who is at an incident now. */
export type PersonPresent = z.output<typeof personPresentSchema>;

const presence = z.object({ type: z.literal('presence'), people: z.array(personPresentSchema).readonly() });

export const serverMessageSchema = z.discriminatedUnion('type', [
  hello,
  reset,
  change,
  positions,
  tick,
  presence,
]);
export type ServerMessage = z.output<typeof serverMessageSchema>;
export type ChangeMessage = Extract<ServerMessage, { type: 'change' }>;
export type ResetMessage = Extract<ServerMessage, { type: 'reset' }>;

export const clientMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('subscribe'),
    /** Where the client's board stands; it then gets what changed since, if the server can tell, else a reset. */
    since: z
      .strictObject({ epoch: z.string().max(100), position: z.int().min(0) })
      .nullable()
      .default(null),
  }),
  z.strictObject({
    type: z.literal('presence'),
    /** The incident that its user is at; `null` for none. */
    incidentId: identifierSchema.nullable(),
    doing: doingSchema.default('viewing'),
  }),
]);
export type ClientMessage = z.input<typeof clientMessageSchema>;
