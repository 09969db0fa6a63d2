import type { DutyAvailability } from '../catalogue/index.js';
import { type Assignment, isActive, type Unit } from './entities.js';

/**
 * Whether a unit can be sent, derived and never stored: from its duty, its open assignments, and what its own status
 * code means. `committed` always wins over what the crew's status says.
 */
export type Availability = 'off-duty' | 'committed' | 'unavailable' | 'delayed' | 'available';

/** What a status code does to availability; unknown codes count as unavailable. */
export type StatusEffect = (code: string) => DutyAvailability | undefined;

export function availabilityOf(
  unit: Unit,
  stack: readonly Assignment[],
  effectOf: StatusEffect,
): Availability {
  if (stack.some(isActive)) return 'committed';
  if (unit.duty === null || unit.retired) return 'off-duty';
  return unit.status === null ? 'available' : (effectOf(unit.status.code) ?? 'unavailable');
}
