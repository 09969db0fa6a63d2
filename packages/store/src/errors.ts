/** Everything the store refuses or fails with on purpose; one list, so that callers can map it exhaustively. */
export const STORE_ERROR_CODES = [
  /** Another live process owns the data folder. */
  'data-folder-in-use',
  /** The data folder cannot be used: not writable, not reachable, or owned by another user. */
  'data-folder-unusable',
  /** This machine cannot run the embedded PostgreSQL; set DATABASE_URL. */
  'embedded-unavailable',
  /** The embedded PostgreSQL did not start or stop; the message ends with its last log lines. */
  'embedded-failed',
  /** The external server is older than PostgreSQL 13. */
  'server-too-old',
  /** The database was migrated by a newer Lamplight. */
  'database-newer-than-code',
  /** A migration that ran in this database no longer has the text it ran with. */
  'migration-changed',
  /** A value cannot be stored without loss: NaN, U+0000, a lone surrogate, a class instance, a time out of range. */
  'not-storable',
  /** The idempotency key was used before for something else or by someone else. */
  'idempotency-key-reused',
  /** The database stayed away too long. The outcome is unknown: send the same key again. */
  'store-unavailable',
  /** The log was closed before the submission was taken. */
  'log-closed',
] as const;

export type StoreErrorCode = (typeof STORE_ERROR_CODES)[number];

/** An expected failure of the store. `code` is stable; `message` is for people who run the system. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** The system error code of a thrown value (`ENOENT`, `ECONNREFUSED`) or its SQLSTATE, when it has one. */
export function findErrorCode(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
