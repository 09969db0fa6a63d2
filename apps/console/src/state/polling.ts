import { useEffect, useState } from 'react';

export interface Polled<Value> {
  readonly value: Value | null;
  readonly error: unknown;
}

/**
 * Loads at once and again every `interval` milliseconds while mounted, and anew whenever `subject` changes; a value of
 * another subject is never shown. `null` as subject loads nothing, `null` as interval loads once.
 */
export function usePolling<Value>(
  subject: string | null,
  interval: number | null,
  load: (subject: string) => Promise<Value>,
): Polled<Value> {
  const [state, setState] = useState<Polled<Value> & { readonly subject: string | null }>({
    subject: null,
    value: null,
    error: null,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is made anew in each render; the subject says what it loads
  useEffect(() => {
    if (subject === null) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const next = (): void => {
      if (!stopped && interval !== null) timer = setTimeout(() => void ask(), interval);
    };
    const ask = async (): Promise<void> => {
      try {
        const value = await load(subject);
        if (!stopped) setState({ subject, value, error: null });
      } catch (error) {
        if (!stopped) {
          setState((before) => ({
            subject,
            value: before.subject === subject ? before.value : null,
            error,
          }));
        }
      }
      next();
    };
    void ask();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [subject, interval]);

  return state.subject === subject ? state : { value: null, error: null };
}
