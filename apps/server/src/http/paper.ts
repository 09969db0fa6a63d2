import { createHash } from 'node:crypto';
import { type Instant, instant, toWallClock } from '@lamplight/base';
import {
  beganAt,
  enterPaperRecordBody,
  PAPER_STAGES,
  type PaperAnswer,
  type PaperRecord,
  paperAnswerSchema,
} from '@lamplight/contracts';
import type { Location, PaperCommand } from '@lamplight/domain';
import {
  canonicalJson,
  type Database,
  listOrdersDuring,
  listPaperIncidents,
  type ResponseLog,
} from '@lamplight/store';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { App } from './app-type.js';
import { Failure, Refused } from './failure.js';
import { principalOf } from './guard.js';

export interface PaperDependencies {
  readonly database: Database;
  readonly agency: { readonly id: string; readonly timeZone: string };
  readonly log: ResponseLog;
  readonly clock: Clock;
  readonly label: (location: Location) => Location;
}

/**
 * Enters what was kept on paper, each card as one decision: all of it with its own times, or none of it. The card's
 * identifier is its idempotency key, so that a card is entered once however often it is sent.
 */
export function paperRoutes(app: App, { database, agency, log, clock, label }: PaperDependencies): void {
  app.post(
    '/api/v1/paper-records',
    { schema: { body: enterPaperRecordBody, response: { 200: paperAnswerSchema } } },
    async (request): Promise<PaperAnswer> => {
      const { record, acceptWarnings } = request.body;
      const at = clock.now();
      const command = commandOf(record, dayOf(at, agency.timeZone), label);
      const warnings = await warningsOf(database, agency.id, record, command);
      if (warnings.length > 0 && !acceptWarnings) return { recorded: false, incidentId: null, warnings };
      const { incidentId } = command;
      const outcome = await log.submit({
        command,
        actor: `account:${principalOf(request).username}`,
        at,
        key: `paper:${record.recordId}`,
        fingerprint: createHash('sha256')
          .update(canonicalJson(z.encode(enterPaperRecordBody.shape.record, record)))
          .digest('base64url'),
        made: { incidentId },
      });
      if (!outcome.ok) throw new Refused(outcome.refusal);
      return { recorded: true, incidentId, warnings };
    },
  );
}

function commandOf(record: PaperRecord, day: string, label: (location: Location) => Location): PaperCommand {
  const began = beganAt(record);
  if (began === null) throw new Failure('request-invalid', 'A record needs at least one time.');
  const { recordId, typeCode, priority, orders, location, ...card } = record;
  return {
    type: 'RecordFromPaper',
    incidentId: idOf(recordId, 'incident'),
    callId: record.ringAt === null && record.answeredAt === null ? null : idOf(recordId, 'call'),
    day,
    beganAt: began,
    ...card,
    location: label(location),
    classification: { typeCode, priority },
    orders: orders.map((order) => ({
      assignmentId: idOf(recordId, `order ${order.unitId}`),
      unitId: order.unitId,
      stamps: {
        dispatched: order.dispatched,
        ...Object.fromEntries(
          PAPER_STAGES.map((stage) => [stage, order[stage]] as const).filter(([, stamp]) => stamp !== null),
        ),
      },
    })),
  };
}

async function warningsOf(
  database: Database,
  agency: string,
  record: PaperRecord,
  { beganAt: began, incidentId }: PaperCommand,
): Promise<PaperAnswer['warnings']> {
  const warnings: PaperAnswer['warnings'] = [];
  const { paperNumber } = record;
  for (const number of await listPaperIncidents(database, agency, paperNumber, began, incidentId)) {
    warnings.push({ code: 'paper-number-known', subject: paperNumber, number });
  }
  for (const { unitId, dispatched, cleared } of record.orders) {
    const to = cleared ?? began;
    const span = { from: dispatched, to: instant(Math.max(to, dispatched)) };
    for (const { number } of await listOrdersDuring(database, agency, unitId, span, incidentId)) {
      warnings.push({ code: 'unit-elsewhere', subject: unitId, number });
    }
  }
  return warnings;
}

function dayOf(at: Instant, timeZone: string): string {
  const { year, month, day } = toWallClock(at, timeZone);
  return `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
}

/** The same card makes the same things: a name-based UUID (RFC 9562, version 8) of the card's own. */
function idOf(recordId: string, what: string): string {
  const hex = createHash('sha256').update(`${recordId} ${what}`).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
