import { instant } from '@lamplight/base';
import { appendAudit, type Database, type Json } from '@lamplight/store';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../http/guard.js';

/** Writes down who did or looked at what, by the wall clock. */
export interface Auditor {
  /** `detail` says, where something was changed, what was before and is now. Never a secret. */
  note(request: FastifyRequest, action: string, subject: string | null, detail?: Json): Promise<void>;
  /** Somebody looked at personal data. */
  look(request: FastifyRequest, subject: string): Promise<void>;
}

export function createAuditor(database: Database, agency: string): Auditor {
  const note: Auditor['note'] = (request, action, subject, detail = {}) =>
    appendAudit(database, agency, {
      at: instant(Date.now()),
      actor: `account:${principalOf(request).username}`,
      action,
      subject,
      detail,
    });
  return { note, look: (request, subject) => note(request, 'look', subject) };
}

/** The fields of two descriptions of one thing that differ, as they were and as they are. */
export function changesBetween(
  before: { readonly [field: string]: Json },
  after: { readonly [field: string]: Json },
): { before: { [field: string]: Json }; after: { [field: string]: Json } } {
  const was: { [field: string]: Json } = {};
  const is: { [field: string]: Json } = {};
  for (const field of Object.keys(after)) {
    const [old = null, now = null] = [before[field], after[field]];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    was[field] = old;
    is[field] = now;
  }
  return { before: was, after: is };
}
