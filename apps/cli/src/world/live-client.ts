import type { LonLat } from '@lamplight/base';
import { type Fix, type ServerMessage, serverMessageSchema } from '@lamplight/contracts';
import type { Assignment, Call, Incident, Unit } from '@lamplight/domain';
import { WebSocket } from 'ws';
import type { ApiClient } from './api-client.js';

/** The agency's board as the live stream draws it. */
export interface LiveBoard {
  readonly calls: ReadonlyMap<string, Call>;
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly units: ReadonlyMap<string, Unit>;
  readonly assignments: ReadonlyMap<string, Assignment>;
  readonly fixes: ReadonlyMap<string, Fix>;
  assignmentsOf(incidentId: string): readonly Assignment[];
  /** Orders of a unit that have not ended. */
  stackOf(unitId: string): readonly Assignment[];
  findPosition(unitId: string): LonLat | undefined;
}

/** What a change of the board was about. After a reset everything may be different and `reset` is true. */
export interface LiveNews {
  readonly reset: boolean;
  readonly calls: readonly Call[];
  readonly incidents: readonly Incident[];
  readonly assignments: readonly Assignment[];
}

export interface LiveClient {
  readonly board: LiveBoard;
  /** How often the stream was taken up again. */
  readonly reconnections: number;
  /** Resolves when the first snapshot is here. */
  readonly ready: Promise<void>;
  onNews(listener: (news: LiveNews) => void): () => void;
  /** Resolves with the first value other than `undefined` that the test gives, now or after some change. */
  until<Value>(test: () => Value | undefined, signal: AbortSignal): Promise<Value>;
  close(): void;
}

const LONGEST_PAUSE = 2_000;
/** The server ticks; a stream that is silent for so long is dead, whatever TCP thinks. Real milliseconds. */
const SILENCE = 60_000;

/** Follows the live stream by WebSocket, for ever: when it breaks it is resumed from the position reached. */
export function followLive(api: ApiClient, onFault: (message: string) => void = () => {}): LiveClient {
  const calls = new Map<string, Call>();
  const incidents = new Map<string, Incident>();
  const units = new Map<string, Unit>();
  const assignments = new Map<string, Assignment>();
  const byIncident = new Map<string, Set<string>>();
  const byUnit = new Map<string, Set<string>>();
  const fixes = new Map<string, Fix>();
  const listeners = new Set<(news: LiveNews) => void>();
  let since: { epoch: string; position: number } | null = null;
  let epoch = '';
  let socket: WebSocket | undefined;
  let closed = false;
  let pause = 50;
  let reconnections = 0;
  let reconnecting: NodeJS.Timeout | undefined;
  let silence: NodeJS.Timeout | undefined;
  let becomeReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });

  const board: LiveBoard = {
    calls,
    incidents,
    units,
    assignments,
    fixes,
    assignmentsOf: (incidentId) => pick(assignments, byIncident.get(incidentId)),
    stackOf: (unitId) => pick(assignments, byUnit.get(unitId)),
    findPosition: (unitId) => fixes.get(unitId)?.position ?? units.get(unitId)?.home ?? undefined,
  };

  function put(assignment: Assignment): void {
    const before = assignments.get(assignment.id);
    if (before && before.incidentId !== assignment.incidentId) {
      byIncident.get(before.incidentId)?.delete(assignment.id);
    }
    assignments.set(assignment.id, assignment);
    addTo(byIncident, assignment.incidentId, assignment.id);
    if (assignment.endedAt === null) addTo(byUnit, assignment.unitId, assignment.id);
    else byUnit.get(assignment.unitId)?.delete(assignment.id);
  }

  /** Incidents that are over leave the board, with their calls and crews, once the listeners know. */
  function forget(news: LiveNews): void {
    for (const incident of news.incidents) {
      if (incident.status === 'open' || incident.stamps.settled === null) continue;
      for (const id of byIncident.get(incident.id) ?? []) assignments.delete(id);
      byIncident.delete(incident.id);
      incidents.delete(incident.id);
    }
    for (const call of news.calls) if (call.endedAt !== null) calls.delete(call.id);
  }

  function take(message: ServerMessage): void {
    switch (message.type) {
      case 'hello':
        epoch = message.epoch;
        break;
      case 'reset':
      case 'change': {
        const reset = message.type === 'reset';
        if (reset) {
          for (const map of [calls, incidents, units, assignments, byIncident, byUnit]) map.clear();
        }
        for (const call of message.calls) calls.set(call.id, call);
        for (const incident of message.incidents) incidents.set(incident.id, incident);
        for (const unit of message.units) units.set(unit.id, unit);
        for (const assignment of message.assignments) put(assignment);
        if (message.type === 'reset') for (const fix of message.fixes) fixes.set(fix.unitId, fix);
        since = { epoch, position: message.position };
        const { calls: changed, incidents: touched, assignments: moved } = message;
        const news: LiveNews = { reset, calls: changed, incidents: touched, assignments: moved };
        for (const listener of [...listeners]) listener(news);
        forget(news);
        becomeReady();
        break;
      }
      case 'positions':
        for (const fix of message.fixes) fixes.set(fix.unitId, fix);
        break;
      case 'tick':
        // The delta after a resume may be empty; a tick at the board's own position says that nothing is missing.
        if (since) becomeReady();
        break;
    }
  }

  function connect(): void {
    const opened = new WebSocket(`${api.url.replace(/^http/, 'ws')}/api/v1/live`, {
      headers: { cookie: api.cookie },
      handshakeTimeout: 10_000,
    });
    socket = opened;
    const listen = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => opened.terminate(), SILENCE);
    };
    opened.on('open', () => {
      listen();
      opened.send(JSON.stringify({ type: 'subscribe', since }));
    });
    opened.on('message', (data) => {
      listen();
      pause = 50;
      const parsed = serverMessageSchema.safeParse(JSON.parse(data.toString()));
      if (parsed.success) take(parsed.data);
      else onFault(parsed.error.message);
    });
    opened.on('error', () => {});
    opened.on('close', () => {
      clearTimeout(silence);
      if (closed) return;
      reconnections++;
      reconnecting = setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  }
  connect();

  const client: LiveClient = {
    board,
    get reconnections() {
      return reconnections;
    },
    ready,
    onNews(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    until<Value>(test: () => Value | undefined, signal: AbortSignal): Promise<Value> {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const now = test();
        if (now !== undefined) {
          resolve(now);
          return;
        }
        const end = (): void => {
          stopListening();
          signal.removeEventListener('abort', onAbort);
        };
        const onAbort = (): void => {
          end();
          reject(signal.reason);
        };
        const stopListening = client.onNews(() => {
          const value = test();
          if (value === undefined) return;
          end();
          resolve(value);
        });
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
    close() {
      closed = true;
      clearTimeout(reconnecting);
      clearTimeout(silence);
      socket?.terminate();
    },
  };
  return client;
}

function pick<Item>(items: ReadonlyMap<string, Item>, ids: Iterable<string> = []): Item[] {
  const found: Item[] = [];
  for (const id of ids) {
    const item = items.get(id);
    if (item) found.push(item);
  }
  return found;
}

function addTo(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
}
