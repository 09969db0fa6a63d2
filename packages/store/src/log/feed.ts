import type { Database } from '../database.js';
import { CHANNEL } from './append.js';
import { listen } from './listen.js';

/** Tells of new positions in the log of one agency until it is closed. */
export interface Feed {
  close(): Promise<void>;
}

const LOOK_EVERY = 5_000;

/**
 * Listens on a connection of its own. `onNews` gets a position, or Infinity for "look for yourself": after every
 * reconnection, since notifications of the gap are lost, and every few seconds, since a connection can die silently.
 */
export function openFeed(database: Database, agency: string, onNews: (position: number) => void): Feed {
  const listening = listen(database, {
    channel: CHANNEL,
    onPayload: (payload) => {
      const colon = payload.lastIndexOf(':');
      if (payload.slice(0, colon) === agency) onNews(Number(payload.slice(colon + 1)));
    },
    onConnected: () => onNews(Infinity),
  });
  const look = setInterval(() => onNews(Infinity), LOOK_EVERY);
  return {
    async close() {
      clearInterval(look);
      await listening.close();
    },
  };
}
