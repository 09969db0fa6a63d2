import type { BaseLogger } from 'pino';

/** What the bus needs of a logger. It never logs a payload or a secret. */
export type BusLog = Pick<BaseLogger, 'info' | 'warn'>;

export const SILENT_LOG: BusLog = { info: () => undefined, warn: () => undefined };
