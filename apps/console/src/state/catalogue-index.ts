import type { Catalogue } from '@lamplight/contracts';
import type { Language, StageTargets, UnitView } from '@lamplight/ui';

type Named = { readonly name: { readonly en: string; readonly zh: string } };

/** The agency's catalogue, found by code. The lists are what may be chosen; what is hidden is still found. */
export interface CatalogueIndex {
  readonly types: Catalogue['incidentTypes'];
  readonly dispositions: Catalogue['dispositions'];
  readonly capabilities: Catalogue['capabilities'];
  readonly runCards: Catalogue['runCards'];
  /** Hidden ones included, the shipped ones first. */
  readonly allStatuses: Catalogue['unitStatuses'];
  findRunCard(id: string): Catalogue['runCards'][number] | undefined;
  findType(code: string | null): Catalogue['incidentTypes'][number] | undefined;
  /** What is asked about an incident of this type. */
  questionCardOf(code: string | null): Catalogue['questionCards'][number] | undefined;
  /** What a unit's own status does to its availability. */
  effectOf(code: string): 'available' | 'delayed' | 'unavailable' | undefined;
  typeName(code: string | null, intl: Language): string;
  dispositionName(code: string, intl: Language): string;
  capabilityName(id: string, intl: Language): string;
  statusName(code: string, intl: Language): string;
  readonly statuses: Catalogue['unitStatuses'];
  /** What the clocks of incidents are measured by. */
  readonly stageTargets: StageTargets;
  /** What the run card of an incident type asks for in all at each alarm level, the first level first. */
  levelsOf(typeCode: string | null): Catalogue['runCards'][number]['levels'];
  /** What a unit is doing, in a word or two. */
  statusText(view: UnitView, intl: Language): string;
}

export function indexCatalogue(catalogue: Catalogue): CatalogueIndex {
  const types = new Map(catalogue.incidentTypes.map((type) => [type.code, type]));
  const dispositions = new Map(catalogue.dispositions.map((each) => [each.code, each]));
  const statuses = new Map(catalogue.unitStatuses.map((each) => [each.code, each]));
  const capabilities = new Map(catalogue.capabilities.map((each) => [each.id, each]));
  const runCards = new Map(catalogue.runCards.map((card) => [card.id, card]));
  const cards = new Map(
    catalogue.questionCards.flatMap((card) => card.incidentTypes.map((code) => [code, card] as const)),
  );
  const named = (found: Named | undefined, code: string, intl: Language) =>
    found ? intl.name(found.name) : code;
  return {
    types: catalogue.incidentTypes.filter(({ hidden }) => !hidden),
    dispositions: catalogue.dispositions.filter(({ hidden }) => !hidden),
    capabilities: catalogue.capabilities.filter(({ hidden }) => !hidden),
    runCards: catalogue.runCards.filter(({ hidden }) => !hidden),
    allStatuses: catalogue.unitStatuses,
    findRunCard: (id) => runCards.get(id),
    findType: (code) => (code === null ? undefined : types.get(code)),
    questionCardOf: (code) => (code === null ? undefined : cards.get(code)),
    effectOf: (code) => statuses.get(code)?.availability,
    typeName: (code, intl) =>
      code === null ? intl.t('incident.noType') : named(types.get(code), code, intl),
    dispositionName: (code, intl) => named(dispositions.get(code), code, intl),
    capabilityName: (id, intl) => named(capabilities.get(id), id, intl),
    statuses: catalogue.unitStatuses.filter(({ hidden }) => !hidden),
    stageTargets: { targets: catalogue.targets, familyOf: (code) => types.get(code)?.family },
    levelsOf: (code) => (code === null ? [] : (runCards.get(types.get(code)?.runCard ?? '')?.levels ?? [])),
    statusName: (code, intl) => named(statuses.get(code), code, intl),
    statusText: ({ unit, availability, assignment }, intl) => {
      if (assignment) return intl.t(`stage.${assignment.stage}`);
      if (unit.duty === null || unit.status === null) return intl.t(`availability.${availability}`);
      return named(statuses.get(unit.status.code), unit.status.code, intl);
    },
  };
}
