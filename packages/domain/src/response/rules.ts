import {
  type AgencyCatalogue,
  createCatalogue,
  findDisposition,
  findDutyAvailability,
  type Priority,
  runCardFor,
} from '../catalogue/index.js';
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

export function rulesOf(catalogue: AgencyCatalogue): Rules {
  return {
    defaultPriority: (typeCode) => catalogue.findIncidentType(typeCode)?.priority,
    highestAlarmLevel(typeCode) {
      const type = catalogue.findIncidentType(typeCode);
      return type ? runCardFor(type).levels.length : 1;
    },
    isDisposition: (code) => findDisposition(code) !== undefined,
    effectOf: findDutyAvailability,
  };
}

/** The rules of the catalogue that Lamplight ships with. */
export const SHIPPED_RULES: Rules = rulesOf(createCatalogue());
