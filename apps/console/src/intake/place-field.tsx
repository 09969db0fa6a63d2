import type { LonLat } from '@lamplight/base';
import type { PlaceCandidate } from '@lamplight/contracts';
import { type Language, useIntl } from '@lamplight/ui';
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
  ComboBox,
  ComboBoxStateContext,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import { useStable } from '../state/stable.js';
import { type PlaceAnswers, usePlaceSearch } from './place-search.js';

export interface PlaceFieldProps {
  readonly words: string;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** Places near there come first. */
  near(): LonLat | null;
  onWords(words: string): void;
  onChoose(place: PlaceCandidate): void;
  /** Enter, with no place marked: on to what comes next. */
  onLeave(): void;
}

interface Option extends PlaceCandidate {
  readonly key: string;
}

/**
 * Where it is, in the caller's words. Places that fit come as they are typed; choosing one never touches the words, and
 * not choosing any is as good.
 */
export function PlaceField({
  words,
  inputRef,
  near,
  onWords,
  onChoose,
  onLeave,
}: PlaceFieldProps): ReactNode {
  const intl = useIntl();
  const { t, name } = intl;
  /** What to look for; `null` as long as nothing has been typed here, and once a place has been chosen. */
  const [typed, setTyped] = useState<string | null>(null);
  const answers = usePlaceSearch(typed, near);
  const options = useMemo(() => optionsOf(typed === null ? [] : placesIn(answers)), [typed, answers]);
  return (
    <ComboBox<Option>
      className="ll-field place-field"
      items={options}
      inputValue={words}
      onInputChange={(text) => {
        setTyped(text);
        onWords(text);
      }}
      value={null}
      onChange={(key) => {
        const chosen = options.find((option) => option.key === key);
        if (!chosen) return;
        setTyped(null);
        onChoose(chosen);
      }}
      menuTrigger="input"
      allowsCustomValue
    >
      <Label>{t('intake.words')}</Label>
      <Unfolding options={options} onLook={() => setTyped(words)} onLeave={onLeave}>
        <Input className="ll-input" ref={inputRef} autoComplete="off" maxLength={500} />
      </Unfolding>
      <Text slot="description">{t(hintOf(typed === null ? null : answers))}</Text>
      <Popover className="ll-popover place-popover">
        <ListBox<Option> className="ll-listbox" aria-label={t('intake.placesFound')}>
          {(option) => (
            <ListBoxItem id={option.key} textValue={name(option.label)} className="ll-option place-option">
              <span>{name(option.label)}</span>
              <span className="muted">{placeFacts(option, intl)}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** What is known of a place besides its name: what it is, how near to it the position lies, and what to mind. */
export function placeFacts(
  { kind, precision, note }: Pick<PlaceCandidate, 'kind' | 'precision' | 'note'>,
  { t, code, name }: Language,
): string {
  // Of an address or a junction, how near the position lies says what it is; of a named place, the other way round.
  const facts = [
    ...(kind === precision ? [] : [code('placeKind', kind)]),
    ...(precision === 'place' ? [] : [t(`placePrecision.${precision}`)]),
    ...(note ? [name(note)] : []),
  ];
  return facts.join(' · ');
}

const placesIn = (answers: PlaceAnswers): readonly PlaceCandidate[] =>
  answers.state === 'answered' ? answers.places : [];

/** A key says which place it is, so that Enter on an answer that has just been replaced chooses nothing. */
function optionsOf(places: readonly PlaceCandidate[]): readonly Option[] {
  const options = new Map<string, Option>();
  for (const place of places) {
    const key = `${place.kind} ${place.label.en} ${place.position.join()}`;
    if (!options.has(key)) options.set(key, { ...place, key });
  }
  return [...options.values()];
}

function hintOf(
  answers: PlaceAnswers | null,
): 'intake.wordsHint' | 'intake.wordsFound' | 'intake.wordsNotFound' {
  if (answers?.state !== 'answered') return 'intake.wordsHint';
  return answers.places.length > 0 ? 'intake.wordsFound' : 'intake.wordsNotFound';
}

/**
 * Unfolds the list when answers come, which is a moment after the typing, and gives the keys their meaning here: with
 * the list folded, Arrow down looks for what is written, and Enter must not open the incident.
 */
function Unfolding({
  options,
  onLook,
  onLeave,
  children,
}: {
  readonly options: readonly Option[];
  readonly children: ReactNode;
  onLook(): void;
  onLeave(): void;
}): ReactNode {
  const state = useContext(ComboBoxStateContext);
  const unfold = useStable(() => {
    if (options.length > 0 && state?.isFocused && !state.isOpen) state.open(null, 'input');
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other answers are what unfolds it
  useEffect(() => unfold(), [options, unfold]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape' && state?.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      state.close();
    } else if (event.key === 'Enter' && (!state?.isOpen || state.selectionManager.focusedKey === null)) {
      event.preventDefault();
      event.stopPropagation();
      state?.close();
      onLeave();
    } else if (event.key === 'ArrowDown' && options.length === 0) {
      event.preventDefault();
      event.stopPropagation();
      onLook();
    }
  };
  return (
    <div className="combo" onKeyDownCapture={onKeyDown}>
      {children}
    </div>
  );
}
