import type { Instant } from '@lamplight/base';
import type pg from 'pg';
import { EMPTY_HEAD, type EntityDoc, type Head, type LoggedEvent } from './event.js';
import type { Json } from './json.js';

/** A connection or a pool. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<Row>>;
}

export interface EventRow {
  agency: string;
  position: number;
  kind: string;
  id: string;
  version: number;
  type: string;
  occurred_at: Instant;
  recorded_at: Instant;
  actor: string;
  device: string | null;
  body: Json;
  prev_hash: Buffer;
  hash: Buffer;
}

/** An event as the columns of table `event` hold it. */
export function toEvent(row: EventRow): LoggedEvent {
  return {
    agency: row.agency,
    position: row.position,
    kind: row.kind,
    id: row.id,
    version: row.version,
    type: row.type,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    actor: row.actor,
    device: row.device,
    body: row.body,
    prevHash: row.prev_hash.toString('hex'),
    hash: row.hash.toString('hex'),
  };
}

interface EntityRow {
  kind: string;
  id: string;
  root: string | null;
  active: boolean;
  started_at: Instant;
  position: number;
  version: number;
  recorded_at: Instant;
  doc: Json;
}

/** A document as the columns of table `entity` hold it. */
export function toDoc(row: EntityRow): EntityDoc {
  return {
    kind: row.kind,
    id: row.id,
    root: row.root,
    active: row.active,
    startedAt: row.started_at,
    position: row.position,
    version: row.version,
    recordedAt: row.recorded_at,
    doc: row.doc,
  };
}

/** The head of the agency's log; with `lock`, no other process appends until the transaction ends. */
export async function readHead(client: Queryable, agency: string, lock?: 'lock'): Promise<Head> {
  const { rows } = await client.query<{ position: number; hash: Buffer }>({
    name: lock ? 'log-head-lock' : 'log-head',
    text: `select position, hash from log_head where agency = $1${lock ? ' for update' : ''}`,
    values: [agency],
  });
  const [row] = rows;
  return row ? { position: row.position, hash: row.hash.toString('hex') } : EMPTY_HEAD;
}

/** Events after `after` up to and including `upTo`, at most `limit`. */
export async function readRange(
  client: Queryable,
  agency: string,
  after: number,
  upTo: number,
  limit: number,
): Promise<LoggedEvent[]> {
  const { rows } = await client.query<EventRow>({
    name: 'log-range',
    text: 'select * from event where agency = $1 and position > $2 and position <= $3 order by position limit $4',
    values: [agency, after, upTo, limit],
  });
  return rows.map(toEvent);
}

/** Documents whose last change is after `after`, in position order. */
export async function readChangedDocs(
  client: Queryable,
  agency: string,
  after: number,
): Promise<EntityDoc[]> {
  const { rows } = await client.query<EntityRow>({
    name: 'log-changed-docs',
    text: 'select * from entity where agency = $1 and position > $2 order by position, kind, id',
    values: [agency, after],
  });
  return rows.map(toDoc);
}

/** Of the documents changed after `after`, the ids of those that were there before. */
export async function readChangedOldIds(client: Queryable, agency: string, after: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>({
    name: 'log-changed-old-ids',
    text: `select id from entity where agency = $1 and position > $2 and not exists (
      select from event where event.agency = $1 and event.id = entity.id and event.kind = entity.kind
        and event.version = 1 and event.position > $2)`,
    values: [agency, after],
  });
  return rows.map(({ id }) => id);
}

/** What a server keeps in memory: active documents with all that shares their root, and those changed since `recentSince`. */
export async function readWorkingSet(
  client: Queryable,
  agency: string,
  recentSince: string | null,
): Promise<EntityDoc[]> {
  const { rows } = await client.query<EntityRow>({
    text: `select * from entity where agency = $1 and (active or recorded_at >= $2
        or root in (select root from entity where agency = $1 and active))
      order by position, kind, id`,
    values: [agency, recentSince],
  });
  return rows.map(toDoc);
}

const ROOTS = `array(
  select unnest($2::text[])
  union
  select root from entity where agency = $1 and id = any($2) and root is not null
)`;

/** The documents of these ids, of their roots, and of everything that shares a root with them. */
export async function readGroups(
  client: Queryable,
  agency: string,
  ids: readonly string[],
): Promise<EntityDoc[]> {
  const { rows } = await client.query<EntityRow>({
    name: 'log-groups',
    // The roots are an array that is worked out first, so that both halves are looked up by index; joined to a
    // subquery they would read the whole table.
    text: `select * from entity where agency = $1 and id = any(${ROOTS})
      union
      select * from entity where agency = $1 and root = any(${ROOTS})`,
    values: [agency, ids],
  });
  return rows.map(toDoc);
}

/** The last version of every kind under each id. */
export async function readVersions(
  client: Queryable,
  agency: string,
  ids: readonly string[],
): Promise<{ id: string; kind: string; version: number }[]> {
  const { rows } = await client.query<{ id: string; kind: string; version: number }>({
    name: 'log-versions',
    text: `select id, kind, max(version) as version from event
      where agency = $1 and id = any($2) group by id, kind`,
    values: [agency, ids],
  });
  return rows;
}

/** The first answer given under an idempotency key. */
export interface Receipt {
  readonly key: string;
  readonly fingerprint: string;
  readonly actor: string;
  readonly answer: Json;
  readonly position: number;
}

/** The receipts there are for these keys. */
export async function readReceipts(
  client: Queryable,
  agency: string,
  keys: readonly string[],
): Promise<Receipt[]> {
  const { rows } = await client.query<{ [Field in keyof Receipt]: Receipt[Field] }>({
    name: 'log-receipts',
    text: 'select key, fingerprint, actor, answer, position from receipt where agency = $1 and key = any($2)',
    values: [agency, keys],
  });
  return rows;
}
