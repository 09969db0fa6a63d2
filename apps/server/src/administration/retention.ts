import { after, type Instant, instant, seconds } from '@lamplight/base';
import type { Retention } from '@lamplight/contracts';
import { type Database, dropEndedSessions, dropPositionsBefore, dropReceiptsBefore } from '@lamplight/store';

const DAY = 86_400;

/** What was forgotten in one go. */
export interface Forgotten {
  readonly positionDays: number;
  readonly receipts: number;
  readonly sessions: number;
}

/**
 * Forgets what the agency does not keep: whole days of positions, answers to old idempotency keys, ended sessions. The
 * log itself is never touched. `now` is the agency's clock; sessions live by that of the machine.
 */
export async function forgetWhatIsOver(
  database: Database,
  agency: string,
  { positionDays, receiptDays }: Retention,
  now: Instant,
): Promise<Forgotten> {
  return {
    positionDays: await dropPositionsBefore(database, after(now, seconds(-positionDays * DAY))),
    receipts: await dropReceiptsBefore(database, agency, after(now, seconds(-receiptDays * DAY))),
    sessions: await dropEndedSessions(database, instant(Date.now())),
  };
}
