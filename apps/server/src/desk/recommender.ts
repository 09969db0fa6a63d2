import type { Instant, LonLat, Result, Seconds } from '@lamplight/base';
import type {
  AgencyCatalogue,
  Incident,
  Recommendation,
  RefusalCode,
  ResponseBoard,
  Rules,
} from '@lamplight/domain';
import type { Tracker } from '../ingest/tracker.js';
import { recommendFor } from './recommendation.js';
import type { RoadDesk } from './road-desk.js';

/** Recommends on the committed board with the positions and roads as they are now. */
export interface Recommender {
  recommend(incident: Incident, at: Instant): Result<Recommendation, RefusalCode>;
  /** Travel times of units to an incident, from where they are now, by one search. */
  etasOf(unitIds: readonly string[], incidentId: string): readonly (Seconds | null)[];
}

export function createRecommender(options: {
  readonly board: ResponseBoard;
  readonly tracker: Tracker;
  readonly roads: RoadDesk;
  readonly rules: Rules;
  readonly catalogue: AgencyCatalogue;
  readonly staleAfter: Seconds;
}): Recommender {
  const { board, tracker, roads } = options;
  const findPosition = (unitId: string) => tracker.findLatest(unitId);
  return {
    recommend: (incident, at) =>
      recommendFor(incident, at, { ...options, state: board, units: board.units.values(), findPosition }),
    etasOf(unitIds, incidentId) {
      const to = board.findIncident(incidentId)?.location?.position;
      const origins = new Map<string, LonLat>();
      for (const unitId of unitIds) {
        const from = findPosition(unitId)?.position ?? board.findUnit(unitId)?.home;
        if (from) origins.set(unitId, from);
      }
      const times = to ? roads.timesTo(to, [...origins.values()]) : [];
      const etas = new Map([...origins.keys()].map((unitId, index) => [unitId, times[index] ?? null]));
      return unitIds.map((unitId) => etas.get(unitId) ?? null);
    },
  };
}
