import type pg from 'pg';
import type { Database } from '../database.js';

/** Longest wait for the answer to one query, in milliseconds. */
const QUERY_TIMEOUT = 60_000;

/**
 * One connection that is made when it is needed and made anew after it was lost. Queries are pipelined: those that
 * are sent together cost one round trip, and run in the order in which they were sent.
 */
export class Connection {
  private client: pg.Client | undefined;
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /**
   * Runs `work` in a transaction that is started by the statement `begin`; `last` is sent together with the commit.
   * When anything fails, nothing is committed, unless it was the answer to the commit that was lost, and the
   * connection is not used again.
   */
  async transaction<Value>(
    begin: string,
    work: (client: pg.Client) => Promise<Value>,
    last?: (client: pg.Client, value: Value) => Promise<void>,
  ): Promise<Value> {
    const client = await this.connect();
    try {
      const [, value] = await Promise.all([client.query(begin), work(client)]);
      await Promise.all([last?.(client, value), client.query('commit')]);
      return value;
    } catch (thrown) {
      void this.close();
      throw thrown;
    }
  }

  /** Ends the connection. The server rolls back what was under way. */
  async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => {});
  }

  private async connect(): Promise<pg.Client> {
    if (this.client) return this.client;
    const client = this.database.createClient({ pipeline: true, query_timeout: QUERY_TIMEOUT });
    const forget = (): void => {
      if (this.client === client) this.client = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    try {
      await client.connect();
      // A process that stalls inside a transaction must not hold the agency's lock for ever.
      // Everything asked here is asked by key. A plan that was made while a table was small would go on reading all of
      // it until the table is analysed; so reading all of it is not on offer.
      await client.query(
        `set idle_in_transaction_session_timeout = '30s'; set statement_timeout = ${QUERY_TIMEOUT};
        set enable_seqscan = off`,
      );
    } catch (thrown) {
      void client.end().catch(() => {});
      throw thrown;
    }
    this.client = client;
    return client;
  }
}
