import type { Migration } from './migration.js';

/**
 * What a search over all incidents looks through: a narrow row for each incident, kept by the database itself whenever
 * documents of incidents and calls are written, so that it cannot fall behind them. Words are searched as parts of
 * text, because Chinese has no blanks between words and a dispatcher remembers parts of numbers.
 */
export const afterwards: Migration = {
  id: 7,
  name: 'after',
  sql: `
create table incident_search (
  agency text collate "C" not null,
  id text collate "C" not null,
  opened_at timestamptz not null,
  ended_at timestamptz,
  status text collate "C" not null,
  type_code text collate "C",
  priority smallint,
  disposition text collate "C",
  words text not null,
  callers text not null,
  primary key (agency, id)
);
create index incident_search_opened on incident_search (agency, opened_at, id);
create index incident_search_status on incident_search (agency, status, opened_at, id);
create index incident_search_type on incident_search (agency, type_code, opened_at, id);
create index incident_search_priority on incident_search
  (agency, (coalesce(priority, 9)), opened_at desc, id desc);
create index entity_incident_status on entity (agency, (doc ->> 'status'), started_at, id) where kind = 'incident';
create index entity_assignment_unit on entity (agency, (doc ->> 'unitId')) where kind = 'assignment';

-- Full-width digits and letters are the same as others, capitals the same as small letters.
create function fold_for_search(said text) returns text language sql immutable parallel safe as $$
  select lower(normalize(said, nfkc))
$$;

-- A table that has just been filled looks empty to the planner, which would read all of it once for each row.
create function index_incidents_for_search(the_agency text, ids text[]) returns void language sql
  set enable_seqscan = off set enable_nestloop = off as $$
  insert into incident_search (agency, id, opened_at, ended_at, status, type_code, priority, disposition, words, callers)
  select incident.agency, incident.id, incident.started_at, (doc #>> '{stamps,closed}')::timestamptz,
    coalesce(doc ->> 'status', ''), doc ->> 'typeCode', (doc ->> 'priority')::smallint, doc ->> 'disposition',
    fold_for_search(concat_ws(E'\\n', doc ->> 'number', doc ->> 'externalId', doc #>> '{location,label}',
      doc #>> '{location,words}', doc ->> 'cancelReason',
      (select string_agg(note ->> 'text', E'\\n') from jsonb_array_elements(doc -> 'notes') as note))),
    coalesce(fold_for_search(called.callers), '')
  from entity as incident left join (
    select root, string_agg(concat_ws(E'\\n', doc ->> 'callerName', doc ->> 'callerNumber',
      regexp_replace(doc ->> 'callerNumber', '[^0-9]', '', 'g')), E'\\n') as callers
    from entity where agency = the_agency and root = any(ids) and kind = 'call' group by root
  ) as called on called.root = incident.id
  where incident.agency = the_agency and incident.id = any(ids) and incident.kind = 'incident'
  on conflict (agency, id) do update set opened_at = excluded.opened_at, ended_at = excluded.ended_at,
    status = excluded.status, type_code = excluded.type_code, priority = excluded.priority,
    disposition = excluded.disposition, words = excluded.words, callers = excluded.callers
$$;

create function index_inserted_for_search() returns trigger language plpgsql as $$
begin
  perform index_incidents_for_search(agency, array_agg(distinct root)) from changed
    where kind in ('incident', 'call') and root is not null group by agency;
  return null;
end
$$;

-- A call that was moved is taken from the incident it was at, too.
create function index_updated_for_search() returns trigger language plpgsql as $$
begin
  perform index_incidents_for_search(agency, array_agg(distinct root)) from (
    select agency, root from changed where kind in ('incident', 'call') and root is not null
    union all
    select agency, root from former where kind = 'call' and root is not null
  ) as touched group by agency;
  return null;
end
$$;

create trigger entity_inserted_for_search after insert on entity
  referencing new table as changed for each statement execute function index_inserted_for_search();
create trigger entity_updated_for_search after update on entity
  referencing old table as former new table as changed for each statement
  execute function index_updated_for_search();

select index_incidents_for_search(agency, array_agg(id)) from entity where kind = 'incident' group by agency;
`,
};
