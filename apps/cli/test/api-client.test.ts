import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiRefusal, ApiSilence, signInByRole } from '../src/world/api-client.js';
import { sure } from './run-cli.js';

type Handler = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

const SESSION = {
  account: {
    id: 'a',
    username: 'rehearsal-dispatcher',
    displayName: 'd',
    roles: ['dispatcher'],
    unitId: null,
    locale: null,
  },
  expiresAt: '2026-01-01T00:00:00Z',
};
const ACCEPTED = { position: 7 };

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that signs anyone in and answers everything else as the test says; attempts are counted by path. */
async function serve(handler: Handler) {
  const seen: { path: string; key: string | undefined; cookie: string | undefined }[] = [];
  let sessions = 0;
  server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path.endsWith('/rehearsal/session')) {
      response.setHeader('set-cookie', `lamplight_session=s${++sessions}; Path=/; HttpOnly`);
      reply(response, 200, SESSION);
      return;
    }
    const key = request.headers['idempotency-key'];
    seen.push({ path, key: typeof key === 'string' ? key : undefined, cookie: request.headers.cookie });
    handler(request, response, seen.filter((each) => each.path === path).length);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? sure(address).port : 0;
  return { url: `http://127.0.0.1:${port}`, seen };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const refusal = (status: number, code: string) => ({
  type: 'about:blank',
  title: code,
  status,
  code,
  requestId: 'r',
});
const signal = new AbortController().signal;

describe('a command', () => {
  it('is repeated under one key while the server is away, overloaded or breaks off', async () => {
    const { url, seen } = await serve((request, response, attempt) => {
      if (attempt === 1) request.socket.destroy();
      else if (attempt === 2) reply(response, 503, refusal(503, 'store-unavailable'));
      else if (attempt === 3) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
        response.write('{"posi');
        response.socket?.destroy();
      } else reply(response, 200, ACCEPTED);
    });
    const api = await signInByRole({ url, signal }, 'dispatcher');
    expect(await api.command('/incidents/x/resolve')).toEqual(ACCEPTED);
    expect(seen).toHaveLength(4);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(1);
    expect(api.counters.retried).toBe(3);
  });

  it('has another key than the one before', async () => {
    const { url, seen } = await serve((_, response) => reply(response, 200, ACCEPTED));
    const api = await signInByRole({ url, signal }, 'dispatcher');
    await api.command('/calls', {});
    await api.command('/calls', {});
    expect(new Set(seen.map(({ key }) => key)).size).toBe(2);
  });

  it('that is declined is not repeated, and says why', async () => {
    const { url, seen } = await serve((_, response) => reply(response, 409, refusal(409, 'unit-committed')));
    const api = await signInByRole({ url, signal }, 'dispatcher');
    const declined = api.command('/incidents/x/dispatch', { unitIds: ['E1'] });
    await expect(declined).rejects.toBeInstanceOf(ApiRefusal);
    await expect(declined).rejects.toMatchObject({ problem: { code: 'unit-committed' } });
    expect(seen).toHaveLength(1);
  });

  it('signs in again when its session is gone', async () => {
    const { url, seen } = await serve((_, response, attempt) =>
      attempt === 1 ? reply(response, 401, refusal(401, 'not-signed-in')) : reply(response, 200, ACCEPTED),
    );
    const api = await signInByRole({ url, signal }, 'dispatcher');
    await api.command('/calls', {});
    expect(seen.map(({ cookie }) => cookie)).toEqual(['lamplight_session=s1', 'lamplight_session=s2']);
  });

  it('is given up when the patience ends or the signal is aborted', async () => {
    const { url } = await serve((_, response) => reply(response, 503, {}));
    const api = await signInByRole({ url, signal, patience: 100 }, 'dispatcher');
    await expect(api.command('/calls', {})).rejects.toBeInstanceOf(ApiSilence);
    const stop = new AbortController();
    const other = await signInByRole({ url, signal: stop.signal }, 'dispatcher');
    const waiting = other.command('/calls', {});
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow();
  });
});
