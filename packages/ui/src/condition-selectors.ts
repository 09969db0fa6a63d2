import type { Instant } from '@lamplight/base';
import { phaseOf, type RoadCondition } from '@lamplight/domain';
import type { BoardState } from './board-state.js';

/** Road conditions as they stand at a moment. */
export interface RoadConditions {
  /** The last to begin first. */
  readonly active: readonly RoadCondition[];
  /** The next to begin first. */
  readonly scheduled: readonly RoadCondition[];
  /** The last to end first. */
  readonly recent: readonly RoadCondition[];
}

/** Sorts road conditions by the server's time, without waiting to be told that one has begun or ended. */
export function listConditions({ conditions }: Pick<BoardState, 'conditions'>, now: Instant): RoadConditions {
  const active: RoadCondition[] = [];
  const scheduled: RoadCondition[] = [];
  const recent: RoadCondition[] = [];
  const lists = { active, scheduled, ended: recent };
  for (const condition of conditions.values()) lists[phaseOf(condition, now)].push(condition);
  const byId = (a: RoadCondition, b: RoadCondition): number => (a.id < b.id ? -1 : 1);
  return {
    active: active.sort((a, b) => b.from - a.from || byId(a, b)),
    scheduled: scheduled.sort((a, b) => a.from - b.from || byId(a, b)),
    recent: recent.sort((a, b) => endOf(b) - endOf(a) || byId(a, b)),
  };
}

export function countActiveConditions({ conditions }: Pick<BoardState, 'conditions'>, now: Instant): number {
  let count = 0;
  for (const condition of conditions.values()) if (phaseOf(condition, now) === 'active') count++;
  return count;
}

const endOf = ({ to, ended }: RoadCondition): number => ended?.at ?? to ?? 0;
