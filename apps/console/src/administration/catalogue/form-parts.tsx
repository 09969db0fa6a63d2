import { Button, TextAreaInput, TextInput, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { Button as AriaButton, Group, Input, Label, NumberField } from 'react-aria-components';

interface Texts {
  readonly en: string;
  readonly zh: string;
}

/** A name in both languages, beside each other so that neither is forgotten. */
export function NameFields({
  value,
  onChange,
}: {
  readonly value: Texts;
  onChange(value: Texts): void;
}): ReactNode {
  const { t } = useIntl();
  return (
    <div className="catalogue-pair">
      <TextInput
        label={t('catalogue.nameEn')}
        value={value.en}
        onChange={(en) => onChange({ ...value, en })}
        isRequired
      />
      <TextInput
        label={t('catalogue.nameZh')}
        value={value.zh}
        onChange={(zh) => onChange({ ...value, zh })}
        isRequired
      />
    </div>
  );
}

/** A longer text in both languages. */
export function TextFields({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: Texts;
  onChange(value: Texts): void;
}): ReactNode {
  const { t } = useIntl();
  return (
    <div className="catalogue-pair">
      <TextAreaInput
        label={t('catalogue.inEnglish', { what: label })}
        value={value.en}
        onChange={(en) => onChange({ ...value, en })}
      />
      <TextAreaInput
        label={t('catalogue.inChinese', { what: label })}
        value={value.zh}
        onChange={(zh) => onChange({ ...value, zh })}
      />
    </div>
  );
}

export function NumberInput({
  label,
  value,
  minimum,
  maximum,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  onChange(value: number): void;
}): ReactNode {
  return (
    <NumberField
      className="ll-field catalogue-number"
      value={value}
      minValue={minimum}
      maxValue={maximum}
      onChange={(typed) => {
        if (Number.isFinite(typed)) onChange(typed);
      }}
    >
      <Label>{label}</Label>
      <Group className="catalogue-stepper">
        <AriaButton slot="decrement" className="catalogue-step">
          −
        </AriaButton>
        <Input className="ll-input" />
        <AriaButton slot="increment" className="catalogue-step">
          +
        </AriaButton>
      </Group>
    </NumberField>
  );
}

/** Rows of a form that can be moved, taken out and added to. `name` says which row a button is for. */
export function Rows<Item>({
  items,
  name,
  add,
  children,
  onChange,
}: {
  readonly items: readonly Item[];
  name(item: Item, index: number): string;
  readonly add: { readonly label: string; make(): Item };
  children(item: Item, change: (item: Item) => void, index: number): ReactNode;
  onChange(items: readonly Item[]): void;
}): ReactNode {
  const { t } = useIntl();
  const swap = (index: number): void => {
    const [before, after] = [items[index - 1], items[index]];
    if (before === undefined || after === undefined) return;
    onChange(items.toSpliced(index - 1, 2, after, before));
  };
  return (
    <div className="catalogue-rows">
      {items.map((item, index) => {
        const which = name(item, index);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own; their place is it
          <Group key={index} className="catalogue-row" aria-label={which}>
            <div className="catalogue-row-fields">
              {children(item, (changed) => onChange(items.with(index, changed)), index)}
            </div>
            <div className="catalogue-row-buttons">
              <Button
                size="small"
                variant="quiet"
                isDisabled={index === 0}
                aria-label={t('catalogue.moveUp', { what: which })}
                onPress={() => swap(index)}
              >
                ↑
              </Button>
              <Button
                size="small"
                variant="quiet"
                isDisabled={index === items.length - 1}
                aria-label={t('catalogue.moveDown', { what: which })}
                onPress={() => swap(index + 1)}
              >
                ↓
              </Button>
              <Button
                size="small"
                variant="quiet"
                aria-label={t('catalogue.takeOut', { what: which })}
                onPress={() => onChange(items.toSpliced(index, 1))}
              >
                ✕
              </Button>
            </div>
          </Group>
        );
      })}
      <Button size="small" onPress={() => onChange([...items, add.make()])}>
        {add.label}
      </Button>
    </div>
  );
}
