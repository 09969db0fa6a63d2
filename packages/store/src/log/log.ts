import { setTimeout as delay } from 'node:timers/promises';
import { formatInstant, type Instant } from '@lamplight/base';
import type pg from 'pg';
import type { Database } from '../database.js';
import { StoreError } from '../errors.js';
import { append } from './append.js';
import { Connection } from './connection.js';
import { isConnectionLoss } from './connection-loss.js';
import {
  EMPTY_HEAD,
  type EntityDoc,
  type Fold,
  type Head,
  type LoggedEvent,
  type NewEvent,
} from './event.js';
import { type Feed, openFeed } from './feed.js';
import type { Json } from './json.js';
import { FoldFailure, type Outcome, Round } from './round.js';
import {
  type Queryable,
  readChangedDocs,
  readChangedOldIds,
  readGroups,
  readHead,
  readRange,
  readReceipts,
  readWorkingSet,
} from './rows.js';
import { Versions } from './versions.js';

/** A command on its way into the log. */
export interface Submission {
  /** Idempotency key: one command, however often it is sent. */
  readonly key: string;
  /** Tells this command from another one sent under the same key by mistake, such as a hash of its content. */
  readonly fingerprint: string;
  readonly actor: string;
  readonly device?: string;
  /** When the command was received; becomes `recordedAt`. */
  readonly at: Instant;
  /** Ids of the entities that the decision reads or makes; they and their groups are in the fold when it runs. */
  readonly touches: readonly string[];
  /** Reads the fold and decides; synchronous and without effects. Throwing rejects this submission alone. */
  decide(): { readonly answer: Json; readonly events: readonly NewEvent[] };
}

/** What became of a submission. A refusal is an answer without events; it is kept and given again like any other. */
export interface SubmissionAnswer {
  readonly answer: Json;
  /** The position of the log right after the decision. */
  readonly position: number;
  /** The answer was given before, to the same key. */
  readonly replayed: boolean;
}

/** Events of one or more transactions, with the documents whose last change they are. */
export interface CommittedBatch {
  readonly events: readonly LoggedEvent[];
  readonly docs: readonly EntityDoc[];
  /** Position of the last event. */
  readonly position: number;
}

/** The log of one agency: the one way in which its state changes. */
export interface Log {
  /**
   * Decides and appends. Resolves when the events are on disk. Rejects with what `decide` threw, or a StoreError:
   * `idempotency-key-reused`, `not-storable`, `log-closed`, or `store-unavailable` when the database stayed away
   * for half a minute; then the outcome is unknown, and sending the same key again is safe.
   */
  submit(submission: Submission): Promise<SubmissionAnswer>;
  /** Every event from now on, in position order, no gap, no repetition, also those of other processes. */
  onCommitted(listener: (batch: CommittedBatch) => void): () => void;
  /** The position that the fold is at. */
  readonly position: number;
  /** Completes what was submitted, then lets the connections go. */
  close(): Promise<void>;
}

export interface LogOptions {
  readonly agency: string;
  /** Belongs to the log from now on: nobody else may change it. */
  readonly fold: Fold;
  /** Entities changed since then are kept in memory though no longer active. */
  readonly recentSince?: Instant;
  /** Failures that no submission can be told of: a listener threw, the database lost events. */
  readonly onError?: (error: unknown) => void;
}

/** One transaction takes at most so many submissions. */
const GROUP_LIMIT = 256;
const PAGE = 1_000;
const PATIENCE = 30_000;

/** Opens the log of an agency and loads the fold with its working set. */
export async function openLog(database: Database, options: LogOptions): Promise<Log> {
  const log = new Writer(database, options);
  await log.start();
  return log;
}

interface Waiting {
  readonly submission: Submission;
  resolve(answer: SubmissionAnswer): void;
  reject(reason: unknown): void;
}

/**
 * One loop does everything that touches the fold, so that nothing interleaves: it takes all waiting submissions into
 * one transaction (group commit), and between transactions follows what other processes appended.
 */
class Writer implements Log {
  private readonly database: Database;
  private readonly options: LogOptions;
  private readonly connection: Connection;
  private readonly versions = new Versions();
  private readonly listeners = new Set<(batch: CommittedBatch) => void>();
  private feed: Feed | undefined;
  private queue: Waiting[] = [];
  private newsAt = 0;
  private running: Promise<void> | undefined;
  private closed = false;
  /** Position up to which listeners know everything. */
  private told = 0;
  /** The fold may hold decisions that were not committed. */
  private stale = true;

