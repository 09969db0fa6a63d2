import { instant, seconds } from '@lamplight/base';
import { type Entity, ResponseBoard, type RoadCondition } from '@lamplight/domain';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../src/clock.js';
import { type Conditions, followConditions } from '../src/process/conditions.js';
import { StandingClock } from './fixtures/clock.js';
import { soon } from './fixtures/server.js';

const DAY = 24 * 3600;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const clock = () => new StandingClock('2026-03-01T08:00:00Z');

function condition(id: string, at: Clock, times: { from?: number; to?: number } = {}): RoadCondition {
  const moment = (second: number) => instant(at.now() + second * 1000);
  return {
    id,
    version: 1,
    effect: { kind: 'closed' },
    place: { kind: 'street', name: id, within: null },
    matched: 1,
    from: moment(times.from ?? 0),
    to: times.to === undefined ? null : moment(times.to),
    source: 'police',
    reason: 'flood',
    declaredAt: at.now(),
    declaredBy: 'account:wang',
    amended: null,
    ended: null,
  };
}

/** A road engine that notes what it is to apply, and takes its time or fails when told to. */
function follow(at: Clock, known: readonly RoadCondition[] = []) {
  const board = new ResponseBoard();
  const applied: string[][] = [];
  const over: string[] = [];
  const failures: unknown[] = [];
  let told = 0;
  let work: () => Promise<void> = async () => {};
  const conditions: Conditions = followConditions({
    board,
    clock: at,
    port: {
      async apply(active) {
        await work();
        applied.push(active.map(({ id }) => id));
      },
    },
    logger: { error: (failure: unknown) => failures.push(failure) },
    onApplied: () => {
      told += 1;
    },
    onOver: (ids) => over.push(...ids),
  });
  stops.push(() => conditions.stop());
  for (const entity of known) board.put({ kind: 'condition', entity });
  return {
    conditions,
    applied,
    over,
    failures,
    get told() {
      return told;
    },
    whileWorking(next: () => Promise<void>) {
      work = next;
    },
    commit(...entities: readonly RoadCondition[]) {
      const changed = entities.map((entity): Entity => ({ kind: 'condition', entity }));
      for (const each of changed) board.put(each);
      conditions.onCommit({ position: 1, entities: changed, events: [] });
    },
  };
}

describe('the road engine', () => {
  it('has what holds before a start is over, and is left alone when nothing does', async () => {
    const at = clock();
    const busy = follow(at, [condition('now', at), condition('later', at, { from: 60 })]);
    await busy.conditions.start();
    expect(busy.applied).toEqual([['now']]);
    expect(busy.told).toBe(1);
    const quiet = follow(at, [condition('later', at, { from: 60 })]);
    await quiet.conditions.start();
    expect(quiet.applied).toEqual([]);
  });

  it('is told when one is declared, begins, changes, ends or is lifted, and not otherwise', async () => {
    const at = clock();
    const { conditions, applied, commit } = follow(at);
    await conditions.start();
    const short = condition('short', at, { from: 10, to: 20 });
    commit(short);
    commit(condition('long', at));
    await soon(() => expect(applied).toEqual([['long']]));
    at.pass(10);
    await soon(() => expect(applied.at(-1)).toEqual(['long', 'short']));
    // Another reason is nothing to an engine.
    commit({ ...short, version: 2, reason: 'high water' });
    at.pass(10);
    await soon(() => expect(applied.at(-1)).toEqual(['long']));
    expect(applied).toHaveLength(3);
    const long = condition('long', at);
    commit({ ...long, effect: { kind: 'slowed', factor: 0.5 } });
    await soon(() => expect(applied).toHaveLength(4));
    commit({ ...long, ended: { at: at.now(), by: 'account:wang', how: 'lifted', reason: 'over' } });
    await soon(() => expect(applied.at(-1)).toEqual([]));
  });

  it('is told of what begins in a month, whatever the clock did meanwhile', async () => {
    const at = clock();
    const { conditions, applied } = follow(at, [condition('far', at, { from: 40 * DAY, to: 41 * DAY })]);
    await conditions.start();
    expect(applied).toEqual([]);
    // The machine slept.
    at.pass(40 * DAY);
    await soon(() => expect(applied).toEqual([['far']]));
    // Somebody set a wrong clock back, and then right.
    at.pass(-DAY);
    await soon(() => expect(applied.at(-1)).toEqual([]));
    at.pass(DAY);
    await soon(() => expect(applied.at(-1)).toEqual(['far']));
    at.pass(3 * DAY);
    await soon(() => expect(applied.at(-1)).toEqual([]));
  });

  it('is told in time where the clock runs fast', async () => {
    const start = Date.now();
    const fast: Clock = { now: () => instant(start + (Date.now() - start) * 3600), scale: 3600 };
    const { conditions, applied } = follow(fast, [condition('hour', fast, { from: 1800, to: 3600 })]);
    await conditions.start();
    // Half an hour is half a second, and so is what it holds.
    await soon(() => expect(applied).toEqual([['hour'], []]));
  });

  it('is given one thing at a time, and then what holds by then', async () => {
    const at = clock();
    const { conditions, applied, commit, whileWorking } = follow(at);
    await conditions.start();
    let release: () => void = () => {};
    whileWorking(
      () =>
        new Promise((resolve) => {
          release = resolve;
        }),
    );
    commit(condition('a', at));
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const id of ['b', 'c', 'd']) commit(condition(id, at));
    expect(applied).toEqual([]);
    whileWorking(async () => {});
    release();
    await soon(() => expect(applied).toEqual([['a'], ['a', 'b', 'c', 'd']]));
  });

  it('is asked again when it failed, and nobody is told before it has done it', async () => {
    const at = clock();
    const followed = follow(at, [condition('a', at)]);
    followed.whileWorking(async () => {
      throw new Error('no memory');
    });
    await followed.conditions.start();
    expect(followed.failures).toHaveLength(1);
    expect(followed.told).toBe(0);
    followed.whileWorking(async () => {});
    await soon(() => expect(followed.applied).toEqual([['a']]));
    expect(followed.told).toBe(1);
  });

  it('has somebody record what is over, again and again until it is recorded', async () => {
    const at = clock();
    const short = condition('short', at, { to: 5 });
    const { conditions, over, commit } = follow(at, [short]);
    await conditions.start();
    expect(over).toEqual([]);
    at.pass(5);
    await soon(() => expect(over.length).toBeGreaterThan(1));
    commit({ ...short, ended: { at: at.now(), by: 'process:reactions', how: 'expired', reason: null } });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const times = over.length;
    await new Promise((resolve) => setTimeout(resolve, seconds(1.5) * 1000));
    expect(over).toHaveLength(times);
  });
});
