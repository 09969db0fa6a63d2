import { after, type Instant, type Seconds } from '@lamplight/base';
import type { Clock } from './clock.js';

/** Takes a task off the agenda; does nothing once it has run. */
export type Cancel = () => void;

/** The one real timer that a scheduler needs; a test gives its own. */
export interface Timer {
  set(milliseconds: number, run: () => void): void;
  clear(): void;
}

export interface Scheduler {
  /** Runs the task at a simulated moment, at once (but not before this returns) when it has passed. */
  at(moment: Instant, task: () => void): Cancel;
  after(duration: Seconds, task: () => void): Cancel;
  /** Resolves after a simulated duration; rejects with the signal's reason when that is aborted first. */
  sleep(duration: Seconds, signal?: AbortSignal): Promise<void>;
  sleepUntil(moment: Instant, signal?: AbortSignal): Promise<void>;
  /** Number of tasks on the agenda. */
  readonly size: number;
  /** Forgets everything. */
  stop(): void;
}

interface Entry {
  readonly moment: Instant;
  /** Order of arrival: tasks of one moment run in the order in which they were given. */
  readonly sequence: number;
  task: (() => void) | undefined;
}

/** A timer cannot be set farther than 2^31 − 1 ms; looking again every so often costs nothing. */
const LONGEST_WAIT = 60_000;

/**
 * Thousands of simulated appointments on one real timer: a binary heap by moment. Cancelling leaves an empty entry,
 * which is dropped when its time comes.
 */
export function createScheduler(clock: Clock, timer: Timer = createTimer()): Scheduler {
  const heap: Entry[] = [];
  let sequence = 0;
  let live = 0;
  let running = false;

  const arm = (): void => {
    const next = heap[0];
    if (running || !next) return;
    timer.set(Math.min(LONGEST_WAIT, Math.max(0, clock.realMillisecondsUntil(next.moment))), run);
  };

  const run = (): void => {
    running = true;
    try {
      for (let next = heap[0]; next && next.moment <= clock.now(); next = heap[0]) {
        pop(heap);
        const { task } = next;
        if (!task) continue;
        next.task = undefined;
        live--;
        task();
      }
    } finally {
      running = false;
      arm();
    }
  };

  const scheduler: Scheduler = {
    at(moment, task) {
      const entry: Entry = { moment, sequence: sequence++, task };
      push(heap, entry);
      live++;
      if (heap[0] === entry) arm();
      return () => {
        if (entry.task) live--;
        entry.task = undefined;
      };
    },
    after: (duration, task) => scheduler.at(after(clock.now(), duration), task),
    sleep: (duration, signal) => scheduler.sleepUntil(after(clock.now(), duration), signal),
    sleepUntil(moment, signal) {
      return new Promise<void>((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const onAbort = (): void => {
          cancel();
          reject(signal?.reason);
        };
        const cancel = scheduler.at(moment, () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    },
    get size() {
      return live;
    },
    stop() {
      timer.clear();
      for (const entry of heap) entry.task = undefined;
      heap.length = 0;
      live = 0;
    },
  };
  return scheduler;
}

function createTimer(): Timer {
  let handle: NodeJS.Timeout | undefined;
  return {
    set(milliseconds, run) {
      clearTimeout(handle);
      handle = setTimeout(run, milliseconds);
    },
    clear: () => clearTimeout(handle),
  };
}

const isBefore = (a: Entry, b: Entry): boolean =>
  a.moment < b.moment || (a.moment === b.moment && a.sequence < b.sequence);

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (!above || !isBefore(entry, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const leftEntry = heap[left];
    if (!leftEntry) break;
    const rightEntry = heap[left + 1];
    const right = rightEntry !== undefined && isBefore(rightEntry, leftEntry);
    const child = right ? rightEntry : leftEntry;
    if (!isBefore(child, last)) break;
    heap[at] = child;
    at = right ? left + 1 : left;
  }
  heap[at] = last;
}
