import type { Reaction } from './reaction.js';

/**
 * Records that a road condition is over by its own time, so that the log says so and those who watch are told. It is
 * over with or without this.
 */
export const expireConditions: Reaction = {
  name: 'expiry',
  // Whoever follows the conditions tells which are over.
  start: () => [],
  triggeredBy: () => [],
  async run(conditionId, { board, clock, submit }) {
    const condition = board.findCondition(conditionId);
    if (!condition || condition.ended !== null) return;
    if (condition.to === null || condition.to > clock.now()) return;
    await submit({ type: 'ExpireRoadCondition', conditionId }, `expire:${conditionId}:${condition.version}`);
  },
};
