import { type Api, ProblemError, UnreachableError } from '@lamplight/ui';
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { readStored, storedKey, writeStored } from '../state/storage.js';

/** A note that was written while the line was down. Nothing else waits here: orders to units are never sent late. */
export interface Unsent {
  /** Its idempotency key, so that it is added once however often it is sent. */
  readonly key: string;
  readonly incidentId: string;
  readonly text: string;
  /** The browser's clock when it was written, in milliseconds. */
  readonly at: number;
  /** Why the server did not take it; it stays in sight until somebody decides. */
  readonly refused: string | null;
}

const NAME = 'outbox';
const schema = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      incidentId: z.string(),
      text: z.string(),
      at: z.number(),
      refused: z.string().nullable(),
    }),
  ),
});

/** The one list of what is not yet sent, the same in all windows of this browser. */
class Outbox {
  #items: readonly Unsent[] = read();
  readonly #watchers = new Set<() => void>();

  constructor() {
    window.addEventListener('storage', ({ key }) => {
      if (key !== storedKey(NAME)) return;
      this.#items = read();
      this.#tell();
    });
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly list = (): readonly Unsent[] => this.#items;

  put(item: Unsent): void {
    this.#set([...read().filter(({ key }) => key !== item.key), item]);
  }

  remove(key: string): void {
    this.#set(read().filter((item) => item.key !== key));
  }

  #set(items: readonly Unsent[]): void {
    this.#items = items;
    writeStored(NAME, { items });
    this.#tell();
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

const read = (): readonly Unsent[] => schema.safeParse(readStored(NAME)).data?.items ?? [];

const outbox = new Outbox();

export const useOutbox = (): readonly Unsent[] => useSyncExternalStore(outbox.subscribe, outbox.list);
export const discardUnsent = (key: string): void => outbox.remove(key);

/** How long a note may wait and still go out without being asked about. */
export const FRESH_MS = 60_000;

/**
 * The server's interface, whose notes wait in the outbox when the line is down. They are safe to delay: a note only
 * adds to what is known, and says when it was written. Every other command fails at once and is asked for again.
 */
export function withOutbox(api: Api): Api {
  return {
    ...api,
    addNote: async (key, id, text) => {
      try {
        return await api.addNote(key, id, text);
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error;
        outbox.put({ key, incidentId: id, text, at: Date.now(), refused: null });
        return { position: -1 };
      }
    },
  };
}

/** Sends one note; a refusal stays in the list with its reason, a line that is down leaves it as it is. */
export async function sendUnsent(
  send: Api['addNote'],
  item: Unsent,
  text: string,
  reasonOf: (error: unknown) => string,
): Promise<void> {
  try {
    await send(item.key, item.incidentId, text);
    outbox.remove(item.key);
  } catch (error) {
    if (!(error instanceof ProblemError)) return;
    // The first attempt did arrive, with the text as it was then.
    if (error.is('idempotency-key-reused')) outbox.remove(item.key);
    else outbox.put({ ...item, refused: reasonOf(error) });
  }
}
