import { timingSafeEqual } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { instant } from '@lamplight/base';
import { Aedes, type AuthErrorCode, type AuthenticateError, type Client } from 'aedes';
import type { BusLog } from './bus-log.js';
import { FramedConnection } from './framed-connection.js';
import { type BucketLimits, TokenBuckets } from './token-bucket.js';
import { type DeviceIdentity, isTopicLevel, type Topics } from './topics.js';

/** Checks a device's secret; `undefined` refuses. Rejecting means that it could not be checked now. */
export type VerifyDevice = (deviceId: string, secret: string) => Promise<DeviceIdentity | undefined>;

export interface EmbeddedBrokerOptions {
  readonly topics: Topics;
  /** Loopback by default. Any other address wants TLS in front: device secrets travel in the clear here. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** In bytes, for one message. */
  readonly maxPayload: number;
  readonly verifyDevice: VerifyDevice;
  /** Failed sign-ins of one address. */
  readonly signInRate: BucketLimits;
  /** What the server's own client signs in with. */
  readonly ownCredential: { readonly username: string; readonly password: string };
  readonly log: BusLog;
}

export interface BrokerCounters {
  readonly connections: number;
  readonly signInsRefused: number;
  /** Sign-ins refused unseen, because the address had failed too often. */
  readonly signInsLimited: number;
  readonly publishesRefused: number;
  readonly subscriptionsRefused: number;
  readonly oversized: number;
}

export interface EmbeddedBroker {
  readonly host: string;
  readonly port: number;
  readonly counters: BrokerCounters;
  /** Cuts the device's connections, for when its secret or its unit changes; returns how many there were. */
  disconnect(deviceId: string): number;
  stop(): Promise<void>;
}

/** Room beside the payload: topic, identifiers, and a will in the CONNECT packet. In bytes. */
const PACKET_OVERHEAD = 2048;

/** CONNACK return codes of MQTT 3.1.1, section 3.2.2.3. */
const SERVER_UNAVAILABLE: AuthErrorCode.SERVER_UNAVAILABLE = 3;
const BAD_CREDENTIALS: AuthErrorCode.BAD_USERNAME_OR_PASSWORD = 4;
const NOT_AUTHORIZED: AuthErrorCode.NOT_AUTHORIZED = 5;

const refusal = (returnCode: AuthErrorCode, message: string): AuthenticateError =>
  Object.assign(new Error(message), { returnCode });

/**
 * An MQTT 3.1.1 broker in this process. Only devices that sign in may connect; each may use its own topics and no
 * others (see `Topics`). A refused publish ends the connection, as the protocol has no other way; a refused
 * subscription is answered with 0x80.
 *
 * Sessions are always clean and nothing that a device publishes is retained: orders are retained by the server and a
 * returning device subscribes again, so that no queue grows for a device that stays away.
 */
