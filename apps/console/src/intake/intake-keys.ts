import { useEffect } from 'react';
import { useStable } from '../state/stable.js';

/** What can be asked of the form by a key that works while typing. */
export type IntakeKey =
  | { readonly does: 'send' }
  | { readonly does: 'dispatch' }
  | { readonly does: 'join' }
  | { readonly does: 'questions' }
  | { readonly does: 'switch'; readonly rank: number };

/**
 * The keys of the form: all with a modifier, so that they mean the same in the middle of a word. By the place of the key
 * where Alt would make another letter of it.
 */
export function intakeKeyOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): IntakeKey | null {
  if (event.shiftKey) return null;
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey) {
    if (event.key === 'Enter') return { does: 'send' };
    if (event.key.toLowerCase() === 'd') return { does: 'dispatch' };
    return null;
  }
  if (!event.altKey || control) return null;
  if (event.code === 'KeyD') return { does: 'dispatch' };
  if (event.code === 'KeyS') return { does: 'join' };
  if (event.code === 'KeyQ') return { does: 'questions' };
  const rank = /^Digit([1-9])$/.exec(event.code)?.[1];
  return rank === undefined ? null : { does: 'switch', rank: Number(rank) };
}

/** Hears the keys wherever the focus is while the form is there; not while a dialog asks something. */
export function useIntakeKeys(take: (key: IntakeKey) => void): void {
  const stable = useStable(take);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const key = intakeKeyOf(event);
      if (!key || event.isComposing || document.querySelector('.ll-overlay')) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) stable(key);
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [stable]);
}
