import { SECTION_SCHEMAS, type SectionEntry } from '@lamplight/contracts';
import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useCatalogue } from '../../state/live-board.js';
import { PickSome } from '../parts/choices.js';
import { CatalogueSection } from './catalogue-section.js';
import { NameFields } from './form-parts.js';
import { type FieldsProps, nameFacts, type SectionSpec, type Words } from './section-spec.js';

type Capability = SectionEntry<'capabilities'>;

const impliesText = ({ implies }: Capability, { intl, catalogue }: Words): string =>
  implies.length === 0
    ? intl.t('catalogue.impliesNothing')
    : intl.list(implies.map((id) => catalogue.capabilityName(id, intl)));

const SPEC: SectionSpec<Capability> = {
  section: 'capabilities',
  schema: SECTION_SCHEMAS.capabilities,
  keyLabel: 'catalogue.identifier',
  keyForm: /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
  removable: false,
  effective: true,
  keyOf: ({ id }) => id,
  withKey: (capability, id) => ({ ...capability, id }),
  blank: () => ({ id: '', name: { en: '', zh: '' }, implies: [] }),
  nameOf: ({ name }) => name,
  factsOf: (capability, words) => [
    ...nameFacts(capability.name, words),
    { label: words.intl.t('catalogue.implies'), value: impliesText(capability, words) },
  ],
  summaryOf: (capability, words) =>
    capability.implies.length === 0
      ? ''
      : words.intl.t('catalogue.impliesList', { list: impliesText(capability, words) }),
  Fields,
};

/** What units can do at a scene, and what counts for what. */
export const CapabilitiesSection = (): ReactNode => <CatalogueSection spec={SPEC} />;

function Fields({ entry, onChange }: FieldsProps<Capability>): ReactNode {
  const { t, name } = useIntl();
  const { capabilities } = useCatalogue();
  return (
    <>
      <NameFields value={entry.name} onChange={(changed) => onChange({ ...entry, name: changed })} />
      <PickSome
        label={t('catalogue.implies')}
        hint={t('catalogue.impliesHint')}
        value={entry.implies}
        choices={capabilities
          .filter(({ id }) => id !== entry.id)
          .map((each) => ({ id: each.id, label: name(each.name) }))}
        onChange={(implies) => onChange({ ...entry, implies: [...implies] })}
      />
    </>
  );
}
