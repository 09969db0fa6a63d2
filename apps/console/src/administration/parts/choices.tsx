import type { Choice } from '@lamplight/ui';
import { useIntl } from '@lamplight/ui';
import { type ReactNode, useMemo, useState } from 'react';
import {
  Button as AriaButton,
  Checkbox,
  CheckboxGroup,
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Switch,
  Text,
} from 'react-aria-components';

/** Long lists help nobody: a few letters more do. */
const SHOWN = 50;

/** One of very many, found by a few letters; or none. */
export function PickOne({
  label,
  hint,
  value,
  choices,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string | null;
  readonly choices: readonly Choice<string>[];
  onChange(id: string | null): void;
}): ReactNode {
  const { t } = useIntl();
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = choices.find(({ id }) => id === value);
  const items = useMemo(() => {
    const wanted = (typed ?? '').trim().toLowerCase();
    const fits = ({ id, label: text }: Choice<string>): boolean =>
      text.toLowerCase().includes(wanted) || id.toLowerCase().includes(wanted);
    return choices.filter(fits).slice(0, SHOWN);
  }, [typed, choices]);
  return (
    <ComboBox
      className="ll-field"
      items={items}
      inputValue={typed ?? chosen?.label ?? value ?? ''}
      onInputChange={(text) => {
        setTyped(text);
        if (text === '') onChange(null);
      }}
      value={value}
      onChange={(key) => {
        setTyped(null);
        if (key !== null) onChange(String(key));
      }}
      onBlur={() => setTyped(null)}
      menuTrigger="input"
      allowsEmptyCollection
    >
      <Label>{label}</Label>
      <div className="combo">
        <Input className="ll-input" placeholder={t('admin.none')} />
        <AriaButton className="combo-button">
          <span className="ll-caret" aria-hidden="true" />
        </AriaButton>
      </div>
      {hint === undefined ? null : <Text slot="description">{hint}</Text>}
      <Popover className="ll-popover">
        <ListBox
          className="ll-listbox"
          renderEmptyState={() => <p className="empty">{t('admin.noneFound')}</p>}
        >
          {({ id, label: text }: Choice<string>) => (
            <ListBoxItem id={id} textValue={text} className="ll-option">
              {text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** Some of a few, all in sight. */
export function PickSome<Value extends string>({
  label,
  hint,
  value,
  choices,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: readonly Value[];
  readonly choices: readonly Choice<Value>[];
  onChange(ids: readonly Value[]): void;
}): ReactNode {
  return (
    <CheckboxGroup
      className="ll-field"
      value={[...value]}
      onChange={(ids) => onChange(choices.map(({ id }) => id).filter((id) => ids.includes(id)))}
    >
      <Label>{label}</Label>
      <div className="admin-checks">
        {choices.map(({ id, label: text }) => (
          <Checkbox key={id} value={id} className="admin-check">
            <span className="admin-box" aria-hidden="true" />
            {text}
          </Checkbox>
        ))}
      </div>
      {hint === undefined ? null : <Text slot="description">{hint}</Text>}
    </CheckboxGroup>
  );
}

/** Something that holds or does not. */
export function OnOff({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: boolean;
  onChange(on: boolean): void;
}): ReactNode {
  return (
    <Switch className="admin-check" isSelected={value} onChange={onChange}>
      <span className="admin-box" aria-hidden="true" />
      {label}
    </Switch>
  );
}
