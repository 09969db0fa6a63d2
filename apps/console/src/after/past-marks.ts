import { type Assignment, isActive, type UnitMark } from '@lamplight/ui';

const AT_WORK: readonly string[] = ['staged', 'onScene', 'actionBegun', 'atDestination'];

/** What a unit was doing, as far as its order says; of a unit without one it is not known what else it had to do. */
export function unitMarkAt(order: Assignment | undefined, known: boolean): UnitMark {
  if (!order || !isActive(order)) return known ? 'available' : 'off-duty';
  return AT_WORK.includes(order.stage) ? 'scene' : 'moving';
}
