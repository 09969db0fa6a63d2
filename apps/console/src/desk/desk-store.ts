import type { BoundingBox, LonLat } from '@lamplight/base';
import { type Api, newId } from '@lamplight/ui';

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

/** Streets that somebody is pointing out on the map: by a position on one, by a line along them, or by an outline. */
export interface Sketch {
  readonly kind: 'street' | 'line' | 'polygon';
  readonly points: readonly LonLat[];
  /** What the form makes of it, to be shown on the map before it is declared; `null` while something is missing. */
  readonly place: Parameters<Api['previewCondition']>[0] | null;
}

/** What one dispatcher has in hand: the same in all windows of a desk. */
export interface DeskState {
  readonly incidentId: string | null;
  readonly unitId: string | null;
  readonly showing: WorkView;
  /** The call that is being taken down. */
  readonly draftKey: string | null;
  readonly tab: IncidentTab;
  readonly reach: ReachSubject | null;
  /** Who takes a press on the map for a place; `null` while it means what was pressed. */
  readonly picking: string | null;
  /** Panels that stand in windows of their own; each window finds this out for itself. */
  readonly detached: readonly Panel[];
  /** The unit that the map keeps in sight; `null` when it stays where it is. */
  readonly following: string | null;
  /** What is being drawn on the map, as far as it has got; `null` when nothing is. */
  readonly sketch: Sketch | null;
  /** What the map shows; `null` before there is a map. */
  readonly view: { readonly box: BoundingBox; readonly centre: LonLat } | null;
}

export const EMPTY_DESK: DeskState = {
  incidentId: null,
  unitId: null,
  showing: 'incident',
  draftKey: null,
  tab: 'work',
  reach: null,
  picking: null,
  detached: [],
  following: null,
  sketch: null,
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
  /** A unit, or several with commas between their ids, was dropped on an incident: send it there. */
  | { readonly type: 'send-unit'; readonly unitId: string; readonly incidentId: string }
  /** A unit was dropped on the ground: send it to that place. */
  | { readonly type: 'send-unit-to'; readonly unitId: string; readonly at: LonLat }
  /** Ask where some units are to stand by, and send them there. */
  | { readonly type: 'post-units'; readonly unitIds: readonly string[] }
  /** Put the focus on the note of the incident at hand. */
  | { readonly type: 'write-note' }
  /** Put the focus on a panel. */
  | { readonly type: 'focus'; readonly panel: Panel }
  /** A panel's own window is to close, because its place on the board is wanted back. */
  | { readonly type: 'bring-back'; readonly panel: Panel };

type EventType = DeskEvent['type'];
type EventOf<Type extends EventType> = Extract<DeskEvent, { type: Type }>;
/** A listener takes an event unless it answers false. */
type Listener = (event: DeskEvent) => boolean;

/** Events that do no harm when two windows take them; every other goes to one window only. */
const FOR_ALL: ReadonlySet<EventType> = new Set<EventType>(['reveal', 'picked', 'focus', 'bring-back']);

/** The line to the other windows of the same desk. */
export interface DeskLine {
  post(message: unknown): void;
  onMessage(take: (message: unknown) => void): void;
  close(): void;
}

/** What a window of the desk tells of itself. */
interface Presence {
  readonly window: string;
  /** The panel that has this window to itself; `null` for a board. */
  readonly panel: Panel | null;
  /** The events that somebody in it takes. */
  readonly takes: readonly EventType[];
}

type DeskMessage =
  | { readonly kind: 'state'; readonly part: Partial<DeskState> }
  /** `to` names the one window that is to take it; `null` for all. */
  | { readonly kind: 'event'; readonly event: DeskEvent; readonly to: string | null }
  /** A window that has just opened asks the others where they stand. */
  | { readonly kind: 'ask' }
  | { readonly kind: 'ping' }
  | ({ readonly kind: 'here' } & Presence)
  | { readonly kind: 'gone'; readonly window: string };

/** A window that leaves so many questions unanswered has crashed. */
const MISSED_PINGS = 3;

/**
 * The state of a desk and the events between its panels. A change goes to the other windows of the desk; an event is
 * taken by the panel it is for in this window, and goes to another only when none here takes it: an order to dispatch
 * must never be carried out in two windows.
 */
export class DeskStore {
  #state: DeskState;
  readonly #line: DeskLine | null;
  readonly #window = newId();
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Map<EventType, Set<Listener>>();
  readonly #others = new Map<string, Presence & { missed: number }>();
  #panel: Panel | null = null;
  #telling = false;

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

  change(part: Partial<Omit<DeskState, 'detached'>>): void {
    if (this.#apply(part)) this.#post({ kind: 'state', part });
  }

  emit(event: DeskEvent): void {
    if (this.#tell(event)) return;
    if (FOR_ALL.has(event.type)) {
      this.#post({ kind: 'event', event, to: null });
      return;
    }
    const takers = [...this.#others.values()].filter(({ takes }) => takes.includes(event.type));
    const to = takers.map(({ window }) => window).sort()[0];
    if (to !== undefined) this.#post({ kind: 'event', event, to });
  }

  /** The listener takes the event unless it answers `false`. */
  on<Type extends EventType>(type: Type, listener: (event: EventOf<Type>) => unknown): () => void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners);
    const take: Listener = (event) => isOfType(event, type) && listener(event) !== false;
    listeners.add(take);
    this.#present();
    return () => {
      listeners.delete(take);
      this.#present();
    };
  }

  /** Says that this window is there for one panel; until it is left the board keeps that panel's place free. */
  standAlone(panel: Panel): () => void {
    this.#panel = panel;
    this.#present();
    return () => {
      this.#panel = null;
      this.#present();
    };
  }

  /** Asks the other windows whether they are still there; a crashed one is noticed after some calls. */
  ping(): void {
    for (const [id, other] of this.#others) {
      other.missed += 1;
      if (other.missed > MISSED_PINGS) this.#others.delete(id);
    }
    this.#place();
    this.#post({ kind: 'ping' });
  }

  /** Tells the others that this window is going; it may come back, as after a reload or the way back in its history. */
  leave(): void {
    this.#post({ kind: 'gone', window: this.#window });
  }

  /** Tells the others that this window is there. */
  return(): void {
    this.#post(this.#here());
  }

  close(): void {
    this.leave();
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

  /** Listeners come and go in bursts, as a panel is drawn: told of once. */
  #present(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      this.#post(this.#here());
    });
  }

  #here(): DeskMessage {
    const takes = [...this.#listeners].filter(([, listeners]) => listeners.size > 0).map(([type]) => type);
    return { kind: 'here', window: this.#window, panel: this.#panel, takes };
  }

  #place(): void {
    const away = new Set([...this.#others.values()].map(({ panel }) => panel));
    this.#apply({ detached: PANELS.filter((panel) => away.has(panel)) });
  }

  /** Windows of one desk run the same version of the page from the same origin: what comes in is our own. */
  #take(message: unknown): void {
    if (!isMessage(message)) return;
    switch (message.kind) {
      case 'state':
        this.#apply(message.part);
        break;
      case 'event':
        if (message.to === null || message.to === this.#window) this.#tell(message.event);
        break;
      case 'ask': {
        const { detached: _, ...part } = this.#state;
        this.#post({ kind: 'state', part });
        this.#post(this.#here());
        break;
      }
      case 'ping':
        this.#post(this.#here());
        break;
      case 'here':
        this.#others.set(message.window, { ...message, missed: 0 });
        this.#place();
        break;
      case 'gone':
        this.#others.delete(message.window);
        this.#place();
        break;
    }
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
