import { distance, type Instant, type LonLat, type Metres } from '@lamplight/base';
import type { BoardState } from './board-state.js';
import type { Incident } from './entities.js';

/** What a call says so far, as far as it bears on which incident it may be about. */
export interface CallSoFar {
  readonly position: LonLat;
  readonly typeCode: string | null;
}

/** An open incident that a call may be about. */
export interface SameIncident {
  readonly incident: Incident;
  readonly away: Metres;
  /** How alike in kind: the same type, the same family of types, not known, or another family. */
  readonly kind: 'same' | 'alike' | 'unknown' | 'other';
  /** From 0 to 1. */
  readonly score: number;
}

/** Two calls about one thing come from within sight of it, and within the half hour. */
const WITHIN_METRES = 400;
const WITHIN_MS = 30 * 60_000;

const KIND_SCORES: Readonly<Record<SameIncident['kind'], number>> = {
  same: 1,
  alike: 0.7,
  unknown: 0.5,
  other: 0,
};

/** Shown from here on … */
const WORTH_SAYING = 0.35;
/** … and offered by one key from here on: a wrong join hides an emergency, so a doubt is left to the eye. */
const WORTH_JOINING = 0.6;

/** So many can be compared at a glance. */
const SHOWN = 3;

/**
 * Open incidents that a call may be about, the likeliest first. Half of the score is nearness in place, a quarter
 * nearness in time, a quarter likeness in kind. What is quite another kind of thing has to be very near to be named:
 * the ambulance for the fall in front of the burning house. Cost: one pass over the open incidents.
 */
export function listSameIncidents(
  board: Pick<BoardState, 'incidents'>,
  call: CallSoFar,
  now: Instant,
  familyOf: (typeCode: string) => string | undefined,
): readonly SameIncident[] {
  const found: SameIncident[] = [];
  for (const incident of board.incidents.values()) {
    const position = incident.location?.position;
    const age = now - incident.openedAt;
    if (incident.status !== 'open' || !position || age > WITHIN_MS) continue;
    const away = distance(call.position, position);
    if (away > WITHIN_METRES) continue;
    const kind = kindOf(call.typeCode, incident.typeCode, familyOf);
    const score =
      0.5 * (1 - away / WITHIN_METRES) + 0.25 * (1 - Math.max(0, age) / WITHIN_MS) + 0.25 * KIND_SCORES[kind];
    if (score >= WORTH_SAYING) found.push({ incident, away, kind, score });
  }
  return found.sort((a, b) => b.score - a.score || (a.incident.id < b.incident.id ? -1 : 1)).slice(0, SHOWN);
}

/** The one that a key joins: likely enough, and not of another kind. */
export const bestToJoin = (found: readonly SameIncident[]): SameIncident | undefined =>
  found.find(({ score, kind }) => score >= WORTH_JOINING && kind !== 'other');

function kindOf(
  a: string | null,
  b: string | null,
  familyOf: (typeCode: string) => string | undefined,
): SameIncident['kind'] {
  if (a === null || b === null) return 'unknown';
  if (a === b) return 'same';
  const family = familyOf(a);
  return family !== undefined && family === familyOf(b) ? 'alike' : 'other';
}
