import { type Instant, instant } from '@lamplight/base';
import type { Json, NewEvent, Submission } from '../src/index.js';
import type { CounterFold } from './counter-fold.js';

export const NOON = instant(Date.parse('2026-03-01T12:00:00Z'));

export const event = (type: string, id: string, body: Json = {}, occurredAt: Instant = NOON): NewEvent => ({
  kind: 'counter',
  id,
  type,
  occurredAt,
  body,
});

/** A submission that appends these events and answers with their number. */
export function submission(
  key: string,
  events: readonly NewEvent[],
  more: Partial<Submission> = {},
): Submission {
  return {
    key,
    fingerprint: `${key}-content`,
    actor: 'tester',
    at: NOON,
    touches: [...new Set(events.map(({ id }) => id))],
    decide: () => ({ answer: { events: events.length }, events }),
    ...more,
  };
}

/** Opens the counter if need be, adds to it, and answers with the sum that this decision saw and made. */
export function addTo(fold: CounterFold, key: string, id: string, amount: number): Submission {
  return {
    key,
    fingerprint: `add ${amount} to ${id}`,
    actor: 'tester',
    at: NOON,
    touches: [id],
    decide() {
      const before = fold.sumOf(id);
      const events =
        before === undefined
          ? [event('Opened', id), event('Added', id, { amount })]
          : [event('Added', id, { amount })];
      return { answer: { before: before ?? 0, after: (before ?? 0) + amount }, events };
    },
  };
}
