import type { Instant, LonLat, Result, Seconds } from '@lamplight/base';
import type { Incident, Recommendation, RefusalCode, ResponseBoard, Rules } from '@lamplight/domain';
import type { Tracker } from '../ingest/tracker.js';
import { recommendFor } from './recommendation.js';
import type { RoadDesk } from './road-desk.js';

/** Recommends on the committed board with the positions and roads as they are now. */
export interface Recommender {
  recommend(incident: Incident, at: Instant): Result<Recommendation, RefusalCode>;
  /** Travel time of one unit to an incident, from where it is now. */
  etaOf(unitId: string, incidentId: string): Seconds | null;
}

export function createRecommender(options: {
  readonly board: ResponseBoard;
  readonly tracker: Tracker;
  readonly roads: RoadDesk;
  readonly rules: Rules;
  readonly staleAfter: Seconds;
}): Recommender {
  const { board, tracker, roads } = options;
  const findPosition = (unitId: string) => tracker.findLatest(unitId);
  return {
    recommend: (incident, at) =>
      recommendFor(incident, at, { ...options, state: board, units: board.units.values(), findPosition }),
    etaOf(unitId, incidentId) {
      const to = board.findIncident(incidentId)?.location?.position;
      const from: LonLat | null | undefined = findPosition(unitId)?.position ?? board.findUnit(unitId)?.home;
      return (to && from && roads.timesTo(to, [from])[0]) ?? null;
    },
  };
}
