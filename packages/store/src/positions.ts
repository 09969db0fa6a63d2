import { pipeline } from 'node:stream/promises';
import {
  formatInstant,
  type Instant,
  instant,
  isLonLat,
  type LonLat,
  type Metres,
  type MetresPerSecond,
  metres,
  metresPerSecond,
} from '@lamplight/base';
import { from as copyFrom } from 'pg-copy-streams';
import { type Database, toMoment, toTimestamp } from './database.js';
import { findErrorCode } from './errors.js';
import { isConnectionLoss } from './log/connection-loss.js';
import { transaction } from './log/snapshot.js';

/** Where a device was. */
export interface PositionRow {
  readonly agency: string;
  readonly unitId: string | null;
  readonly deviceId: string;
  /** When the device was there, by its own clock. */
  readonly eventTime: Instant;
  /** When we learned of it. */
  readonly receiveTime: Instant;
  readonly at: LonLat;
  readonly accuracy: Metres | null;
  readonly speed: MetresPerSecond | null;
  /** Degrees clockwise from north. */
  readonly bearing: number | null;
  /** Charge, from 0 to 1. */
  readonly battery: number | null;
  /** The protocol it came by. */
  readonly source: string;
}

export interface PositionWriterOptions {
  /** Longest wait before rows are written, in milliseconds; 1000 when not given. */
  readonly flushEvery?: number;
  /** Rows in one COPY at most; 5000 when not given. */
  readonly batch?: number;
  /** Rows kept while the database is away; beyond it the oldest go. 200 000 when not given. */
  readonly capacity?: number;
  readonly onError?: (error: unknown) => void;
}

/** What became of the rows so far. */
export interface PositionCounts {
  readonly written: number;
  readonly waiting: number;
  /** Thrown away, the oldest first, because the database was away for long. */
  readonly dropped: number;
  /** Not a position: no place on Earth, a time out of range, a text that cannot be stored. */
  readonly refused: number;
}

/** Takes positions at any rate, never waits, and writes them in batches. A crash loses the last second. */
export class PositionWriter {
  private readonly database: Database;
  private readonly batch: number;
  private readonly capacity: number;
  private readonly onError: (error: unknown) => void;
  private readonly timer: NodeJS.Timeout;
  private readonly days = new Set<string>();
  private waiting: PositionRow[] = [];
  private flushing: Promise<void> | undefined;
  private written = 0;
  private dropped = 0;
  private refused = 0;

  constructor(database: Database, options: PositionWriterOptions = {}) {
    this.database = database;
    this.batch = options.batch ?? 5_000;
    this.capacity = options.capacity ?? 200_000;
    this.onError = options.onError ?? (() => {});
    this.timer = setInterval(() => void this.flush(), options.flushEvery ?? 1_000);
  }

  get counts(): PositionCounts {
    const { written, dropped, refused } = this;
    return { written, waiting: this.waiting.length, dropped, refused };
  }

  append(rows: readonly PositionRow[]): void {
    for (const row of rows) {
      if (isStorable(row)) this.waiting.push(row);
      else this.refused++;
    }
    this.trim();
    if (this.waiting.length >= this.batch) void this.flush();
  }

  /** Writes what is waiting. Resolves when it is written or the database turned out to be away. */
  flush(): Promise<void> {
    this.flushing ??= this.writeAll().finally(() => {
      this.flushing = undefined;
    });
    return this.flushing;
  }

