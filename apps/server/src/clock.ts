import { type Instant, instant } from '@lamplight/base';

/** Where the server reads the time. Domain code never does: it is told. */
export interface Clock {
  now(): Instant;
  /** Simulated seconds in a second of the wall clock; 1 in production. */
  readonly scale: number;
}

export const SYSTEM_CLOCK: Clock = { now: () => instant(Date.now()), scale: 1 };

/**
 * A clock that shows `origin` at the wall-clock moment `anchor` and runs `scale` times as fast. Only the entry point
 * for demos and rehearsals makes one.
 */
export function scaledClock(origin: Instant, anchor: Instant, scale: number): Clock {
  return { now: () => instant(Math.round(origin + (Date.now() - anchor) * scale)), scale };
}
