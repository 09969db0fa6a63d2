import { type KeyboardEvent, useCallback } from 'react';

/**
 * Moves the focus up and down a list of buttons by arrow keys, Home and End. The list gives one of them, the current
 * or the first, a tab index of 0 and the others -1, so that Tab passes a long list in one step.
 */
export function useRovingList(selector: string): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback(
    (event) => {
      const step = {
        ArrowDown: 1,
        ArrowRight: 1,
        ArrowUp: -1,
        ArrowLeft: -1,
        Home: -Infinity,
        End: Infinity,
      }[event.key];
      if (step === undefined) return;
      const items = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
      const at = items.findIndex((item) => item.matches(':focus'));
      if (at < 0) return;
      event.preventDefault();
      items[Math.min(items.length - 1, Math.max(0, at + step))]?.focus();
    },
    [selector],
  );
}
