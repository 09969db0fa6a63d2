import { readStored, storedKey, writeStored } from '../state/storage.js';
import { type Draft, readDrafts } from './draft.js';
import { openVault, type Vault } from './draft-vault.js';

/** More calls than this nobody takes at once. */
export const DRAFTS_LIMIT = 9;

type Change = Partial<Draft> | ((draft: Draft) => Partial<Draft>);

/**
 * The drafts of an account in this browser. Every change is written before anything else happens, so that a reload or a
 * crash loses nothing; other windows of the browser follow by the `storage` event, and the later of two copies of a
 * draft holds.
 */
export class DraftsStore {
  readonly #name: string;
  readonly #vault: Vault;
  readonly #watchers = new Set<() => void>();
  #drafts: readonly Draft[];

  constructor(accountId: string) {
    this.#name = `drafts.${accountId}`;
    this.#drafts = readDrafts(readStored(this.#name).drafts);
    this.#vault = openVault(this.#name);
    void this.#vault.load().then((kept) => this.#merge(readDrafts(kept)));
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly getDrafts = (): readonly Draft[] => this.#drafts;

  find(key: string | null): Draft | null {
    return this.#drafts.find((draft) => draft.key === key) ?? null;
  }

  /** The draft that was touched last: what somebody was at when the page went away. */
  latest(): Draft | null {
    return this.#drafts.reduce<Draft | null>(
      (latest, draft) => (latest === null || draft.savedAt > latest.savedAt ? draft : latest),
      null,
    );
  }

  /** Adds a draft, unless there are as many as anyone can have in hand. */
  add(draft: Draft): boolean {
    if (this.#drafts.length >= DRAFTS_LIMIT) return false;
    this.#keep([...this.#drafts, { ...draft, savedAt: Date.now() }]);
    return true;
  }

  change(key: string, change: Change): void {
    if (!this.find(key)) return;
    this.#keep(
      this.#drafts.map((draft) =>
        draft.key === key
          ? {
              ...draft,
              ...(typeof change === 'function' ? change(draft) : change),
              // Also by a clock that was set back: what is written last is the latest.
              savedAt: Math.max(Date.now(), draft.savedAt + 1),
            }
          : draft,
      ),
    );
  }

  remove(key: string): void {
    this.#keep(this.#drafts.filter((draft) => draft.key !== key));
  }

  /** Takes over what other windows of the browser write, until the function that is returned is called. */
  follow(): () => void {
    const onStorage = (event: StorageEvent): void => {
      if (event.key === storedKey(this.#name)) this.#show(readDrafts(readStored(this.#name).drafts));
    };
    window.addEventListener('storage', onStorage);
    return () => window.removeEventListener('storage', onStorage);
  }

  #keep(drafts: readonly Draft[]): void {
    writeStored(this.#name, { drafts });
    this.#vault.save(drafts);
    this.#show(drafts);
  }

  #show(drafts: readonly Draft[]): void {
    this.#drafts = drafts;
    for (const watcher of this.#watchers) watcher();
  }

  /** Takes in what a crash kept from local storage. */
  #merge(kept: readonly Draft[]): void {
    const newer = kept.filter((draft) => draft.savedAt > (this.find(draft.key)?.savedAt ?? 0));
    if (newer.length === 0) return;
    const others = this.#drafts.filter(({ key }) => newer.every((draft) => draft.key !== key));
    this.#keep([...others, ...newer].sort((a, b) => a.startedAt - b.startedAt).slice(0, DRAFTS_LIMIT));
  }
}