  constructor(database: Database, options: LogOptions) {
    this.database = database;
    this.options = options;
    this.connection = new Connection(database);
  }

  get position(): number {
    return this.told;
  }

  async start(): Promise<void> {
    const { agency } = this.options;
    await this.database.pool.query('insert into log_head values ($1, 0, $2) on conflict do nothing', [
      agency,
      Buffer.from(EMPTY_HEAD.hash, 'hex'),
    ]);
    await this.connection.transaction(READ_SNAPSHOT, async (client) => {
      const head = await readHead(client, agency);
      await this.reload(client);
      this.told = head.position;
    });
    this.feed = openFeed(this.database, agency, (position) => {
      if (position <= this.told) return;
      this.newsAt = Math.max(this.newsAt, position);
      this.wake();
    });
  }

  submit(submission: Submission): Promise<SubmissionAnswer> {
    if (this.closed) return Promise.reject(new StoreError('log-closed', 'The log is closed.'));
    return new Promise((resolve, reject) => {
      this.queue.push({ submission, resolve, reject });
      this.wake();
    });
  }

  onCommitted(listener: (batch: CommittedBatch) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.feed?.close();
    while (this.running) await this.running;
    await this.connection.close();
  }

  private wake(): void {
    // Not at once: submissions that arrive in the same turn of the event loop share the transaction.
    this.running ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.work())
      .finally(() => {
        this.running = undefined;
        if (this.queue.length > 0) this.wake();
      });
  }

  private async work(): Promise<void> {
    while (this.queue.length > 0 || (this.newsAt > this.told && !this.closed)) {
      const group = this.queue.splice(0, GROUP_LIMIT);
      if (group.length > 0) await this.settle(group);
      else await this.follow();
    }
  }

  /** Reads what others appended. On failure the feed will ask again. */
  private async follow(): Promise<void> {
    this.newsAt = 0;
    try {
      await this.connection.transaction(READ_SNAPSHOT, async (client) =>
        this.catchUp(client, await readHead(client, this.options.agency)),
      );
    } catch (thrown) {
      this.stale = true;
      if (!isConnectionLoss(thrown)) this.options.onError?.(thrown);
    }
  }

  /** Brings every submission of the group to an end. */
  private async settle(group: readonly Waiting[]): Promise<void> {
    const start = performance.now();
    let rest = group;
    for (let pause = 20; rest.length > 0; pause = Math.min(pause * 2, 1_000)) {
      try {
        return await this.attempt(rest);
      } catch (thrown) {
        this.stale = true;
        if (thrown instanceof FoldFailure) {
          const failed = rest[thrown.index];
          failed?.reject(thrown.cause);
          rest = rest.filter((waiting) => waiting !== failed);
        } else if (!isConnectionLoss(thrown)) {
          return this.settleOneByOne(rest, thrown);
        } else if (performance.now() - start > PATIENCE) {
          const away = new StoreError(
            'store-unavailable',
            'The database does not answer. Whether the command took effect is not known; send it again.',
            { cause: thrown },
          );
          for (const waiting of rest) waiting.reject(away);
          return;
        } else {
          // A receipt tells the next attempt whether this one was committed after all.
          await delay(pause);
        }
      }
    }
  }

  /** The database refused the group; only the member that it cannot take is to suffer. */
  private async settleOneByOne(group: readonly Waiting[], reason: unknown): Promise<void> {
    if (group.length === 1) group[0]?.reject(reason);
    else for (const waiting of group) await this.settle([waiting]);
  }

  /** Two round trips in the usual case: lock and read, write and commit. */
  private async attempt(group: readonly Waiting[]): Promise<void> {
    const { agency, fold } = this.options;
    const { round, docs } = await this.connection.transaction(
      'begin',
      async (client) => {
        const round = await this.decide(
          client,
          group.map(({ submission }) => submission),
        );
        const docs = fold.drain();
        for (const doc of docs) checkPosition(doc, round.start);
        return { round, docs };
      },
      async (client, { round, docs }) => {
        if (round.receipts.length === 0) return;
        await append(client, { agency, events: round.events, docs, receipts: round.receipts });
      },
    );
    this.tell({ events: round.events, docs, position: round.head.position });
    for (const [index, waiting] of group.entries()) finish(waiting, round.outcomes[index]);
  }

  private async decide(client: pg.Client, submissions: readonly Submission[]): Promise<Round> {
    const { agency, fold } = this.options;
    const touched = [...new Set(submissions.flatMap(({ touches }) => touches))];
    const missing = touched.filter((id) => !fold.has(id));
    // Sent at once and run in this order: what comes after the lock sees all that was committed before it.
    const [head, receipts, docs] = await Promise.all([
      readHead(client, agency, 'lock'),
      readReceipts(
        client,
        agency,
        submissions.map(({ key }) => key),
      ),
      missing.length > 0 ? readGroups(client, agency, missing) : [],
      this.versions.prefetch(client, agency, touched),
    ]);
    await this.catchUp(client, head);
    fold.load(docs.filter(({ id }) => !fold.has(id)));
    // Loading the fold afresh has forgotten what had been fetched when it was touched before.
    const forgotten = touched.filter((id) => !fold.has(id) && !missing.includes(id));
    if (forgotten.length > 0) {
      const groups = await readGroups(client, agency, forgotten);
      fold.load(groups.filter(({ id }) => !fold.has(id)));
    }
    await this.versions.prefetch(client, agency, touched);
    const round = new Round(agency, fold, this.versions, head, receipts);
    for (const submission of submissions) await round.take(submission, client);
    return round;
  }

  /**
   * Brings fold and listeners to `head`. Events are applied one by one, unless they change an entity that was there
   * before but is not in memory (another process woke up an old one): then the fold is loaded afresh.
   */
  private async catchUp(client: Queryable, head: Head): Promise<void> {
    const { agency, fold } = this.options;
    const from = this.told;
    if (head.position < from) {
      // Only a failover to a standby that lagged, or a restored backup, takes committed events away.
      this.options.onError?.(new Error(`The log of ${agency} went back from ${from} to ${head.position}.`));
      await this.reload(client);
      this.told = head.position;
      return;
    }
    if (head.position === from && !this.stale) return;
    const [changed, oldIds] = await Promise.all([
      readChangedDocs(client, agency, from),
      readChangedOldIds(client, agency, from),
    ]);
    const reload = this.stale || oldIds.some((id) => !fold.has(id));
    if (reload) await this.reload(client);
    let told = 0;
    while (this.told < head.position) {
      const events = await readRange(client, agency, this.told, head.position, PAGE);
      const position = events.at(-1)?.position;
      if (position !== this.told + events.length || position === undefined) {
        throw new Error(`The log of ${agency} has a gap after position ${this.told}.`);
      }
      for (const event of events) {
        this.versions.note(event);
        if (!reload) fold.apply(event);
      }
      const end = changed.findIndex((doc) => doc.position > position);
      const docs = changed.slice(told, end === -1 ? changed.length : end);
      told += docs.length;
      this.tell({ events, docs, position });
    }
    fold.drain();
  }

  private async reload(client: Queryable): Promise<void> {
    const { agency, fold, recentSince } = this.options;
    fold.reset();
    this.versions.clear();
    fold.load(
      await readWorkingSet(client, agency, recentSince === undefined ? null : formatInstant(recentSince)),
    );
    fold.drain();
    this.stale = false;
  }

  private tell(batch: CommittedBatch): void {
    this.told = batch.position;
    if (batch.events.length === 0) return;
    for (const listener of this.listeners) {
      try {
        listener(batch);
      } catch (thrown) {
        this.options.onError?.(thrown);
      }
    }
  }
}

/** Reading does not wait for writers, and sees one state in all its queries. */
const READ_SNAPSHOT = 'begin isolation level repeatable read read only';

/** Clients ask for "what changed since P": a change that keeps an old position would never reach them. */
function checkPosition(doc: EntityDoc, before: Head): void {
  if (doc.position > before.position) return;
  throw new Error(
    `The fold changed ${doc.kind} ${doc.id} without moving its position past ${before.position}.`,
  );
}

function finish(waiting: Waiting, outcome: Outcome | undefined): void {
  if (outcome === undefined) waiting.reject(new Error('a submission was passed over'));
  else if (outcome.ok) waiting.resolve(outcome.value);
  else waiting.reject(outcome.error);
}
