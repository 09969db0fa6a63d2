import { type UnitOrders, unitOrdersSchema } from '@lamplight/contracts';
import { type Assignment, isEnded, type ResponseBoard } from '@lamplight/domain';
import { z } from 'zod';
import type { Reaction } from './reaction.js';

/** Ended assignments stay on the orders for a while, so that a device sees that its last report arrived. */
const RECENT = 5;

/** Whatever changes a unit's work, its device gets the whole of its orders again, retained by the broker. */
export const publishOrders: Reaction = {
  name: 'orders',
  start: ({ board }) => [...board.units.keys()],
  triggeredBy: (commit, { board }) =>
    commit.entities.flatMap((changed) => {
      if (changed.kind === 'assignment') return [changed.entity.unitId];
      if (changed.kind !== 'incident') return [];
      return board
        .assignmentsOf(changed.entity.id)
        .filter((assignment) => !isEnded(assignment))
        .map(({ unitId }) => unitId);
    }),
  async run(unitId, { board, position, bus }) {
    const orders = ordersOf(unitId, board, position());
    await bus.publishOrders(unitId, JSON.stringify(z.encode(unitOrdersSchema, orders)));
  },
};

function ordersOf(unitId: string, board: ResponseBoard, position: number): UnitOrders {
  const assignments: readonly Assignment[] = [...board.lastEndedOf(unitId, RECENT), ...board.stackOf(unitId)];
  return {
    unitId,
    position,
    orders: assignments.map((assignment) => {
      const incident = board.findIncident(assignment.incidentId);
      return {
        assignmentId: assignment.id,
        incidentId: assignment.incidentId,
        number: incident?.number ?? '',
        stage: assignment.stage,
        stamps: assignment.stamps,
        typeCode: incident?.typeCode ?? null,
        priority: incident?.priority ?? null,
        position: incident?.location?.position ?? null,
        label: incident?.location?.label ?? null,
        words: incident?.location?.words ?? null,
        endedAt: assignment.endedAt,
      };
    }),
  };
}
