import type { Instant } from '@lamplight/base';
import { type Entity, isEnded, type ResponseBoard } from '@lamplight/domain';

/**
 * Takes out of memory what was over before a moment, and returns it: incidents that are no longer open, with their
 * calls and assignments, calls that never belonged to one, and road conditions. Without it a process that runs for months would hold,
 * and send to everyone who connects, all it ever saw. The projection keeps everything.
 */
export function forgetEnded(board: ResponseBoard, before: Instant): Entity[] {
  const forgotten: Entity[] = [];
  for (const incident of [...board.incidents.values()]) {
    if (incident.status === 'open') continue;
    const calls = board.callsOf(incident.id);
    const assignments = board.assignmentsOf(incident.id);
    const moments = [
      incident.openedAt,
      ...Object.values(incident.stamps),
      ...incident.notes.map(({ at }) => at),
      ...calls.map(({ endedAt }) => endedAt),
      ...assignments.map(({ endedAt }) => endedAt),
    ];
    const over = calls.every(({ endedAt }) => endedAt !== null) && assignments.every(isEnded);
    if (!over || moments.some((moment) => moment !== null && moment >= before)) continue;
    forgotten.push({ kind: 'incident', entity: incident });
    for (const entity of calls) forgotten.push({ kind: 'call', entity });
    for (const entity of assignments) forgotten.push({ kind: 'assignment', entity });
    board.forget(incident.id);
  }
  for (const call of [...board.calls.values()]) {
    if (call.incidentId !== null || call.endedAt === null || call.endedAt >= before) continue;
    forgotten.push({ kind: 'call', entity: call });
    board.calls.delete(call.id);
  }
  for (const condition of [...board.conditions.values()]) {
    if (condition.ended === null || condition.ended.at >= before) continue;
    forgotten.push({ kind: 'condition', entity: condition });
    board.conditions.delete(condition.id);
  }
  return forgotten;
}
