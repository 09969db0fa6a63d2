import { type Instant, readJson, seconds } from '@lamplight/base';
import { serverMessageSchema } from '@lamplight/contracts';
import { type BoardSnapshot, BoardStore, serverTimeAt } from '@lamplight/ui';
import { useEffect, useState, useSyncExternalStore } from 'react';

/** Nothing for so long, although the server tells the time every few seconds: the line is opened anew. */
const SILENT_MS = 16_000;
const QUIET_MS = 8_000;
/** Every so often all is fetched afresh, so that a screen that hangs for weeks carries nothing along. */
const RENEW_MS = 3_600_000;

/**
 * The board by server-sent events, which keep themselves up for as long as the page is open: through restarts of the
 * server, sleeping machines and lines that die without a word.
 */
export function useEventsBoard(): BoardSnapshot {
  const [store] = useState(
    () => new BoardStore({ schedule: (flush) => setTimeout(flush, 250), now: () => performance.now() }),
  );
  useEffect(() => {
    let source: EventSource | null = null;
    let heardAt = performance.now();
    let openedAt = performance.now();
    const open = (): void => {
      source?.close();
      openedAt = performance.now();
      heardAt = openedAt;
      source = new EventSource('/api/v1/live/events');
      source.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const parsed = serverMessageSchema.safeParse(typeof data === 'string' ? readJson(data) : undefined);
        heardAt = performance.now();
        if (!parsed.success) return;
        store.setLine('live');
        store.take(parsed.data);
      });
      source.addEventListener('error', () => store.setLine('offline'));
    };
    open();
    const watch = setInterval(() => {
      const now = performance.now();
      const isClosed = source?.readyState === EventSource.CLOSED;
      if (now - heardAt > QUIET_MS && store.getSnapshot().line === 'live') store.setLine('silent');
      // A closed one was refused, as by a server that is just starting; it does not try again by itself.
      if (now - heardAt > SILENT_MS || (isClosed && now - openedAt > 4000) || now - openedAt > RENEW_MS)
        open();
    }, 1000);
    return () => {
      clearInterval(watch);
      source?.close();
    };
  }, [store]);
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}

/** The agency's time once a second; `opened` is the reading to go by before the server has told the time. */
export function useWallTime(
  { board }: BoardSnapshot,
  opened: { readonly server: Instant; readonly local: number },
  scale: number,
): Instant {
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => draw((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return serverTimeAt(board.clock ?? opened, performance.now(), scale);
}

/** Real seconds since the last word from the server. */
export const ageOfSnapshot = ({ heardAt }: BoardSnapshot): ReturnType<typeof seconds> | null =>
  heardAt === null ? null : seconds(Math.max(0, (performance.now() - heardAt) / 1000));
