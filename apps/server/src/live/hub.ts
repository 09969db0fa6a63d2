import type { Fix, ServerMessage } from '@lamplight/contracts';
import { LIVE_PROTOCOL_VERSION, serverMessageSchema } from '@lamplight/contracts';
import type { Entity, ResponseBoard } from '@lamplight/domain';
import type { Commit } from '@lamplight/store';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import { type Viewer, visibleTo } from './viewer.js';

/** One client that watches. `send` gets encoded messages, which it must deliver in order or end the connection. */
export interface Watcher {
  readonly viewer: Viewer;
  send(message: string): void;
  /** A position update; may be dropped when the line is slow. */
  sendLossy(message: string): void;
}

/** Where a client's board stands. */
export interface Standing {
  readonly epoch: string;
  readonly position: number;
}

export interface Hub {
  /** Takes a commit: the board first, then everyone who watches. Called in order of position. */
  publish(commit: Commit): void;
  publishFixes(fixes: readonly Fix[]): void;
  /** Tells the time and position, so that a client can tell a quiet log from a dead line. */
  tick(): void;
  /**
   * Starts a watcher: hello, then all that it may see, or only what changed since it left, then every change after.
   * No change falls between, because board and watchers change in the same turn of the event loop.
   */
  join(watcher: Watcher, since: Standing | null): () => void;
  readonly watching: number;
  readonly epoch: string;
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
}

export function createHub({ board, epoch, clock, position: start, listFixes }: HubOptions): Hub {
  const watchers = new Set<Watcher>();
  /** Position of the last change of each entity since the start; older ones need a reset. */
  const changedAt = new Map<string, number>();
  let position = start;

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
      else watcher.send(text);
    }
  };

  const catchUp = (viewer: Viewer, since: Standing | null): ServerMessage => {
    const resumable =
      since !== null && since.epoch === epoch && since.position >= start && since.position <= position;
    const entities = visibleTo(viewer, everything(board), board);
    if (!resumable) {
      return { type: 'reset', position, ...entities, fixes: viewer.board ? [...listFixes()] : [] };
    }
    const isNews = ({ id }: { readonly id: string }): boolean => (changedAt.get(id) ?? 0) > since.position;
    return {
      type: 'change',
      position,
      calls: entities.calls.filter(isNews),
      incidents: entities.incidents.filter(isNews),
      units: entities.units.filter(isNews),
      assignments: entities.assignments.filter(isNews),
      causes: [],
    };
  };

  return {
    publish(commit) {
      for (const entity of commit.entities) {
        board.put(entity);
        changedAt.set(entity.entity.id, commit.position);
      }
      position = commit.position;
      if (watchers.size === 0) return;
      sendEach((viewer) => ({
        type: 'change',
        position,
        ...visibleTo(viewer, commit.entities, board),
        causes: viewer.board
          ? commit.events.map(({ event, actor }) => ({ type: event.type, id: event.id, by: actor }))
          : [],
      }));
    },
    publishFixes(fixes) {
      if (fixes.length === 0 || watchers.size === 0) return;
      sendEach((viewer) => (viewer.board ? { type: 'positions', fixes: [...fixes] } : null), true);
    },
    tick() {
      sendEach(() => ({ type: 'tick', now: clock.now(), position }));
    },
    join(watcher, since) {
      watcher.send(encode({ type: 'hello', protocol: LIVE_PROTOCOL_VERSION, epoch, now: clock.now() }));
      watcher.send(encode(catchUp(watcher.viewer, since)));
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    get watching() {
      return watchers.size;
    },
    epoch,
    get position() {
      return position;
    },
  };
}

function encode(message: ServerMessage): string {
  return JSON.stringify(z.encode(serverMessageSchema, message));
}

function everything(board: ResponseBoard): Entity[] {
  const all: Entity[] = [];
  for (const entity of board.units.values()) all.push({ kind: 'unit', entity });
  for (const entity of board.incidents.values()) all.push({ kind: 'incident', entity });
  for (const entity of board.calls.values()) all.push({ kind: 'call', entity });
  for (const entity of board.assignments.values()) all.push({ kind: 'assignment', entity });
  return all;
}
