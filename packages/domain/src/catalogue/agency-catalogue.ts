import type { IncidentType } from './incident-type-table.js';
import { INCIDENT_TYPES } from './incident-types.js';

/** The incident types of an agency: the shipped ones, with its own added or put over them. */
export interface AgencyCatalogue {
  readonly incidentTypes: readonly IncidentType[];
  /** Letters may be of either case. */
  findIncidentType(code: string): IncidentType | undefined;
}

export function createCatalogue(ownTypes: readonly IncidentType[] = []): AgencyCatalogue {
  const byCode = new Map(
    [...INCIDENT_TYPES, ...ownTypes].map((type) => {
      const code = type.code.toUpperCase();
      return [code, { ...type, code }];
    }),
  );
  return {
    incidentTypes: [...byCode.values()],
    findIncidentType: (code) => byCode.get(code.toUpperCase()),
  };
}
