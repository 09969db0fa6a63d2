import { PROBLEMS, type Problem, type ProblemCode, statusOfRefusal } from '@lamplight/contracts';
import type { Refusal } from '@lamplight/domain';

/** A request that ends in a problem the client is told about. Thrown in handlers, written by the error handler. */
export class Failure extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly subject: string | undefined;
  readonly errors: Problem['errors'];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: keyof typeof PROBLEMS,
    detail: string,
    extra: { subject?: string; errors?: NonNullable<Problem['errors']>; retryAfterSeconds?: number } = {},
  ) {
    super(detail);
    this.code = code;
    this.status = PROBLEMS[code];
    this.subject = extra.subject;
    this.errors = extra.errors;
    this.retryAfterSeconds = extra.retryAfterSeconds;
  }
}

/** A command that the domain refused. */
export class Refused extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly subject: string;

  constructor({ code, subject }: Refusal) {
    super(`Refused: ${titleOf(code).toLowerCase()} (${subject}).`);
    this.code = code;
    this.status = statusOfRefusal(code);
    this.subject = subject;
  }
}

/** A short title in English, from the code; clients show their own texts in the user's language. */
export function titleOf(code: ProblemCode): string {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
