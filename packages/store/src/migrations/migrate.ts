import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Database } from '../database.js';
import { StoreError } from '../errors.js';
import { log } from './0001-log.js';
import { peopleAndDevices } from './0002-people-and-devices.js';
import { positions } from './0003-positions.js';
import { configuration } from './0004-configuration.js';
import { premises } from './0005-premises.js';
import { settings } from './0006-settings.js';
import { afterwards } from './0007-after.js';
import { deviceLastSeen } from './0008-device-last-seen.js';
import type { Migration } from './migration.js';

/** Every step of the schema, in order. */
export const MIGRATIONS: readonly Migration[] = [
  log,
  peopleAndDevices,
  positions,
  configuration,
  premises,
  settings,
  afterwards,
  deviceLastSeen,
];

/** Any number; it must be the same in every process that migrates. */
const MIGRATION_LOCK = 7_269_171;

/**
 * Brings the database up to this code's schema and returns the names of the steps that ran. Each step is one
 * transaction; starters that come together wait for each other. Throws `database-newer-than-code` when steps are
 * recorded that this code does not know and `migration-changed` when a recorded step reads differently now.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<readonly string[]> {
  const client = await database.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(`create table if not exists migration (
      id integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
    const ran = await countRecorded(client, migrations);
    const pending = migrations.slice(ran);
    for (const migration of pending) await run(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {});
    client.release();
  }
}

async function countRecorded(client: pg.PoolClient, migrations: readonly Migration[]): Promise<number> {
  const recorded = await client.query<{ id: number; name: string; checksum: string }>(
    'select id, name, checksum from migration order by id',
  );
  for (const [index, { id, name, checksum: recordedSum }] of recorded.rows.entries()) {
    const migration = migrations[index];
    if (!migration || migration.id !== id) {
      throw new StoreError(
        'database-newer-than-code',
        `The database has migration ${id} (${name}), which this version of Lamplight does not know. Start the newer version again.`,
      );
    }
    if (checksum(migration) !== recordedSum) {
      throw new StoreError(
        'migration-changed',
        `Migration ${id} (${name}) is not what ran in this database.`,
      );
    }
  }
  return recorded.rows.length;
}

async function run(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into migration (id, name, checksum) values ($1, $2, $3)', [
      migration.id,
      migration.name,
      checksum(migration),
    ]);
    await client.query('commit');
  } catch (thrown) {
    await client.query('rollback').catch(() => {});
    throw thrown;
  }
}

const checksum = ({ sql }: Migration): string => createHash('sha256').update(sql).digest('hex');
