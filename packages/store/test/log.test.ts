import { createRandom, instant } from '@lamplight/base';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  type CommittedBatch,
  connectDatabase,
  type Json,
  type LogOptions,
  openLog,
  readEvents,
  verifyLog,
} from '../src/index.js';
import { createTestDatabase, type TestDatabase } from '../src/testing.js';
import { addTo, event, NOON, submission } from './commands.js';
import { CounterFold } from './counter-fold.js';
import { LosingProxy } from './losing-proxy.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function openCounters(agency: string, more: Partial<LogOptions> = {}, database = test.database) {
  const fold = new CounterFold();
  const errors: unknown[] = [];
  const log = await openLog(database, { agency, fold, onError: (error) => errors.push(error), ...more });
  const batches: CommittedBatch[] = [];
  log.onCommitted((batch) => batches.push(batch));
  onTestFinished(() => log.close());
  const positions = (): number[] => batches.flatMap(({ events }) => events.map(({ position }) => position));
  return { fold, log, batches, errors, positions };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

async function expectVerified(agency: string, events: number): Promise<void> {
  expect(await verifyLog(test.database, agency)).toMatchObject({ ok: true, value: { events } });
}

describe('a submission', () => {
  it('is decided, appended and told', async () => {
    const { fold, log, batches } = await openCounters('appends');
    const answer = await log.submit(addTo(fold, 'k1', 'a', 5));
    expect(answer).toEqual({ answer: { before: 0, after: 5 }, position: 2, replayed: false });
    expect(log.position).toBe(2);
    expect(batches).toHaveLength(1);
    expect(batches[0]?.events.map(({ type, version }) => [type, version])).toEqual([
      ['Opened', 1],
      ['Added', 2],
    ]);
    expect(batches[0]?.docs).toMatchObject([{ id: 'a', position: 2, version: 2, doc: { sum: 5 } }]);
    expect(await readEvents(test.database, 'appends', { limit: 10 })).toEqual(batches[0]?.events);
    await expectVerified('appends', 2);
  });

  it('sent again under its key gets the first answer and changes nothing', async () => {
    const { fold, log } = await openCounters('replays');
    const first = await log.submit(addTo(fold, 'k1', 'a', 5));
    await log.submit(addTo(fold, 'k2', 'a', 1));
    expect(await log.submit(addTo(fold, 'k1', 'a', 5))).toEqual({ ...first, replayed: true });
    await expectVerified('replays', 3);
  });

  it('sent twice at the same moment is decided once', async () => {
    const { fold, log } = await openCounters('twins');
    const answers = await Promise.all([1, 2, 3].map(() => log.submit(addTo(fold, 'k1', 'a', 5))));
    expect(answers.map(({ replayed }) => replayed)).toEqual([false, true, true]);
    expect(new Set(answers.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
    await expectVerified('twins', 2);
  });

  it('under the key of another command, or of another actor, is refused', async () => {
    const { fold, log } = await openCounters('reused');
    const [first, second] = await Promise.allSettled([
      log.submit(addTo(fold, 'k1', 'a', 5)),
      log.submit(addTo(fold, 'k1', 'a', 6)),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'idempotency-key-reused' } });
    await expect(log.submit({ ...addTo(fold, 'k1', 'a', 5), actor: 'another' })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    await expectVerified('reused', 2);
  });

  it('may be refused by its decision, and the refusal stands', async () => {
    const { fold, log } = await openCounters('refusals');
    const refusal = submission('k1', [], { decide: () => ({ answer: { refused: 'too-late' }, events: [] }) });
    expect(await log.submit(refusal)).toEqual({
      answer: { refused: 'too-late' },
      position: 0,
      replayed: false,
    });
    await log.submit(addTo(fold, 'k2', 'a', 1));
    const again = { ...refusal, decide: () => ({ answer: 'now it would do', events: [] }) };
    expect(await log.submit(again)).toEqual({ answer: { refused: 'too-late' }, position: 0, replayed: true });
  });

  it('whose decision throws is rejected alone', async () => {
    const { fold, log } = await openCounters('throws');
    const [good, bad, alsoGood] = await Promise.allSettled([
      log.submit(addTo(fold, 'k1', 'a', 1)),
      log.submit({
        ...addTo(fold, 'k2', 'a', 1),
        decide() {
          throw new Error('a bug in a rule');
        },
      }),
      log.submit(addTo(fold, 'k3', 'a', 1)),
    ]);
    expect(good.status).toBe('fulfilled');
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'a bug in a rule' } });
    expect(alsoGood).toMatchObject({ value: { answer: { before: 1, after: 2 } } });
    await expectVerified('throws', 3);
  });

  it.each<[string, Json]>([
    ['not-a-number', { amount: Number.NaN }],
    ['a NUL character', { note: 'a\u0000b' }],
    ['half of a surrogate pair', { note: '\ud83d' }],
  ])('with %s in an event is rejected alone and leaves no trace', async (name, body) => {
    const agency = `unstorable ${name}`;
    const { fold, log } = await openCounters(agency);
    const [bad, good] = await Promise.allSettled([
      log.submit(submission('k1', [event('Opened', 'a'), event('Added', 'a', body)])),
      log.submit(addTo(fold, 'k2', 'a', 1)),
    ]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'not-storable' } });
    expect(good).toMatchObject({ value: { answer: { before: 0 } } });
    await expectVerified(agency, 2);
  });

  it('whose event the fold cannot apply is rejected, and the others in its group are not', async () => {
    const { fold, log, positions } = await openCounters('fold-bug');
    const [one, bug, two] = await Promise.allSettled([
      log.submit(addTo(fold, 'k1', 'a', 1)),
      log.submit(submission('k2', [event('Opened', 'b'), event('Bug', 'b')])),
      log.submit(addTo(fold, 'k3', 'a', 1)),
    ]);
    expect(bug).toMatchObject({ status: 'rejected', reason: { message: 'a bug in the fold' } });
    expect(one.status).toBe('fulfilled');
    expect(two).toMatchObject({ value: { answer: { before: 1, after: 2 } } });
    expect(positions()).toEqual([1, 2, 3]);
    expect(fold.has('b')).toBe(false);
    await expectVerified('fold-bug', 3);
  });

  it('that the database refuses takes nobody down with it', async () => {
    const { fold, log } = await openCounters('database-refuses');
    await test.database.pool.query(
      `alter table event add constraint test_only check (agency <> 'database-refuses' or type <> 'Poison') not valid`,
    );
    const [one, poison, two] = await Promise.allSettled([
      log.submit(addTo(fold, 'k1', 'a', 1)),
      log.submit(submission('k2', [event('Opened', 'b'), event('Poison', 'b')])),
      log.submit(addTo(fold, 'k3', 'a', 1)),
    ]);
    await test.database.pool.query('alter table event drop constraint test_only');
    expect(poison).toMatchObject({ status: 'rejected', reason: { code: '23514' } });
    expect(one.status).toBe('fulfilled');
    expect(two.status).toBe('fulfilled');
    expect(fold.has('b')).toBe(false);
    await expectVerified('database-refuses', 3);
  });

  it('has times in whole milliseconds', async () => {
    const { log, batches } = await openCounters('fractions');
    await log.submit(
      submission('k1', [event('Opened', 'a', {}, instant(NOON + 0.4))], { at: instant(NOON + 1.6) }),
    );
    expect(batches[0]?.events).toMatchObject([{ occurredAt: NOON, recordedAt: NOON + 2 }]);
    await expectVerified('fractions', 1);
  });
});

