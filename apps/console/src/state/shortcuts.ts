import { useEffect, useRef } from 'react';
import { usePreferences } from './preferences.js';

/** What each key does; names are those of `KeyboardEvent.key`, letters in lower case. */
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
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const run = Object.hasOwn(current.current, key) ? current.current[key] : undefined;
      if (!run || overlayIsOpen()) return;
      if (key !== 'Escape' && (!singleKeys || isEditable(event.target))) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [singleKeys]);
}

const overlayIsOpen = (): boolean => document.querySelector('.ll-overlay, .ll-popover') !== null;

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select'));
