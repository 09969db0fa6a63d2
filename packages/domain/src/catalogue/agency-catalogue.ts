import { CAPABILITIES, type Capability, type CapabilityMatcher, capabilityMatcher } from './capabilities.js';
import {
  type CatalogueEntries,
  type CatalogueSection,
  keyOf,
  NO_CONTENT,
  type OwnCatalogue,
  type SectionContent,
} from './catalogue-sections.js';
import { DISPOSITIONS, type Disposition } from './dispositions.js';
import type { IncidentType } from './incident-type-table.js';
import { INCIDENT_TYPES } from './incident-types.js';
import type { QuestionCard } from './question-card.js';
import { QUESTION_CARDS } from './question-cards.js';
import { RUN_CARDS, type RunCard, runCardFor } from './run-cards.js';
import { TARGET_SETS, type Target, type TargetSet } from './targets.js';
import {
  type DutyAvailability,
  UNIT_STATUS_EFFECTS,
  UNIT_STATUSES,
  type UnitStatusCode,
} from './unit-statuses.js';

/**
 * The catalogue of an agency: what Lamplight ships with, the agency's own added or put over it. The lists hold what is
 * hidden as well: an incident of a type that is no longer offered is still one.
 */
export interface AgencyCatalogue {
  readonly incidentTypes: readonly IncidentType[];
  readonly questionCards: readonly QuestionCard[];
  readonly runCards: readonly RunCard[];
  readonly capabilities: readonly Capability[];
  readonly unitStatuses: readonly UnitStatusCode[];
  readonly dispositions: readonly Disposition[];
  readonly targetSets: readonly TargetSet[];
  /** The targets of all sets that are offered. */
  readonly targets: readonly Target[];
  /** False for what the agency has hidden. */
  isOffered(section: CatalogueSection, key: string): boolean;
  /** Letters may be of either case. */
  findIncidentType(code: string): IncidentType | undefined;
  /** Throws when the type names a card that is none, which validation keeps from happening. */
  runCardOf(type: Pick<IncidentType, 'code' | 'runCard'>): RunCard;
  findUnitStatus(code: string): UnitStatusCode | undefined;
  /** What the status of that code does to availability; `undefined` when it is none. */
  findDutyAvailability(code: string): DutyAvailability | undefined;
  findDisposition(code: string): Disposition | undefined;
  /** The question card that is asked for incidents of this type, if any. */
  questionCardOf(typeCode: string): QuestionCard | undefined;
  /** Whether a unit with these capabilities can do what is asked for. */
  readonly satisfies: CapabilityMatcher;
}

/** What Lamplight ships with, by section. */
export const SHIPPED_ENTRIES: {
  readonly [Section in CatalogueSection]: readonly CatalogueEntries[Section][];
} = {
  'incident-types': INCIDENT_TYPES,
  'question-cards': QUESTION_CARDS,
  'run-cards': RUN_CARDS,
  capabilities: CAPABILITIES,
  'unit-statuses': UNIT_STATUSES,
  dispositions: DISPOSITIONS,
  targets: TARGET_SETS,
};

/** Cost: a pass over the lists; made once for each change of the configuration, not for each question. */
export function createCatalogue(own: Partial<OwnCatalogue> = {}): AgencyCatalogue {
  const types = upperCased(own['incident-types'] ?? NO_CONTENT);
  const incidentTypes = merge(SHIPPED_ENTRIES['incident-types'], types);
  const questionCards = merge(SHIPPED_ENTRIES['question-cards'], own['question-cards']);
  const runCards = merge(SHIPPED_ENTRIES['run-cards'], own['run-cards']);
  const capabilities = merge(SHIPPED_ENTRIES.capabilities, own.capabilities);
  const unitStatuses = merge(SHIPPED_ENTRIES['unit-statuses'], own['unit-statuses']);
  const dispositions = merge(SHIPPED_ENTRIES.dispositions, own.dispositions);
  const targetSets = merge(SHIPPED_ENTRIES.targets, own.targets);

  const hidden = (section: CatalogueSection): ReadonlySet<string> => new Set(own[section]?.hidden);
  const hiddenIn: { readonly [Section in CatalogueSection]: ReadonlySet<string> } = {
    'incident-types': new Set(types.hidden),
    'question-cards': hidden('question-cards'),
    'run-cards': hidden('run-cards'),
    capabilities: hidden('capabilities'),
    'unit-statuses': hidden('unit-statuses'),
    dispositions: hidden('dispositions'),
    targets: hidden('targets'),
  };
  const isOffered = (section: CatalogueSection, key: string): boolean => !hiddenIn[section].has(key);

  const typesByCode = byKey(incidentTypes);
  const statusesByCode = byKey(unitStatuses);
  const dispositionsByCode = byKey(dispositions);
  const cardOfType = new Map<string, QuestionCard>();
  for (const card of questionCards) {
    if (!isOffered('question-cards', card.id)) continue;
    for (const code of card.incidentTypes) cardOfType.set(code.toUpperCase(), card);
  }

  return {
    incidentTypes,
    questionCards,
    runCards,
    capabilities,
    unitStatuses,
    dispositions,
    targetSets,
    targets: targetSets.filter(({ id }) => isOffered('targets', id)).flatMap(({ targets }) => targets),
    isOffered,
    findIncidentType: (code) => typesByCode.get(code.toUpperCase()),
    runCardOf: (type) => runCardFor(type, runCards),
    findUnitStatus: (code) => statusesByCode.get(code),
    findDutyAvailability: (code) => {
      const status = statusesByCode.get(code);
      return status && UNIT_STATUS_EFFECTS[status.meaning].availability;
    },
    findDisposition: (code) => dispositionsByCode.get(code),
    questionCardOf: (typeCode) => cardOfType.get(typeCode.toUpperCase()),
    satisfies: capabilityMatcher(capabilities),
  };
}

/** Codes of incident types are exchanged with others in upper case. */
const upperCased = ({ own, hidden }: SectionContent<IncidentType>): SectionContent<IncidentType> => ({
  own: own.map((type) => ({ ...type, code: type.code.toUpperCase() })),
  hidden: hidden.map((code) => code.toUpperCase()),
});

type Keyed = { readonly code: string } | { readonly id: string };

const byKey = <Entry extends Keyed>(entries: readonly Entry[]): ReadonlyMap<string, Entry> =>
  new Map(entries.map((entry) => [keyOf(entry), entry]));

/** The shipped entries in their order, each replaced by the agency's of the same key, then those it has added. */
function merge<Entry extends Keyed>(
  shipped: readonly Entry[],
  { own }: SectionContent<Entry> = NO_CONTENT,
): readonly Entry[] {
  return [...byKey([...shipped, ...own]).values()];
}
