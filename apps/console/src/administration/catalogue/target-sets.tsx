import { seconds } from '@lamplight/base';
import { SECTION_SCHEMAS, type SectionEntry } from '@lamplight/contracts';
import { SelectInput, TextInput, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { CatalogueSection } from './catalogue-section.js';
import { NameFields, NumberInput, Rows, TextFields } from './form-parts.js';
import { type FieldsProps, nameFacts, type SectionSpec, type Words } from './section-spec.js';

type TargetSet = SectionEntry<'targets'>;
type Target = TargetSet['targets'][number];

const INTERVALS = [
  'alarmAnswering',
  'entry',
  'alarmProcessing',
  'turnout',
  'travel',
  'response',
  'initiatingAction',
  'commitment',
] as const;
const SCOPES = ['any', 'fire', 'medical', 'city', 'suburb'] as const;

const targetText = (target: Target, { intl }: Words): string =>
  intl.t('catalogue.targetText', {
    interval: intl.t(`interval.${target.interval}`),
    share: target.percentile,
    limit: intl.duration(target.seconds),
    scope: intl.t(`catalogue.scope.${target.scope}`),
  });

const SPEC: SectionSpec<TargetSet> = {
  section: 'targets',
  schema: SECTION_SCHEMAS.targets,
  keyLabel: 'catalogue.identifier',
  keyForm: /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
  removable: true,
  effective: false,
  keyOf: ({ id }) => id,
  withKey: (set, id) => ({ ...set, id }),
  blank: () => ({ id: '', name: { en: '', zh: '' }, caution: { en: '', zh: '' }, targets: [blankTarget()] }),
  nameOf: ({ name }) => name,
  factsOf: ({ name, caution, targets }, words) => [
    ...nameFacts(name, words),
    { label: words.intl.t('catalogue.caution'), value: words.intl.name(caution) },
    ...targets.map((target, index) => ({
      label: words.intl.t('catalogue.targetNumber', { number: index + 1 }),
      value: `${targetText(target, words)} · ${target.source}`,
    })),
  ],
  summaryOf: ({ targets }, words) => words.intl.list(targets.map((target) => targetText(target, words))),
  Fields,
};

/** By what the clocks and the reports are measured. */
export const TargetSetsSection = (): ReactNode => <CatalogueSection spec={SPEC} />;

function blankTarget(): Target {
  return { interval: 'response', scope: 'any', percentile: 90, seconds: seconds(300), source: '' };
}

function Fields({ entry, onChange }: FieldsProps<TargetSet>): ReactNode {
  const { t } = useIntl();
  return (
    <>
      <NameFields value={entry.name} onChange={(name) => onChange({ ...entry, name })} />
      <TextFields
        label={t('catalogue.caution')}
        value={entry.caution}
        onChange={(caution) => onChange({ ...entry, caution })}
      />
      <Rows
        items={entry.targets}
        name={(_, index) => t('catalogue.targetNumber', { number: index + 1 })}
        add={{ label: t('catalogue.addTarget'), make: blankTarget }}
        onChange={(targets) => onChange({ ...entry, targets: [...targets] })}
      >
        {(target, change) => (
          <>
            <SelectInput
              label={t('catalogue.interval')}
              value={target.interval}
              choices={INTERVALS.map((id) => ({ id, label: t(`interval.${id}`) }))}
              onChange={(interval) => change({ ...target, interval })}
            />
            <SelectInput
              label={t('catalogue.scope')}
              value={target.scope}
              choices={SCOPES.map((id) => ({ id, label: t(`catalogue.scope.${id}`) }))}
              onChange={(scope) => change({ ...target, scope })}
            />
            <NumberInput
              label={t('catalogue.share')}
              value={target.percentile}
              minimum={1}
              maximum={100}
              onChange={(percentile) => change({ ...target, percentile })}
            />
            <NumberInput
              label={t('catalogue.seconds')}
              value={target.seconds}
              minimum={1}
              maximum={86_400}
              onChange={(value) => change({ ...target, seconds: seconds(value) })}
            />
            <TextInput
              label={t('catalogue.source')}
              value={target.source}
              onChange={(source) => change({ ...target, source })}
            />
          </>
        )}
      </Rows>
    </>
  );
}
