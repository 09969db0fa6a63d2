import { useEffect, useRef } from 'react';
import { usePreferences } from './preferences.js';

/** What each key does; names are those of `KeyboardEvent.key`, letters in lower case, `Shift+q` for a letter with Shift. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/**
 * Single keys for the whole page. They rest while somebody types, while a list or dialog is open over the page, while
 * a modifier is held or the key repeats, and when the reader has turned them off. Escape is always heard.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const { singleKeys } = usePreferences();
  const current = useRef(shortcuts);
  current.current = shortcuts;

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      const name = nameOf(event);
      // A letter that means nothing more with Shift means what it always does.
      const run = find(current.current, name) ?? find(current.current, name.replace('Shift+', ''));
      if (!run || overlayIsOpen()) return;
      if (name !== 'Escape' && (!singleKeys || isEditable(event.target))) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [singleKeys]);
}

/** With Caps Lock on a letter is still that letter; only Shift makes another key of it. */
function nameOf({ key, shiftKey }: KeyboardEvent): string {
  if (key.length !== 1) return key;
  const letter = key.toLowerCase();
  return shiftKey && letter !== key.toUpperCase() ? `Shift+${letter}` : letter;
}

const find = (shortcuts: Shortcuts, name: string): (() => void) | undefined =>
  Object.hasOwn(shortcuts, name) ? shortcuts[name] : undefined;

const overlayIsOpen = (): boolean => document.querySelector('.ll-overlay, .ll-popover') !== null;

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select'));
