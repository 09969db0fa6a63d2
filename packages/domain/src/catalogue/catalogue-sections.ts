import type { Capability } from './capabilities.js';
import type { Disposition } from './dispositions.js';
import type { IncidentType } from './incident-type-table.js';
import type { QuestionCard } from './question-card.js';
import type { RunCard } from './run-cards.js';
import type { TargetSet } from './targets.js';
import type { UnitStatusCode } from './unit-statuses.js';

/** The parts of a catalogue, each changed and kept on its own. */
export const CATALOGUE_SECTIONS = [
  'incident-types',
  'question-cards',
  'run-cards',
  'capabilities',
  'unit-statuses',
  'dispositions',
  'targets',
] as const;
export type CatalogueSection = (typeof CATALOGUE_SECTIONS)[number];

/** What each section is a list of. */
export interface CatalogueEntries {
  readonly 'incident-types': IncidentType;
  readonly 'question-cards': QuestionCard;
  readonly 'run-cards': RunCard;
  readonly capabilities: Capability;
  readonly 'unit-statuses': UnitStatusCode;
  readonly dispositions: Disposition;
  readonly targets: TargetSet;
}

/** What an agency has of its own in a section. */
export interface SectionContent<Entry> {
  /** Added to the shipped entries, or put over the one of the same key. */
  readonly own: readonly Entry[];
  /** Keys of entries that are no longer offered. What already names one keeps it, and it goes on meaning the same. */
  readonly hidden: readonly string[];
}

/** Everything that an agency has of its own. */
export type OwnCatalogue = {
  readonly [Section in CatalogueSection]: SectionContent<CatalogueEntries[Section]>;
};

export const NO_CONTENT = { own: [], hidden: [] } as const;

/** A catalogue in which nothing is the agency's own. */
export const NOTHING_OWN: OwnCatalogue = {
  'incident-types': NO_CONTENT,
  'question-cards': NO_CONTENT,
  'run-cards': NO_CONTENT,
  capabilities: NO_CONTENT,
  'unit-statuses': NO_CONTENT,
  dispositions: NO_CONTENT,
  targets: NO_CONTENT,
};

/** What an entry is found by: its code, or its id. */
export const keyOf = (entry: { readonly code: string } | { readonly id: string }): string =>
  'code' in entry ? entry.code : entry.id;