describe('the table of events', () => {
  it.each(['update event set actor = actor', 'delete from event', 'truncate event'])(
    'refuses %s',
    async (sql) => {
      await expect(test.database.pool.query(sql)).rejects.toMatchObject({ code: '42501' });
    },
  );
});

describe('two processes on one log', () => {
  it('with 64 submitters at once leave no gap, no fork, and every command once', async () => {
    const one = await openCounters('busy');
    const two = await openCounters('busy');
    const random = createRandom('two processes');
    const commands = Array.from({ length: 640 }, (_, index) => ({
      key: `k${index}`,
      id: `counter ${random.integer(12)}`,
      amount: random.integer(100),
    }));
    const queue = [...commands];
    const answers: { key: string; position: number }[] = [];
    await Promise.all(
      Array.from({ length: 64 }, async (_, submitter) => {
        const { log, fold } = submitter % 2 === 0 ? one : two;
        for (let next = queue.shift(); next; next = queue.shift()) {
          const { position } = await log.submit(addTo(fold, next.key, next.id, next.amount));
          answers.push({ key: next.key, position });
        }
      }),
    );

    const events = await readEvents(test.database, 'busy', { limit: 10_000 });
    expect(events.map(({ position }) => position)).toEqual(upTo(events.length));
    expect(events.filter(({ type }) => type === 'Added')).toHaveLength(commands.length);
    expect(new Set(answers.map(({ position }) => position)).size).toBe(commands.length);
    await expectVerified('busy', events.length);

    await expect
      .poll(() => [one.log.position, two.log.position], { timeout: 30_000 })
      .toEqual([events.length, events.length]);
    for (const { fold, positions, batches, errors } of [one, two]) {
      expect(positions()).toEqual(upTo(events.length));
      expect(fold.applied).toEqual(upTo(events.length));
      expect(batches.flatMap(({ events }) => events)).toEqual(events);
      expect(errors).toEqual([]);
      for (const id of new Set(commands.map(({ id }) => id))) {
        const sum = commands
          .filter((command) => command.id === id)
          .reduce((sum, { amount }) => sum + amount, 0);
        expect(fold.sumOf(id)).toBe(sum);
      }
    }
  });

  it('follow each other without submitting', async () => {
    const writer = await openCounters('follow');
    const reader = await openCounters('follow');
    for (let i = 1; i <= 20; i++) await writer.log.submit(addTo(writer.fold, `k${i}`, 'a', 1));
    await expect.poll(() => reader.log.position, { timeout: 30_000 }).toBe(21);
    expect(reader.positions()).toEqual(upTo(21));
    expect(reader.fold.sumOf('a')).toBe(20);
    expect(reader.batches.flatMap(({ docs }) => docs).at(-1)).toMatchObject({ id: 'a', doc: { sum: 20 } });
  });

  it('follow when one wakes an old entity that the other does not have in memory', async () => {
    const maker = await openCounters('woken');
    await maker.log.submit(addTo(maker.fold, 'k1', 'old', 7));
    await maker.log.submit(submission('k2', [event('Closed', 'old')]));
    const other = await openCounters('woken');
    expect(other.fold.has('old')).toBe(false);
    await maker.log.submit(submission('k3', [event('Reopened', 'old')]));
    await expect.poll(() => other.log.position, { timeout: 30_000 }).toBe(4);
    expect(other.fold.sumOf('old')).toBe(7);
    expect(other.positions()).toEqual([4]);
    expect(other.batches[0]?.docs).toMatchObject([{ id: 'old', active: true, doc: { sum: 7 } }]);
    expect(other.errors).toEqual([]);
  });
});

