import type pg from 'pg';
import type { Database } from '../database.js';

export interface Listening {
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly channel: string;
  onPayload(payload: string): void;
  /** After every connection, the first too: what was sent before it is lost. */
  onConnected?(): void;
}

const RECONNECT_AFTER = 500;

/** Listens for notifications on a connection of its own, and connects again for as long as it is not closed. */
export function listen(database: Database, { channel, onPayload, onConnected }: ListenOptions): Listening {
  let closed = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const next = database.createClient();
    client = next;
    let lost = false;
    const onLost = (): void => {
      if (lost) return;
      lost = true;
      void next.end().catch(() => {});
      if (!closed) retry = setTimeout(() => void connect(), RECONNECT_AFTER);
    };
    next.on('error', onLost);
    next.on('end', onLost);
    next.on('notification', ({ payload = '' }) => onPayload(payload));
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
      onConnected?.();
    } catch {
      onLost();
    }
  };

  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
}
