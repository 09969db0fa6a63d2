import { randomUUID } from 'node:crypto';
import type { Database } from './database.js';
import { listen } from './log/listen.js';

/** Short-lived words between the servers of one agency: kept nowhere, and lost to whoever is not listening. */
export interface Notices {
  /** Tells the other servers. Fails silently but for `onError`: what matters goes into the log. */
  send(notice: unknown): void;
  close(): Promise<void>;
}

export interface NoticesOptions {
  readonly agency: string;
  /** Gets what other servers sent, as JSON made it: other versions may have written it. */
  onNotice(notice: unknown): void;
  onError(error: unknown): void;
}

const CHANNEL = 'lamplight_notice';

/** Sends and hears notices by NOTIFY. One notice is at most about 7 kB of JSON. */
export function openNotices(database: Database, { agency, onNotice, onError }: NoticesOptions): Notices {
  const own = randomUUID();
  const prefix = `${agency} `;
  const listening = listen(database, {
    channel: CHANNEL,
    onPayload: (payload) => {
      if (!payload.startsWith(prefix) || payload.startsWith(own, prefix.length)) return;
      try {
        onNotice(JSON.parse(payload.slice(prefix.length + own.length + 1)));
      } catch (error) {
        onError(error);
      }
    },
  });
  return {
    send(notice) {
      database.pool
        .query('select pg_notify($1, $2)', [CHANNEL, `${prefix}${own} ${JSON.stringify(notice)}`])
        .catch(onError);
    },
    close: () => listening.close(),
  };
}
