import { type Instant, instant } from '@lamplight/base';
import { lonLatSchema, placeCandidateSchema } from '@lamplight/contracts';
import { type Call, type Location, newId, newIdempotencyKey } from '@lamplight/ui';
import { z } from 'zod';

/** A call as far as it has been taken down, kept in the browser until it has been sent and put away. */

const METHODS = [
  'words',
  'cell',
  'device',
  'map',
  'address',
  'field',
] as const satisfies Location['method'][];
const methodSchema = z.enum(METHODS);
const prioritySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
const momentSchema = z.number().transform((at): Instant => instant(at));

/** What the system calls a place. */
const placeSchema = placeCandidateSchema.pick({ label: true }).extend({
  /** How it fits what was asked for; `null` for a place that nobody asked for by name, but read off the map. */
  found: placeCandidateSchema.pick({ kind: true, precision: true, note: true }).nullable(),
});

/** Where the network or the phone itself says that the caller is, and when we heard of it. */
const deviceSchema = z.object({
  position: lonLatSchema,
  accuracy: z.number().nullable(),
  method: methodSchema,
  at: momentSchema,
});

/** What the server has of an incident that was opened while the caller goes on talking. */
const sentSchema = z.object({
  /** Counts what was sent since, so that going back to a former answer is a request of its own. */
  count: z.int(),
  location: z.string(),
  typeCode: z.string().nullable(),
  priority: prioritySchema.nullable(),
  answers: z.record(z.string(), z.string()),
  caller: z.string(),
});

/** Units that are being sent. Kept before it goes out: a retry must order the same, whatever is suggested by then. */
const orderSchema = z.object({ key: z.string(), unitIds: z.array(z.string()), divert: z.boolean() });

const draftSchema = z.object({
  /** Names the draft, and what the keys of its requests are made of: they outlast a reload. */
  key: z.string(),
  /** The call at the server that this is about; `null` while it is only here. */
  callId: z.string().nullable(),
  words: z.string(),
  position: lonLatSchema.nullable(),
  /** In metres; only for positions of the caller's device. */
  accuracy: z.number().nullable(),
  /** How the position became known; set on the map unless it came with the call. */
  method: methodSchema,
  /** The place at the position; `null` while it has no name. */
  place: placeSchema.nullable(),
  device: deviceSchema.nullable(),
  typeCode: z.string().nullable(),
  /** The taker's own choice, which always holds; `null` leaves it to answers and type. */
  priority: prioritySchema.nullable(),
  /** Answers to the question card, by question. */
  answers: z.record(z.string(), z.string()),
  /** The language in which the card is read out; `null` for that of the console. */
  readOutIn: z.enum(['en', 'zh']).nullable(),
  note: z.string(),
  callerName: z.string(),
  callerNumber: z.string(),
  /** Identifiers of what will be made. */
  newCallId: z.string(),
  incidentId: z.string(),
  /** By the clock of this computer, in milliseconds. */
  startedAt: z.number(),
  /** `null` until the incident has been opened. */
  opened: sentSchema.nullable(),
  order: orderSchema.nullable(),
  /** Something could not be sent: it waits for a press. */
  unsent: z.boolean(),
  /** By the same clock: tells the newer of two copies. */
  savedAt: z.number(),
});

export type Draft = Readonly<z.output<typeof draftSchema>>;
export type Sent = z.output<typeof sentSchema>;

export const emptyDraft = (): Draft => ({
  key: newIdempotencyKey(),
  callId: null,
  words: '',
  position: null,
  accuracy: null,
  method: 'map',
  place: null,
  device: null,
  typeCode: null,
  priority: null,
  answers: {},
  readOutIn: null,
  note: '',
  callerName: '',
  callerNumber: '',
  newCallId: newId(),
  incidentId: newId(),
  startedAt: Date.now(),
  opened: null,
  order: null,
  unsent: false,
  savedAt: 0,
});

/** A draft about a call that has come in, with what it says of its caller and place. */
export function draftOfCall(call: Call): Draft {
  const { location } = call;
  const device = deviceOf(location, call.ringAt);
  return {
    ...emptyDraft(),
    callId: call.id,
    words: location?.words ?? '',
    position: location?.position ?? null,
    accuracy: device?.accuracy ?? null,
    method: location?.method ?? 'map',
    place: location?.label ? { label: { en: location.label, zh: location.label }, found: null } : null,
    device,
    callerName: call.callerName ?? '',
    callerNumber: call.callerNumber ?? '',
  };
}

/** The position of the caller's device in what a call says of its place; `at` is when it was heard of. */
export const deviceOf = (location: Location | null, at: Instant): Draft['device'] =>
  location?.position && (location.method === 'cell' || location.method === 'device')
    ? { position: location.position, accuracy: location.accuracy, method: location.method, at }
    : null;

/** True when there is nothing in it that somebody typed or chose. */
export const isUntouched = (draft: Draft): boolean =>
  draft.words + draft.note + draft.callerName + draft.callerNumber === '' &&
  draft.position === null &&
  draft.typeCode === null &&
  draft.opened === null;

/** Drafts out of what was kept; what cannot be read is left out. */
export const readDrafts = (kept: unknown): readonly Draft[] =>
  Array.isArray(kept) ? kept.flatMap((each) => draftSchema.safeParse(each).data ?? []) : [];
