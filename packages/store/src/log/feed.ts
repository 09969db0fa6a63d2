import type pg from 'pg';
import type { Database } from '../database.js';
import { CHANNEL } from './append.js';

/** Tells of new positions in the log of one agency until it is closed. */
export interface Feed {
  close(): Promise<void>;
}

const RECONNECT_AFTER = 500;
const LOOK_EVERY = 5_000;

/**
 * Listens on a connection of its own. `onNews` gets a position, or Infinity for "look for yourself": after every
 * reconnection, since notifications of the gap are lost, and every few seconds, since a connection can die silently.
 */
export function openFeed(database: Database, agency: string, onNews: (position: number) => void): Feed {
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
    next.on('notification', ({ payload = '' }) => {
      const colon = payload.lastIndexOf(':');
      if (payload.slice(0, colon) === agency) onNews(Number(payload.slice(colon + 1)));
    });
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
      onNews(Infinity);
    } catch {
      onLost();
    }
  };

  const look = setInterval(() => onNews(Infinity), LOOK_EVERY);
  void connect();
  return {
    async close() {
      closed = true;
      clearTimeout(retry);
      clearInterval(look);
      await client?.end().catch(() => {});
    },
  };
}
