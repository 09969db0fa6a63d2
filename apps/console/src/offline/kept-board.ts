import { LIVE_PROTOCOL_VERSION } from '@lamplight/contracts';
import type { BoardState } from '@lamplight/ui';

/** A board as it was last seen, in the browser's database. */
export interface KeptBoard {
  /** The browser's clock when the server was last heard, in milliseconds. */
  readonly heardAt: number;
  /** Another protocol or version may have other fields. */
  readonly shape: string;
  readonly board: BoardState;
}

const DATABASE = 'lamplight';
const STORE = 'board';

/** Says which code can read what was kept. */
export const shapeOf = (version: string): string => `${LIVE_PROTOCOL_VERSION} ${version}`;

/** Keeps the board of an account, over the one kept before. A browser that keeps nothing is no reason to fail. */
export async function writeKeptBoard(accountId: string, kept: KeptBoard): Promise<void> {
  await inStore('readwrite', (store) => store.put(kept, accountId)).catch(() => undefined);
}

/** The board kept for an account, unless there is none, it is older than `longest`, or other code wrote it. */
export async function readKeptBoard(
  accountId: string,
  shape: string,
  longest: number,
): Promise<KeptBoard | null> {
  const kept = await inStore('readonly', (store) => store.get(accountId)).catch(() => undefined);
  if (!isKept(kept) || kept.shape !== shape) return null;
  const age = Date.now() - kept.heardAt;
  return age >= -60_000 && age <= longest ? kept : null;
}

export async function forgetKeptBoards(): Promise<void> {
  await inStore('readwrite', (store) => store.clear()).catch(() => undefined);
}

const isKept = (value: unknown): value is KeptBoard =>
  typeof value === 'object' && value !== null && 'heardAt' in value && 'shape' in value && 'board' in value;

function inStore(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => { readonly result: unknown },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      try {
        const transaction = database.transaction(STORE, mode);
        const request = ask(transaction.objectStore(STORE));
        transaction.oncomplete = () => {
          database.close();
          resolve(request.result);
        };
        transaction.onabort = () => {
          database.close();
          reject(transaction.error);
        };
      } catch (error) {
        database.close();
        reject(error);
      }
    };
  });
}
