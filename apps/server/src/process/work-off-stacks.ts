import { isActive } from '@lamplight/domain';
import type { Reaction } from './reaction.js';

/** When a unit becomes free, the most urgent order on its stack is sent to it. */
export const workOffStacks: Reaction = {
  name: 'stack',
  start: ({ board }) => [...board.units.keys()],
  triggeredBy: (commit) =>
    commit.entities.flatMap((changed) => {
      if (changed.kind === 'unit') return [changed.entity.id];
      return changed.kind === 'assignment' && !isActive(changed.entity) ? [changed.entity.unitId] : [];
    }),
  async run(unitId, { board, submit }) {
    const stack = board.stackOf(unitId);
    if (stack.some(isActive)) return;
    const urgency = (incidentId: string): number => board.findIncident(incidentId)?.priority ?? Infinity;
    const [next] = [...stack].sort(
      (a, b) => urgency(a.incidentId) - urgency(b.incidentId) || a.createdAt - b.createdAt,
    );
    if (!next) return;
    // A refusal is an answer, and kept. What can change it is in the key: the unit, back in service, and the order
    // that it ended last, so that one that was refused for a moment is asked again.
    const unit = board.findUnit(unitId)?.version ?? 0;
    const [ended] = board.lastEndedOf(unitId, 1);
    const key = `stack:${next.id}:${next.version}:${unit}:${ended?.id ?? ''}`;
    await submit({ type: 'DispatchProposed', assignmentId: next.id }, key);
  },
};
