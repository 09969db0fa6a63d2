import { formatInstant, type Instant } from '@lamplight/base';
import type { EntityDoc, LoggedEvent } from './event.js';
import { canonicalJson } from './json.js';
import type { Queryable, Receipt } from './rows.js';

/** NOTIFY goes out on this channel with the payload `agency:position`. */
export const CHANNEL = 'lamplight_event';

/** Everything that one transaction adds. The events are in position order. */
export interface Addition {
  readonly agency: string;
  readonly events: readonly LoggedEvent[];
  readonly docs: readonly EntityDoc[];
  readonly receipts: readonly (Receipt & { readonly recordedAt: Instant })[];
}

const UPSERT_DOCS = `
  insert into entity (agency, kind, id, root, position, version, active, started_at, recorded_at, doc)
  select $1, kind, id, root, position, version, active, started_at, recorded_at, doc::jsonb
  from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::int[], $7::boolean[],
    $8::timestamptz[], $9::timestamptz[], $10::text[])
    as new (kind, id, root, position, version, active, started_at, recorded_at, doc)
  on conflict (agency, id, kind) do update set root = excluded.root, position = excluded.position,
    version = excluded.version, active = excluded.active, started_at = excluded.started_at,
    recorded_at = excluded.recorded_at, doc = excluded.doc`;

function docColumns(docs: readonly EntityDoc[]): unknown[] {
  return [
    docs.map((doc) => doc.kind),
    docs.map((doc) => doc.id),
    docs.map((doc) => doc.root),
    docs.map((doc) => doc.position),
    docs.map((doc) => doc.version),
    docs.map((doc) => doc.active),
    docs.map((doc) => formatInstant(doc.startedAt)),
    docs.map((doc) => formatInstant(doc.recordedAt)),
    docs.map((doc) => canonicalJson(doc.doc)),
  ];
}

/** Writes documents over those of the same kind and id. */
export async function upsertDocs(
  client: Queryable,
  agency: string,
  docs: readonly EntityDoc[],
): Promise<void> {
  await client.query({ name: 'log-upsert-docs', text: UPSERT_DOCS, values: [agency, ...docColumns(docs)] });
}

const APPEND = `
with new_docs as (${UPSERT_DOCS}),
new_receipts as (
  insert into receipt (agency, key, fingerprint, actor, answer, position, recorded_at)
  select $1, key, fingerprint, actor, answer::jsonb, position, recorded_at
  from unnest($11::text[], $12::text[], $13::text[], $14::text[], $15::bigint[], $16::timestamptz[])
    as new (key, fingerprint, actor, answer, position, recorded_at)
),
new_events as (
  insert into event (agency, position, kind, id, version, type, occurred_at, recorded_at, actor, device, body,
    prev_hash, hash)
  select $1, position, kind, id, version, type, occurred_at, recorded_at, actor, device, body::jsonb, prev_hash, hash
  from unnest($17::bigint[], $18::text[], $19::text[], $20::int[], $21::text[], $22::timestamptz[],
    $23::timestamptz[], $24::text[], $25::text[], $26::text[], $27::bytea[], $28::bytea[])
    as new (position, kind, id, version, type, occurred_at, recorded_at, actor, device, body, prev_hash, hash)
  order by position
  returning position, hash
)
update log_head set position = last.position, hash = last.hash
from (select position, hash from new_events order by position desc limit 1) as last
where log_head.agency = $1
returning pg_notify('${CHANNEL}', $1 || ':' || log_head.position)`;

/** Adds events, documents and receipts, moves the head and notifies: one statement, one round trip. */
export async function append(client: Queryable, { agency, events, docs, receipts }: Addition): Promise<void> {
  await client.query({
    name: 'log-append',
    text: APPEND,
    values: [
      agency,
      ...docColumns(docs),
      receipts.map(({ key }) => key),
      receipts.map(({ fingerprint }) => fingerprint),
      receipts.map(({ actor }) => actor),
      receipts.map(({ answer }) => canonicalJson(answer)),
      receipts.map(({ position }) => position),
      receipts.map(({ recordedAt }) => formatInstant(recordedAt)),
      events.map((event) => event.position),
      events.map((event) => event.kind),
      events.map((event) => event.id),
      events.map((event) => event.version),
      events.map((event) => event.type),
      events.map((event) => formatInstant(event.occurredAt)),
      events.map((event) => formatInstant(event.recordedAt)),
      events.map((event) => event.actor),
      events.map((event) => event.device),
      events.map((event) => canonicalJson(event.body)),
      events.map((event) => Buffer.from(event.prevHash, 'hex')),
      events.map((event) => Buffer.from(event.hash, 'hex')),
    ],
  });
}
