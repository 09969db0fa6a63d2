import type { LoggedEvent } from './event.js';
import { type Queryable, readVersions } from './rows.js';

const LIMIT = 100_000;

/**
 * The last version of every stream that was asked for. An id that is here is known with all its kinds: whoever holds
 * the agency's lock and has followed the log knows that nobody else added to them.
 */
export class Versions {
  private readonly kindsOf = new Map<string, Map<string, number>>();

  /** Learns the versions under these ids in one query. Call between groups only: it may forget others. */
  async prefetch(client: Queryable, agency: string, ids: readonly string[]): Promise<void> {
    if (this.kindsOf.size > LIMIT) this.kindsOf.clear();
    await this.learn(client, agency, ids);
  }

  /** The last version of a stream, 0 for a new one. The events of this id must all be in the database or noted. */
  async get(client: Queryable, agency: string, kind: string, id: string): Promise<number> {
    await this.learn(client, agency, [id]);
    return this.kindsOf.get(id)?.get(kind) ?? 0;
  }

  note({ kind, id, version }: LoggedEvent): void {
    this.kindsOf.get(id)?.set(kind, version);
  }

  clear(): void {
    this.kindsOf.clear();
  }

  private async learn(client: Queryable, agency: string, ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !this.kindsOf.has(id));
    if (unknown.length === 0) return;
    const found = await readVersions(client, agency, unknown);
    for (const id of unknown) this.kindsOf.set(id, new Map());
    for (const { id, kind, version } of found) this.kindsOf.get(id)?.set(kind, version);
  }
}
