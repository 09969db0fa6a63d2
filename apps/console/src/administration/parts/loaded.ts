import { useCallback, useEffect, useRef, useState } from 'react';
import { useStable } from '../../state/stable.js';

export interface Loaded<Value> {
  /** `null` until it has come. What is there stays while it is asked for again. */
  readonly value: Value | null;
  readonly error: unknown;
  /** Asks again; of answers that come out of order the last question's counts. */
  reload(): Promise<void>;
}

/** Loads once, and again when told that something was changed. */
export function useLoaded<Value>(load: () => Promise<Value>): Loaded<Value> {
  const [state, setState] = useState<{ value: Value | null; error: unknown }>({ value: null, error: null });
  const asked = useRef(0);
  const stable = useStable(load);
  const reload = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const value = await stable();
      if (mine === asked.current) setState({ value, error: null });
    } catch (error) {
      if (mine === asked.current) setState((before) => ({ ...before, error }));
    }
  }, [stable]);
  useEffect(() => {
    void reload();
    return () => {
      asked.current += 1;
    };
  }, [reload]);
  return { ...state, reload };
}