  /** Writes what is left, if the database is there, and ends. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    await this.flush();
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const rows = this.waiting.splice(0, this.batch);
      try {
        await this.write(rows);
        this.written += rows.length;
      } catch (thrown) {
        this.days.clear();
        this.onError(thrown);
        if (!isConnectionLoss(thrown) && findErrorCode(thrown) !== NO_PARTITION) {
          this.dropped += rows.length;
          continue;
        }
        this.waiting = [...rows, ...this.waiting];
        this.trim();
        return;
      }
    }
  }

  private async write(rows: readonly PositionRow[]): Promise<void> {
    for (const day of new Set(rows.map(({ receiveTime }) => dayOf(receiveTime)))) {
      if (!this.days.has(day)) await ensurePartition(this.database, day);
      this.days.add(day);
    }
    const client = await this.database.pool.connect();
    try {
      await pipeline(
        [rows.map(toCopyLine).join('')],
        client.query(copyFrom(`copy position (${COLUMNS}) from stdin`)),
      );
      client.release();
    } catch (thrown) {
      client.release(true);
      throw thrown;
    }
  }

  private trim(): void {
    const excess = this.waiting.length - this.capacity;
    if (excess <= 0) return;
    this.waiting.splice(0, excess);
    this.dropped += excess;
  }
}

/** check_violation: PostgreSQL's answer to a row that fits no partition, as after another process dropped it. */
const NO_PARTITION = '23514';

const COLUMNS =
  'agency, unit_id, device_id, event_time, receive_time, lon, lat, accuracy, speed, bearing, battery, source';

function isStorable(row: PositionRow): boolean {
  const texts = [row.agency, row.unitId, row.deviceId, row.source];
  const numbers = [row.accuracy, row.speed, row.bearing, row.battery];
  return (
    isLonLat(row.at) &&
    [row.eventTime, row.receiveTime].every((at) => at >= 0 && at < YEAR_10000) &&
    texts.every((text) => text === null || !/[\0\p{Surrogate}]/u.test(text)) &&
    numbers.every((number) => number === null || Number.isFinite(number))
  );
}

const YEAR_10000 = Date.UTC(10_000, 0);

/** One line of COPY's text format. */
function toCopyLine(row: PositionRow): string {
  const [lon, lat] = row.at;
  const fields = [
    row.agency,
    row.unitId,
    row.deviceId,
    formatInstant(row.eventTime),
    formatInstant(row.receiveTime),
    lon,
    lat,
    row.accuracy,
    row.speed,
    row.bearing,
    row.battery,
    row.source,
  ];
  return `${fields.map(toCopyField).join('\t')}\n`;
}

function toCopyField(field: string | number | null): string {
  if (field === null) return '\\N';
  if (typeof field === 'number') return String(field);
  return field.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const DAY = 86_400_000;

/** The UTC day of a moment as `20260131`. */
const dayOf = (at: Instant): string => formatInstant(at).slice(0, 10).replaceAll('-', '');

const startOfDay = (day: string): Instant =>
  instant(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8))));

/** Processes make and drop partitions one at a time. */
const PARTITION_LOCK = 7_269_173;

async function ensurePartition(database: Database, day: string): Promise<void> {
  const start = startOfDay(day);
  await transaction(database, 'begin', async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [PARTITION_LOCK]);
    await client.query(
      `create table if not exists position_${day} partition of position
       for values from ('${toTimestamp(start)}') to ('${toTimestamp(instant(start + DAY))}')`,
    );
  });
}

/**
 * Forgets positions received before `moment`, by whole days (UTC): a day goes when it is over by then. Returns the
 * number of days dropped. Takes an instant, whatever their size.
 */
export async function dropPositionsBefore(database: Database, moment: Instant): Promise<number> {
  return transaction(database, 'begin', async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [PARTITION_LOCK]);
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
       where inhparent = 'position'::regclass and relname ~ '^position_[0-9]{8}$'`,
    );
    const old = rows.filter(({ name }) => startOfDay(name.slice('position_'.length)) + DAY <= moment);
    for (const { name } of old) await client.query(`drop table ${name}`);
    return old.length;
  });
}

/** Where a unit was in `[from, to)` by its devices' clocks, in that order, at most `limit` (100 000) positions. */
export async function readTrack(
  database: Database,
  agency: string,
  query: { readonly unitId: string; readonly from: Instant; readonly to: Instant; readonly limit?: number },
): Promise<PositionRow[]> {
  const rows = await database.sql
    .selectFrom('position')
    .selectAll()
    .where('agency', '=', agency)
    .where('unit_id', '=', query.unitId)
    .where('event_time', '>=', toMoment(query.from))
    .where('event_time', '<', toMoment(query.to))
    .orderBy('event_time')
    .limit(query.limit ?? 100_000)
    .execute();
  return rows.map((row) => ({
    agency: row.agency,
    unitId: row.unit_id,
    deviceId: row.device_id,
    eventTime: row.event_time,
    receiveTime: row.receive_time,
    at: [row.lon, row.lat],
    accuracy: row.accuracy === null ? null : metres(row.accuracy),
    speed: row.speed === null ? null : metresPerSecond(row.speed),
    bearing: row.bearing,
    battery: row.battery,
    source: row.source,
  }));
}
