import { distance, type Instant, type LonLat, type Metres } from '@lamplight/base';
import type { BoardState, Incident } from '@lamplight/ui';

export interface Near {
  readonly incident: Incident;
  readonly away: Metres;
}

/** Two calls about one thing come from within sight of it, and within the half hour. */
const WITHIN_METRES = 400;
const WITHIN_MS = 30 * 60_000;

/** Open incidents that a call from this place may be about, the nearest first. */
export function listNear(board: BoardState, at: LonLat, now: Instant): readonly Near[] {
  const near: Near[] = [];
  for (const incident of board.incidents.values()) {
    const position = incident.location?.position;
    if (incident.status !== 'open' || !position || now - incident.openedAt > WITHIN_MS) continue;
    const away = distance(at, position);
    if (away <= WITHIN_METRES) near.push({ incident, away });
  }
  return near.sort((a, b) => a.away - b.away).slice(0, 3);
}
