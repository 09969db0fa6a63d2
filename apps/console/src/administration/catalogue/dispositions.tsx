import { SECTION_SCHEMAS, type SectionEntry } from '@lamplight/contracts';
import { SelectInput, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { CatalogueSection } from './catalogue-section.js';
import { NameFields } from './form-parts.js';
import { type FieldsProps, nameFacts, type SectionSpec } from './section-spec.js';

type Disposition = SectionEntry<'dispositions'>;

const SERVICES = ['any', 'police', 'fire', 'medical'] as const;

const SPEC: SectionSpec<Disposition> = {
  section: 'dispositions',
  schema: SECTION_SCHEMAS.dispositions,
  keyLabel: 'catalogue.code',
  keyForm: /^[A-Za-z0-9-]{1,32}$/,
  removable: false,
  effective: false,
  keyOf: ({ code }) => code,
  withKey: (disposition, code) => ({ ...disposition, code }),
  blank: () => ({ code: '', name: { en: '', zh: '' }, service: 'any' }),
  nameOf: ({ name }) => name,
  factsOf: ({ name, service }, words) => [
    ...nameFacts(name, words),
    { label: words.intl.t('catalogue.service'), value: words.intl.t(`catalogue.service.${service}`) },
  ],
  summaryOf: ({ service }, { intl }) => intl.t(`catalogue.service.${service}`),
  Fields,
};

/** How incidents may end. */
export const DispositionsSection = (): ReactNode => <CatalogueSection spec={SPEC} />;

function Fields({ entry, onChange }: FieldsProps<Disposition>): ReactNode {
  const { t } = useIntl();
  return (
    <>
      <NameFields value={entry.name} onChange={(name) => onChange({ ...entry, name })} />
      <SelectInput
        label={t('catalogue.service')}
        value={entry.service}
        choices={SERVICES.map((id) => ({ id, label: t(`catalogue.service.${id}`) }))}
        onChange={(service) => onChange({ ...entry, service })}
      />
    </>
  );
}
