import type { Instant } from '@lamplight/base';
import { type QueueEntry, readStageClock } from '@lamplight/ui';
import type { Timer } from '../timers/timer-store.js';

/** Something that sounds until somebody has taken note of it, or that sounds once. */
export interface Cause {
  /** The same for as long as it is the same cause, so that it is taken note of once. */
  readonly key: string;
  readonly signal: 'ringing' | 'warning' | 'alarm';
  readonly incidentId: string | null;
}

/**
 * Intervals that the centre itself has in hand, or can shorten by a word to the crew. The others are shown and do not
 * sound: a crew does not drive faster for an alarm in the dispatch room.
 */
const SOUNDING: ReadonlySet<string> = new Set([
  'alarmAnswering',
  'entry',
  'alarmProcessing',
  'acknowledgement',
  'turnout',
]);

/** What there is to be heard now: calls that ring, clocks that warn or are over, reminders that are due. */
export function causesOf(
  ringing: readonly { readonly id: string }[],
  queue: readonly QueueEntry[],
  timers: readonly Timer[],
  now: Instant,
): readonly Cause[] {
  const causes: Cause[] = ringing.map(({ id }) => ({
    key: `call ${id}`,
    signal: 'ringing',
    incidentId: null,
  }));
  for (const { clock, incident } of queue) {
    if (clock === null || !SOUNDING.has(clock.interval)) continue;
    const { level } = readStageClock(clock, now);
    if (level === 'calm') continue;
    const signal = level === 'over' ? 'alarm' : 'warning';
    causes.push({
      key: `${signal} ${incident.id} ${clock.interval} ${clock.since}`,
      signal,
      incidentId: incident.id,
    });
  }
  for (const { id, dueAt, incidentId } of timers) {
    if (dueAt <= now) causes.push({ key: `timer ${id}`, signal: 'alarm', incidentId });
  }
  return causes;
}

/** Pauses between repetitions, in milliseconds; what is not listed sounds once. */
const REPEATS: Readonly<Partial<Record<Cause['signal'], number>>> = { ringing: 3_000, alarm: 10_000 };

/** Keeps what has been taken note of, and says what sounds at a moment. */
export class AlarmBook {
  readonly #silenced = new Set<string>();
  readonly #soundedAt = new Map<string, number>();
  #primed = false;

  /**
   * The signals to play now, at most one of each, and the causes that still sound. `at` is a local time in
   * milliseconds. What was there when the page was opened is not news: it sounds only when somebody rings.
   */
  take(
    causes: readonly Cause[],
    at: number,
  ): { readonly play: readonly Cause['signal'][]; readonly loud: readonly Cause[] } {
    if (!this.#primed) {
      this.#primed = true;
      for (const { key, signal } of causes) if (signal !== 'ringing') this.#silenced.add(key);
    }
    const present = new Set(causes.map(({ key }) => key));
    for (const key of this.#silenced) if (!present.has(key)) this.#silenced.delete(key);
    for (const key of this.#soundedAt.keys()) if (!present.has(key)) this.#soundedAt.delete(key);

    const play = new Set<Cause['signal']>();
    const loud: Cause[] = [];
    for (const cause of causes) {
      if (this.#silenced.has(cause.key)) continue;
      const repeat = REPEATS[cause.signal];
      const last = this.#soundedAt.get(cause.key);
      if (last === undefined || (repeat !== undefined && at - last >= repeat)) {
        play.add(cause.signal);
        this.#soundedAt.set(cause.key, at);
      }
      if (repeat !== undefined) loud.push(cause);
    }
    return { play: [...play], loud };
  }

  /** Somebody has taken note of all these. */
  silence(causes: readonly Cause[]): void {
    for (const { key } of causes) this.#silenced.add(key);
  }
}
