import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { BusLog } from './bus-log.js';

/** Where and as whom the server signs in. */
export interface BrokerAccess {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
}

const FIRST_RECONNECT_MS = 500;
const LAST_RECONNECT_MS = 30_000;

/** Protocol 3.1.1, which the embedded broker speaks and every other understands. */
const CLIENT_OPTIONS: IClientOptions = {
  protocolVersion: 4,
  keepalive: 30,
  connectTimeout: 10_000,
  reconnectPeriod: FIRST_RECONNECT_MS,
  // A broker that refuses us today may have its accounts put right tomorrow.
  reconnectOnConnackError: true,
  resubscribe: false,
};

/**
 * A connection of the server that lasts until it is ended: it comes back by itself, at longer and longer intervals of
 * up to half a minute. `session` is the client id under which the broker keeps what came in meanwhile; without it every
 * connection starts afresh.
 */
export function connectServer(access: BrokerAccess, session: string | undefined, log: BusLog): MqttClient {
  const { url, username, password } = access;
  const address = withoutCredentials(url);
  const client = connect(url, {
    ...CLIENT_OPTIONS,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(session === undefined ? { clean: true } : { clean: false, clientId: session }),
  });
  client.on('connect', () => {
    client.options.reconnectPeriod = FIRST_RECONNECT_MS;
    log.info({ address }, 'connected to the broker');
  });
  client.on('reconnect', () => {
    client.options.reconnectPeriod = nextReconnect(client.options.reconnectPeriod ?? FIRST_RECONNECT_MS);
  });
  client.on('error', (error) => log.warn({ err: error, address }, 'broker connection failed'));
  return client;
}

/** Twice as long each time, give or take a tenth so that many servers do not return to a broker at once. */
function nextReconnect(current: number): number {
  return Math.min(LAST_RECONNECT_MS, current * 2 * (0.9 + Math.random() * 0.2));
}

export function formatUrl(host: string, port: number): string {
  return `mqtt://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The address for logs and status pages. Throws a TypeError for what is not a URL. */
export function withoutCredentials(url: string): string {
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}
