import { EXIT, type ExitCode } from './exit-codes.js';
import type { Message, MessageKey, MessageValues } from './messages.js';

/** One row of an input file that cannot be used. Lines count from 1, the heading included. */
export interface RowProblem {
  readonly line: number;
  readonly column: string;
  readonly reason: Message;
}

interface FailureOptions {
  readonly exit: ExitCode;
  readonly code: string;
  readonly message: Message;
  readonly rows?: readonly RowProblem[];
  /** More for machines, printed with `--json`. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** An expected end of a command: what to tell the user in their language, and what to tell the shell. */
export class Failure extends Error {
  readonly exit: ExitCode;
  readonly code: string;
  readonly told: Message;
  readonly rows: readonly RowProblem[];
  readonly detail: Readonly<Record<string, unknown>>;

  constructor({ exit, code, message, rows = [], detail = {} }: FailureOptions) {
    super(code);
    this.name = 'Failure';
    this.exit = exit;
    this.code = code;
    this.told = message;
    this.rows = rows;
    this.detail = detail;
  }
}

/** The input was refused. The code of the failure is the key of its message after the first dot. */
export function refused(
  key: MessageKey,
  values: MessageValues = {},
  rows: readonly RowProblem[] = [],
): Failure {
  return new Failure({
    exit: EXIT.refused,
    code: codeOf(key),
    message: { key, values },
    rows,
    detail: values,
  });
}

/** Something failed that is not the fault of the input. */
export function failed(key: MessageKey, values: MessageValues = {}): Failure {
  return new Failure({ exit: EXIT.failure, code: codeOf(key), message: { key, values }, detail: values });
}

/** The command line is wrong in a way that only the command itself can see. */
export function misused(key: MessageKey, values: MessageValues = {}): Failure {
  return new Failure({ exit: EXIT.usage, code: codeOf(key), message: { key, values }, detail: values });
}

const codeOf = (key: MessageKey): string => key.slice(key.indexOf('.') + 1);

/** The system's error code (`ENOENT`, `EACCES`) of a thrown value, if it has one. */
export function findErrorCode(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** What a thrown value says of itself. */
export const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
