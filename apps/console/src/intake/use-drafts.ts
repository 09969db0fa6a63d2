import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { DeskStore } from '../desk/desk-store.js';
import type { Draft } from './draft.js';
import type { DraftsStore } from './drafts-store.js';

/** The calls in hand, and the one that this desk is at. */
export interface DraftState {
  readonly draft: Draft | null;
  readonly drafts: readonly Draft[];
  readonly store: DraftsStore;
  /** Puts a new draft before the taker; false when there are too many. */
  begin(draft: Draft): boolean;
  choose(key: string): void;
  /** Changes the draft that the desk is at. */
  change(part: Partial<Draft>): void;
  /** Puts a draft away for good; the desk goes on with the one touched last, if any. */
  discard(key: string): void;
}

export function useDrafts(store: DraftsStore, desk: DeskStore): DraftState {
  useEffect(() => store.follow(), [store]);
  const drafts = useSyncExternalStore(store.subscribe, store.getDrafts);
  const key = useSyncExternalStore(desk.subscribe, () => desk.getState().draftKey);
  const draft = drafts.find((each) => each.key === key) ?? store.latest();
  const current = draft?.key ?? null;
  const begin = useCallback(
    (next: Draft): boolean => {
      const added = store.add(next);
      if (added) desk.change({ draftKey: next.key });
      return added;
    },
    [store, desk],
  );
  const choose = useCallback((chosen: string) => desk.change({ draftKey: chosen }), [desk]);
  const change = useCallback(
    (part: Partial<Draft>) => {
      if (current !== null) store.change(current, part);
    },
    [store, current],
  );
  const discard = useCallback(
    (gone: string) => {
      store.remove(gone);
      if (desk.getState().draftKey === gone) desk.change({ draftKey: store.latest()?.key ?? null });
    },
    [store, desk],
  );
  return useMemo(
    () => ({ draft, drafts, store, begin, choose, change, discard }),
    [draft, drafts, store, begin, choose, change, discard],
  );
}
