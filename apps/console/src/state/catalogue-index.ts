import type { Catalogue } from '@lamplight/contracts';
import type { Language, UnitView } from '@lamplight/ui';

type Named = { readonly name: { readonly en: string; readonly zh: string } };

/** The agency's catalogue, found by code. */
export interface CatalogueIndex {
  readonly types: Catalogue['incidentTypes'];
  readonly dispositions: Catalogue['dispositions'];
  findType(code: string | null): Catalogue['incidentTypes'][number] | undefined;
  /** What a unit's own status does to its availability. */
  effectOf(code: string): 'available' | 'delayed' | 'unavailable' | undefined;
  typeName(code: string | null, intl: Language): string;
  dispositionName(code: string, intl: Language): string;
  capabilityName(id: string, intl: Language): string;
  /** What a unit is doing, in a word or two. */
  statusText(view: UnitView, intl: Language): string;
}

export function indexCatalogue(catalogue: Catalogue): CatalogueIndex {
  const types = new Map(catalogue.incidentTypes.map((type) => [type.code, type]));
  const dispositions = new Map(catalogue.dispositions.map((each) => [each.code, each]));
  const statuses = new Map(catalogue.unitStatuses.map((each) => [each.code, each]));
  const capabilities = new Map(catalogue.capabilities.map((each) => [each.id, each]));
  const named = (found: Named | undefined, code: string, intl: Language) =>
    found ? intl.name(found.name) : code;
  return {
    types: catalogue.incidentTypes,
    dispositions: catalogue.dispositions,
    findType: (code) => (code === null ? undefined : types.get(code)),
    effectOf: (code) => statuses.get(code)?.availability,
    typeName: (code, intl) =>
      code === null ? intl.t('incident.noType') : named(types.get(code), code, intl),
    dispositionName: (code, intl) => named(dispositions.get(code), code, intl),
    capabilityName: (id, intl) => named(capabilities.get(id), id, intl),
    statusText: ({ unit, availability, assignment }, intl) => {
      if (assignment) return intl.t(`stage.${assignment.stage}`);
      if (unit.duty === null || unit.status === null) return intl.t(`availability.${availability}`);
      return named(statuses.get(unit.status.code), unit.status.code, intl);
    },
  };
}
