import { type CatalogueType, PriorityMark, searchTypes, useIntl } from '@lamplight/ui';
import { type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import {
  Button as AriaButton,
  ComboBox,
  ComboBoxStateContext,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import { useCatalogue } from '../state/live-board.js';

/** Long lists help nobody: a few letters more do. */
const SHOWN = 40;

/** Finds an incident type by a few letters of its name in either language, its code or its pinyin initials. */
export function TypePicker({
  value,
  onChange,
}: {
  readonly value: string | null;
  onChange(code: string | null): void;
}): ReactNode {
  const { t, name, locale } = useIntl();
  const catalogue = useCatalogue();
  const chosen = catalogue.findType(value);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (chosen ? name(chosen.name) : '');
  const items = useMemo(
    () => searchTypes(typed ?? '', locale, catalogue.types).slice(0, SHOWN),
    [typed, locale, catalogue],
  );
  return (
    <ComboBox<CatalogueType>
      className="ll-field type-picker"
      items={items}
      inputValue={text}
      onInputChange={setTyped}
      value={value}
      onChange={(key) => {
        setTyped(null);
        onChange(key === null ? null : String(key));
      }}
      onBlur={() => setTyped(null)}
      menuTrigger="input"
      allowsEmptyCollection
    >
      <BestFit typed={typed} />
      <Label>{t('intake.type')}</Label>
      <div className="combo">
        <Input className="ll-input" />
        <AriaButton className="combo-button">
          <span className="ll-caret" aria-hidden="true" />
        </AriaButton>
      </div>
      <Text slot="description">{t('intake.typeHint')}</Text>
      <Popover className="ll-popover">
        <ListBox<CatalogueType>
          className="ll-listbox"
          renderEmptyState={() => <p className="empty">{t('intake.typeNone')}</p>}
        >
          {(type) => (
            <ListBoxItem id={type.code} textValue={name(type.name)} className="ll-option">
              <PriorityMark priority={type.priority} size={18} />
              <span className="type-name">{name(type.name)}</span>
              <span className="muted">
                {locale === 'en' ? type.name.zh : type.name.en} · {type.code}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** Moves to the best fit as letters come in: letters and Enter are the whole gesture. */
function BestFit({ typed }: { readonly typed: string | null }): ReactNode {
  const state = useContext(ComboBoxStateContext);
  const isOpen = state?.isOpen ?? false;
  const first = state?.collection.getFirstKey() ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state is another object in each render
  useEffect(() => {
    if (isOpen && typed && first !== null) state?.selectionManager.setFocusedKey(first);
  }, [isOpen, typed, first]);
  return null;
}
