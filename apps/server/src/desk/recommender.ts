import type { Instant, LonLat, Result, Seconds } from '@lamplight/base';
import type {
  Assignment,
  Incident,
  Recommendation,
  RefusalCode,
  ResponseBoard,
  Rules,
} from '@lamplight/domain';
import type { Tracker } from '../ingest/tracker.js';
import type { RoadDesk } from '../roads/desk.js';
import type { LiveCatalogue } from './live-catalogue.js';
import { type ExpectedNeed, recommendFor, recommendForNeed } from './recommendation.js';

/** Recommends on the committed board with the positions and roads as they are now. */
export interface Recommender {
  recommend(incident: Incident, at: Instant): Promise<Result<Recommendation, RefusalCode>>;
  /** The same for what is not an incident yet. */
  preview(need: ExpectedNeed, at: Instant): Promise<Result<Recommendation, RefusalCode>>;
  /** Median travel times of units to an incident, from where they are now, by one search. */
  etasOf(unitIds: readonly string[], incidentId: string, at: Instant): Promise<readonly (Seconds | null)[]>;
  /**
   * Travel time that is left to a unit under way; `null` when there is no way. `undefined` when nobody knows where the
   * unit is: one without a position is at home until it says that it has left.
   */
  timeLeft(assignment: Assignment, at: Instant): Promise<Seconds | null | undefined>;
}

export function createRecommender(options: {
  readonly board: ResponseBoard;
  readonly tracker: Tracker;
  readonly roads: RoadDesk;
  readonly rules: Rules;
  readonly catalogue: LiveCatalogue;
  readonly staleAfter: Seconds;
}): Recommender {
  const { board, tracker, roads } = options;
  const findPosition = (unitId: string) => tracker.findLatest(unitId);
  const sources = () => ({
    ...options,
    catalogue: options.catalogue.current,
    state: board,
    units: board.units.values(),
    findPosition,
  });
  return {
    recommend: (incident, at) => recommendFor(incident, at, sources()),
    preview: (need, at) => recommendForNeed(need, at, sources()),
    async etasOf(unitIds, incidentId, at) {
      const to = board.findIncident(incidentId)?.location?.position;
      const origins = new Map<string, LonLat>();
      for (const unitId of unitIds) {
        const from = findPosition(unitId)?.position ?? board.findUnit(unitId)?.home;
        if (from) origins.set(unitId, from);
      }
      const times = to ? await roads.timesTo(to, origins, at) : new Map<string, null>();
      return unitIds.map((unitId) => times.get(unitId)?.p50 ?? null);
    },
    async timeLeft({ incidentId, unitId, stage }, at) {
      const to = board.findIncident(incidentId)?.location?.position;
      const home = stage === 'enroute' ? null : board.findUnit(unitId)?.home;
      const from = findPosition(unitId)?.position ?? home;
      if (!to || !from) return undefined;
      const times = await roads.timesTo(to, new Map([[unitId, from]]), at);
      return times.get(unitId)?.p50 ?? null;
    },
  };
}
