import type { Fix } from '@lamplight/contracts';

/** The most fixes in one message: some 30 KB, which a page reads in about a millisecond. */
const SLICE = 500;
/** Between two slices, in milliseconds: 10,000 fixes are out in 400 ms. */
const PAUSE_MS = 20;

/**
 * Lets fixes out slice by slice, so that whatever else happens meanwhile is sent between two slices and not behind a
 * second's worth of a whole city. Of the fixes of a unit that wait only the latest is kept.
 */
export function createFixFlow(send: (fixes: readonly Fix[]) => void): { add(fixes: readonly Fix[]): void } {
  const waiting = new Map<string, Fix>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const next = (): void => {
    timer = undefined;
    const slice: Fix[] = [];
    for (const [unitId, fix] of waiting) {
      if (slice.length === SLICE) break;
      slice.push(fix);
      waiting.delete(unitId);
    }
    send(slice);
    if (waiting.size > 0) timer = setTimeout(next, PAUSE_MS);
  };

  return {
    add(fixes) {
      for (const fix of fixes) waiting.set(fix.unitId, fix);
      if (waiting.size > 0 && timer === undefined) next();
    },
  };
}

/** The same fixes in messages of their own; one empty slice when there are none. */
export function slicesOf(fixes: readonly Fix[]): readonly (readonly Fix[])[] {
  const slices: (readonly Fix[])[] = [fixes.slice(0, SLICE)];
  for (let at = SLICE; at < fixes.length; at += SLICE) slices.push(fixes.slice(at, at + SLICE));
  return slices;
}
