import { newIdempotencyKey, UnreachableError } from '@lamplight/ui';
import { useCallback, useRef, useState } from 'react';

export interface Action<Arguments extends readonly unknown[]> {
  readonly pending: boolean;
  /** Why the last attempt failed; `null` after a success. */
  readonly error: unknown;
  /** True when it was done. */
  run(...args: Arguments): Promise<boolean>;
  clear(): void;
}

/**
 * Something a person does that the server may refuse. The idempotency key is made once for each thing done: when
 * nobody knows what became of it, doing the same again goes out under the same key. A second press while the first
 * is under way does nothing.
 */
export function useAction<Arguments extends readonly unknown[]>(
  perform: (key: string, ...args: Arguments) => Promise<unknown>,
): Action<Arguments> {
  const [state, setState] = useState<{ pending: boolean; error: unknown }>({ pending: false, error: null });
  const open = useRef<{ readonly what: string; readonly key: string } | null>(null);
  const busy = useRef(false);

  const run = async (...args: Arguments): Promise<boolean> => {
    if (busy.current) return false;
    busy.current = true;
    const what = JSON.stringify(args);
    const key = open.current?.what === what ? open.current.key : newIdempotencyKey();
    open.current = { what, key };
    setState({ pending: true, error: null });
    try {
      await perform(key, ...args);
      open.current = null;
      setState({ pending: false, error: null });
      return true;
    } catch (error) {
      if (!(error instanceof UnreachableError)) open.current = null;
      setState({ pending: false, error });
      return false;
    } finally {
      busy.current = false;
    }
  };
  const clear = useCallback(() => setState({ pending: false, error: null }), []);
  return { ...state, run, clear };
}
