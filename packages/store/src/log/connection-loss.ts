import { findErrorCode } from '../errors.js';

const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** PostgreSQL, appendix A: the server is going down, coming up, full, demoted, or gave this session or statement up. */
const STATES = new Set(['57P01', '57P02', '57P03', '57014', '53300', '25006', '25P03', '40001', '40P01']);

/** What `pg` says, without a code, when the other end went away or did not answer in time. */
const SAYINGS =
  /connection terminated|connection error|not queryable|read timeout|timeout expired|was closed/i;

/** True when the same transaction may well succeed on a new connection. Whether it was committed is not known. */
export function isConnectionLoss(thrown: unknown): boolean {
  const code = findErrorCode(thrown);
  if (code !== undefined) return SYSTEM_CODES.has(code) || STATES.has(code) || code.startsWith('08');
  if (thrown instanceof AggregateError) return thrown.errors.some(isConnectionLoss);
  return thrown instanceof Error && SAYINGS.test(thrown.message);
}
