/**
 * A second copy of the drafts, on the disk. Local storage is written to the disk seconds later, so that a browser that
 * is killed loses what was typed last; a transaction of IndexedDB is there when it has completed. A browser without one
 * is no reason to fail.
 */
export interface Vault {
  save(content: unknown): void;
  load(): Promise<unknown>;
}

const STORE = 'kept';

export function openVault(name: string): Vault {
  const opened = openDatabase();
  let waiting: { readonly content: unknown } | null = null;
  let busy = false;

  /** One write at a time; of what comes meanwhile only the last is written. */
  const write = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    const database = await opened;
    while (waiting) {
      const { content } = waiting;
      waiting = null;
      if (database) await put(database, name, content);
    }
    busy = false;
  };
  return {
    save(content) {
      waiting = { content };
      void write();
    },
    async load() {
      const database = await opened;
      return database && get(database, name);
    },
  };
}

function openDatabase(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('lamplight-drafts', 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

function put(database: IDBDatabase, name: string, content: unknown): Promise<void> {
  return new Promise((resolve) => {
    const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
    transaction.objectStore(STORE).put(content, name);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => resolve();
  });
}

function get(database: IDBDatabase, name: string): Promise<unknown> {
  return new Promise((resolve) => {
    const request = database.transaction(STORE).objectStore(STORE).get(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
}
