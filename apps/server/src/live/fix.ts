import type { Fix } from '@lamplight/contracts';
import type { TrackedPosition } from '../ingest/tracker.js';

/** A position as the boards get it. */
export function fixOf(tracked: TrackedPosition): Fix {
  return {
    unitId: tracked.unitId,
    position: tracked.position,
    eventAt: tracked.eventTime,
    receivedAt: tracked.receiveTime,
    accuracy: tracked.accuracy ?? null,
    speed: tracked.speed ?? null,
    bearing: tracked.bearing ?? null,
    clockSuspect: tracked.clockSuspect,
  };
}
