import { type Instant, instant, metres, metresPerSecond } from '@lamplight/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connectDatabase,
  dropPositionsBefore,
  type PositionRow,
  PositionWriter,
  readTrack,
} from '../src/index.js';
import { createTestDatabase, type TestDatabase } from '../src/testing.js';
import { NOON } from './commands.js';
import { LosingProxy } from './losing-proxy.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const HOUR = 3_600_000;

function position(unitId: string, at: Instant, more: Partial<PositionRow> = {}): PositionRow {
  return {
    agency: 'city',
    unitId,
    deviceId: 'phone',
    eventTime: at,
    receiveTime: at,
    at: [113.25, 23.125],
    accuracy: metres(8),
    speed: metresPerSecond(12.5),
    bearing: 270,
    battery: 0.5,
    source: 'owntracks',
    ...more,
  };
}

const track = (unitId: string, from = NOON, to = instant(NOON + 100 * HOUR)) =>
  readTrack(test.database, 'city', { unitId, from, to });

describe('positions', () => {
  it('come back as they went in, by the time of the device', async () => {
    const writer = new PositionWriter(test.database);
    const late = position('u1', NOON, { receiveTime: instant(NOON + 5 * HOUR) });
    const bare = position('u1', instant(NOON + 60_000), {
      deviceId: 'odd\tid\\with\nbreaks',
      accuracy: null,
      speed: null,
      bearing: null,
      battery: null,
      source: '\\N',
    });
    writer.append([bare, late, position('u2', NOON)]);
    await writer.close();
    expect(await track('u1')).toEqual([late, bare]);
    expect(await track('u1', NOON, instant(NOON + 60_000))).toEqual([late]);
    expect(writer.counts).toEqual({ written: 3, waiting: 0, dropped: 0, refused: 0 });
  });

  it('go into a partition a day, made as days come, by several writers at once', async () => {
    const writers = [1, 2, 3].map(() => new PositionWriter(test.database));
    for (const writer of writers) {
      for (let hour = 0; hour < 96; hour++) writer.append([position('u3', instant(NOON + hour * HOUR))]);
    }
    await Promise.all(writers.map((writer) => writer.close()));
    expect(await track('u3')).toHaveLength(3 * 96);

    const FOURTH = instant(Date.parse('2026-03-04T00:00:00Z'));
    expect(await dropPositionsBefore(test.database, FOURTH)).toBe(3);
    expect(await dropPositionsBefore(test.database, FOURTH)).toBe(0);
    expect((await track('u3')).every(({ receiveTime }) => receiveTime >= FOURTH)).toBe(true);
    expect(await track('u3')).toHaveLength(3 * (96 - 60));
  });

  it('find their partition made again when it was dropped under the writer', async () => {
    const writer = new PositionWriter(test.database, { flushEvery: 20 });
    writer.append([position('u4', NOON)]);
    await writer.flush();
    await dropPositionsBefore(test.database, instant(NOON + 100 * 24 * HOUR));
    writer.append([position('u4', NOON)]);
    await expect
      .poll(() => writer.counts, { timeout: 30_000 })
      .toMatchObject({ written: 2, waiting: 0, dropped: 0 });
    await writer.close();
  });

  it('that are none are counted, not written', async () => {
    const writer = new PositionWriter(test.database);
    writer.append([
      position('u5', NOON, { at: [200, 0] }),
      position('u5', NOON, { speed: metresPerSecond(Number.NaN) }),
      position('u5', NOON, { source: 'a\0b' }),
      position('u5', instant(Number.NaN)),
      position('u5', NOON),
    ]);
    await writer.close();
    expect(writer.counts).toEqual({ written: 1, waiting: 0, dropped: 0, refused: 4 });
  });

  it('wait while the database is away, and beyond the capacity the oldest go', async () => {
    const proxy = await LosingProxy.open(test.connectionString);
    const database = await connectDatabase({ connectionString: proxy.connectionString });
    const errors: unknown[] = [];
    const options = {
      flushEvery: 10_000,
      capacity: 10,
      batch: 4,
      onError: (error: unknown) => errors.push(error),
    };
    const writer = new PositionWriter(database, options);
    proxy.close();
    for (let i = 0; i < 25; i++) writer.append([position('u6', instant(NOON + i))]);
    await writer.flush();
    expect(writer.counts).toMatchObject({ written: 0, waiting: 10, dropped: 15 });
    expect(errors.length).toBeGreaterThan(0);
    await writer.close();
    await database.close();
  });
});
