import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
} from 'react-aria-components';
import type { Choice } from './fields.js';

export interface SelectInputProps<Value extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: Value | null;
  readonly choices: readonly Choice<Value>[];
  readonly placeholder?: string;
  onChange(value: Value): void;
}

export function SelectInput<Value extends string>({
  label,
  hideLabel = false,
  value,
  choices,
  placeholder,
  onChange,
}: SelectInputProps<Value>): ReactNode {
  return (
    <Select
      className="ll-field"
      {...(hideLabel ? { 'aria-label': label } : {})}
      value={value}
      {...(placeholder === undefined ? {} : { placeholder })}
      onChange={(key) => {
        const choice = choices.find(({ id }) => id === key);
        if (choice) onChange(choice.id);
      }}
    >
      {hideLabel ? null : <Label>{label}</Label>}
      <AriaButton className="ll-input ll-select">
        <SelectValue />
        <span aria-hidden="true" className="ll-caret" />
      </AriaButton>
      <Popover className="ll-popover">
        <ListBox className="ll-listbox" items={choices}>
          {({ id, label: text }) => (
            <ListBoxItem id={id} textValue={text} className="ll-option">
              {text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
