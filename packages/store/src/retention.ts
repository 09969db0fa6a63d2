import type { Instant } from '@lamplight/base';
import { type Database, toMoment } from './database.js';

/** Rows removed in one statement, so that the log's writers never wait long. */
const BATCH = 10_000;

/**
 * Forgets the answers to idempotency keys that were recorded before `moment` and returns how many there were. A client
 * that sends one of these keys again is taken for a new one, so `moment` must lie further back than anybody retries.
 */
export async function dropReceiptsBefore(
  database: Database,
  agency: string,
  moment: Instant,
): Promise<number> {
  let dropped = 0;
  for (;;) {
    const { numDeletedRows } = await database.sql
      .deleteFrom('receipt')
      .where('agency', '=', agency)
      .where('key', 'in', (receipts) =>
        receipts
          .selectFrom('receipt')
          .select('key')
          .where('agency', '=', agency)
          .where('recorded_at', '<', toMoment(moment))
          .limit(BATCH),
      )
      .executeTakeFirst();
    dropped += Number(numDeletedRows);
    if (numDeletedRows < BigInt(BATCH)) return dropped;
  }
}
