import type { Migration } from './migration.js';

/** Where units were; one partition a day (UTC) of receive time, made when the first position of the day arrives. */
export const positions: Migration = {
  id: 3,
  name: 'positions',
  sql: `
create table position (
  agency text collate "C" not null,
  unit_id text collate "C",
  device_id text collate "C" not null,
  event_time timestamptz not null,
  receive_time timestamptz not null,
  lon double precision not null,
  lat double precision not null,
  accuracy real,
  speed real,
  bearing real,
  battery real,
  source text not null
) partition by range (receive_time);
create index position_track on position (agency, unit_id, event_time);
`,
};
