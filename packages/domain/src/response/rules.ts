import { type AgencyCatalogue, createCatalogue, type Priority } from '../catalogue/index.js';
import type { StatusEffect } from './availability.js';

/** The agency's own catalogue, as far as decisions depend on it. */
export interface Rules {
  /** The default priority of an incident type; `undefined` when the code is not in the catalogue. */
  defaultPriority(typeCode: string): Priority | undefined;
  /** The highest alarm level for which the type's run card says anything. */
  highestAlarmLevel(typeCode: string): number;
  isDisposition(code: string): boolean;
  readonly effectOf: StatusEffect;
}

/** Rules by whatever catalogue holds when they are asked: an agency may change it between two decisions. */
export function rulesOf(catalogue: () => AgencyCatalogue): Rules {
  return {
    defaultPriority: (typeCode) => catalogue().findIncidentType(typeCode)?.priority,
    highestAlarmLevel(typeCode) {
      const type = catalogue().findIncidentType(typeCode);
      return type ? catalogue().runCardOf(type).levels.length : 1;
    },
    isDisposition: (code) => catalogue().findDisposition(code) !== undefined,
    effectOf: (code) => catalogue().findDutyAvailability(code),
  };
}

const shipped = createCatalogue();

/** The rules of the catalogue that Lamplight ships with. */
export const SHIPPED_RULES: Rules = rulesOf(() => shipped);
