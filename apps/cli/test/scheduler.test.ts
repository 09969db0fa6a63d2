import { createRandom, type Instant, instant, seconds } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { createClock } from '../src/world/clock.js';
import { createScheduler, type Timer } from '../src/world/scheduler.js';

/** A real clock and timer that a test moves by hand. */
function createTime(scale: number) {
  let real = 0;
  let due: { at: number; run: () => void } | undefined;
  const timer: Timer = {
    set(milliseconds, run) {
      due = { at: real + milliseconds, run };
    },
    clear() {
      due = undefined;
    },
  };
  const clock = createClock({ origin: instant(1_000_000), anchor: instant(0), scale }, () => real);
  return {
    clock,
    scheduler: createScheduler(clock, timer),
    /** Lets real milliseconds pass, firing the timer whenever it is due. */
    pass(milliseconds: number) {
      const end = real + milliseconds;
      while (due && due.at <= end) {
        const { at, run } = due;
        due = undefined;
        real = Math.max(real, at);
        run();
      }
      real = end;
    },
  };
}

describe('the scaled clock', () => {
  it('shows the origin at the anchor and runs by its scale', () => {
    let real = 5_000;
    const clock = createClock({ origin: instant(100), anchor: instant(5_000), scale: 60 }, () => real);
    expect(clock.now()).toBe(100);
    real += 1_000;
    expect(clock.now()).toBe(60_100);
    expect(clock.realMillisecondsUntil(instant(120_100))).toBe(1_000);
    expect(clock.realMilliseconds(seconds(30))).toBe(500);
  });

  it('does not run backwards or stand still', () => {
    expect(() => createClock({ origin: instant(0), anchor: instant(0), scale: 0 })).toThrow(RangeError);
  });
});

describe('the scheduler', () => {
  it('runs thousands of tasks in the order of their moments, those of one moment in the order given', () => {
    const time = createTime(100);
    const random = createRandom('scheduler');
    const ran: { moment: Instant; index: number }[] = [];
    for (let index = 0; index < 5_000; index++) {
      const moment = instant(1_000_000 + random.integer(1_000) * 1_000);
      time.scheduler.at(moment, () => ran.push({ moment, index }));
    }
    time.pass(20_000);
    expect(ran).toHaveLength(5_000);
    const sorted = [...ran].sort((a, b) => a.moment - b.moment || a.index - b.index);
    expect(ran).toEqual(sorted);
  });

  it('runs nothing early and nothing that was cancelled', () => {
    const time = createTime(10);
    const ran: string[] = [];
    time.scheduler.after(seconds(100), () => ran.push('kept'));
    const cancel = time.scheduler.after(seconds(50), () => ran.push('cancelled'));
    cancel();
    time.pass(9_999);
    expect(ran).toEqual([]);
    expect(time.scheduler.size).toBe(1);
    time.pass(1);
    expect(ran).toEqual(['kept']);
    expect(time.scheduler.size).toBe(0);
  });

  it('takes tasks given while it runs, also such that are due already', () => {
    const time = createTime(1);
    const ran: string[] = [];
    time.scheduler.after(seconds(1), () => {
      ran.push('first');
      time.scheduler.at(instant(0), () => ran.push('overdue'));
      time.scheduler.after(seconds(1), () => ran.push('later'));
    });
    time.pass(1_500);
    expect(ran).toEqual(['first', 'overdue']);
    time.pass(1_000);
    expect(ran).toEqual(['first', 'overdue', 'later']);
  });

  it('wakes sleepers, and lets those go whose signal is aborted', async () => {
    const time = createTime(10);
    const stop = new AbortController();
    const slept = time.scheduler.sleep(seconds(10));
    const broken = time.scheduler.sleep(seconds(10), stop.signal);
    stop.abort(new Error('enough'));
    await expect(broken).rejects.toThrow('enough');
    expect(time.scheduler.size).toBe(1);
    time.pass(1_000);
    await expect(slept).resolves.toBeUndefined();
  });

  it('forgets everything when it is stopped', () => {
    const time = createTime(1);
    const ran: string[] = [];
    time.scheduler.after(seconds(1), () => ran.push('never'));
    time.scheduler.stop();
    time.pass(5_000);
    expect(ran).toEqual([]);
  });
});
