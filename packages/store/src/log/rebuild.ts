import type { Database } from '../database.js';
import { upsertDocs } from './append.js';
import type { Fold } from './event.js';
import { readHead, readRange } from './rows.js';
import { transaction } from './snapshot.js';

const PAGE = 1_000;

/**
 * Drops the entities of an agency and folds them anew from the whole log, in one transaction: readers see the old
 * ones until the end, writers wait. Needed when the fold makes other documents than before; servers that run keep
 * their old ones in memory and have to be started again. Needs memory for all entities at once.
 */
export async function rebuildProjections(
  database: Database,
  agency: string,
  makeFold: () => Fold,
  onProgress?: (done: number, total: number) => void,
): Promise<{ readonly events: number; readonly documents: number }> {
  return transaction(database, 'begin', async (client) => {
    const head = await readHead(client, agency, 'lock');
    await client.query('delete from entity where agency = $1', [agency]);
    const fold = makeFold();
    for (let position = 0; position < head.position; ) {
      const events = await readRange(client, agency, position, head.position, PAGE);
      const last = events.at(-1);
      if (!last) throw new Error(`The log of ${agency} has no event after position ${position}.`);
      for (const event of events) fold.apply(event);
      await upsertDocs(client, agency, fold.drain());
      position = last.position;
      onProgress?.(position, head.position);
    }
    const counted = await client.query<{ count: number }>('select count(*) from entity where agency = $1', [
      agency,
    ]);
    return { events: head.position, documents: counted.rows[0]?.count ?? 0 };
  });
}
