import { type CatalogueType, PriorityMark, searchTypes, useIntl } from '@lamplight/ui';
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
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
  inputRef,
  onChange,
  onChosen,
}: {
  readonly value: string | null;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  onChange(code: string | null): void;
  /** A type has been taken, also when it is the one there was. */
  onChosen?(code: string): void;
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
        if (key !== null) onChosen?.(String(key));
      }}
      onBlur={() => setTyped(null)}
      menuTrigger="input"
      allowsEmptyCollection
    >
      <Label>{t('intake.type')}</Label>
      <BestFit typed={typed} best={items[0]?.code ?? null}>
        <Input className="ll-input" {...(inputRef ? { ref: inputRef } : {})} />
        <AriaButton className="combo-button">
          <span className="ll-caret" aria-hidden="true" />
        </AriaButton>
      </BestFit>
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

/**
 * Letters and Enter are the whole gesture: the best fit is marked as letters come in, and Enter takes it. The list
 * drops its mark whenever the text changes, also when it comes all at once from an input method, so it is set after
 * every render, and Enter does not rely on it.
 */
function BestFit({
  typed,
  best,
  children,
}: {
  readonly typed: string | null;
  readonly best: string | null;
  readonly children: ReactNode;
}): ReactNode {
  const state = useContext(ComboBoxStateContext);
  const marked = state?.selectionManager.focusedKey ?? null;
  const isMarked = marked !== null && state?.collection.getItem(marked) != null;
  const waits = typed !== null && typed.trim() !== '' && best !== null && !isMarked;
  useEffect(() => {
    if (waits && state?.isOpen && state.collection.getItem(best)) state.selectionManager.setFocusedKey(best);
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
    if (!waits) return;
    event.preventDefault();
    event.stopPropagation();
    state?.setValue(best);
  };
  return (
    <div className="combo" onKeyDownCapture={onKeyDown}>
      {children}
    </div>
  );
}
