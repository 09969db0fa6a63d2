import { type Instant, instant } from '@lamplight/base';
import { sql } from 'kysely';
import { type Database, toMoment } from '../database.js';
import type { EntityDoc, LoggedEvent } from './event.js';
import { readChangedDocs, readHead, toDoc, toEvent } from './rows.js';
import { inSnapshot } from './snapshot.js';

export interface EventFilter {
  /** Only events after this position. */
  readonly after?: number;
  readonly kind?: string;
  readonly id?: string;
  /** Only events of entities with this root, and of the root itself. */
  readonly root?: string;
  readonly types?: readonly string[];
  /** Only events recorded in `[from, to)`. */
  readonly recordedFrom?: Instant;
  readonly recordedBefore?: Instant;
  readonly limit: number;
}

/** Events of an agency in position order. */
export async function readEvents(
  database: Database,
  agency: string,
  filter: EventFilter,
): Promise<LoggedEvent[]> {
  let query = database.sql
    .selectFrom('event')
    .selectAll()
    .where('agency', '=', agency)
    .orderBy('position')
    .limit(filter.limit);
  if (filter.after !== undefined) query = query.where('position', '>', filter.after);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  if (filter.types !== undefined) query = query.where('type', 'in', [...filter.types]);
  if (filter.recordedFrom !== undefined) {
    query = query.where('recorded_at', '>=', toMoment(filter.recordedFrom));
  }
  if (filter.recordedBefore !== undefined) {
    query = query.where('recorded_at', '<', toMoment(filter.recordedBefore));
  }
  if (filter.root !== undefined) {
    query = query.where(sql<boolean>`exists (
      select from entity where entity.agency = event.agency and entity.id = event.id and entity.kind = event.kind
        and (entity.root = ${filter.root} or entity.id = ${filter.root}))`);
  }
  return (await query.execute()).map(toEvent);
}

export interface EntityFilter {
  readonly kind: string;
  readonly active?: boolean;
  /** Only entities whose document has this status. */
  readonly status?: string;
  /** Only entities started in `[startedFrom, startedBefore)`. */
  readonly startedFrom?: Instant;
  readonly startedBefore?: Instant;
  /** Where the page before ended: its `next`. */
  readonly cursor?: string;
  readonly limit: number;
}

export interface EntityPage {
  readonly docs: readonly EntityDoc[];
  /** The cursor of the next page; absent on the last. */
  readonly next?: string;
}

/** Entities of a kind, those started last first. Throws a RangeError for a cursor that is none. */
export async function listEntities(
  database: Database,
  agency: string,
  filter: EntityFilter,
): Promise<EntityPage> {
  let query = database.sql
    .selectFrom('entity')
    .selectAll()
    .where('agency', '=', agency)
    .where('kind', '=', filter.kind)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  if (filter.active !== undefined) query = query.where('active', '=', filter.active);
  if (filter.status !== undefined) query = query.where(sql<boolean>`doc ->> 'status' = ${filter.status}`);
  if (filter.startedFrom !== undefined) {
    query = query.where('started_at', '>=', toMoment(filter.startedFrom));
  }
  if (filter.startedBefore !== undefined) {
    query = query.where('started_at', '<', toMoment(filter.startedBefore));
  }
  if (filter.cursor !== undefined) {
    const { startedAt, id } = parseCursor(filter.cursor);
    query = query.where(sql<boolean>`(started_at, id) < (${toMoment(startedAt)}, ${id})`);
  }
  const rows = await query.execute();
  const docs = rows.slice(0, filter.limit).map(toDoc);
  const last = docs.at(-1);
  return rows.length > filter.limit && last ? { docs, next: `${last.startedAt}:${last.id}` } : { docs };
}

function parseCursor(cursor: string): { startedAt: Instant; id: string } {
  const colon = cursor.indexOf(':');
  const startedAt = Number(cursor.slice(0, colon));
  if (colon < 1 || !Number.isSafeInteger(startedAt)) throw new RangeError('The cursor is not one of a page.');
  return { startedAt: instant(startedAt), id: cursor.slice(colon + 1) };
}

/** One entity, or `undefined`. */
export async function findEntity(
  database: Database,
  agency: string,
  kind: string,
  id: string,
): Promise<EntityDoc | undefined> {
  const row = await database.sql
    .selectFrom('entity')
    .selectAll()
    .where('agency', '=', agency)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toDoc(row);
}

/** The root itself and everything loaded together with it, in the order of their last change. */
export async function listByRoot(database: Database, agency: string, root: string): Promise<EntityDoc[]> {
  const rows = await database.sql
    .selectFrom('entity')
    .selectAll()
    .where('agency', '=', agency)
    .where(({ or, eb }) => or([eb('root', '=', root), eb('id', '=', root)]))
    .orderBy('position')
    .execute();
  return rows.map(toDoc);
}

/** All active entities, or those of one kind, with the position at which this is so: a snapshot for a client. */
export async function listActive(
  database: Database,
  agency: string,
  kind?: string,
): Promise<{ readonly docs: readonly EntityDoc[]; readonly position: number }> {
  return inSnapshot(database, async (client) => {
    const head = await readHead(client, agency);
    const { rows } = await client.query<Parameters<typeof toDoc>[0]>(
      `select * from entity where agency = $1 and active and ($2::text is null or kind = $2) order by position`,
      [agency, kind ?? null],
    );
    return { docs: rows.map(toDoc), position: head.position };
  });
}

/** What a client that knows everything up to `after` has missed, and the position it is at when it has that. */
export async function listChangedSince(
  database: Database,
  agency: string,
  after: number,
): Promise<{ readonly docs: readonly EntityDoc[]; readonly position: number }> {
  return inSnapshot(database, async (client) => {
    const head = await readHead(client, agency);
    return { docs: await readChangedDocs(client, agency, after), position: head.position };
  });
}
