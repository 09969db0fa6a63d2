import type { Instant } from '@lamplight/base';
import { type Database, toMoment, toTimestamp } from '../database.js';
import { canonicalJson, type Json } from '../log/json.js';

/** Who did or looked at what. */
export interface AuditEntry {
  readonly at: Instant;
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly detail: Json;
}

/** An entry with its place in the order of writing. */
export interface RecordedAuditEntry extends AuditEntry {
  readonly sequence: number;
}

/** Adds an entry. */
export async function appendAudit(database: Database, agency: string, entry: AuditEntry): Promise<void> {
  await database.sql
    .insertInto('audit')
    .values({
      agency,
      at: toTimestamp(entry.at),
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject,
      detail: canonicalJson(entry.detail),
    })
    .execute();
}

export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  /** Words that the actor, action or subject holds, in any case. */
  readonly text?: string;
  /** Entries of `[from, to)`. */
  readonly from?: Instant;
  readonly to?: Instant;
  /** Only entries written before this one: the `sequence` of the last entry of the page before. */
  readonly before?: number;
  readonly limit: number;
}

/** Entries, the newest first. */
export async function listAudit(
  database: Database,
  agency: string,
  filter: AuditFilter,
): Promise<RecordedAuditEntry[]> {
  let query = database.sql
    .selectFrom('audit')
    .select(['sequence', 'at', 'actor', 'action', 'subject', 'detail'])
    .where('agency', '=', agency)
    .orderBy('sequence', 'desc')
    .limit(filter.limit);
  if (filter.actor !== undefined) query = query.where('actor', '=', filter.actor);
  if (filter.action !== undefined) query = query.where('action', '=', filter.action);
  if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject);
  if (filter.text !== undefined) {
    const pattern = `%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where((where) =>
      where.or([
        where('actor', 'ilike', pattern),
        where('action', 'ilike', pattern),
        where('subject', 'ilike', pattern),
      ]),
    );
  }
  if (filter.from !== undefined) query = query.where('at', '>=', toMoment(filter.from));
  if (filter.to !== undefined) query = query.where('at', '<', toMoment(filter.to));
  if (filter.before !== undefined) query = query.where('sequence', '<', filter.before);
  return query.execute();
}