export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const { topics, maxPayload, verifyDevice, ownCredential, log } = options;
  const identities = new WeakMap<Client, DeviceIdentity | 'server'>();
  const connected = new Map<string, Set<Client>>();
  const failures = new TokenBuckets(options.signInRate);
  const counters = {
    signInsRefused: 0,
    signInsLimited: 0,
    publishesRefused: 0,
    subscriptionsRefused: 0,
    oversized: 0,
  };
  const ownPassword = Buffer.from(ownCredential.password);

  /** Milliseconds of a clock that nobody sets; the agency's clock may be scaled. */
  const monotonic = () => instant(performance.now());

  async function identify(
    address: string,
    username: string | undefined,
    password: Buffer | undefined,
  ): Promise<DeviceIdentity | 'server' | AuthenticateError> {
    if (username === undefined || password === undefined) {
      counters.signInsRefused++;
      return refusal(BAD_CREDENTIALS, 'user name and password are required');
    }
    if (username === ownCredential.username) {
      return password.length === ownPassword.length && timingSafeEqual(password, ownPassword)
        ? 'server'
        : refusal(BAD_CREDENTIALS, 'wrong password');
    }
    // The token is taken before the check and given back after a good one: tries made at once count as well.
    if (!failures.take(address, monotonic())) {
      counters.signInsLimited++;
      return refusal(NOT_AUTHORIZED, 'too many failed sign-ins');
    }
    const identity = isTopicLevel(username)
      ? await verifyDevice(username, password.toString('utf8'))
      : undefined;
    if (!identity) {
      counters.signInsRefused++;
      log.warn({ address, deviceId: username }, 'device sign-in refused');
      return refusal(BAD_CREDENTIALS, 'unknown device or wrong secret');
    }
    failures.giveBack(address, monotonic());
    // A unit called "+" would open the topics of all others; such a device is set up wrongly, not attacking.
    if (!isTopicLevel(identity.unitId) || !isTopicLevel(identity.deviceId)) {
      log.warn({ ...identity }, 'device or unit id cannot be part of a topic');
      return refusal(NOT_AUTHORIZED, 'ids cannot be part of a topic');
    }
    return identity;
  }

  function register(deviceId: string, client: Client): void {
    const ofDevice = connected.get(deviceId) ?? new Set();
    connected.set(deviceId, ofDevice.add(client));
    client.conn.once('close', () => {
      ofDevice.delete(client);
      if (ofDevice.size === 0 && connected.get(deviceId) === ofDevice) connected.delete(deviceId);
    });
  }

  const aedes = await Aedes.createBroker({
    connectTimeout: 10_000,
    drainTimeout: 30_000,
    // Client ids of MQTT 3.1 are prefixed below and so exceed the 23 characters of that version.
    maxClientsIdLength: 512,

    preConnect(_client, packet, done) {
      // A client id takes over the connection of the same id. With the user name in front, a device can do that to
      // nobody but itself.
      if (packet.clientId) packet.clientId = `${packet.username ?? ''}/${packet.clientId}`;
      packet.clean = true;
      done(null, true);
    },

    authenticate(client, username, password, done) {
      const address = client.conn instanceof FramedConnection ? client.conn.remoteAddress : '';
      identify(address, username, password).then(
        (identity) => {
          if (identity instanceof Error) {
            done(identity, false);
            return;
          }
          identities.set(client, identity);
          if (identity !== 'server') register(identity.deviceId, client);
          done(null, true);
        },
        (error: unknown) => {
          log.warn({ err: error, address, deviceId: username }, 'device sign-in could not be checked');
          done(refusal(SERVER_UNAVAILABLE, 'sign-in cannot be checked now'), false);
        },
      );
    },

    authorizePublish(client, packet, done) {
      const identity = client ? identities.get(client) : undefined;
      if (identity === 'server') {
        done(null);
        return;
      }
      if (!identity || !topics.mayPublish(identity, packet.topic)) {
        counters.publishesRefused++;
        log.warn({ deviceId: identity?.deviceId, topic: packet.topic }, 'publish refused');
        done(new Error('publish refused'));
        return;
      }
      if (packet.payload.length > maxPayload) {
        counters.oversized++;
        done(new Error('payload too large'));
        return;
      }
      packet.retain = false;
      packet.topic = topics.attributed(identity, packet.topic);
      done(null);
    },

    authorizeSubscribe(client, subscription, done) {
      const identity = identities.get(client);
      if (identity === 'server' || (identity && topics.maySubscribe(identity, subscription.topic))) {
        done(null, subscription);
        return;
      }
      counters.subscriptionsRefused++;
      done(null, null);
    },

    authorizeForward(client, packet) {
      const identity = identities.get(client);
      return identity === 'server' || (identity && topics.mayReceive(identity, packet.topic)) ? packet : null;
    },
  });

  aedes.addListener('error', (error: Error) => log.warn({ err: error }, 'broker failed'));

  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 }, (socket) => {
    aedes.handle(new FramedConnection(socket, maxPayload + PACKET_OVERHEAD, () => counters.oversized++));
  });
  const address = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port, backlog: 4096 }, () => {
      server.off('error', reject);
      const bound = server.address();
      if (bound === null || typeof bound === 'string') reject(new Error('the broker listens on no TCP port'));
      else resolve(bound);
    });
  });
  server.on('error', (error) => log.warn({ err: error }, 'broker listener failed'));

  return {
    host: options.host,
    port: address.port,
    get counters() {
      return { connections: aedes.connectedClients, ...counters };
    },
    disconnect(deviceId) {
      const clients = [...(connected.get(deviceId) ?? [])];
      for (const client of clients) client.close();
      return clients.length;
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => aedes.close(resolve));
      await closed;
    },
  };
}
