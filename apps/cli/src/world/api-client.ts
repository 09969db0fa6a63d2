import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Accepted,
  acceptedSchema,
  type Problem,
  problemSchema,
  type Role,
  sessionSchema,
} from '@lamplight/contracts';

/** What this client needs of a schema of `contracts`. */
export interface Schema<Output> {
  safeParse(
    value: unknown,
  ): { readonly success: true; readonly data: Output } | { readonly success: false; readonly error: Error };
}

/** The server understood the request and declined it, or the request does not fit; `problem` says why. */
export class ApiRefusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, request: string) {
    super(`${request}: ${problem.code}${problem.detail ? ` (${problem.detail})` : ''}`);
    this.name = 'ApiRefusal';
    this.problem = problem;
  }
}

/** The server did not answer for so long that the client gave up; the outcome of the request is not known. */
export class ApiSilence extends Error {
  constructor(request: string, cause: unknown) {
    super(`${request}: no answer`, { cause });
    this.name = 'ApiSilence';
  }
}

export interface ApiCounters {
  /** Requests that got their final answer. */
  answered: number;
  /** Attempts that had to be repeated: connection lost, server starting, too many requests. */
  retried: number;
}

/** The public HTTP API as one signed-in client sees it. Every call is repeated until it is answered. */
export interface ApiClient {
  readonly url: string;
  /** The session cookie, for the live stream. */
  readonly cookie: string;
  readonly counters: Readonly<ApiCounters>;
  get<Output>(path: string, schema: Schema<Output>): Promise<Output>;
  /** A POST that is not a command of the log, such as adding a device. */
  post<Output>(path: string, body: unknown, schema: Schema<Output>): Promise<Output>;
  put(path: string, body: unknown): Promise<void>;
  /**
   * A command of the log. All its attempts carry one idempotency key, so it takes effect once, however often the
   * connection or the server breaks. Throws `ApiRefusal` when it is declined.
   */
  command(path: string, body?: unknown): Promise<Accepted>;
}

export interface ApiOptions {
  readonly url: string;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  /** Real milliseconds after which a request without an answer is given up. */
  readonly patience?: number;
  /** Told of every command that was answered with success, with its idempotency key. */
  readonly onAccepted?: (key: string, accepted: Accepted) => void;
}

const PREFIX = '/api/v1';
const ATTEMPT_TIMEOUT = 30_000;
const DEFAULT_PATIENCE = 180_000;

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
}

/** Signs in to a rehearsal or demo server by role. A session that was lost is taken again. */
export async function signInByRole(options: ApiOptions, role: Role): Promise<ApiClient> {
  return signIn(options, { method: 'POST', path: '/rehearsal/session', body: { role } });
}

async function signIn(options: ApiOptions, request: Request): Promise<ApiClient> {
  const { url, signal, patience = DEFAULT_PATIENCE } = options;
  const counters: ApiCounters = { answered: 0, retried: 0 };
  let cookie = '';
  let renewing: Promise<void> | undefined;

  const renew = async (): Promise<void> => {
    const answer = await persist(request);
    cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0] ?? '')
      .join('; ');
    await read(answer, sessionSchema, request);
  };

  /** Repeats a request until it is answered by the server itself. */
  async function persist(request: Request): Promise<Response> {
    const deadline = performance.now() + patience;
    for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
      let reason: unknown;
      try {
        const answer = await attempt(request);
        if (!isPassing(answer.status)) {
          counters.answered++;
          return answer;
        }
        reason = new Error(`HTTP ${answer.status}`);
        const wait = Number(answer.headers.get('retry-after'));
        if (wait > 0) pause = Math.min(wait * 1_000, 5_000);
        await answer.body?.cancel();
      } catch (thrown) {
        if (signal.aborted) throw signal.reason;
        reason = thrown;
      }
      if (performance.now() > deadline) throw new ApiSilence(`${request.method} ${request.path}`, reason);
      counters.retried++;
      // Spread, so that a fleet of clients does not come back all at once.
      await delay(pause * (0.5 + Math.random()), undefined, { signal });
    }
  }

  function attempt({ method, path, body, key }: Request): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (cookie) headers.cookie = cookie;
    if (key !== undefined) headers['idempotency-key'] = key;
    if (body !== undefined) headers['content-type'] = 'application/json';
    return fetch(url + PREFIX + path, {
      method,
      headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT)]),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function ask(request: Request): Promise<Response> {
    const answer = await persist(request);
    if (answer.status !== 401) return answer;
    await answer.body?.cancel();
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    await renewing;
    return persist(request);
  }

  async function send<Output>(request: Request, schema: Schema<Output>): Promise<Output> {
    for (;;) {
      const answer = await ask(request);
      try {
        return await read(answer, schema, request);
      } catch (thrown) {
        // The connection broke inside the answer: asking again is safe, commands have their key.
        if (!(thrown instanceof BrokenAnswer)) throw thrown;
        counters.retried++;
      }
    }
  }

  await renew();
  return {
    url,
    get cookie() {
      return cookie;
    },
    counters,
    get: (path, schema) => send({ method: 'GET', path }, schema),
    post: (path, body, schema) => send({ method: 'POST', path, body }, schema),
    async put(path, body) {
      await send({ method: 'PUT', path, body }, ANYTHING);
    },
    async command(path, body) {
      const key = randomUUID();
      const request = { method: 'POST', path, key, ...(body === undefined ? {} : { body }) };
      const accepted = await send(request, acceptedSchema);
      options.onAccepted?.(key, accepted);
      return accepted;
    },
  };
}

const ANYTHING: Schema<unknown> = { safeParse: (data) => ({ success: true, data }) };

/** Answers that say nothing about the request: the server is starting, overloaded or without its database. */
const isPassing = (status: number): boolean => status === 429 || (status >= 500 && status !== 501);

class BrokenAnswer extends Error {}

async function read<Output>(
  answer: Response,
  schema: Schema<Output>,
  { method, path }: Request,
): Promise<Output> {
  const text = await answer.text().catch((cause: unknown) => {
    throw new BrokenAnswer('the answer broke off', { cause });
  });
  const body = text === '' ? undefined : parseJson(text);
  if (!answer.ok) {
    const problem = problemSchema.safeParse(body);
    const told: Problem = problem.success
      ? problem.data
      : {
          type: 'about:blank',
          title: text.slice(0, 200),
          status: answer.status,
          code: `http-${answer.status}`,
          requestId: '',
        };
    throw new ApiRefusal(told, `${method} ${path}`);
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Error(`${method} ${path}: the answer does not fit its schema: ${parsed.error.message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BrokenAnswer('the answer is not JSON', { cause });
  }
}
