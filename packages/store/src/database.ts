import { formatInstant, type Instant, instant } from '@lamplight/base';
import { Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { StoreError } from './errors.js';
import type { Tables } from './tables.js';

/** A pool of connections to a migrated database, with typed queries on top. */
export interface Database {
  readonly pool: pg.Pool;
  readonly sql: Kysely<Tables>;
  /** A connection outside the pool, for LISTEN and other things that hold on to one. Not yet connected. */
  createClient(settings?: pg.ClientConfig): pg.Client;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly connectionString: string;
  /** At most this many connections; 10 when not given. */
  readonly maxConnections?: number;
  /** An idle connection broke, as when the server restarts. The pool has already dropped it. */
  readonly onConnectionLost?: (error: Error) => void;
}

/**
 * Connects and checks the server's version. In the answers of this package's connections bigint is a number (all
 * ours stay far below 2^53) and timestamptz an Instant. Throws `server-too-old` below PostgreSQL 13.
 */
export async function connectDatabase(options: ConnectOptions): Promise<Database> {
  const config: pg.ClientConfig = {
    connectionString: options.connectionString,
    types: { getTypeParser },
    application_name: 'lamplight',
    keepAlive: true,
    connectionTimeoutMillis: 20_000,
    // Offsets of old dates in local zones have seconds, which ISO 8601 has not.
    options: '-c timezone=UTC',
  };
  const pool = new pg.Pool({ ...config, max: options.maxConnections ?? 10 });
  // Without a listener, the loss of an idle connection would end the process.
  pool.on('error', (error) => options.onConnectionLost?.(error));
  // The pool listens to idle connections only. One lost while in use, between two queries, would end the process
  // too; whoever uses it learns of it by the next query.
  pool.on('connect', (client) => client.on('error', () => {}));
  const database: Database = {
    pool,
    sql: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    createClient: (settings) => new pg.Client({ ...config, ...settings }),
    close: () => pool.end(),
  };
  try {
    await checkVersion(pool);
  } catch (thrown) {
    await pool.end();
    throw thrown;
  }
  return database;
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const answer = await pool.query<{ number: string; name: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as name`,
  );
  const [version] = answer.rows;
  if (version && Number(version.number) < 130_000) {
    throw new StoreError(
      'server-too-old',
      `PostgreSQL 13 or newer is needed; this server is ${version.name}.`,
    );
  }
}

const BIGINT = 20;
const TIMESTAMPTZ = 1184;

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (format !== 'binary' && oid === BIGINT) return Number;
  if (format !== 'binary' && oid === TIMESTAMPTZ) return parseTimestamp;
  return pg.types.getTypeParser(oid, format ?? 'text');
}

/** Reads `2026-01-31 08:15:30.25+00`: ISO 8601 but for the blank and the short offset. */
function parseTimestamp(text: string): Instant {
  if (text === 'infinity') return instant(Infinity);
  if (text === '-infinity') return instant(-Infinity);
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
  return instant(Date.parse(iso));
}

/** An instant as a parameter of type timestamptz. */
export const toTimestamp = (at: Instant): string => formatInstant(at);

/** An instant as an operand in a typed query. */
export const toMoment = (at: Instant): RawBuilder<Instant> => sql<Instant>`${toTimestamp(at)}::timestamptz`;
