import type { Migration } from './migration.js';

/** Agencies, the event log with its guard, receipts, and the projection of entities. */
export const log: Migration = {
  id: 1,
  name: 'log',
  sql: `
create table agency (
  id text primary key,
  name jsonb not null,
  time_zone text not null,
  settings jsonb not null default '{}'
);

-- Names and ids sort by byte, whatever the server's locale: half the cost of comparing, and the same everywhere.
create table event (
  agency text collate "C" not null,
  position bigint not null,
  kind text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  type text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor text not null,
  device text,
  body jsonb not null,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (agency, position),
  -- The id comes before the kind, so that the index also answers "every version of these ids".
  constraint event_version unique (agency, id, kind, version)
);

create function refuse_change_of_event() returns trigger language plpgsql as $$
begin
  raise exception 'the event log only grows: % of table event is refused', tg_op
    using errcode = 'insufficient_privilege';
end
$$;

create trigger event_is_append_only before update or delete or truncate on event
  for each statement execute function refuse_change_of_event();

create table log_head (
  agency text collate "C" primary key,
  position bigint not null,
  hash bytea not null
);

create table receipt (
  agency text collate "C" not null,
  key text collate "C" not null,
  fingerprint text not null,
  actor text not null,
  answer jsonb not null,
  position bigint not null,
  recorded_at timestamptz not null,
  primary key (agency, key)
);

create table entity (
  agency text collate "C" not null,
  kind text collate "C" not null,
  id text collate "C" not null,
  root text collate "C",
  position bigint not null,
  version integer not null,
  active boolean not null,
  started_at timestamptz not null,
  recorded_at timestamptz not null,
  doc jsonb not null,
  primary key (agency, id, kind)
);
create index entity_root on entity (agency, root);
create index entity_position on entity (agency, position);
create index entity_started on entity (agency, kind, started_at, id);
create index entity_recorded on entity (agency, recorded_at);
create index entity_active on entity (agency, kind, started_at, id) where active;
`,
};
