import { randomUUID } from 'node:crypto';
import { instant, readJson } from '@lamplight/base';
import { clientMessageSchema } from '@lamplight/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../auth/policy.js';
import type { App } from '../http/app-type.js';
import { principalOf } from '../http/guard.js';
import { TokenBuckets } from '../ingest/token-bucket.js';
import type { Hub, Standing, Watcher } from './hub.js';
import type { Presence, Seat } from './presence.js';
import { type Viewer, viewerOf } from './viewer.js';

/** A client that has not taken this much is too slow: it is cut off, and resumes from where its board stands. */
const SLOW_BYTES = 16 * 1024 * 1024;
/** Above this, positions are left out: newer ones follow anyway. */
const BUSY_BYTES = 256 * 1024;
const SUBSCRIBE_WITHIN_MS = 10_000;
/** How long a stream can outlive the session, or the rights, that it was opened with. */
const CHECK_EVERY_MS = 10_000;
/** Words about where somebody is: the surplus is dropped, for the client says it again anyway. */
const PRESENCE_LIMITS = { perSecond: 2, burst: 20 };
/** What an event stream's client is told to wait before it connects again. */
const RETRY_MS = 2_000;

export interface LiveOptions {
  readonly hub: Hub;
  readonly presence: Presence;
  readonly findPrincipal: (request: FastifyRequest) => Promise<Principal | null>;
  /** Told of accounts whose sessions or rights were changed here. */
  readonly onForgotten: (listener: (accountId: string) => void) => () => void;
  /** Notes who watches callers' data. */
  readonly noteLook: (principal: Principal) => Promise<void>;
}

/** The live stream, by WebSocket and by server-sent events; see contracts/SPEC.md. */
export function liveRoutes(app: App, options: LiveOptions): void {
  const { hub, presence } = options;
  const words = new TokenBuckets(PRESENCE_LIMITS);
  app.get('/api/v1/live', { websocket: true }, (socket, request) => {
    const principal = principalOf(request);
    const viewer = viewerOf(principal);
    const connection = randomUUID();
    let seat: Seat | undefined;
    let leave: (() => void) | undefined;
    const waiting = setTimeout(() => socket.close(4408, 'no subscribe'), SUBSCRIBE_WITHIN_MS);
    const stopChecking = keepChecking(options, request, viewer, () => socket.close(4401, 'signed out'));
    const watcher: Watcher = {
      viewer,
      send(text) {
        if (socket.bufferedAmount > SLOW_BYTES) socket.close(4413, 'too slow');
        else socket.send(text);
      },
      sendLossy: (text) => socket.bufferedAmount < BUSY_BYTES && socket.send(text),
    };
    socket.on('message', (data, isBinary) => {
      const parsed = isBinary ? undefined : clientMessageSchema.safeParse(readJson(data.toString()));
      if (!parsed?.success) return socket.close(4400, 'message not understood');
      const message = parsed.data;
      if (message.type === 'presence') {
        if (!leave) return socket.close(4400, 'not subscribed yet');
        if (!words.take(connection, instant(Date.now()))) return;
        const { incidentId, doing } = message;
        seat?.say(incidentId === null ? null : { incidentId, doing });
        return;
      }
      if (leave) return socket.close(4409, 'subscribed already');
      clearTimeout(waiting);
      note(options, request, viewer);
      leave = hub.join(watcher, message.since);
      if (viewer.board && viewer.people) {
        seat = presence.take(connection, { account: principal.accountId, name: principal.displayName });
      }
    });
    socket.on('error', (error) => request.log.info({ err: error }, 'live client failed'));
    socket.on('close', () => {
      clearTimeout(waiting);
      stopChecking();
      seat?.leave();
      leave?.();
    });
  });

  app.get('/api/v1/live/events', (request, reply) => streamEvents(options, request, reply));
}

function streamEvents(options: LiveOptions, request: FastifyRequest, reply: FastifyReply): void {
  const viewer = viewerOf(principalOf(request));
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write(`retry: ${RETRY_MS}\n\n`);
  note(options, request, viewer);
  const leave = options.hub.join(
    {
      viewer,
      send(text, standing) {
        // Only what brings the client's board to a position may say so: a client that is cut off before that
        // message would otherwise resume behind it.
        const id = standing ? `id: ${standing.epoch}:${standing.position}\n` : '';
        if (raw.writableLength > SLOW_BYTES) raw.destroy();
        else raw.write(`${id}data: ${text}\n\n`);
      },
      sendLossy: (text) => raw.writableLength < BUSY_BYTES && raw.write(`data: ${text}\n\n`),
    },
    lastEventId(request),
  );
  const stopChecking = keepChecking(options, request, viewer, () => raw.end());
  raw.on('close', () => {
    stopChecking();
    leave();
  });
}

/** A stream ends with the session that opened it, and when its account may see something else than before. */
function keepChecking(
  { findPrincipal, onForgotten }: LiveOptions,
  request: FastifyRequest,
  viewer: Viewer,
  end: () => void,
): () => void {
  const check = async (): Promise<void> => {
    const principal = await findPrincipal(request);
    if (!principal || viewerOf(principal).key !== viewer.key) end();
  };
  const look = (): void => {
    // With the store away nobody can be signed out either; the next check tells.
    check().catch((error: unknown) => request.log.warn({ err: error }, 'a live session was not checked'));
  };
  const timer = setInterval(look, CHECK_EVERY_MS);
  const { accountId } = principalOf(request);
  const stopListening = onForgotten((id) => id === accountId && look());
  return () => {
    clearInterval(timer);
    stopListening();
  };
}

function note({ noteLook }: LiveOptions, request: FastifyRequest, viewer: Viewer): void {
  if (!viewer.callers) return;
  noteLook(principalOf(request)).catch((error: unknown) =>
    request.log.error({ err: error }, 'a look was not noted'),
  );
}

function lastEventId(request: FastifyRequest): Standing | null {
  const header = request.headers['last-event-id'];
  const match = typeof header === 'string' ? /^(.{1,100}):(\d{1,15})$/.exec(header) : null;
  return match?.[1] ? { epoch: match[1], position: Number(match[2]) } : null;
}
