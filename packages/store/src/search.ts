import { type Instant, instant } from '@lamplight/base';
import { type RawBuilder, sql } from 'kysely';
import { type Database, toMoment } from './database.js';

type SearchOrder = 'newest' | 'oldest' | 'priority';

/** What incidents are asked for; what is left out does not narrow. */
export interface IncidentSearch {
  /** Every part between blanks must occur in the number, the place, the notes, or, if allowed, in what callers gave. */
  readonly text?: string | undefined;
  /** Whether `text` may be found in names and numbers of callers. */
  readonly callers: boolean;
  readonly statuses?: readonly string[] | undefined;
  readonly types?: readonly string[] | undefined;
  readonly priorities?: readonly number[] | undefined;
  readonly dispositions?: readonly string[] | undefined;
  /** Only incidents that the unit was ordered to. */
  readonly unitId?: string | undefined;
  /** Opened in `[openedFrom, openedBefore)`. */
  readonly openedFrom?: Instant | undefined;
  readonly openedBefore?: Instant | undefined;
  readonly order: SearchOrder;
  readonly limit: number;
  /** Where the page before ended: its `next`. */
  readonly cursor?: string | undefined;
}

export interface IncidentSearchPage {
  /** In the order asked for. */
  readonly ids: readonly string[];
  readonly next: string | null;
}

/** Nobody types more words than this to find one incident. */
const TERM_LIMIT = 12;
/** The priority of an incident that has none yet, for sorting: after all others. */
const NO_PRIORITY = 9;

export const searchTerms = (text: string): readonly string[] =>
  text.split(/\s+/u).filter(Boolean).slice(0, TERM_LIMIT);

/** A page of the incidents that fit. Throws a RangeError for a cursor that is none of this order. */
export async function searchIncidents(
  database: Database,
  agency: string,
  search: IncidentSearch,
): Promise<IncidentSearchPage> {
  const rank = sql<number>`coalesce(priority, ${sql.lit(NO_PRIORITY)})`;
  let query = database.sql
    .selectFrom('incident_search')
    .select(['id', 'opened_at', rank.as('rank')])
    .where(matches(agency, search))
    .limit(search.limit + 1);
  if (search.cursor !== undefined) query = query.where(beyond(search.order, parseCursor(search.cursor)));
  switch (search.order) {
    case 'newest':
      query = query.orderBy('opened_at', 'desc').orderBy('id', 'desc');
      break;
    case 'oldest':
      query = query.orderBy('opened_at').orderBy('id');
      break;
    case 'priority':
      query = query.orderBy(rank).orderBy('opened_at', 'desc').orderBy('id', 'desc');
      break;
  }
  const rows = await query.execute();
  const page = rows.slice(0, search.limit);
  const last = page.at(-1);
  return {
    ids: page.map(({ id }) => id),
    next: rows.length > search.limit && last ? `${last.rank}:${last.opened_at}:${last.id}` : null,
  };
}

/** How many incidents fit, counted up to `most` and no further. */
export async function countIncidents(
  database: Database,
  agency: string,
  search: IncidentSearch,
  most: number,
): Promise<number> {
  const { count } = await database.sql
    .selectFrom((from) =>
      from
        .selectFrom('incident_search')
        .select(sql`1`.as('one'))
        .where(matches(agency, search))
        .limit(most)
        .as('found'),
    )
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

function matches(agency: string, search: IncidentSearch): RawBuilder<boolean> {
  const terms: RawBuilder<boolean>[] = [sql<boolean>`agency = ${agency}`];
  const oneOf = (column: string, values: readonly (string | number)[] | undefined): void => {
    if (values && values.length > 0)
      terms.push(sql<boolean>`${sql.ref(column)} in (${sql.join([...values])})`);
  };
  oneOf('status', search.statuses);
  oneOf('type_code', search.types);
  oneOf('priority', search.priorities);
  oneOf('disposition', search.dispositions);
  if (search.openedFrom !== undefined) terms.push(sql`opened_at >= ${toMoment(search.openedFrom)}`);
  if (search.openedBefore !== undefined) terms.push(sql`opened_at < ${toMoment(search.openedBefore)}`);
  if (search.unitId !== undefined) {
    terms.push(sql`id in (select root from entity where entity.agency = ${agency} and kind = 'assignment'
      and doc ->> 'unitId' = ${search.unitId})`);
  }
  for (const term of searchTerms(search.text ?? '')) {
    const inWords = sql<boolean>`strpos(words, fold_for_search(${term})) > 0`;
    terms.push(
      search.callers ? sql<boolean>`(${inWords} or strpos(callers, fold_for_search(${term})) > 0)` : inWords,
    );
  }
  return sql<boolean>`${sql.join(terms, sql` and `)}`;
}

interface Cursor {
  readonly rank: number;
  readonly openedAt: Instant;
  readonly id: string;
}

function beyond(order: SearchOrder, { rank, openedAt, id }: Cursor): RawBuilder<boolean> {
  const at = toMoment(openedAt);
  switch (order) {
    case 'newest':
      return sql`(opened_at, id) < (${at}, ${id})`;
    case 'oldest':
      return sql`(opened_at, id) > (${at}, ${id})`;
    case 'priority':
      return sql`(coalesce(priority, ${sql.lit(NO_PRIORITY)}) > ${rank}
        or (coalesce(priority, ${sql.lit(NO_PRIORITY)}) = ${rank} and (opened_at, id) < (${at}, ${id})))`;
  }
}

function parseCursor(cursor: string): Cursor {
  const match = /^(\d):(\d{1,15}):(.{1,100})$/u.exec(cursor);
  const [, rank, openedAt, id] = match ?? [];
  if (rank === undefined || openedAt === undefined || id === undefined)
    throw new RangeError('The cursor is not one of a page.');
  return { rank: Number(rank), openedAt: instant(Number(openedAt)), id };
}
