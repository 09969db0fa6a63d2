import type { MessageKey } from '@lamplight/ui';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Powers } from '../state/powers.js';

/** Under which heading a section stands; in this order. */
export const SECTION_GROUPS = ['people', 'resources', 'dispatch', 'city', 'record'] as const;
export type SectionGroup = (typeof SECTION_GROUPS)[number];

/** One subject of the administration, at `/admin/<id>`. Each is loaded when it is first opened. */
export interface Section {
  /** The last part of its address. */
  readonly id: string;
  readonly group: SectionGroup;
  readonly name: MessageKey;
  /** One sentence on what is looked after there. */
  readonly about: MessageKey;
  /** Who is offered it: `administer` for administrators, `seeAdministration` for supervisors, too. */
  readonly power: keyof Powers;
  /** Draws what comes below the section's heading. Whether the reader may change anything it asks {@link Powers}. */
  readonly component: LazyExoticComponent<ComponentType>;
}

/** Imports a section's module when it is first opened. */
export const section = (load: () => Promise<ComponentType>): LazyExoticComponent<ComponentType> =>
  lazy(async () => ({ default: await load() }));

export const SECTIONS: readonly Section[] = [
  {
    id: 'people',
    group: 'people',
    name: 'admin.people',
    about: 'admin.people.about',
    power: 'seeAdministration',
    component: section(async () => (await import('./people/people-section.js')).PeopleSection),
  },
  {
    id: 'units',
    group: 'resources',
    name: 'admin.units',
    about: 'admin.units.about',
    power: 'seeAdministration',
    component: section(async () => (await import('./units/units-section.js')).UnitsSection),
  },
  {
    id: 'stations',
    group: 'resources',
    name: 'admin.stations',
    about: 'admin.stations.about',
    power: 'seeAdministration',
    component: section(async () => (await import('./stations/stations-section.js')).StationsSection),
  },
  {
    id: 'devices',
    group: 'resources',
    name: 'admin.devices',
    about: 'admin.devices.about',
    power: 'seeAdministration',
    component: section(async () => (await import('./devices/devices-section.js')).DevicesSection),
  },
  {
    id: 'incident-types',
    group: 'dispatch',
    name: 'catalogue.title.incident-types',
    about: 'catalogue.about.incident-types',
    power: 'seeAdministration',
    component: section(async () => (await import('./catalogue/incident-types.js')).IncidentTypesSection),
  },
  {
    id: 'run-cards',
    group: 'dispatch',
    name: 'catalogue.title.run-cards',
    about: 'catalogue.about.run-cards',
    power: 'seeAdministration',
    component: section(async () => (await import('./catalogue/run-cards.js')).RunCardsSection),
  },
  {
    id: 'question-cards',
    group: 'dispatch',
    name: 'catalogue.title.question-cards',
    about: 'catalogue.about.question-cards',
    power: 'seeAdministration',
    component: section(async () => (await import('./catalogue/question-cards.js')).QuestionCardsSection),
  },
  {
    id: 'capabilities',
    group: 'dispatch',
    name: 'catalogue.title.capabilities',
    about: 'catalogue.about.capabilities',
    power: 'seeAdministration',
    component: section(async () => (await import('./catalogue/capabilities.js')).CapabilitiesSection),
  },
  {
    id: 'unit-statuses',
    group: 'dispatch',
    name: 'catalogue.title.unit-statuses',
    about: 'catalogue.about.unit-statuses',
    power: 'seeAdministration',
    component: section(async () => (await import('./catalogue/unit-statuses.js')).UnitStatusesSection),
  },
  {
    id: 'dispositions',
    group: 'dispatch',
    name: 'catalogue.title.dispositions',
    about: 'catalogue.about.dispositions',
    power: 'seeAdministration',
    component: section(async () => (await import('./catalogue/dispositions.js')).DispositionsSection),
  },
  {
    id: 'targets',
    group: 'dispatch',
    name: 'catalogue.title.targets',
    about: 'catalogue.about.targets',
    power: 'seeAdministration',
    component: section(async () => (await import('./catalogue/target-sets.js')).TargetSetsSection),
  },
  {
    id: 'codes',
    group: 'city',
    name: 'admin.codes',
    about: 'admin.codes.about',
    power: 'seeAdministration',
    component: section(async () => (await import('./city/codes-section.js')).CodesSection),
  },
  {
    id: 'map',
    group: 'city',
    name: 'admin.map',
    about: 'admin.map.about',
    power: 'seeAdministration',
    component: section(async () => (await import('./city/map-section.js')).MapSection),
  },
  {
    id: 'premises',
    group: 'city',
    name: 'premises.title',
    about: 'premises.about',
    power: 'seeAdministration',
    component: section(async () => (await import('./premises/premises-section.js')).PremisesSection),
  },
  {
    id: 'agency',
    group: 'city',
    name: 'admin.agency',
    about: 'admin.agency.about',
    power: 'seeAdministration',
    component: section(async () => (await import('./agency/agency-section.js')).AgencySection),
  },
  {
    id: 'audit',
    group: 'record',
    name: 'admin.audit',
    about: 'admin.audit.about',
    power: 'seeAdministration',
    component: section(async () => (await import('./audit/audit-section.js')).AuditSection),
  },
];

/** The section of a path such as `/admin/people`. */
export const findSection = (path: string): Section | undefined =>
  SECTIONS.find(({ id }) => path === `/admin/${id}` || path === `/admin/${id}/`);
