import { type Instant, instant } from '@lamplight/base';
import { newId } from '@lamplight/ui';
import { readStored, storedKey, writeStored } from '../state/storage.js';

/** A reminder that somebody has set for himself. It lives in this browser, not at the server. */
export interface Timer {
  readonly id: string;
  /** What to be reminded of, in the person's own words; may be empty when it is about an incident. */
  readonly label: string;
  readonly incidentId: string | null;
  /** By the agency's clock. */
  readonly setAt: Instant;
  readonly dueAt: Instant;
}

/** More than these would be a list that nobody reads; the oldest go. */
const MOST = 100;

/**
 * The reminders of one account, kept in the browser and in step between its windows. Immutable from outside: the list
 * is a new one after each change.
 */
export class TimerStore {
  readonly #name: string;
  readonly #watchers = new Set<() => void>();
  #timers: readonly Timer[];

  constructor(accountId: string) {
    this.#name = `timers.${accountId}`;
    this.#timers = this.#read();
  }

  readonly getTimers = (): readonly Timer[] => this.#timers;

  /** Tells of each change, also of one that another window of this browser made. */
  readonly subscribe = (watcher: () => void): (() => void) => {
    if (this.#watchers.size === 0) window.addEventListener('storage', this.#readAgain);
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) window.removeEventListener('storage', this.#readAgain);
    };
  };

  add(timer: Omit<Timer, 'id'>): Timer {
    const added = { ...timer, id: newId() };
    this.#write([...this.#read(), added]);
    return added;
  }

  cancel(id: string): void {
    this.#write(this.#read().filter((timer) => timer.id !== id));
  }

  /** Another window may have written since: what is stored counts, not what was read before. */
  #read(): readonly Timer[] {
    const { timers } = readStored(this.#name);
    return Array.isArray(timers) ? timers.map(readTimer).filter((timer) => timer !== null) : [];
  }

  #write(timers: readonly Timer[]): void {
    const kept = [...timers].sort((a, b) => a.dueAt - b.dueAt).slice(-MOST);
    writeStored(this.#name, { timers: kept });
    this.#show(kept);
  }

  readonly #readAgain = (event: StorageEvent): void => {
    if (event.key === null || event.key === storedKey(this.#name)) this.#show(this.#read());
  };

  #show(timers: readonly Timer[]): void {
    this.#timers = timers;
    for (const watcher of this.#watchers) watcher();
  }
}

/** `null` for what an older or broken browser store holds. */
function readTimer(value: unknown): Timer | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, label, incidentId, setAt, dueAt }: Readonly<Record<string, unknown>> = { ...value };
  if (typeof id !== 'string' || typeof label !== 'string') return null;
  if (typeof setAt !== 'number' || typeof dueAt !== 'number') return null;
  return {
    id,
    label,
    incidentId: typeof incidentId === 'string' ? incidentId : null,
    setAt: instant(setAt),
    dueAt: instant(dueAt),
  };
}
