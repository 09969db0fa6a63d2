export { type AgencyCatalogue, createCatalogue, SHIPPED_ENTRIES } from './agency-catalogue.js';
export {
  CAPABILITIES,
  type Capability,
  type CapabilityMatcher,
  capabilityMatcher,
  findCapability,
  type ShippedCapability,
  satisfies,
} from './capabilities.js';
export { CATALOGUE_FAULTS, type CatalogueFault, type CatalogueProblem } from './catalogue-problem.js';
export {
  CATALOGUE_SECTIONS,
  type CatalogueEntries,
  type CatalogueSection,
  keyOf,
  NO_CONTENT,
  NOTHING_OWN,
  type OwnCatalogue,
  type SectionContent,
} from './catalogue-sections.js';
export { DISPOSITIONS, type Disposition, type DispositionService, findDisposition } from './dispositions.js';
export { type SearchableType, searchIncidentTypes } from './incident-type-search.js';
export type { IncidentType } from './incident-type-table.js';
export { findIncidentType, INCIDENT_TYPES } from './incident-types.js';
export { pinyinInitials } from './pinyin-initials.js';
export {
  type Answer,
  type Answers,
  type Assessment,
  assess,
  type Instruction,
  instructionsFor,
  type PriorityStep,
  priorityOf,
  type Question,
  type QuestionCard,
  weightOf,
} from './question-card.js';
export { QUESTION_CARDS, questionCardFor } from './question-cards.js';
export {
  type AlarmLevel,
  findRunCard,
  type Requirement,
  RUN_CARDS,
  type RunCard,
  type RunCardId,
  requirementsAt,
  runCardFor,
} from './run-cards.js';
export {
  findTargetSet,
  TARGET_SETS,
  type Target,
  type TargetInterval,
  type TargetScope,
  type TargetSet,
} from './targets.js';
export {
  type DutyAvailability,
  EIDO_PRIMARY_UNIT_STATUS,
  EIDO_SECONDARY_UNIT_STATUSES,
  type EidoPrimaryUnitStatus,
  type EidoSecondaryUnitStatus,
  findDutyAvailability,
  findUnitStatus,
  UNIT_STATUS_EFFECTS,
  UNIT_STATUSES,
  type UnitStatusCode,
  type UnitStatusEffect,
  type UnitStatusMeaning,
} from './unit-statuses.js';
export { entriesOf, findRemoved, validateCatalogue } from './validate-catalogue.js';
export { FAMILY_NAMES, type Family, type Locale, type Localized, type Priority } from './vocabulary.js';
