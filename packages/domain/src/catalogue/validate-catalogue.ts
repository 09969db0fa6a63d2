import { type AgencyCatalogue, createCatalogue } from './agency-catalogue.js';
import type { Capability } from './capabilities.js';
import {
  type CatalogueProblem,
  type Complain,
  checkText,
  isPriority,
  repeated,
} from './catalogue-problem.js';
import {
  CATALOGUE_SECTIONS,
  type CatalogueEntries,
  type CatalogueSection,
  keyOf,
  type OwnCatalogue,
} from './catalogue-sections.js';
import type { RunCard } from './run-cards.js';
import { validateQuestionCard } from './validate-question-card.js';

/**
 * Everything that is wrong with the agency's own catalogue when it is put over the shipped one: references that lead
 * nowhere, levels with gaps, implications in a circle, and whatever else would make a dispatch go wrong. Empty when it
 * may take effect. Cost: a pass over the entries.
 */
export function validateCatalogue(own: OwnCatalogue): readonly CatalogueProblem[] {
  const problems: CatalogueProblem[] = [];
  const at =
    (section: CatalogueSection, key: string): Complain =>
    (field, fault, about = '') =>
      void problems.push({ section, key, field, fault, about: String(about) });
  const catalogue = createCatalogue(own);
  const entries = entriesOf(catalogue);
  const keysOf = (section: CatalogueSection): ReadonlySet<string> => new Set(entries[section].map(keyOf));
  const types = keysOf('incident-types');
  const cards = keysOf('run-cards');
  const capabilities = keysOf('capabilities');
  const isCapability = (id: string): boolean => capabilities.has(id);

  for (const section of CATALOGUE_SECTIONS) {
    const keys = keysOf(section);
    for (const key of repeated(own[section].own.map(keyOf))) at(section, key)('', 'key-twice', key);
    for (const key of own[section].hidden) {
      if (!keys.has(key)) at(section, key)('', 'hidden-unknown', key);
    }
  }
  for (const type of catalogue.incidentTypes) {
    const complain = at('incident-types', type.code);
    checkText(type.name, 'name', complain);
    if (!isPriority(type.priority)) complain('priority', 'priority-invalid', type.priority);
    if (!cards.has(type.runCard)) complain('runCard', 'run-card-unknown', type.runCard);
    else if (
      catalogue.isOffered('incident-types', type.code) &&
      !catalogue.isOffered('run-cards', type.runCard)
    )
      complain('runCard', 'run-card-hidden', type.runCard);
  }
  for (const card of catalogue.runCards) {
    const complain = at('run-cards', card.id);
    checkText(card.name, 'name', complain);
    checkLevels(card, { isCapability, list: catalogue.capabilities }, complain);
    if (!catalogue.isOffered('run-cards', card.id)) continue;
    for (const [level, { requires }] of card.levels.entries()) {
      for (const [index, { capability }] of requires.entries()) {
        if (isCapability(capability) && !catalogue.isOffered('capabilities', capability))
          complain(`levels.${level}.requires.${index}.capability`, 'capability-hidden', capability);
      }
    }
  }
  for (const capability of catalogue.capabilities) {
    const complain = at('capabilities', capability.id);
    checkText(capability.name, 'name', complain);
    for (const [index, implied] of capability.implies.entries()) {
      if (!isCapability(implied)) complain(`implies.${index}`, 'capability-unknown', implied);
    }
    if (impliedBy(capability.id, catalogue.capabilities).has(capability.id))
      complain('implies', 'implies-circle', capability.id);
  }
  for (const status of catalogue.unitStatuses)
    checkText(status.name, 'name', at('unit-statuses', status.code));
  for (const disposition of catalogue.dispositions)
    checkText(disposition.name, 'name', at('dispositions', disposition.code));
  for (const { code } of own.dispositions.own) {
    // The standard keeps 46 to 99 for later editions.
    if (/^\d\d$/.test(code) && Number(code) > 45)
      at('dispositions', code)('code', 'disposition-reserved', code);
  }
  if (catalogue.dispositions.every(({ code }) => !catalogue.isOffered('dispositions', code)))
    at('dispositions', '')('hidden', 'dispositions-missing');
  for (const set of catalogue.targetSets) {
    const complain = at('targets', set.id);
    checkText(set.name, 'name', complain);
    for (const [index, { percentile, seconds }] of set.targets.entries()) {
      if (!(percentile > 0 && percentile <= 100))
        complain(`targets.${index}.percentile`, 'share-invalid', percentile);
      if (!(seconds > 0)) complain(`targets.${index}.seconds`, 'seconds-invalid', seconds);
    }
  }

  const cardOf = new Map<string, string>();
  for (const card of catalogue.questionCards) {
    const complain = at('question-cards', card.id);
    validateQuestionCard(card, complain);
    for (const [index, code] of card.incidentTypes.entries()) {
      if (!types.has(code)) complain(`incidentTypes.${index}`, 'incident-type-unknown', code);
      if (!catalogue.isOffered('question-cards', card.id)) continue;
      const other = cardOf.get(code);
      if (other !== undefined) complain(`incidentTypes.${index}`, 'incident-type-twice', `${code}, ${other}`);
      cardOf.set(code, card.id);
    }
  }
  return problems;
}

