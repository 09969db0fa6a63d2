import { type Instant, instant } from '@lamplight/base';
import { z } from 'zod';
import { locationInputSchema } from './commands.js';
import { codeSchema, identifierSchema, instantSchema, prioritySchema, textSchema } from './primitives.js';

/** Stamps of a crew as a paper card has them, in the order in which they follow. */
export const PAPER_STAGES = ['dispatched', 'acknowledged', 'enroute', 'onScene', 'cleared'] as const;
export type PaperStage = (typeof PAPER_STAGES)[number];

const stamp = instantSchema.nullable().default(null);

const orderSchema = z.strictObject({
  unitId: identifierSchema,
  dispatched: instantSchema,
  acknowledged: stamp,
  enroute: stamp,
  onScene: stamp,
  cleared: stamp,
});

/** What was written down by hand while nothing else was there to write on, with the times of the clock on the wall. */
export const paperRecordSchema = z
  .strictObject({
    /** Made once for each card: the same card sent again is not entered twice. */
    recordId: z.uuid(),
    /** The number printed on the card. */
    paperNumber: textSchema(50),
    ringAt: stamp,
    answeredAt: stamp,
    callerName: textSchema(100).nullable().default(null),
    callerNumber: textSchema(50).nullable().default(null),
    location: locationInputSchema,
    typeCode: codeSchema.toUpperCase(),
    priority: prioritySchema.nullable().default(null),
    notes: z
      .array(z.strictObject({ at: instantSchema, text: textSchema(4000) }))
      .max(200)
      .default([]),
    orders: z.array(orderSchema).max(100).default([]),
    closed: z.strictObject({ at: instantSchema, disposition: codeSchema }).nullable().default(null),
  })
  .superRefine((record, context) => {
    const say = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    if (beganAt(record) === null) say(['ringAt'], 'a record needs at least one time');
    if (record.ringAt !== null && record.answeredAt !== null && record.answeredAt < record.ringAt)
      say(['answeredAt'], 'is before it rang');
    record.orders.forEach((order, index) => {
      let latest: Instant = order.dispatched;
      for (const stage of PAPER_STAGES) {
        const at = order[stage];
        if (at === null) continue;
        if (at < latest) say(['orders', index, stage], 'is before a stage that comes first');
        latest = at;
      }
      const began = record.answeredAt ?? record.ringAt;
      if (began !== null && order.dispatched < began)
        say(['orders', index, 'dispatched'], 'is before the call was answered');
      if (record.closed && order.cleared === null)
        say(['orders', index, 'cleared'], 'is needed where the incident is closed');
      if (record.closed && order.cleared !== null && record.closed.at < order.cleared)
        say(['closed', 'at'], 'is before a crew was clear');
    });
    const units = record.orders.map(({ unitId }) => unitId);
    units.forEach((unitId, index) => {
      if (units.indexOf(unitId) < index) say(['orders', index, 'unitId'], 'has an order already');
    });
    if (record.closed && record.closed.at < (beganAt(record) ?? record.closed.at))
      say(['closed', 'at'], 'is before the incident began');
  });
export type PaperRecord = z.output<typeof paperRecordSchema>;

/** When an incident on paper began: when the call was answered, else when it rang, else the first thing written. */
export function beganAt({
  ringAt,
  answeredAt,
  notes,
  orders,
}: Pick<PaperRecord, 'ringAt' | 'answeredAt' | 'notes' | 'orders'>): Instant | null {
  const began = answeredAt ?? ringAt;
  if (began !== null) return began;
  const times = [...notes.map(({ at }) => at), ...orders.map(({ dispatched }) => dispatched)];
  return times.length === 0 ? null : instant(Math.min(...times));
}

export const enterPaperRecordBody = z.strictObject({
  record: paperRecordSchema,
  /** Enter it although something looks odd; the first answer says what. */
  acceptWarnings: z.boolean().default(false),
});

export const PAPER_WARNINGS = ['unit-elsewhere', 'paper-number-known'] as const;

/** Entered, or not yet because something looks odd and nobody has said that it is right all the same. */
export const paperAnswerSchema = z.object({
  recorded: z.boolean(),
  incidentId: z.string().nullable(),
  warnings: z.array(
    z.object({
      code: z.enum(PAPER_WARNINGS),
      /** The unit that has another order at that time, or the paper number. */
      subject: z.string(),
      /** The number of the other incident. */
      number: z.string(),
    }),
  ),
});
export type PaperAnswer = z.output<typeof paperAnswerSchema>;