describe('a new process', () => {
  it('starts with what is active or recent and fetches the rest when it is touched, with its group', async () => {
    const { log, fold } = await openCounters('cold');
    await log.submit(submission('k1', [event('Opened', 'root'), event('Closed', 'root')]));
    await log.submit(submission('k2', [event('Opened', 'leaf', { root: 'root' }), event('Closed', 'leaf')]));
    await log.submit(submission('k3', [event('Opened', 'twig', { root: 'root' }), event('Closed', 'twig')]));
    const later = instant(NOON + 1000);
    await log.submit(submission('k4', [event('Opened', 'recent'), event('Closed', 'recent')], { at: later }));
    await log.submit(addTo(fold, 'k5', 'active', 3));

    const fresh = await openCounters('cold', { recentSince: later });
    expect([...fresh.fold.counters.keys()].sort()).toEqual(['active', 'recent']);
    expect(fresh.log.position).toBe(10);
    expect(fresh.positions()).toEqual([]);
    const answer = await fresh.log.submit(addTo(fresh.fold, 'k6', 'leaf', 2));
    expect(answer).toMatchObject({ answer: { before: 0, after: 2 }, position: 11 });
    expect(['root', 'leaf', 'twig'].filter((id) => fresh.fold.has(id))).toHaveLength(3);
    await expectVerified('cold', 11);
  });

  it('gives every event the version that follows, though its id was not said to be touched', async () => {
    const { log, fold } = await openCounters('untouched');
    await log.submit(addTo(fold, 'k1', 'a', 1));
    const fresh = await openCounters('untouched');
    await fresh.log.submit(submission('k2', [event('Added', 'a'), event('Added', 'a')], { touches: [] }));
    await expectVerified('untouched', 4);
  });
});

