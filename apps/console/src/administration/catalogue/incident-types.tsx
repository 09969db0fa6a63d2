import { FAMILY_NAMES, SECTION_SCHEMAS, type SectionEntry } from '@lamplight/contracts';
import { Segmented, SelectInput, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useCatalogue } from '../../state/live-board.js';
import { PickOne } from '../parts/choices.js';
import { CatalogueSection } from './catalogue-section.js';
import { NameFields } from './form-parts.js';
import { type FieldsProps, nameFacts, type SectionSpec, type Words } from './section-spec.js';

type IncidentType = SectionEntry<'incident-types'>;

const PRIORITIES = [1, 2, 3, 4, 5] as const;

const runCardName = (id: string, { intl, catalogue }: Words): string => {
  const card = catalogue.findRunCard(id);
  return card ? intl.name(card.name) : id;
};

const SPEC: SectionSpec<IncidentType> = {
  section: 'incident-types',
  schema: SECTION_SCHEMAS['incident-types'],
  keyLabel: 'catalogue.code',
  keyForm: /^[A-Z0-9-]{1,32}$/,
  upperCase: true,
  removable: false,
  effective: true,
  keyOf: ({ code }) => code,
  withKey: (type, code) => ({ ...type, code }),
  blank: () => ({
    code: '',
    name: { en: '', zh: '' },
    family: 'assist',
    priority: 3,
    runCard: 'patrol-1',
  }),
  nameOf: ({ name }) => name,
  factsOf: ({ name, family, priority, runCard }, words) => [
    ...nameFacts(name, words),
    { label: words.intl.t('catalogue.family'), value: words.intl.name(FAMILY_NAMES[family]) },
    { label: words.intl.t('catalogue.priority'), value: String(priority) },
    { label: words.intl.t('catalogue.runCard'), value: runCardName(runCard, words) },
  ],
  summaryOf: ({ family, priority, runCard }, words) =>
    `P${priority} · ${runCardName(runCard, words)} · ${words.intl.name(FAMILY_NAMES[family])}`,
  Fields,
};

/** Codes, names, priorities and run cards of incident types. */
export const IncidentTypesSection = (): ReactNode => <CatalogueSection spec={SPEC} />;

function Fields({ entry, onChange }: FieldsProps<IncidentType>): ReactNode {
  const { t, name } = useIntl();
  const catalogue = useCatalogue();
  const families = familiesIn(name);
  return (
    <>
      <NameFields value={entry.name} onChange={(changed) => onChange({ ...entry, name: changed })} />
      <Segmented
        label={t('catalogue.priority')}
        hint={t('catalogue.priorityHint')}
        value={String(entry.priority)}
        choices={PRIORITIES.map((each) => ({ id: String(each), label: String(each) }))}
        onChange={(chosen) => {
          const priority = PRIORITIES.find((each) => String(each) === chosen);
          if (priority) onChange({ ...entry, priority });
        }}
      />
      <PickOne
        label={t('catalogue.runCard')}
        value={entry.runCard}
        choices={catalogue.runCards.map((card) => ({ id: card.id, label: name(card.name) }))}
        onChange={(runCard) => {
          if (runCard !== null) onChange({ ...entry, runCard });
        }}
      />
      <SelectInput
        label={t('catalogue.family')}
        value={entry.family}
        choices={families}
        onChange={(family) => onChange({ ...entry, family })}
      />
    </>
  );
}

type Family = IncidentType['family'];

function familiesIn(name: (texts: { en: string; zh: string }) => string): { id: Family; label: string }[] {
  const families: { id: Family; label: string }[] = [];
  for (const id in FAMILY_NAMES) if (isFamily(id)) families.push({ id, label: name(FAMILY_NAMES[id]) });
  return families;
}

const isFamily = (id: string): id is Family => Object.hasOwn(FAMILY_NAMES, id);
