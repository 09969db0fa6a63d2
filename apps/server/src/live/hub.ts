import type { Instant } from '@lamplight/base';
import type { Fix, PersonPresent, ServerMessage } from '@lamplight/contracts';
import { LIVE_PROTOCOL_VERSION, serverMessageSchema } from '@lamplight/contracts';
import type { Entity, ResponseBoard } from '@lamplight/domain';
import { type Commit, forgetEnded } from '@lamplight/store';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import { createFixFlow, slicesOf } from './fix-flow.js';
import { type Viewer, visibleTo } from './viewer.js';

/** One client that watches. `send` gets encoded messages, which it must deliver in order or end the connection. */
export interface Watcher {
  readonly viewer: Viewer;
  /**
   * `standing` is where the client's board stands once it has taken the message; `null` for one that does not tell,
   * such as the greeting, after which the client still lacks what it will be sent.
   */
  send(message: string, standing: Standing | null): void;
  /** A position update; may be dropped when the line is slow. */
  sendLossy(message: string): void;
}

/** Where a client's board stands. Only good for the eyes it was got with: their key is part of the epoch. */
export interface Standing {
  readonly epoch: string;
  readonly position: number;
}

export interface Hub {
  /** Takes a commit: the board first, then everyone who watches. Called in order of position. */
  publish(commit: Commit): void;
  publishFixes(fixes: readonly Fix[]): void;
  /** Tells who is at which incident, as it is now. */
  publishPresence(): void;
  /**
   * Tells the time and position, so that a client can tell a quiet log from a dead line, and the revision of the catalogue.
   * Called out of turn when that changes.
   */
  tick(): void;
  /**
   * Starts a watcher: hello, then all that it may see, or only what changed since it left, then every change after.
   * No change falls between, because board and watchers change in the same turn of the event loop.
   */
  join(watcher: Watcher, since: Standing | null): () => void;
  /** Forgets what was over before this moment; who has not heard of its end gets a reset. */
  forget(before: Instant): void;
  readonly watching: number;
  readonly position: number;
}

export interface HubOptions {
  readonly board: ResponseBoard;
  /** Names this log: another one has another. */
  readonly epoch: string;
  readonly clock: Clock;
  /** Position up to which `board` is complete. */
  readonly position: number;
  readonly listFixes: () => readonly Fix[];
  readonly listPresent: () => readonly PersonPresent[];
  readonly catalogueRevision: () => number;
}

export function createHub({
  board,
  epoch,
  clock,
  position: openedAt,
  listFixes,
  listPresent,
  catalogueRevision,
}: HubOptions): Hub {
  const watchers = new Set<Watcher>();
  /** Position of the last change of each entity since `resumableFrom`; older standings need a reset. */
  const changedAt = new Map<string, number>();
  let resumableFrom = openedAt;
  let position = openedAt;

  const epochOf = ({ key }: Viewer): string => `${epoch}.${key}`;
  const standingOf = (viewer: Viewer): Standing => ({ epoch: epochOf(viewer), position });

  /** Clients with the same eyes get the same text. */
  const sendEach = (make: (viewer: Viewer) => ServerMessage | null, lossy = false): void => {
    const texts = new Map<string, string | null>();
    for (const watcher of watchers) {
      const { key } = watcher.viewer;
      let text = texts.get(key);
      if (text === undefined) {
        const message = make(watcher.viewer);
        text = message && encode(message);
        texts.set(key, text);
      }
      if (text === null) continue;
      if (lossy) watcher.sendLossy(text);
      else watcher.send(text, standingOf(watcher.viewer));
    }
  };

  const presenceNow = (): ServerMessage => ({ type: 'presence', people: listPresent() });

  const catchUp = (viewer: Viewer, since: Standing | null): ServerMessage => {
    const resumable =
      since !== null &&
      since.epoch === epochOf(viewer) &&
      since.position >= resumableFrom &&
      since.position <= position;
    if (!resumable) {
      const entities = visibleTo(viewer, everything(board), board);
      return { type: 'reset', position, ...entities, fixes: viewer.board ? [...listFixes()] : [] };
    }
    // What changed is picked first: an assignment that is news brings its incident along, which may be none.
    const news = everything(board).filter(({ entity }) => (changedAt.get(entity.id) ?? 0) > since.position);
    return { type: 'change', position, ...visibleTo(viewer, news, board), causes: [] };
  };

  /** A patrol is not told of what it does not see, not even that it happened; the next tick moves it on. */
  const changeFor = (viewer: Viewer, commit: Commit): ServerMessage | null => {
    const entities = visibleTo(viewer, commit.entities, board);
    const causes =
      viewer.board && viewer.people
        ? commit.events.map(({ event, actor }) => ({ type: event.type, id: event.id, by: actor }))
        : [];
    const seen = viewer.board || Object.values(entities).some(({ length }) => length > 0);
    return seen ? { type: 'change', position, ...entities, causes } : null;
  };

  const flow = createFixFlow((fixes) =>
    sendEach((viewer) => (viewer.board ? { type: 'positions', fixes } : null), true),
  );

  return {
    publish(commit) {
      for (const entity of commit.entities) {
        board.put(entity);
        changedAt.set(entity.entity.id, commit.position);
      }
      position = commit.position;
      if (watchers.size === 0) return;
      sendEach((viewer) => changeFor(viewer, commit));
    },
    publishFixes(fixes) {
      if (watchers.size > 0) flow.add(fixes);
    },
    publishPresence() {
      const text = encode(presenceNow());
      for (const watcher of watchers) if (seesPresence(watcher.viewer)) watcher.send(text, null);
    },
    tick() {
      sendEach(() => ({ type: 'tick', now: clock.now(), position, catalogue: catalogueRevision() }));
    },
    join(watcher, since) {
      const { viewer } = watcher;
      const hello = { type: 'hello', protocol: LIVE_PROTOCOL_VERSION, epoch: epochOf(viewer) } as const;
      watcher.send(encode({ ...hello, now: clock.now() }), null);
      const first = catchUp(viewer, since);
      watcher.send(encode(first), standingOf(viewer));
      // Positions are not in the log: whoever was away lacks those of units that have stood still since.
      if (first.type === 'change' && viewer.board) {
        for (const fixes of slicesOf(listFixes())) watcher.send(encode({ type: 'positions', fixes }), null);
      }
      if (seesPresence(viewer) && listPresent().length > 0) watcher.send(encode(presenceNow()), null);
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    forget(before) {
      for (const { entity } of forgetEnded(board, before)) {
        resumableFrom = Math.max(resumableFrom, changedAt.get(entity.id) ?? 0);
        changedAt.delete(entity.id);
      }
    },
    get watching() {
      return watchers.size;
    },
    get position() {
      return position;
    },
  };
}

/** Who works on what is for those who work there. */
const seesPresence = (viewer: Viewer): boolean => viewer.board && viewer.people;

function encode(message: ServerMessage): string {
  return JSON.stringify(z.encode(serverMessageSchema, message));
}

function everything(board: ResponseBoard): Entity[] {
  const all: Entity[] = [];
  for (const entity of board.units.values()) all.push({ kind: 'unit', entity });
  for (const entity of board.incidents.values()) all.push({ kind: 'incident', entity });
  for (const entity of board.calls.values()) all.push({ kind: 'call', entity });
  for (const entity of board.assignments.values()) all.push({ kind: 'assignment', entity });
  for (const entity of board.conditions.values()) all.push({ kind: 'condition', entity });
  return all;
}
