import type { IncidentRecord } from '@lamplight/contracts';
import type { Language } from '@lamplight/ui';
import type { NarrativeNames } from '../incident/narrative-wording.js';
import type { CatalogueIndex } from '../state/catalogue-index.js';

/** How a record calls what it speaks of: by itself, since the board may have forgotten it. */
export function namesOf(record: IncidentRecord, intl: Language, catalogue: CatalogueIndex): NarrativeNames {
  const unitIds = new Map(record.assignments.map(({ id, unitId }) => [id, unitId]));
  const callSign = (id: string): string => record.callSigns[id] ?? id;
  return {
    intl,
    catalogue,
    callSign,
    unitOf: (assignmentId) => callSign(unitIds.get(assignmentId) ?? assignmentId),
    numberOf: (id) => record.numbers[id] ?? id,
  };
}
