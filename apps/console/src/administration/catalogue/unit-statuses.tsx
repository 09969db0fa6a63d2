import { SECTION_SCHEMAS, type SectionEntry } from '@lamplight/contracts';
import { SelectInput, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useCatalogue } from '../../state/live-board.js';
import { CatalogueSection } from './catalogue-section.js';
import { NameFields } from './form-parts.js';
import { type FieldsProps, nameFacts, type SectionSpec, type Words } from './section-spec.js';

type UnitStatus = SectionEntry<'unit-statuses'>;

/** A meaning has the name of the first status that has it, which is the shipped one, and what follows from it. */
function meaningText(meaning: string, { intl, catalogue }: Words): string {
  const status = catalogue.allStatuses.find((each) => each.meaning === meaning);
  return status ? `${intl.name(status.name)} (${intl.t(`availability.${status.availability}`)})` : meaning;
}

const SPEC: SectionSpec<UnitStatus> = {
  section: 'unit-statuses',
  schema: SECTION_SCHEMAS['unit-statuses'],
  keyLabel: 'catalogue.code',
  keyForm: /^[A-Za-z0-9-]{1,32}$/,
  removable: false,
  effective: false,
  keyOf: ({ code }) => code,
  withKey: (status, code) => ({ ...status, code }),
  blank: () => ({ code: '', name: { en: '', zh: '' }, meaning: 'available' }),
  nameOf: ({ name }) => name,
  factsOf: ({ name, meaning }, words) => [
    ...nameFacts(name, words),
    { label: words.intl.t('catalogue.meaning'), value: meaningText(meaning, words) },
  ],
  summaryOf: ({ meaning }, words) => meaningText(meaning, words),
  Fields,
};

/** The codes by which crews say what they are doing. */
export const UnitStatusesSection = (): ReactNode => <CatalogueSection spec={SPEC} />;

function Fields({ entry, onChange }: FieldsProps<UnitStatus>): ReactNode {
  const intl = useIntl();
  const catalogue = useCatalogue();
  const meanings = [...new Set(catalogue.allStatuses.map(({ meaning }) => meaning))];
  return (
    <>
      <NameFields value={entry.name} onChange={(name) => onChange({ ...entry, name })} />
      <SelectInput
        label={intl.t('catalogue.meaning')}
        value={entry.meaning}
        choices={meanings.map((id) => ({ id, label: meaningText(id, { intl, catalogue }) }))}
        onChange={(meaning) => onChange({ ...entry, meaning })}
      />
      <p className="muted">{intl.t('catalogue.meaningHint')}</p>
    </>
  );
}
