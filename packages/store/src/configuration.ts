import type { Instant } from '@lamplight/base';
import { sql } from 'kysely';
import { type Database, toTimestamp } from './database.js';
import { canonicalJson, type Json } from './log/json.js';
import { listen } from './log/listen.js';

/** One version of one section of an agency's configuration. Versions count from 1 and are never changed. */
export interface ConfigurationVersion {
  readonly section: string;
  readonly version: number;
  readonly at: Instant;
  readonly actor: string;
  readonly reason: string;
  readonly content: Json;
}

/** The configuration of an agency as it holds: the latest version of each section that has any. */
export interface Configuration {
  /** Grows with every change, and is the same for everyone who reads the same configuration. */
  readonly revision: number;
  readonly sections: ReadonlyMap<string, ConfigurationVersion>;
}

const COLUMNS = ['section', 'version', 'at', 'actor', 'reason', 'content'] as const;

/** What holds now. */
export async function readConfiguration(
  database: Pick<Database, 'sql'>,
  agency: string,
): Promise<Configuration> {
  const rows = await database.sql
    .selectFrom('configuration')
    .distinctOn('section')
    .select(COLUMNS)
    .where('agency', '=', agency)
    .orderBy('section')
    .orderBy('version', 'desc')
    .execute();
  return {
    // Versions have no gaps, so their sum is the number of changes.
    revision: rows.reduce((sum, { version }) => sum + version, 0),
    sections: new Map(rows.map((row) => [row.section, row])),
  };
}

/** Versions of a section, the newest first; `before` goes on after a page. */
export async function listConfigurationVersions(
  database: Database,
  agency: string,
  filter: { readonly section: string; readonly before?: number; readonly limit: number },
): Promise<ConfigurationVersion[]> {
  let query = database.sql
    .selectFrom('configuration')
    .select(COLUMNS)
    .where('agency', '=', agency)
    .where('section', '=', filter.section)
    .orderBy('version', 'desc')
    .limit(filter.limit);
  if (filter.before !== undefined) query = query.where('version', '<', filter.before);
  return query.execute();
}

export interface ConfigurationChange {
  readonly section: string;
  /** The version that whoever changes it had before their eyes; 0 when the section has none yet. */
  readonly seen: number;
  readonly at: Instant;
  readonly actor: string;
  readonly reason: string;
  readonly content: Json;
}

/** `changed`: somebody else was faster, and this is what they made. `refused`: the check found something. */
export type ConfigurationOutcome<Refusal> =
  | { readonly kind: 'saved'; readonly saved: ConfigurationVersion; readonly revision: number }
  | { readonly kind: 'changed'; readonly current: ConfigurationVersion | undefined }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Serialises changes of one agency's configuration: the check looks at all of it. */
const CONFIGURATION_LOCK = 7_269_173;
const CHANNEL = 'lamplight_configuration';

/**
 * Adds a version with its line in the audit, and tells all servers. `check` gets the whole configuration as it is at
 * that moment, which nobody can change meanwhile, and returns what speaks against the change.
 */
export function saveConfiguration<Refusal>(
  database: Database,
  agency: string,
  { section, seen, at, actor, reason, content }: ConfigurationChange,
  check: (current: Configuration) => Refusal | undefined,
): Promise<ConfigurationOutcome<Refusal>> {
  return database.sql.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${CONFIGURATION_LOCK}, hashtext(${agency}))`.execute(transaction);
    const now = await readConfiguration({ sql: transaction }, agency);
    const current = now.sections.get(section);
    if ((current?.version ?? 0) !== seen) return { kind: 'changed', current };
    const refusal = check(now);
    if (refusal !== undefined) return { kind: 'refused', refusal };
    const version = seen + 1;
    const row = { section, version, at: toTimestamp(at), actor, reason, content: canonicalJson(content) };
    await transaction
      .insertInto('configuration')
      .values({ agency, ...row })
      .execute();
    await transaction
      .insertInto('audit')
      .values({
        agency,
        at: row.at,
        actor,
        action: 'configuration-changed',
        subject: `configuration:${section}`,
        // What it was and what it became stand in the versions themselves.
        detail: canonicalJson({ before: seen, after: version, reason }),
      })
      .execute();
    await sql`select pg_notify(${CHANNEL}, ${agency})`.execute(transaction);
    const saved: ConfigurationVersion = { section, version, at, actor, reason, content };
    return { kind: 'saved', saved, revision: now.revision + 1 };
  });
}

const LOOK_EVERY = 5_000;

/**
 * Calls back when the configuration of an agency may have changed: on every notification, on every reconnection, since
 * those of the gap are lost, and every few seconds, since a connection can die silently.
 */
export function followConfiguration(
  database: Database,
  agency: string,
  onNews: () => void,
): { close(): Promise<void> } {
  const listening = listen(database, {
    channel: CHANNEL,
    onPayload: (payload) => {
      if (payload === agency) onNews();
    },
    onConnected: onNews,
  });
  const look = setInterval(onNews, LOOK_EVERY);
  return {
    async close() {
      clearInterval(look);
      await listening.close();
    },
  };
}

/** How many incidents of a period were of a type and reached an alarm level; merged ones are not counted twice. */
export interface IncidentCount {
  readonly typeCode: string | null;
  readonly alarmLevel: number;
  readonly count: number;
}

/** Counts the incidents that were opened from one moment until before another, in one pass over the projection. */
export async function countIncidentsByType(
  database: Database,
  agency: string,
  period: { readonly from: Instant; readonly to: Instant },
): Promise<IncidentCount[]> {
  const answer = await database.pool.query<IncidentCount>(
    `select doc->>'typeCode' as "typeCode", (doc->>'alarmLevel')::int as "alarmLevel", count(*)::int as count
     from entity
     where agency = $1 and kind = 'incident' and started_at >= $2 and started_at < $3
       and doc->>'status' <> 'merged'
     group by 1, 2
     order by 1, 2`,
    [agency, toTimestamp(period.from), toTimestamp(period.to)],
  );
  return answer.rows;
}
