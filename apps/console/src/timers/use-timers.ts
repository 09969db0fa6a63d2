import { after, type Instant, type Seconds } from '@lamplight/base';
import { serverTimeAt } from '@lamplight/ui';
import { useMemo, useSyncExternalStore } from 'react';
import { useDesk } from '../desk/desk.js';
import { useBoardStore } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { useStable } from '../state/stable.js';
import { type Timer, TimerStore } from './timer-store.js';

export interface NewTimer {
  /** From now, by the agency's clock. */
  readonly delay: Seconds;
  readonly label?: string;
  readonly incidentId?: string | null;
}

export interface Timers {
  /** Those set and not cancelled, the first due first; one that is due stays until it is cancelled. */
  readonly list: readonly Timer[];
  add(timer: NewTimer): Timer;
  /** Takes a reminder away, whether it is due or not. */
  cancel(id: string): void;
}

/** One store for each account that has signed in since the page was loaded. */
const stores = new Map<string, TimerStore>();

function storeOf(accountId: string): TimerStore {
  const store = stores.get(accountId) ?? new TimerStore(accountId);
  stores.set(accountId, store);
  return store;
}

/** "Remind me in five minutes": the reminders of whoever is signed in, the same in all windows of the browser. */
export function useTimers(): Timers {
  const { account } = useDesk();
  const readNow = useReadNow();
  const store = storeOf(account.id);
  const list = useSyncExternalStore(store.subscribe, store.getTimers);
  return useMemo(
    () => ({
      list,
      add: ({ delay, label = '', incidentId = null }) => {
        const setAt = readNow();
        return store.add({ label: label.trim(), incidentId, setAt, dueAt: after(setAt, delay) });
      },
      cancel: (id) => store.cancel(id),
    }),
    [list, store, readNow],
  );
}

/** Reads the agency's clock when asked, where drawing anew each second is not wanted. */
function useReadNow(): () => Instant {
  const store = useBoardStore();
  const { info } = useServer();
  return useStable(() => {
    const { clock } = store.getSnapshot().board;
    return clock === null ? info.now : serverTimeAt(clock, performance.now(), info.clockScale);
  });
}
