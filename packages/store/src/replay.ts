import { type Instant, instant, type LonLat } from '@lamplight/base';
import type { ResponseEvent } from '@lamplight/domain';
import { type Database, toTimestamp } from './database.js';
import type { EntityDoc } from './log/event.js';
import { type EventRow, toDoc, toEvent } from './log/rows.js';
import { readEvent } from './response/response-fold.js';

/** A point of a track. */
export interface TrackPoint {
  readonly unitId: string;
  readonly at: Instant;
  readonly position: LonLat;
  readonly bearing: number | null;
}

interface PointRow {
  unit_id: string;
  event_time: Instant;
  lon: number;
  lat: number;
  bearing: number | null;
}

const toPoint = ({ unit_id, event_time, lon, lat, bearing }: PointRow): TrackPoint => ({
  unitId: unit_id,
  at: event_time,
  position: [lon, lat],
  bearing,
});

/** The history is kept by day of arrival. Positions that came later than this are not looked for. */
const LATE = 3 * 86_400_000;
/** A device's clock may be ahead of ours by as much. */
const EARLY = 600_000;

/**
 * The last position of each unit in the `lookback` milliseconds up to `at`, by the devices' clocks. Units without one
 * are left out.
 */
export async function readLastPositions(
  database: Database,
  agency: string,
  query: { readonly unitIds: readonly string[]; readonly at: Instant; readonly lookback: number },
): Promise<TrackPoint[]> {
  const { rows } = await database.pool.query<PointRow>({
    name: 'replay-last-positions',
    text: `select wanted.unit_id, last.* from unnest($2::text[]) as wanted (unit_id) cross join lateral (
      select event_time, lon, lat, bearing from position
      where agency = $1 and position.unit_id = wanted.unit_id and event_time > $3 and event_time <= $4
        and receive_time > $5 and receive_time <= $6
      order by event_time desc limit 1) as last`,
    values: [
      agency,
      query.unitIds,
      toTimestamp(instant(query.at - query.lookback)),
      toTimestamp(query.at),
      toTimestamp(instant(query.at - query.lookback - EARLY)),
      toTimestamp(instant(query.at + LATE)),
    ],
  });
  return rows.map(toPoint);
}

/** Where units were in `[from, to]`, thinned to one position each `step` seconds, by unit and time. */
export async function readTracks(
  database: Database,
  agency: string,
  query: {
    readonly unitIds: readonly string[];
    readonly from: Instant;
    readonly to: Instant;
    readonly step: number;
  },
): Promise<TrackPoint[]> {
  const { rows } = await database.pool.query<PointRow>({
    name: 'replay-tracks',
    text: `select distinct on (unit_id, floor(extract(epoch from event_time) / $5::int))
        unit_id, event_time, lon, lat, bearing
      from position
      where agency = $1 and unit_id = any($2) and event_time >= $3 and event_time <= $4
        and receive_time >= $6 and receive_time <= $7
      order by unit_id, floor(extract(epoch from event_time) / $5::int), event_time`,
    values: [
      agency,
      query.unitIds,
      toTimestamp(query.from),
      toTimestamp(query.to),
      query.step,
      toTimestamp(instant(query.from - EARLY)),
      toTimestamp(instant(query.to + LATE)),
    ],
  });
  return rows.map(toPoint);
}

/** Incidents that were open at a moment, those opened last first, with whatever belongs to them now. */
export async function listOpenAt(
  database: Database,
  agency: string,
  query: { readonly at: Instant; readonly openedFrom: Instant; readonly limit: number },
): Promise<EntityDoc[]> {
  const { rows } = await database.pool.query<Parameters<typeof toDoc>[0]>({
    name: 'replay-open-at',
    text: `select * from entity where agency = $1 and root = any(array(
      select id from incident_search
      where agency = $1 and opened_at >= $2 and opened_at <= $3 and (ended_at is null or ended_at > $3)
      order by opened_at desc, id desc limit $4))`,
    values: [agency, toTimestamp(query.openedFrom), toTimestamp(query.at), query.limit],
  });
  return rows.map(toDoc);
}

/** The events of these entities that had happened by a moment, in the order of the log. */
export async function readEventsUntil(
  database: Database,
  agency: string,
  query: { readonly ids: readonly string[]; readonly at: Instant; readonly limit: number },
): Promise<ResponseEvent[]> {
  const { rows } = await database.pool.query<EventRow>({
    name: 'replay-events-until',
    text: `select * from event where agency = $1 and id = any($2) and occurred_at <= $3 order by position limit $4`,
    values: [agency, query.ids, toTimestamp(query.at), query.limit],
  });
  return rows.map(toEvent).map(readEvent);
}

/** The units that were on duty at a moment, as far as the log of their last begin or end of duty says. */
export async function listOnDutyAt(
  database: Database,
  agency: string,
  query: { readonly at: Instant; readonly limit: number },
): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>({
    name: 'replay-on-duty',
    text: `select unit.id from entity as unit cross join lateral (
        select type from event
        where event.agency = $1 and event.id = unit.id and event.kind = 'unit' and occurred_at <= $2
          and type in ('DutyBegun', 'DutyEnded', 'UnitRetired')
        order by version desc limit 1) as last
      where unit.agency = $1 and unit.kind = 'unit' and last.type = 'DutyBegun'
      order by unit.id limit $3`,
    values: [agency, toTimestamp(query.at), query.limit],
  });
  return rows.map(({ id }) => id);
}

/** All entities of these roots. */
export async function listByRoots(
  database: Database,
  agency: string,
  roots: readonly string[],
): Promise<EntityDoc[]> {
  const { rows } = await database.pool.query<Parameters<typeof toDoc>[0]>({
    name: 'after-by-roots',
    text: 'select * from entity where agency = $1 and root = any($2) order by position',
    values: [agency, roots],
  });
  return rows.map(toDoc);
}

/** Call signs of units, also of those that are retired; one that was never registered is left out. */
export async function readCallSigns(
  database: Database,
  agency: string,
  unitIds: readonly string[],
): Promise<Record<string, string>> {
  const { rows } = await database.pool.query<{ id: string; call_sign: string }>({
    name: 'after-call-signs',
    text: `select id, doc ->> 'callSign' as call_sign from entity
      where agency = $1 and id = any($2) and kind = 'unit'`,
    values: [agency, unitIds],
  });
  return Object.fromEntries(rows.map(({ id, call_sign }) => [id, call_sign]));
}
