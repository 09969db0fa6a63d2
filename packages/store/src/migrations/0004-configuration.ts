import type { Migration } from './migration.js';

/**
 * What an agency has of its own in its catalogue: every version of every section, none ever changed. The incident types
 * that stood in the agency's settings until now become the first version of theirs.
 */
export const configuration: Migration = {
  id: 4,
  name: 'configuration',
  sql: `
create table configuration (
  agency text collate "C" not null,
  section text collate "C" not null,
  version integer not null check (version > 0),
  at timestamptz not null,
  actor text not null,
  reason text not null,
  content jsonb not null,
  primary key (agency, section, version)
);

insert into configuration (agency, section, version, at, actor, reason, content)
select id, 'incident-types', 1, now(), 'process:migration', 'Taken over from the settings',
  jsonb_build_object('own', settings->'incidentTypes', 'hidden', '[]'::jsonb)
from agency
where jsonb_typeof(settings->'incidentTypes') = 'array' and settings->'incidentTypes' <> '[]'::jsonb;

update agency set settings = settings - 'incidentTypes';
`,
};
