import { type Incident, isActive, lastRoadChange, type ResponseBoard, recordOf } from '@lamplight/domain';
import type { Reaction } from './reaction.js';

const TRIGGERS: ReadonlySet<string> = new Set([
  'IncidentLocated',
  'IncidentClassified',
  'AlarmRaised',
  'IncidentReopened',
]);

/**
 * As soon as an incident has a place and a type, and whenever either changes, the recommendation is worked out and
 * kept in the log: stamp t6, and the proof of what the dispatcher was shown. Where nobody has been sent yet, a change
 * of the roads makes a new one.
 */
export const recommendWhenReady: Reaction = {
  name: 'recommend',
  start({ board, clock }) {
    const changed = lastRoadChange(board.listConditions(), clock.now());
    return [
      ...[...board.incidents.values()].filter(({ recommendation }) => recommendation === null),
      ...listWaiting(board).filter(({ recommendation: { at } }) => changed !== null && at < changed),
    ].map(({ id }) => id);
  },
  triggeredBy: (commit) => commit.events.flatMap(({ event }) => (TRIGGERS.has(event.type) ? [event.id] : [])),
  async run(incidentId, { board, recommender, clock, submit }) {
    const incident = board.findIncident(incidentId);
    if (!incident || !recommender || !isReady(incident)) return;
    const at = clock.now();
    const recommendation = await recommender.recommend(incident, at);
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

/** Incidents for which units were recommended, but none is on its way, there, or has done its part. */
export function listWaiting(board: ResponseBoard) {
  return [...board.incidents.values()].flatMap((incident) => {
    const { recommendation } = incident;
    if (recommendation === null || !isReady(incident)) return [];
    const sent = board
      .assignmentsOf(incident.id)
      .some((assignment) => isActive(assignment) || assignment.stage === 'cleared');
    return sent ? [] : [{ ...incident, recommendation }];
  });
}
