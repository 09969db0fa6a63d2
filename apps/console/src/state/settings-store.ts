import type { Settings } from '@lamplight/contracts';

/** How long changes are gathered before they go to the server: a divider is dragged through many sizes. */
const GATHER_MS = 800;
const RETRY_MS = 10_000;

/** What goes to and comes from the server. */
export interface SettingsLine {
  settings(): Promise<Settings>;
  putSetting(name: string, value: object): Promise<{ readonly version: number }>;
}

/** Where a browser keeps them between visits. */
export interface SettingsShelf {
  read(): Readonly<Record<string, unknown>>;
  write(content: object): void;
}

interface Kept {
  readonly value: object;
  /** What the server counted when it last took or gave this; 0 before. */
  readonly version: number;
  /** Not at the server yet. */
  readonly unsent: boolean;
}

/**
 * One account's settings: this browser's copy at once, the server's in the background. The last change holds; one made
 * without the server goes out when it is back, over what another desk may have set meanwhile.
 */
export class SettingsStore {
  readonly #line: SettingsLine;
  readonly #shelf: SettingsShelf;
  readonly #watchers = new Set<() => void>();
  #own: ReadonlyMap<string, Kept>;
  #defaults: ReadonlyMap<string, object> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = false;

  constructor(line: SettingsLine, shelf: SettingsShelf) {
    this.#line = line;
    this.#shelf = shelf;
    this.#own = readKept(shelf.read());
    void this.refresh();
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** What the person set, else what their role starts from; the same object until it changes. */
  get(name: string): object | undefined {
    return this.#own.get(name)?.value ?? this.#defaults.get(name);
  }

  set(name: string, value: object): void {
    if (JSON.stringify(value) === JSON.stringify(this.get(name))) return;
    this.#keep(name, { value, version: this.#own.get(name)?.version ?? 0, unsent: true });
    this.#sendSoon(GATHER_MS);
  }

  /** Another window of this browser wrote the shelf. */
  reread(): void {
    this.#own = readKept(this.#shelf.read());
    this.#tell();
  }

  /** Asks the server what another desk may have set; says nothing when it is away. */
  async refresh(): Promise<void> {
    try {
      const { own, defaults } = await this.#line.settings();
      this.#defaults = new Map(
        // The first role that has one wins.
        [...defaults].reverse().map(({ name, value }) => [name, keepSame(this.#defaults.get(name), value)]),
      );
      for (const { name, value, version } of own) {
        const kept = this.#own.get(name);
        if (kept?.unsent || kept?.version === version) continue;
        this.#keep(name, { value: keepSame(kept?.value, value), version, unsent: false });
      }
      this.#tell();
      if (this.#hasUnsent()) this.#sendSoon(0);
    } catch {
      if (this.#hasUnsent()) this.#sendSoon(RETRY_MS);
    }
  }

  #sendSoon(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), pause);
  }

  async #send(): Promise<void> {
    if (this.#sending) return this.#sendSoon(GATHER_MS);
    this.#sending = true;
    try {
      for (const [name, { value, unsent }] of this.#own) {
        if (!unsent) continue;
        const { version } = await this.#line.putSetting(name, value);
        const now = this.#own.get(name);
        if (now) this.#keep(name, { ...now, version, unsent: now.value !== value });
      }
      if (this.#hasUnsent()) this.#sendSoon(GATHER_MS);
    } catch {
      this.#sendSoon(RETRY_MS);
    } finally {
      this.#sending = false;
    }
  }

  #hasUnsent(): boolean {
    return [...this.#own.values()].some(({ unsent }) => unsent);
  }

  #keep(name: string, kept: Kept): void {
    this.#own = new Map(this.#own).set(name, kept);
    this.#shelf.write(Object.fromEntries(this.#own));
    this.#tell();
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

const keepSame = (before: object | undefined, now: object): object =>
  before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now;

function readKept(content: Readonly<Record<string, unknown>>): ReadonlyMap<string, Kept> {
  const kept = new Map<string, Kept>();
  for (const [name, entry] of Object.entries(content)) {
    if (typeof entry !== 'object' || entry === null || !('value' in entry) || !('version' in entry)) continue;
    const { value, version } = entry;
    if (typeof value !== 'object' || value === null || typeof version !== 'number') continue;
    kept.set(name, { value, version, unsent: 'unsent' in entry && entry.unsent === true });
  }
  return kept;
}
