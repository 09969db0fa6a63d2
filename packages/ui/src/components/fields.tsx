import type { ReactNode, RefObject } from 'react';
import { Input, Label, Radio, RadioGroup, Text, TextArea, TextField } from 'react-aria-components';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
  readonly hint?: string | undefined;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
}

export interface TextInputProps extends FieldProps {
  readonly type?: 'text' | 'password' | 'tel' | 'search' | 'datetime-local';
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  readonly hideLabel?: boolean;
  readonly placeholder?: string;
}

export function TextInput({
  label,
  hint,
  hideLabel = false,
  placeholder,
  ...rest
}: TextInputProps): ReactNode {
  return (
    <TextField {...rest} className="ll-field" {...(hideLabel ? { 'aria-label': label } : {})}>
      {hideLabel ? null : <Label>{label}</Label>}
      <Input className="ll-input" placeholder={placeholder ?? ''} />
      {hint === undefined ? null : <Text slot="description">{hint}</Text>}
    </TextField>
  );
}

export interface TextAreaInputProps extends FieldProps {
  readonly rows?: number;
  readonly autoFocus?: boolean;
  readonly inputRef?: RefObject<HTMLTextAreaElement | null>;
}

export function TextAreaInput({ label, hint, rows = 2, inputRef, ...rest }: TextAreaInputProps): ReactNode {
  return (
    <TextField {...rest} className="ll-field">
      <Label>{label}</Label>
      <TextArea className="ll-input" rows={rows} {...(inputRef ? { ref: inputRef } : {})} />
      {hint === undefined ? null : <Text slot="description">{hint}</Text>}
    </TextField>
  );
}

export interface Choice<Value extends string> {
  readonly id: Value;
  readonly label: string;
}

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: Value;
  readonly choices: readonly (Choice<Value> & { readonly content?: ReactNode })[];
  readonly hint?: string | undefined;
  onChange(value: Value): void;
}

/** One of a few, all in sight: a radio group drawn as a row of segments. */
export function Segmented<Value extends string>({
  label,
  hideLabel = false,
  value,
  choices,
  hint,
  onChange,
}: SegmentedProps<Value>): ReactNode {
  return (
    <RadioGroup
      className="ll-field"
      orientation="horizontal"
      value={value}
      onChange={(chosen) => {
        const choice = choices.find(({ id }) => id === chosen);
        if (choice) onChange(choice.id);
      }}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {hideLabel ? null : <Label>{label}</Label>}
      <div className="ll-segments">
        {choices.map(({ id, label: text, content }) => (
          <Radio key={id} value={id} className="ll-segment" {...(content ? { 'aria-label': text } : {})}>
            {content ?? text}
          </Radio>
        ))}
      </div>
      {hint === undefined ? null : <Text slot="description">{hint}</Text>}
    </RadioGroup>
  );
}
