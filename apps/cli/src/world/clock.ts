import { type Instant, instant, type Seconds } from '@lamplight/base';

/** Where the simulated clock stood (`origin`) at a moment of the real one (`anchor`), and how fast it runs since. */
export interface ClockSetting {
  readonly origin: Instant;
  readonly anchor: Instant;
  /** Simulated seconds in a real second. */
  readonly scale: number;
}

export interface Clock extends ClockSetting {
  now(): Instant;
  /** Real milliseconds until that simulated moment; negative when it has passed. */
  realMillisecondsUntil(at: Instant): number;
  /** Real milliseconds that a simulated duration takes. */
  realMilliseconds(duration: Seconds): number;
}

/**
 * The scaled clock of a rehearsal or demo. It is a pure function of the real one, so every process that knows the
 * setting, also one that has just been restarted, reads the same time.
 */
export function createClock(setting: ClockSetting, realNow: () => number = Date.now): Clock {
  const { origin, anchor, scale } = setting;
  if (!(scale > 0)) throw new RangeError('a clock must run forwards');
  const now = (): Instant => instant(origin + (realNow() - anchor) * scale);
  return {
    ...setting,
    now,
    realMillisecondsUntil: (at) => (at - now()) / scale,
    realMilliseconds: (duration) => (duration * 1000) / scale,
  };
}
