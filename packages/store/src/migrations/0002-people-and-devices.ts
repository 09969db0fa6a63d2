import type { Migration } from './migration.js';

/** Who may sign in, what may send positions, where stations are, and who looked at what. */
export const peopleAndDevices: Migration = {
  id: 2,
  name: 'people-and-devices',
  sql: `
create table account (
  agency text collate "C" not null,
  id text collate "C" not null,
  username text not null,
  username_folded text collate "C" not null,
  display_name text not null,
  password_hash text not null,
  roles text[] not null,
  unit_id text,
  locale text not null,
  disabled boolean not null default false,
  failed_attempts integer not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null,
  primary key (agency, id),
  constraint account_username unique (agency, username_folded)
);

create table session (
  token_hash bytea primary key,
  agency text collate "C" not null,
  account_id text collate "C" not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  idle_until timestamptz not null,
  expires_at timestamptz not null,
  foreign key (agency, account_id) references account on delete cascade
);
create index session_account on session (agency, account_id);

create table device (
  agency text collate "C" not null,
  id text collate "C" not null,
  unit_id text,
  label text not null,
  secret_hash bytea not null,
  osmand_key_hash bytea,
  enabled boolean not null default true,
  created_at timestamptz not null,
  primary key (agency, id)
);

create table setup_link (
  token_hash bytea primary key,
  agency text collate "C" not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table station (
  agency text collate "C" not null,
  id text collate "C" not null,
  name jsonb not null,
  lon double precision not null,
  lat double precision not null,
  kind text not null,
  detail jsonb not null default '{}',
  primary key (agency, id)
);

create table audit (
  sequence bigint generated always as identity primary key,
  agency text collate "C" not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text,
  detail jsonb not null default '{}'
);
create index audit_subject on audit (agency, subject, sequence);
create index audit_actor on audit (agency, actor, sequence);
`,
};
