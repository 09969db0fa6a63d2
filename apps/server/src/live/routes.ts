import { clientMessageSchema } from '@lamplight/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../http/app-type.js';
import { principalOf } from '../http/guard.js';
import type { Hub, Standing } from './hub.js';
import { viewerOf } from './viewer.js';

/** A client that has not taken this much is too slow: it is cut off, and resumes from where its board stands. */
const SLOW_BYTES = 16 * 1024 * 1024;
/** Above this, positions are left out: newer ones follow anyway. */
const BUSY_BYTES = 256 * 1024;
const SUBSCRIBE_WITHIN_MS = 10_000;

/** The live stream, by WebSocket and by server-sent events; see contracts/SPEC.md. */
export function liveRoutes(app: App, hub: Hub): void {
  app.get('/api/v1/live', { websocket: true }, (socket, request) => {
    const viewer = viewerOf(principalOf(request));
    let leave: (() => void) | undefined;
    const waiting = setTimeout(() => socket.close(4408, 'no subscribe'), SUBSCRIBE_WITHIN_MS);
    const send = (text: string): void => {
      if (socket.bufferedAmount > SLOW_BYTES) socket.close(4413, 'too slow');
      else socket.send(text);
    };
    socket.on('message', (data, isBinary) => {
      const parsed = isBinary ? undefined : clientMessageSchema.safeParse(parseJson(data.toString()));
      if (!parsed?.success) return socket.close(4400, 'message not understood');
      if (leave) return socket.close(4409, 'subscribed already');
      clearTimeout(waiting);
      leave = hub.join(
        { viewer, send, sendLossy: (text) => socket.bufferedAmount < BUSY_BYTES && socket.send(text) },
        parsed.data.since,
      );
    });
    socket.on('error', (error) => request.log.info({ err: error }, 'live client failed'));
    socket.on('close', () => {
      clearTimeout(waiting);
      leave?.();
    });
  });

  app.get('/api/v1/live/events', (request, reply) => streamEvents(hub, request, reply));
}

function streamEvents(hub: Hub, request: FastifyRequest, reply: FastifyReply): void {
  const viewer = viewerOf(principalOf(request));
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const write = (text: string): void => {
    if (raw.writableLength > SLOW_BYTES) raw.destroy();
    else raw.write(`id: ${hub.epoch}:${hub.position}\ndata: ${text}\n\n`);
  };
  const leave = hub.join(
    { viewer, send: write, sendLossy: (text) => raw.writableLength < BUSY_BYTES && write(text) },
    lastEventId(request),
  );
  raw.on('close', leave);
}

function lastEventId(request: FastifyRequest): Standing | null {
  const header = request.headers['last-event-id'];
  const match = typeof header === 'string' ? /^(.{1,100}):(\d{1,15})$/.exec(header) : null;
  return match?.[1] ? { epoch: match[1], position: Number(match[2]) } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
