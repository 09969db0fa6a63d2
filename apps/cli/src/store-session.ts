import { existsSync } from 'node:fs';
import {
  connectDatabase,
  type Database,
  defaultDataFolder,
  migrate,
  openDatabase,
  StoreError,
} from '@lamplight/store';
import { EXIT } from './exit-codes.js';
import { Failure, failed, reasonOf, refused } from './failure.js';
import type { Terminal } from './terminal.js';

export interface StoreOptions {
  readonly data?: string;
  readonly agency?: string;
}

export interface StoreSession {
  readonly database: Database;
  readonly agency: { readonly id: string; readonly timeZone: string };
}

/** Help for the options that {@link withStore} reads. */
export const DATA_OPTION = ['--data <folder>', 'data folder (default: ~/.local/share/lamplight)'] as const;
export const AGENCY_OPTION = ['--agency <id>', 'which agency, where the database holds several'] as const;

export const STORE_HELP = `Works on the data folder of a server, also while that server runs; or on the PostgreSQL that DATABASE_URL names.`;

/**
 * Opens the store for one piece of work and closes it after. Uses the PostgreSQL of a running server where there is
 * one, else starts it for the while. Throws a `Failure` when there is no data or the agency is not in it.
 */
export async function withStore<Value>(
  terminal: Terminal,
  { data, agency }: StoreOptions,
  work: (session: StoreSession) => Promise<Value>,
): Promise<Value> {
  const { environment } = terminal.streams;
  const folder = data ?? defaultDataFolder(environment);
  const databaseUrl = environment.DATABASE_URL;
  // Looking must not found a new, empty cluster.
  if (!databaseUrl && !existsSync(folder)) throw refused('refused.no-data', { folder });
  try {
    const server = await openDatabase({
      data: folder,
      mode: 'attach-or-own',
      ...(databaseUrl ? { databaseUrl } : {}),
    });
    try {
      const database = await connectDatabase({
        connectionString: server.connectionString,
        maxConnections: 4,
      });
      try {
        if (server.kind !== 'attached') await migrate(database);
        return await work({ database, agency: await findAgency(database, agency, folder) });
      } finally {
        await database.close();
      }
    } finally {
      await server.stop();
    }
  } catch (thrown) {
    if (!(thrown instanceof StoreError)) throw thrown;
    throw new Failure({
      exit: thrown.code === 'data-folder-unusable' ? EXIT.refused : EXIT.failure,
      code: thrown.code,
      message: { key: 'failed.store', values: { reason: reasonOf(thrown) } },
    });
  }
}

async function findAgency(
  database: Database,
  wanted: string | undefined,
  folder: string,
): Promise<StoreSession['agency']> {
  const rows = await database.sql.selectFrom('agency').select(['id', 'time_zone']).orderBy('id').execute();
  const agencies = rows.map(({ id, time_zone: timeZone }) => ({ id, timeZone }));
  const [only, ...others] = agencies;
  if (!only) throw refused('refused.no-agency', { folder });
  if (wanted === undefined) {
    if (others.length === 0) return only;
    throw refused('refused.which-agency', { agencies: agencies.map(({ id }) => id).join(', ') });
  }
  const found = agencies.find(({ id }) => id === wanted);
  if (found) return found;
  throw failed('failed.agency-unknown', {
    agency: wanted,
    agencies: agencies.map(({ id }) => id).join(', '),
  });
}
