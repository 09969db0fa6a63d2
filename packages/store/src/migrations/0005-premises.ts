import type { Migration } from './migration.js';

/** What is known of places, and the ways to find what happened there and who called before. */
export const premises: Migration = {
  id: 5,
  name: 'premises',
  sql: `
create table premises (
  agency text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  name text not null,
  lon double precision not null,
  lat double precision not null,
  radius double precision not null,
  hazards jsonb not null,
  access text,
  key_holders jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (agency, id)
);
create index premises_place on premises (agency, lat, lon);
create index premises_name on premises (agency, name, id);

-- A band of latitude as wide as a street holds few incidents, even of a city's years.
create index entity_incident_place on entity (
  agency,
  ((doc #>> '{location,position,1}')::double precision),
  ((doc #>> '{location,position,0}')::double precision)
) where kind = 'incident';

create index entity_call_number on entity (agency, (regexp_replace(doc ->> 'callerNumber', '[^0-9]', '', 'g')))
  where kind = 'call';
`,
};
