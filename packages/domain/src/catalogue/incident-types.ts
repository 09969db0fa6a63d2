import { type IncidentType, listTypes } from './incident-type-table.js';
import { ASSISTANCE_TYPES } from './incident-types-assistance.js';
import { FIRE_TYPES } from './incident-types-fire.js';
import { MEDICAL_TYPES } from './incident-types-medical.js';
import { POLICE_TYPES } from './incident-types-police.js';

/**
 * The starting catalogue of incident types: the codes of the EIDO incident type registry (NENA-STA-021.1b-2022,
 * table 3-2), which are those of APCO ANS 2.103.2-2019 and NENA's own `NONEMERG`. The table has 247 rows for 245
 * codes: `FVEH` and `MAYDAY` stand twice there and are one entry each here. Names, families, priorities and run
 * cards are our own; the standard gives codes and descriptions only.
 */
export const INCIDENT_TYPES: readonly IncidentType[] = listTypes(
  POLICE_TYPES,
  FIRE_TYPES,
  MEDICAL_TYPES,
  ASSISTANCE_TYPES,
);

const byCode = new Map(INCIDENT_TYPES.map((type) => [type.code, type]));

/** The shipped incident type of that code; letters may be of either case. */
export const findIncidentType = (code: string): IncidentType | undefined => byCode.get(code.toUpperCase());
