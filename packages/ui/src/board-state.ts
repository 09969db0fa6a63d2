import { type Instant, instant } from '@lamplight/base';
import type { ChangeMessage, Fix, PersonPresent, ResetMessage, ServerMessage } from '@lamplight/contracts';
import type { Assignment, Call, Incident, RoadCondition, Unit } from '@lamplight/domain';

/**
 * What a board shows, folded from the live protocol. Immutable from outside: a map that no message touched is the
 * same object afterwards, so whoever draws can compare by identity.
 */
export interface BoardState {
  /** The log that `position` counts in; `null` until the server has said hello. */
  readonly epoch: string | null;
  /** Everything up to here is in the board; -1 before the first reset. */
  readonly position: number;
  readonly calls: ReadonlyMap<string, Call>;
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly units: ReadonlyMap<string, Unit>;
  readonly assignments: ReadonlyMap<string, Assignment>;
  readonly conditions: ReadonlyMap<string, RoadCondition>;
  /**
   * The latest position of each unit, by unit. The one part that a {@link BoardStore} writes to in place, 10,000 times a
   * second; a fix itself never changes.
   */
  readonly fixes: ReadonlyMap<string, Fix>;
  /** Who is at which incident now. */
  readonly people: readonly PersonPresent[];
  readonly clock: ClockReading | null;
}

/** The server's clock as it was read when a message came in. */
export interface ClockReading {
  readonly server: Instant;
  /** The local clock at that moment, in milliseconds since any fixed start. */
  readonly local: number;
}

/** A message with the local time at which it came in. */
export interface Arrival {
  readonly message: ServerMessage;
  readonly local: number;
}

export const emptyBoard: BoardState = {
  epoch: null,
  position: -1,
  calls: new Map(),
  incidents: new Map(),
  units: new Map(),
  assignments: new Map(),
  conditions: new Map(),
  fixes: new Map(),
  people: [],
  clock: null,
};

/**
 * The board after the messages, in the order in which they came. Changes at or below the board's position are known
 * already and skipped, so that a doubled or overlapping delivery does no harm. Cost: one copy of each map that
 * changes for the whole batch, however many messages there are. `ownFixes` are fixes that only the caller holds: they
 * are written to in place.
 */
export function reduceBoard(
  state: BoardState,
  arrivals: readonly Arrival[],
  ownFixes: ReadonlyMap<string, Fix> | null = null,
): BoardState {
  if (arrivals.length === 0) return state;
  const draft = new Draft(state, ownFixes);
  for (const arrival of arrivals) draft.take(arrival);
  return draft.finish();
}

/**
 * The server's time at a local time: the last reading carried on at the server's pace. `scale` is how many seconds
 * pass at the server in one of ours; 1 in production.
 */
export function serverTimeAt(clock: ClockReading, local: number, scale: number): Instant {
  return instant(clock.server + (local - clock.local) * scale);
}

type Versioned = { readonly id: string; readonly version: number };

/** A board under change: maps are copied when first written to. */
class Draft {
  #state: BoardState;
  readonly #owned = new Set<ReadonlyMap<string, unknown>>();

  constructor(state: BoardState, ownFixes: ReadonlyMap<string, Fix> | null) {
    this.#state = state;
    if (ownFixes !== null) this.#owned.add(ownFixes);
  }

  finish(): BoardState {
    return this.#state;
  }

  take({ message, local }: Arrival): void {
    switch (message.type) {
      case 'hello':
        if (this.#state.epoch !== null && this.#state.epoch !== message.epoch) this.#state = emptyBoard;
        this.#set({ epoch: message.epoch, people: [], clock: { server: message.now, local } });
        break;
      case 'reset':
        this.#reset(message);
        break;
      case 'change':
        this.#change(message);
        break;
      case 'positions':
        this.#locate(message.fixes);
        break;
      case 'presence':
        this.#set({ people: message.people });
        break;
      case 'tick':
        this.#set({ clock: { server: message.now, local } });
        break;
    }
  }

  #reset({ position, calls, incidents, units, assignments, conditions, fixes }: ResetMessage): void {
    this.#set({
      position,
      calls: byId(calls),
      incidents: byId(incidents),
      units: byId(units),
      assignments: byId(assignments),
      conditions: byId(conditions),
      fixes: new Map(fixes.map((fix) => [fix.unitId, fix])),
    });
  }

  #change(message: ChangeMessage): void {
    if (message.position <= this.#state.position) return;
    this.#set({
      position: message.position,
      calls: this.#put(this.#state.calls, message.calls),
      incidents: this.#put(this.#state.incidents, message.incidents),
      units: this.#put(this.#state.units, message.units),
      assignments: this.#put(this.#state.assignments, message.assignments),
      conditions: this.#put(this.#state.conditions, message.conditions),
    });
  }

  #put<Entity extends Versioned>(
    map: ReadonlyMap<string, Entity>,
    entities: readonly Entity[],
  ): ReadonlyMap<string, Entity> {
    const news = entities.filter(({ id, version }) => version > (map.get(id)?.version ?? -1));
    if (news.length === 0) return map;
    return this.#write(
      map,
      news.map((entity) => [entity.id, entity]),
    );
  }

  #locate(fixes: readonly Fix[]): void {
    const known = this.#state.fixes;
    const news = fixes.filter((fix) => {
      const last = known.get(fix.unitId);
      return last === undefined || fix.receivedAt > last.receivedAt;
    });
    if (news.length === 0) return;
    this.#set({
      fixes: this.#write(
        known,
        news.map((fix) => [fix.unitId, fix]),
      ),
    });
  }

  #write<Value>(
    map: ReadonlyMap<string, Value>,
    entries: readonly (readonly [string, Value])[],
  ): ReadonlyMap<string, Value> {
    const own: Map<string, Value> = this.#owned.has(map) && map instanceof Map ? map : new Map(map);
    for (const [id, value] of entries) own.set(id, value);
    this.#owned.add(own);
    return own;
  }

  #set(part: Partial<BoardState>): void {
    this.#state = { ...this.#state, ...part };
  }
}

const byId = <Entity extends Versioned>(entities: readonly Entity[]): ReadonlyMap<string, Entity> =>
  new Map(entities.map((entity) => [entity.id, entity]));
