import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that is the same object for good and does what the one of the latest render does; for event handlers. */
export function useStable<Arguments extends readonly unknown[], Result>(
  perform: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  const latest = useRef(perform);
  useLayoutEffect(() => {
    latest.current = perform;
  });
  return useCallback((...args) => latest.current(...args), []);
}
