import { isActive } from '@lamplight/domain';
import type { Reaction } from './reactions.js';

/** When a unit becomes free, the most urgent order on its stack is sent to it. */
export const workOffStacks: Reaction = {
  name: 'stack',
  start: ({ board }) => [...board.units.keys()],
  triggeredBy: (commit) =>
    commit.entities.flatMap((changed) =>
      changed.kind === 'assignment' && !isActive(changed.entity) ? [changed.entity.unitId] : [],
    ),
  async run(unitId, { board, submit }) {
    const stack = board.stackOf(unitId);
    if (stack.some(isActive)) return;
    const urgency = (incidentId: string): number => board.findIncident(incidentId)?.priority ?? Infinity;
    const [next] = [...stack].sort(
      (a, b) => urgency(a.incidentId) - urgency(b.incidentId) || a.createdAt - b.createdAt,
    );
    if (!next) return;
    await submit({ type: 'DispatchProposed', assignmentId: next.id }, `stack:${next.id}:${next.version}`);
  },
};
