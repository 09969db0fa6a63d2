import { SECTION_SCHEMAS, type SectionEntry } from '@lamplight/contracts';
import { Button, SelectInput, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useCatalogue } from '../../state/live-board.js';
import { CatalogueSection } from './catalogue-section.js';
import { NameFields, NumberInput, Rows } from './form-parts.js';
import { type FieldsProps, nameFacts, type SectionSpec, type Words } from './section-spec.js';

type RunCard = SectionEntry<'run-cards'>;
type Requirement = RunCard['levels'][number]['requires'][number];

const SPEC: SectionSpec<RunCard> = {
  section: 'run-cards',
  schema: SECTION_SCHEMAS['run-cards'],
  keyLabel: 'catalogue.identifier',
  keyForm: /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
  removable: true,
  effective: true,
  keyOf: ({ id }) => id,
  withKey: (card, id) => ({ ...card, id }),
  blank: () => ({ id: '', name: { en: '', zh: '' }, levels: [{ level: 1, requires: [] }] }),
  nameOf: ({ name }) => name,
  factsOf: ({ name, levels }, words) => [
    ...nameFacts(name, words),
    ...levels.map(({ level, requires }) => ({
      label: words.intl.t('catalogue.level', { level }),
      value: demandText(requires, words),
    })),
  ],
  summaryOf: ({ levels }, words) => demandText(levels[0]?.requires ?? [], words),
  Fields,
};

/** What is sent at each alarm level. */
export const RunCardsSection = (): ReactNode => <CatalogueSection spec={SPEC} />;

/** So many of each capability, in words. */
export const demandText = (
  requires: readonly { readonly capability: string; readonly count: number }[],
  { intl, catalogue }: Words,
): string =>
  requires.length === 0
    ? intl.t('catalogue.nothingSent')
    : intl.list(
        requires.map(({ capability, count }) => `${count} × ${catalogue.capabilityName(capability, intl)}`),
      );

function Fields({ entry, onChange }: FieldsProps<RunCard>): ReactNode {
  const { t } = useIntl();
  const { levels } = entry;
  const setLevels = (changed: RunCard['levels']): void => onChange({ ...entry, levels: changed });
  const last = levels.at(-1);
  return (
    <>
      <NameFields value={entry.name} onChange={(name) => onChange({ ...entry, name })} />
      <p className="muted">{t('catalogue.levelsHint')}</p>
      {levels.map(({ level, requires }, index) => (
        <fieldset key={level} className="catalogue-fieldset">
          <legend>{t('catalogue.level', { level })}</legend>
          <Requirements
            requires={requires}
            onChange={(changed) => setLevels(levels.with(index, { level, requires: changed }))}
          />
        </fieldset>
      ))}
      <div className="catalogue-inline">
        <Button
          size="small"
          isDisabled={levels.length >= 20}
          // A higher level asks for what the one below it asks, and more.
          onPress={() => setLevels([...levels, { level: levels.length + 1, requires: last?.requires ?? [] }])}
        >
          {t('catalogue.addLevel')}
        </Button>
        {levels.length > 1 ? (
          <Button size="small" onPress={() => setLevels(levels.slice(0, -1))}>
            {t('catalogue.dropLevel', { level: levels.length })}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function Requirements({
  requires,
  onChange,
}: {
  readonly requires: readonly Requirement[];
  onChange(requires: Requirement[]): void;
}): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const catalogue = useCatalogue();
  const free = catalogue.capabilities.filter(({ id }) =>
    requires.every(({ capability }) => capability !== id),
  );
  const choicesFor = (chosen: string) => {
    const listed = catalogue.capabilities
      .filter(({ id }) => id === chosen || free.some((each) => each.id === id))
      .map(({ id, name }) => ({ id, label: intl.name(name) }));
    const isListed = listed.some(({ id }) => id === chosen);
    return isListed ? listed : [{ id: chosen, label: catalogue.capabilityName(chosen, intl) }, ...listed];
  };
  return (
    <Rows
      items={requires}
      name={({ capability }) => catalogue.capabilityName(capability, intl)}
      add={{
        label: t('catalogue.addCapability'),
        make: () => ({ capability: free[0]?.id ?? 'patrol', count: 1 }),
      }}
      onChange={(changed) => onChange([...changed])}
    >
      {({ capability, count }, change) => (
        <>
          <SelectInput
            label={t('catalogue.capability')}
            value={capability}
            choices={choicesFor(capability)}
            onChange={(id) => change({ capability: id, count })}
          />
          <NumberInput
            label={t('catalogue.units')}
            value={count}
            minimum={1}
            maximum={999}
            onChange={(changed) => change({ capability, count: changed })}
          />
        </>
      )}
    </Rows>
  );
}
