import type pg from 'pg';
import type { Database } from '../database.js';

/** Runs `read` on a connection that sees one state of the database throughout and changes nothing. */
export function inSnapshot<Value>(
  database: Database,
  read: (client: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  return transaction(database, 'begin isolation level repeatable read read only', read);
}

/** Runs `work` in one transaction. A connection on which it failed is not used again. */
export async function transaction<Value>(
  database: Database,
  begin: string,
  work: (client: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  const client = await database.pool.connect();
  try {
    await client.query(begin);
    const value = await work(client);
    await client.query('commit');
    client.release();
    return value;
  } catch (thrown) {
    client.release(true);
    throw thrown;
  }
}