describe('when the connection fails', () => {
  it('and the answer to a commit is lost, the command takes effect once and is answered', async () => {
    const proxy = await LosingProxy.open(test.connectionString);
    const database = await connectDatabase({ connectionString: proxy.connectionString });
    const { fold, log, positions } = await openCounters('lost-answer', {}, database);
    await log.submit(addTo(fold, 'k1', 'a', 1));
    proxy.loseNextCommitAnswer();
    const answers = await Promise.all([
      log.submit(addTo(fold, 'k2', 'a', 1)),
      log.submit(addTo(fold, 'k3', 'a', 1)),
    ]);
    expect(answers).toMatchObject([
      { answer: { before: 1, after: 2 }, replayed: true },
      { answer: { before: 2, after: 3 }, replayed: true },
    ]);
    await log.submit(addTo(fold, 'k4', 'a', 1));
    expect(positions()).toEqual([1, 2, 3, 4, 5]);
    expect(fold.sumOf('a')).toBe(4);
    await expectVerified('lost-answer', 5);
    await log.close();
    await database.close();
    proxy.close();
  });

  it('again and again, every command still takes effect once and subscribers miss nothing', async () => {
    const proxy = await LosingProxy.open(test.connectionString);
    const database = await connectDatabase({ connectionString: proxy.connectionString });
    const one = await openCounters('stormy', {}, database);
    const two = await openCounters('stormy');
    const random = createRandom('stormy');
    let done = 0;
    const work = Promise.all(
      Array.from({ length: 32 }, async (_, submitter) => {
        const { log, fold } = submitter % 2 === 0 ? one : two;
        for (let i = 0; i < 20; i++) {
          await log.submit(addTo(fold, `${submitter}/${i}`, `counter ${submitter % 5}`, 1));
          done++;
          if (random.integer(20) === 0) proxy.cut();
          if (random.integer(20) === 0) proxy.loseNextCommitAnswer();
        }
      }),
    );
    const admin = new pg.Client(test.connectionString);
    await admin.connect();
    for (let i = 0; i < 3; i++) {
      await expect.poll(() => done, { timeout: 30_000 }).toBeGreaterThan(i * 150);
      await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      );
    }
    await work;
    await admin.end();

    const events = await readEvents(test.database, 'stormy', { limit: 10_000 });
    expect(events.filter(({ type }) => type === 'Added')).toHaveLength(640);
    await expectVerified('stormy', 645);
    await expect.poll(() => [one.log.position, two.log.position], { timeout: 30_000 }).toEqual([645, 645]);
    expect(one.positions()).toEqual(upTo(645));
    expect(two.positions()).toEqual(upTo(645));
    expect([...one.fold.counters.values()].reduce((sum, counter) => sum + counter.sum, 0)).toBe(640);
    await one.log.close();
    await database.close();
    proxy.close();
  });

  it('for a subscriber only, it reconnects and has missed nothing', async () => {
    const proxy = await LosingProxy.open(test.connectionString);
    const database = await connectDatabase({ connectionString: proxy.connectionString });
    const reader = await openCounters('deaf', {}, database);
    const writer = await openCounters('deaf');
    await writer.log.submit(addTo(writer.fold, 'k1', 'a', 1));
    await expect.poll(() => reader.log.position, { timeout: 30_000 }).toBe(2);
    proxy.cut();
    await writer.log.submit(addTo(writer.fold, 'k2', 'a', 1));
    await expect.poll(() => reader.log.position, { timeout: 30_000 }).toBe(3);
    await writer.log.submit(addTo(writer.fold, 'k3', 'a', 1));
    await expect.poll(() => reader.log.position, { timeout: 30_000 }).toBe(4);
    expect(reader.positions()).toEqual([1, 2, 3, 4]);
    await reader.log.close();
    await database.close();
    proxy.close();
  });
});

describe('closing', () => {
  it('completes what was submitted and refuses what comes after', async () => {
    const { fold, log } = await openCounters('closing');
    const submitted = [1, 2, 3].map((n) => log.submit(addTo(fold, `k${n}`, 'a', 1)));
    await log.close();
    expect(await Promise.all(submitted)).toHaveLength(3);
    await expect(log.submit(addTo(fold, 'k4', 'a', 1))).rejects.toMatchObject({ code: 'log-closed' });
    await expectVerified('closing', 4);
  });

  it('does not stop for a listener that throws', async () => {
    const { fold, log, errors, positions } = await openCounters('listener');
    const off = log.onCommitted(() => {
      throw new Error('a bug in a listener');
    });
    await log.submit(addTo(fold, 'k1', 'a', 1));
    off();
    await log.submit(addTo(fold, 'k2', 'a', 1));
    expect(errors).toHaveLength(1);
    expect(positions()).toEqual([1, 2, 3]);
  });
});
