import { type Incident, recordOf } from '@lamplight/domain';
import type { Reaction } from './reaction.js';

const TRIGGERS: ReadonlySet<string> = new Set([
  'IncidentLocated',
  'IncidentClassified',
  'AlarmRaised',
  'IncidentReopened',
]);

/**
 * As soon as an incident has a place and a type, and whenever either changes, the recommendation is worked out and
 * kept in the log: stamp t6, and the proof of what the dispatcher was shown.
 */
export const recommendWhenReady: Reaction = {
  name: 'recommend',
  start({ board }) {
    return [...board.incidents.values()]
      .filter((incident) => incident.recommendation === null)
      .map(({ id }) => id);
  },
  triggeredBy: (commit) => commit.events.flatMap(({ event }) => (TRIGGERS.has(event.type) ? [event.id] : [])),
  async run(incidentId, { board, recommender, clock, submit }) {
    const incident = board.findIncident(incidentId);
    if (!incident || !recommender || !isReady(incident)) return;
    const at = clock.now();
    const recommendation = recommender.recommend(incident, at);
    if (!recommendation.ok) return;
    await submit(
      {
        type: 'RecordRecommendation',
        incidentId,
        recommendation: recordOf(recommendation.value, at),
      },
      `recommend:${incidentId}:${incident.version}`,
    );
  },
};

function isReady(incident: Incident): boolean {
  return incident.status === 'open' && incident.typeCode !== null && incident.location?.position != null;
}