/** Sections whose keys stand in the log or on units: what was there once must be found again. */
const LASTING: readonly CatalogueSection[] = [
  'incident-types',
  'capabilities',
  'unit-statuses',
  'dispositions',
];

/** What a change takes away although the log may name it; such an entry can only be hidden. */
export function findRemoved(before: OwnCatalogue, next: OwnCatalogue): readonly CatalogueProblem[] {
  return LASTING.flatMap((section) => {
    const kept = new Set(entriesOf(createCatalogue(next))[section].map(keyOf));
    return before[section].own
      .map(keyOf)
      .filter((key) => !kept.has(key))
      .map((key) => ({ section, key, field: '', fault: 'entry-removed' as const, about: key }));
  });
}

/** The lists of a catalogue by section. */
export const entriesOf = (
  catalogue: AgencyCatalogue,
): { readonly [Section in CatalogueSection]: readonly CatalogueEntries[Section][] } => ({
  'incident-types': catalogue.incidentTypes,
  'question-cards': catalogue.questionCards,
  'run-cards': catalogue.runCards,
  capabilities: catalogue.capabilities,
  'unit-statuses': catalogue.unitStatuses,
  dispositions: catalogue.dispositions,
  targets: catalogue.targetSets,
});

function checkLevels(
  { levels }: RunCard,
  capabilities: { isCapability(id: string): boolean; readonly list: readonly Capability[] },
  complain: Complain,
): void {
  if (levels.length === 0) complain('levels', 'levels-missing');
  for (const [position, { level, requires }] of levels.entries()) {
    const field = `levels.${position}`;
    if (level !== position + 1) complain(`${field}.level`, 'level-gap', level);
    const twice = repeated(requires.map(({ capability }) => capability));
    for (const [index, { capability, count }] of requires.entries()) {
      const place = `${field}.requires.${index}`;
      if (!capabilities.isCapability(capability))
        complain(`${place}.capability`, 'capability-unknown', capability);
      if (twice.has(capability)) complain(`${place}.capability`, 'capability-twice', capability);
      if (!Number.isInteger(count) || count < 1) complain(`${place}.count`, 'count-invalid', count);
      const implied = impliedBy(capability, capabilities.list);
      if (
        requires
          .slice(0, index)
          .some((earlier) => earlier.capability !== capability && implied.has(earlier.capability))
      )
        complain(`${place}.capability`, 'requirement-order', capability);
    }
  }
}

/** Everything that a capability implies, step by step; itself only when it stands in a circle. */
function impliedBy(id: string, list: readonly Capability[]): ReadonlySet<string> {
  const impliesOf = (each: string): readonly string[] =>
    list.find((capability) => capability.id === each)?.implies ?? [];
  const reached = new Set<string>();
  const open = [...impliesOf(id)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...impliesOf(next));
  }
  return reached;
}
