import { err, ok, type Result } from '@lamplight/base';
import type { Database } from '../database.js';
import { EMPTY_HEAD, type Head, hashEvent, type LoggedEvent } from './event.js';
import { readHead, readRange } from './rows.js';
import { inSnapshot } from './snapshot.js';

/** The first place at which a log does not fit together. */
export interface LogFault {
  readonly position: number;
  /**
   * `gap`: no event at this position though one follows. `chain-broken`: the event does not name the hash of the one
   * before. `hash-mismatch`: its content is not what was hashed. `version-gap`: its version does not follow the last
   * of its entity. `head-mismatch`: the log ends here, but its recorded head is another.
   */
  readonly reason: 'gap' | 'chain-broken' | 'hash-mismatch' | 'version-gap' | 'head-mismatch';
}

const PAGE = 1_000;

/**
 * Recomputes the whole chain of an agency's log and checks it against its head. Whoever can write to the database
 * can also write a new chain from some position on to a new head; to notice that, keep heads elsewhere and compare
 * the hash at their positions. Memory grows with the number of entities. `onProgress` gets events done and in all.
 */
export async function verifyLog(
  database: Database,
  agency: string,
  onProgress?: (done: number, total: number) => void,
): Promise<Result<{ readonly events: number; readonly head: string }, LogFault>> {
  return inSnapshot(database, async (client) => {
    const recorded = await readHead(client, agency);
    const chain = new Chain();
    for (;;) {
      const events = await readRange(client, agency, chain.head.position, Number.MAX_SAFE_INTEGER, PAGE);
      if (events.length === 0) break;
      for (const event of events) {
        const reason = chain.add(event);
        if (reason)
          return err({ position: reason === 'gap' ? chain.head.position + 1 : event.position, reason });
      }
      onProgress?.(chain.head.position, recorded.position);
    }
    const { position, hash } = chain.head;
    if (position !== recorded.position || hash !== recorded.hash) {
      return err({ position, reason: 'head-mismatch' });
    }
    return ok({ events: position, head: hash });
  });
}

class Chain {
  head: Head = EMPTY_HEAD;
  private readonly versions = new Map<string, number>();

  add(event: LoggedEvent): LogFault['reason'] | undefined {
    if (event.position !== this.head.position + 1) return 'gap';
    if (event.prevHash !== this.head.hash) return 'chain-broken';
    if (event.hash !== hashEvent(event)) return 'hash-mismatch';
    const stream = JSON.stringify([event.kind, event.id]);
    if (event.version !== (this.versions.get(stream) ?? 0) + 1) return 'version-gap';
    this.versions.set(stream, event.version);
    this.head = { position: event.position, hash: event.hash };
    return undefined;
  }
}
