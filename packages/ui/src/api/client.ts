import {
  type Accepted,
  acceptedSchema,
  type Problem,
  type ProblemCode,
  problemSchema,
} from '@lamplight/contracts';
import type { z } from 'zod';

/** A request that was refused; `code` is one of the catalogue of problems, or one of a newer server. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.title}`);
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  is(code: ProblemCode): boolean {
    return this.problem.code === code;
  }
}

/** The server could not be reached, or its answer could not be read. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  /** True when something was to be done, and nobody knows whether it was. */
  readonly mayHaveActed: boolean;

  constructor(message: string, mayHaveActed: boolean, options?: ErrorOptions) {
    super(message, options);
    this.mayHaveActed = mayHaveActed;
  }
}

/**
 * A new idempotency key: 128 random bits. Made once for each thing a person does and kept across retries, so that
 * pressing again after a failure never does it twice. (`crypto.randomUUID` exists in secure contexts only.)
 */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A random UUID (RFC 9562, version 4) for the things a client may name itself. */
export function newId(): string {
  const hex = newIdempotencyKey();
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

/** Pauses between attempts of one command, in milliseconds. */
const RETRY_PAUSES: readonly number[] = [400, 1600];

/** The ways to the server; all reject with {@link ProblemError} or {@link UnreachableError}. */
export interface ApiClient {
  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>>;
  request<Schema extends z.ZodType>(
    method: string,
    path: string,
    schema: Schema,
    options?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<z.output<Schema>>;
  /**
   * Sends a command; when the line fails, sends the same again, under the same key. With `seen`, the version of the
   * incident that was on screen, it is refused as `incident-changed` when somebody changed the incident meanwhile.
   */
  command(path: string, key: string, body?: unknown, method?: string, seen?: number): Promise<Accepted>;
}

export function createClient(base: string, send: typeof fetch): ApiClient {
  async function request<Schema extends z.ZodType>(
    method: string,
    path: string,
    schema: Schema,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<z.output<Schema>> {
    let response: Response;
    try {
      response = await send(`${base}${path}`, {
        method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json, application/problem+json',
          ...(body === undefined ? {} : { 'content-type': isFile(body) ? body.type : 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isFile(body) ? body : JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new UnreachableError('the server could not be reached', method !== 'GET', { cause });
    }
    const content: unknown = response.status === 204 ? null : await response.json().catch(() => undefined);
    if (!response.ok) {
      const problem = problemSchema.safeParse(content);
      if (problem.success) throw new ProblemError(problem.data);
      throw new UnreachableError(`the server answered ${response.status}`, method !== 'GET');
    }
    const parsed = schema.safeParse(content);
    if (!parsed.success)
      throw new UnreachableError(`the answer does not fit: ${parsed.error.message}`, method !== 'GET');
    return parsed.data;
  }

  const get = <Schema extends z.ZodType>(path: string, schema: Schema) => request('GET', path, schema);

  async function command(
    path: string,
    key: string,
    body?: unknown,
    method = 'POST',
    seen?: number,
  ): Promise<Accepted> {
    const headers = {
      'idempotency-key': key,
      ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
    };
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await request(method, path, acceptedSchema, { body, headers });
      } catch (error) {
        const pause = RETRY_PAUSES[attempt];
        if (!(error instanceof UnreachableError) || pause === undefined) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  return { get, request, command };
}

/** A file is sent as it is, under its own type; everything else is JSON. */
const isFile = (body: unknown): body is Blob => body instanceof Blob;

/** The path of one thing of a collection. */
export const of = (collection: string, id: string): string => `/${collection}/${encodeURIComponent(id)}`;
