import type { BoundingBox, LonLat } from '@lamplight/base';

/** The panels a desk is made of. Each can stand on the board or in a window of its own. */
export const PANELS = ['queue', 'map', 'units', 'work'] as const;
export type Panel = (typeof PANELS)[number];

/** What the work panel shows. */
export const WORK_VIEWS = ['incident', 'intake', 'roads'] as const;
export type WorkView = (typeof WORK_VIEWS)[number];

export const INCIDENT_TABS = ['work', 'calls', 'timeline'] as const;
export type IncidentTab = (typeof INCIDENT_TABS)[number];

/** Whose reach the map shows: from where an incident can be reached, or how far a unit gets. */
export interface ReachSubject {
  readonly kind: 'incident' | 'unit';
  readonly id: string;
}

/** What one dispatcher has in hand: the same in all windows of a desk. */
export interface DeskState {
  readonly incidentId: string | null;
  readonly unitId: string | null;
  readonly showing: WorkView;
  readonly tab: IncidentTab;
  readonly reach: ReachSubject | null;
  /** Who takes a press on the map for a place; `null` while it means what was pressed. */
  readonly picking: string | null;
  /** Panels that stand in windows of their own. */
  readonly detached: readonly Panel[];
  /** What the map shows; `null` before there is a map. */
  readonly view: { readonly box: BoundingBox; readonly centre: LonLat } | null;
}

export const EMPTY_DESK: DeskState = {
  incidentId: null,
  unitId: null,
  showing: 'incident',
  tab: 'work',
  reach: null,
  picking: null,
  detached: [],
  view: null,
};

/** Something asked of another panel, which may be in another window. */
export type DeskEvent =
  /** Bring a place into sight. */
  | { readonly type: 'reveal'; readonly at: LonLat }
  /** A place was pressed on the map while somebody was picking one. */
  | { readonly type: 'picked'; readonly at: LonLat }
  /** Send the suggested units, or the one at a rank of the list that counts from 1. */
  | { readonly type: 'dispatch'; readonly rank: number | null }
  /** Put the focus on a panel. */
  | { readonly type: 'focus'; readonly panel: Panel };

type EventType = DeskEvent['type'];
type EventOf<Type extends EventType> = Extract<DeskEvent, { type: Type }>;
/** A listener takes an event unless it answers false. */
type Listener = (event: DeskEvent) => boolean;

/** The line to the other windows of the same desk. */
export interface DeskLine {
  post(message: unknown): void;
  onMessage(take: (message: unknown) => void): void;
  close(): void;
}

type DeskMessage =
  | { readonly kind: 'state'; readonly part: Partial<DeskState> }
  | { readonly kind: 'event'; readonly event: DeskEvent }
  /** A window that has just opened asks the others where they stand. */
  | { readonly kind: 'ask' };

/**
 * The state of a desk and the events between its panels. A change goes to the other windows of the desk; an event is
 * taken by the panel it is for in this window, and goes to the others only when none here takes it: an order to
 * dispatch must never be carried out in two windows.
 */
export class DeskStore {
  #state: DeskState;
  readonly #line: DeskLine | null;
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Map<EventType, Set<Listener>>();

  constructor(line: DeskLine | null, initial: DeskState = EMPTY_DESK) {
    this.#line = line;
    this.#state = initial;
    line?.onMessage((message) => this.#take(message));
    this.#post({ kind: 'ask' });
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly getState = (): DeskState => this.#state;

  change(part: Partial<DeskState>): void {
    if (this.#apply(part)) this.#post({ kind: 'state', part });
  }

  emit(event: DeskEvent): void {
    if (!this.#tell(event)) this.#post({ kind: 'event', event });
  }

  /** The listener takes the event unless it answers `false`. */
  on<Type extends EventType>(type: Type, listener: (event: EventOf<Type>) => unknown): () => void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners);
    const take: Listener = (event) => isOfType(event, type) && listener(event) !== false;
    listeners.add(take);
    return () => listeners.delete(take);
  }

  close(): void {
    this.#line?.close();
  }

  #apply(part: Partial<DeskState>): boolean {
    const next = { ...this.#state, ...part };
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return false;
    this.#state = next;
    for (const watcher of this.#watchers) watcher();
    return true;
  }

  /** True when somebody in this window took it. */
  #tell(event: DeskEvent): boolean {
    return [...(this.#listeners.get(event.type) ?? [])].some((listener) => listener(event));
  }

  #post(message: DeskMessage): void {
    this.#line?.post(message);
  }

  /** Windows of one desk run the same version of the page from the same origin: what comes in is our own. */
  #take(message: unknown): void {
    if (!isMessage(message)) return;
    if (message.kind === 'state') this.#apply(message.part);
    else if (message.kind === 'event') this.#tell(message.event);
    else this.#post({ kind: 'state', part: this.#state });
  }
}

const isOfType = <Type extends EventType>(event: DeskEvent, type: Type): event is EventOf<Type> =>
  event.type === type;

const isMessage = (message: unknown): message is DeskMessage =>
  typeof message === 'object' && message !== null && 'kind' in message;

/** Windows of the same browser, by `BroadcastChannel`. */
export function openDeskLine(name: string): DeskLine {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    onMessage: (take) => {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => take(data);
    },
    close: () => channel.close(),
  };
}
