import type { Problem, ProblemCode } from '@lamplight/contracts';
import { StoreError } from '@lamplight/store';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { Failure, Refused, titleOf } from './failure.js';

/** Every failure of a request leaves through here, as Problem Details (RFC 9457). */
export function installErrorHandling(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    send(request, reply, {
      status: 404,
      code: 'not-found',
      detail: `There is nothing at ${pathOf(request)}.`,
    });
  });
  app.setErrorHandler(sendFailure);
}

export function sendFailure(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const problem = describe(error);
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
  if (error instanceof Failure && error.retryAfterSeconds !== undefined) {
    reply.header('retry-after', Math.ceil(error.retryAfterSeconds));
  }
  send(request, reply, problem);
}

interface Described {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly subject?: string | undefined;
  readonly errors?: Problem['errors'];
}

function describe(error: FastifyError): Described {
  if (error instanceof Failure || error instanceof Refused) {
    return {
      status: error.status,
      code: error.code,
      detail: error.message,
      subject: error.subject,
      ...(error instanceof Failure ? { errors: error.errors } : {}),
    };
  }
  if (error instanceof StoreError) return describeStoreError(error);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message }) => ({
      field: instancePath.replace(/^\//, '').replaceAll('/', '.') || (error.validationContext ?? 'body'),
      reason: message ?? 'does not fit',
    }));
    const detail = errors.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
    return { status: 400, code: 'request-invalid', detail, errors };
  }
  switch (error.statusCode) {
    case 413:
      return { status: 413, code: 'payload-too-large', detail: error.message };
    case 415:
      return { status: 415, code: 'media-type-unsupported', detail: 'Send application/json.' };
    case 429:
      return { status: 429, code: 'too-many-requests', detail: error.message };
    default:
      if (error.statusCode !== undefined && error.statusCode < 500) {
        return { status: 400, code: 'request-invalid', detail: error.message };
      }
      return {
        status: 500,
        code: 'internal',
        detail: 'The server failed; the request id finds the reason in its log.',
      };
  }
}

function describeStoreError(error: StoreError): Described {
  switch (error.code) {
    case 'idempotency-key-reused':
      return { status: 422, code: 'idempotency-key-reused', detail: error.message };
    case 'store-unavailable':
    case 'log-closed':
      return {
        status: 503,
        code: 'store-unavailable',
        detail: 'Send the request again with the same Idempotency-Key.',
      };
    case 'not-storable':
      return { status: 400, code: 'request-invalid', detail: error.message };
    default:
      return {
        status: 500,
        code: 'internal',
        detail: 'The store failed; the request id finds the reason in the log.',
      };
  }
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, code, detail, subject, errors }: Described,
): void {
  const problem: Problem = {
    type: `/problems#${code}`,
    title: titleOf(code),
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(subject === undefined ? {} : { subject }),
    ...(errors === undefined ? {} : { errors }),
    requestId: request.id,
  };
  reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem);
}

/** The path without its query, which may hold what must not be repeated. */
export const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '';
