import { createHash } from 'node:crypto';
import type { Instant } from '@lamplight/base';
import { type Accepted, acceptedSchema, idempotencyKeySchema, identifierSchema } from '@lamplight/contracts';
import type { ResponseCommand } from '@lamplight/domain';
import { canonicalJson, type Order, type ResponseLog } from '@lamplight/store';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import { newId } from '../desk/ids.js';
import type { App } from './app-type.js';
import { Failure, Refused } from './failure.js';
import { principalOf } from './guard.js';

export interface CommandDependencies {
  readonly log: ResponseLog;
  readonly clock: Clock;
}

/** What a route knows when it makes its command. */
export interface CommandContext {
  /** The identifier in the path; empty on routes without one. */
  readonly id: string;
  readonly at: Instant;
  /** Makes an identifier for something new. */
  readonly newId: () => string;
}

export interface BuiltCommand {
  readonly command: ResponseCommand;
  /** Identifiers of what the command makes; told in the answer, and told again to a retry. */
  readonly made?: Order['made'];
}

/** For commands that say everything in their path. */
export const emptyBody = z.strictObject({}).nullish();

/**
 * A route that carries one command: the body is parsed, the clock read once, the command decided and recorded, and
 * the answer is the position of the log that includes it. `If-Match` with the version of an incident refuses the
 * command when somebody changed the incident in between. A command that changes part of what is there is a PATCH.
 */
export function commandRoute<Body extends z.ZodType>(
  app: App,
  { log, clock }: CommandDependencies,
  url: string,
  body: Body,
  build: (body: z.output<Body>, context: CommandContext) => BuiltCommand | Promise<BuiltCommand>,
  method: 'POST' | 'PATCH' = 'POST',
): void {
  const parameter = /:(\w+)/.exec(url)?.[1];
  const params = parameter === undefined ? z.object({}) : z.object({ [parameter]: identifierSchema });
  app.route({
    method,
    url,
    schema: { body, params, response: { 200: acceptedSchema } },
    handler: async (request): Promise<Accepted> => {
      const at = clock.now();
      // Fastify has parsed both with the schemas above; parsing is what gives them their types here.
      const id = parameter === undefined ? '' : (params.parse(request.params)[parameter] ?? '');
      const { command, made = {} } = await build(request.body as z.output<Body>, {
        id,
        at,
        newId: () => newId(at),
      });
      const version = seenVersion(request);
      const outcome = await log.submit({
        command,
        actor: `account:${principalOf(request).username}`,
        at,
        // Clients choose among themselves: no key of theirs is one that reactions or devices use.
        key: `http:${idempotencyKeyOf(request)}`,
        fingerprint: fingerprintOf(request),
        made,
        ...(version !== undefined && 'incidentId' in command
          ? { seen: { incidentId: command.incidentId, version } }
          : {}),
      });
      if (!outcome.ok) throw new Refused(outcome.refusal);
      return acceptedSchema.parse({ position: outcome.position, ...outcome.made });
    },
  });
}

function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (key === undefined) {
    throw new Failure(
      'idempotency-key-missing',
      'Every command needs an Idempotency-Key header, so that it can be sent again safely.',
    );
  }
  const parsed = idempotencyKeySchema.safeParse(key);
  if (parsed.success) return parsed.data;
  const reason = parsed.error.issues[0]?.message ?? 'does not fit';
  throw new Failure('request-invalid', `Idempotency-Key: ${reason}`, {
    errors: [{ field: 'Idempotency-Key', reason }],
  });
}

function fingerprintOf(request: FastifyRequest): string {
  return createHash('sha256')
    .update(`${request.method} ${request.url}\n${request.headers['if-match'] ?? ''}\n`)
    .update(canonicalJson(request.body ?? null))
    .digest('base64url');
}

function seenVersion(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined) return undefined;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined) {
    const reason = 'must be the version of the incident in double quotes';
    throw new Failure('request-invalid', `If-Match: ${reason}`, { errors: [{ field: 'If-Match', reason }] });
  }
  return Number(version);
}
