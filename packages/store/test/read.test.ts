import { createRandom, instant } from '@lamplight/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findEntity,
  listActive,
  listByRoot,
  listChangedSince,
  listEntities,
  openLog,
  readEvents,
  rebuildProjections,
} from '../src/index.js';
import { createTestDatabase, type TestDatabase } from '../src/testing.js';
import { event, NOON, submission } from './commands.js';
import { CounterFold } from './counter-fold.js';

let test: TestDatabase;
const AGENCY = 'city';

/** Forty counters of a random life each; every fourth is the root of the three after it. */
beforeAll(async () => {
  test = await createTestDatabase();
  const random = createRandom('read');
  const log = await openLog(test.database, { agency: AGENCY, fold: new CounterFold() });
  for (let i = 0; i < 40; i++) {
    const id = `c${String(i).padStart(2, '0')}`;
    const root = i % 4 === 0 ? {} : { root: `c${String(i - (i % 4)).padStart(2, '0')}` };
    // Two of a kind start at the same moment, so that pages have ties to break.
    const opened = event('Opened', id, root, instant(NOON + Math.floor(i / 2) * 60_000));
    const added = Array.from({ length: random.integer(4) }, () =>
      event('Added', id, { amount: random.next() }),
    );
    await log.submit(submission(`k${i}`, [opened, ...added, ...(i % 3 === 0 ? [event('Closed', id)] : [])]));
  }
  await log.close();
});
afterAll(() => test.drop());

const ids = (docs: readonly { id: string }[]): string[] => docs.map(({ id }) => id);

async function readTable(): Promise<unknown[]> {
  return (await test.database.pool.query('select * from entity order by agency, kind, id')).rows;
}

describe('rebuilding the projection', () => {
  it('gives the documents that were kept live', async () => {
    const live = await readTable();
    expect(live).toHaveLength(40);
    await test.database.pool.query(`update entity set doc = '{}', active = false where id < 'c20'`);
    await test.database.pool.query(`delete from entity where id > 'c30'`);
    const progress: number[] = [];
    const rebuilt = await rebuildProjections(
      test.database,
      AGENCY,
      () => new CounterFold(),
      (done) => progress.push(done),
    );
    expect(rebuilt.documents).toBe(40);
    expect(progress.at(-1)).toBe(rebuilt.events);
    expect(await readTable()).toEqual(live);
  });
});

describe('entities', () => {
  it('come in pages, those started last first, none twice and none left out', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEntities(test.database, AGENCY, {
        kind: 'counter',
        limit: 7,
        ...(cursor === undefined ? {} : { cursor }),
      });
      seen.push(...ids(page.docs));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(40);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  it('are found by kind, activity and start', async () => {
    const closed = await listEntities(test.database, AGENCY, { kind: 'counter', active: false, limit: 100 });
    expect(closed.docs).toHaveLength(14);
    expect(closed.next).toBeUndefined();
    const range = { startedFrom: instant(NOON + 60_000), startedBefore: instant(NOON + 180_000) };
    const started = await listEntities(test.database, AGENCY, { kind: 'counter', ...range, limit: 100 });
    expect(ids(started.docs)).toEqual(['c05', 'c04', 'c03', 'c02']);
    expect((await listEntities(test.database, AGENCY, { kind: 'other', limit: 1 })).docs).toEqual([]);
    await expect(
      listEntities(test.database, AGENCY, { kind: 'counter', cursor: 'x', limit: 1 }),
    ).rejects.toThrow(RangeError);
  });

  it('are found with those of the same root', async () => {
    expect(ids(await listByRoot(test.database, AGENCY, 'c08'))).toEqual(['c08', 'c09', 'c10', 'c11']);
    expect(await findEntity(test.database, AGENCY, 'counter', 'c09')).toMatchObject({
      id: 'c09',
      root: 'c08',
    });
    expect(await findEntity(test.database, AGENCY, 'counter', 'nothing')).toBeUndefined();
  });

  it('changed since a position are what a client that was at it lacks', async () => {
    const snapshot = await listActive(test.database, AGENCY);
    expect(snapshot.docs).toHaveLength(26);
    const fold = new CounterFold();
    const log = await openLog(test.database, { agency: AGENCY, fold });
    await log.submit(submission('later', [event('Closed', 'c01')]));
    await log.close();
    const delta = await listChangedSince(test.database, AGENCY, snapshot.position);
    expect(delta.position).toBe(snapshot.position + 1);
    expect(delta.docs).toMatchObject([{ id: 'c01', active: false, position: delta.position }]);
  });
});

describe('events', () => {
  it('are read by entity, by root, by type and from a position', async () => {
    const all = await readEvents(test.database, AGENCY, { limit: 1_000 });
    const some = await readEvents(test.database, AGENCY, { after: 10, limit: 5 });
    expect(some).toEqual(all.slice(10, 15));
    expect(await readEvents(test.database, AGENCY, { kind: 'counter', id: 'c03', limit: 99 })).toEqual(
      all.filter(({ id }) => id === 'c03'),
    );
    expect(await readEvents(test.database, AGENCY, { root: 'c08', types: ['Opened'], limit: 99 })).toEqual(
      all.filter(({ id, type }) => type === 'Opened' && ['c08', 'c09', 'c10', 'c11'].includes(id)),
    );
    const after = { recordedFrom: instant(NOON + 1), limit: 1 };
    expect(await readEvents(test.database, AGENCY, after)).toEqual([]);
    const until = { recordedFrom: NOON, recordedBefore: instant(NOON + 1), limit: 1_000 };
    expect(await readEvents(test.database, AGENCY, until)).toEqual(all);
  });
});
