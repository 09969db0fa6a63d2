import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashEvent, openLog, readEvents, verifyLog } from '../src/index.js';
import { createTestDatabase, type TestDatabase } from '../src/testing.js';
import { event, submission } from './commands.js';
import { CounterFold } from './counter-fold.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.pool.query('alter table event disable trigger event_is_append_only');
});
afterAll(() => test.drop());

let agency = '';
let run = 0;

/** Six events on two counters. */
beforeEach(async () => {
  agency = `agency ${++run}`;
  const log = await openLog(test.database, { agency, fold: new CounterFold() });
  await log.submit(submission('k1', [event('Opened', 'a', { note: '灯火' }), event('Opened', 'b')]));
  for (const key of ['k2', 'k3']) {
    await log.submit(
      submission(key, [event('Added', 'a', { amount: 1.5 }), event('Added', 'b', { amount: 2 })]),
    );
  }
  await log.close();
});

const tamper = (sql: string): Promise<unknown> => test.database.pool.query(sql, [agency]);

describe('verifying a log', () => {
  it('finds nothing wrong with one that was left alone, and tells the head', async () => {
    const progress: number[] = [];
    const events = await readEvents(test.database, agency, { limit: 10 });
    const result = await verifyLog(test.database, agency, (done, total) => progress.push(done, total));
    expect(result).toEqual({ ok: true, value: { events: 6, head: events.at(-1)?.hash } });
    expect(progress).toEqual([6, 6]);
    expect(await verifyLog(test.database, 'nobody')).toMatchObject({ ok: true, value: { events: 0 } });
  });

  it.each([
    ['body', `body = jsonb_set(body, '{amount}', '1.6')`],
    ['actor', `actor = 'someone else'`],
    ['device', `device = 'd1'`],
    ['type', `type = 'Closed'`],
    ['id', `id = 'c', version = 1`],
    ['time', `occurred_at = occurred_at + interval '1 millisecond'`],
    ['time of record', `recorded_at = recorded_at - interval '1 second'`],
    ['hash', `hash = sha256('x')`],
  ])('finds a changed %s', async (_, change) => {
    await tamper(`update event set ${change} where agency = $1 and position = 3`);
    expect(await verifyLog(test.database, agency)).toEqual({
      ok: false,
      error: { position: 3, reason: 'hash-mismatch' },
    });
  });

  it('finds an event that was changed and hashed anew', async () => {
    const [target] = await readEvents(test.database, agency, { after: 2, limit: 1 });
    if (!target) throw new Error('no event');
    const hash = hashEvent({ ...target, actor: 'someone else' });
    await tamper(
      `update event set actor = 'someone else', hash = decode('${hash}', 'hex') where agency = $1 and position = 3`,
    );
    expect(await verifyLog(test.database, agency)).toEqual({
      ok: false,
      error: { position: 4, reason: 'chain-broken' },
    });
  });

  it('finds a removed event', async () => {
    await tamper('delete from event where agency = $1 and position = 4');
    expect(await verifyLog(test.database, agency)).toEqual({
      ok: false,
      error: { position: 4, reason: 'gap' },
    });
  });

  it('finds that the last events were removed', async () => {
    await tamper('delete from event where agency = $1 and position > 4');
    expect(await verifyLog(test.database, agency)).toEqual({
      ok: false,
      error: { position: 4, reason: 'head-mismatch' },
    });
  });

  it('finds two events that changed places', async () => {
    await tamper('update event set position = -position where agency = $1 and position in (3, 4)');
    await tamper('update event set position = 7 + position where agency = $1 and position < 0');
    expect(await verifyLog(test.database, agency)).toEqual({
      ok: false,
      error: { position: 3, reason: 'chain-broken' },
    });
  });

  it('finds a version that was left out though the chain was made anew', async () => {
    await tamper(`update event set version = 7 where agency = $1 and id = 'b' and version = 3`);
    const last = (await readEvents(test.database, agency, { limit: 10 })).at(-1);
    if (!last) throw new Error('no event');
    const hash = hashEvent(last);
    await tamper(`update event set hash = decode('${hash}', 'hex') where agency = $1 and position = 6`);
    await tamper(`update log_head set hash = decode('${hash}', 'hex') where agency = $1`);
    expect(await verifyLog(test.database, agency)).toEqual({
      ok: false,
      error: { position: 6, reason: 'version-gap' },
    });
  });
});
