import type { RunCardId } from './run-cards.js';
import type { Family, Localized, Priority } from './vocabulary.js';

/** What an incident can be, and what follows from it until a person decides otherwise. */
export interface IncidentType {
  /** Upper case, as exchanged with other agencies. */
  readonly code: string;
  readonly name: Localized;
  readonly family: Family;
  /** The priority an incident of this type starts with. */
  readonly priority: Priority;
  /** Id of a run card: a shipped one for shipped types, or one of the agency's own. */
  readonly runCard: string;
}

/** One incident type on one line: code, English name, Chinese name, priority, run card. */
export type TypeRow = readonly [code: string, en: string, zh: string, priority: Priority, runCard: RunCardId];

/** Incident types by family, one line each, so that a whole family can be compared at a glance. */
export type TypeTable = readonly (readonly [Family, readonly TypeRow[]])[];

/** Spells the tables out, in their order. */
export const listTypes = (...tables: readonly TypeTable[]): readonly IncidentType[] =>
  tables.flat().flatMap(([family, rows]) =>
    rows.map(([code, en, zh, priority, runCard]) => ({
      code,
      name: { en, zh },
      family,
      priority,
      runCard,
    })),
  );
