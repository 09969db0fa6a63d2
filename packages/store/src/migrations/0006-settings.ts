import type { Migration } from './migration.js';

/** What people set for themselves, and what each role starts from. */
export const settings: Migration = {
  id: 6,
  name: 'settings',
  sql: `
create table account_setting (
  agency text collate "C" not null,
  account_id text collate "C" not null,
  name text collate "C" not null,
  value jsonb not null,
  version integer not null,
  primary key (agency, account_id, name),
  foreign key (agency, account_id) references account on delete cascade
);

create table role_setting (
  agency text collate "C" not null,
  role text collate "C" not null,
  name text collate "C" not null,
  value jsonb not null,
  primary key (agency, role, name)
);
`,
};
