import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { IPublishPacket, MqttClient } from 'mqtt';
import { type BusLog, SILENT_LOG } from './bus-log.js';
import { type BrokerCounters, startEmbeddedBroker, type VerifyDevice } from './embedded-broker.js';
import { SerialQueues } from './serial-queues.js';
import { type BrokerAccess, connectServer, formatUrl, withoutCredentials } from './server-connection.js';
import type { BucketLimits } from './token-bucket.js';
import { createTopics, isTopicLevel } from './topics.js';

/**
 * Which broker carries the bus.
 *
 * An external broker (or cluster) must know the devices and enforce what the embedded one does; by user name `%u`:
 *
 * | who | may publish | may subscribe |
 * |---|---|---|
 * | a device of unit U | `owntracks/%u/#`, `lamplight/<agency>/units/U/reports/%u` | `lamplight/<agency>/units/U/orders`, `owntracks/%u/+/cmd` |
 * | this server | `lamplight/<agency>/units/+/orders`, `owntracks/+/+/cmd` | `owntracks/+/+`, `lamplight/<agency>/units/+/reports/#` |
 *
 * and nothing else. The topic is all that the server learns there about the sender, so the user name in it must be
 * enforced. A report on a topic that names no device (`…/reports`) is taken for its unit on the broker's word.
 */
export type BrokerOptions =
  | {
      readonly kind: 'embedded';
      /** Default 127.0.0.1. */
      readonly host?: string;
      /** Default 1883; 0 takes a free one. */
      readonly port?: number;
      readonly verifyDevice: VerifyDevice;
      /** Failed sign-ins of one address; default 20 at once, one more every three seconds. */
      readonly signInRate?: BucketLimits;
    }
  | {
      readonly kind: 'external';
      /** `mqtt://`, `mqtts://`, `ws://` or `wss://`. */
      readonly url: string;
      readonly username?: string;
      readonly password?: string;
      /** Default `lamplight-<agency>`. Under it the broker keeps reports while the server restarts. */
      readonly clientId?: string;
    };

export interface BusOptions {
  readonly agencyId: string;
  readonly broker: BrokerOptions;
  /** The unit that a device belongs to now, or `undefined` for a device that is not ours. */
  readonly unitOfDevice: (deviceId: string) => string | undefined;
  /** The largest message in bytes, either way; default 64 KiB. */
  readonly maxPayload?: number;
  readonly log?: BusLog;
}

/** `deviceId` is `undefined` only for an external broker's report that names no device. */
export type ReportHandler = (deviceId: string | undefined, unitId: string, payload: Buffer) => Promise<void>;
export type PositionHandler = (deviceId: string, payload: Buffer, unitId: string) => void;
export type ConnectedHandler = () => void | Promise<void>;

export interface BusCounters {
  readonly positions: number;
  readonly reports: number;
  /** Messages of devices that belong to no unit of ours. */
  readonly unknownDevice: number;
  /** Reports for a unit that the reporting device does not belong to. */
  readonly foreignReports: number;
  /** Messages over the size limit that an external broker let through. */
  readonly oversized: number;
  /** Handlers that threw or rejected; the message is lost to them, the bus goes on. */
  readonly handlerFailures: number;
  readonly connects: number;
  /** The embedded broker's own counts. */
  readonly broker: BrokerCounters | undefined;
}

export interface Bus {
  /** Where devices connect, without credentials: `mqtt://127.0.0.1:1883`. */
  readonly address: string;
  readonly counters: BusCounters;
  /** The server's own connections to the broker stand and its subscriptions are in force. */
  readonly connected: boolean;
  /**
   * Publishes what the unit has to do now: retained, QoS 1, so that a device has it on connecting. Resolves when the
   * broker has acknowledged it; without a connection that is after the next one. An empty payload takes the
   * retained message away. Throws a RangeError for a unit id that is not a topic level or a payload over the limit.
   *
   * A device may receive the retained message after a newer one that was published while it subscribed: the payload
   * must carry a version, and the device keeps the highest.
   */
  publishOrders(unitId: string, payload: string): Promise<void>;
  /**
   * Sets the one handler of crew reports. Reports of one unit are handled one after the other, those of different
   * units side by side. Reports that come before there is a handler wait for it.
   *
   * The broker acknowledges a report before it is handled here (the embedded one before it even passes it on). The
   * acknowledgement therefore says "arrived at the broker" and no more. A device must keep a report and send it again
   * until the unit's orders message shows its effect; the handler must take the same report twice.
   */
  onReport(handler: ReportHandler): void;
  /** Sets the one handler of positions. Positions that come before there is one are dropped. */
  onPosition(handler: PositionHandler): void;
  /**
   * Called after every connection to the broker, at once if it stands. The embedded broker keeps retained messages in
   * memory and an external one may have lost them: this is where the orders of all units are published again.
   */
  onConnected(handler: ConnectedHandler): void;
  /** Cuts a device off the embedded broker after its secret or unit changed; it may sign in again. */
  disconnectDevice(deviceId: string): number;
  /** Takes no more messages, waits up to five seconds for reports in hand, and closes. */
  stop(): Promise<void>;
}

const DEFAULT_MAX_PAYLOAD = 64 * 1024;
const DEFAULT_SIGN_IN_RATE: BucketLimits = { perSecond: 1 / 3, burst: 20 };

/** Reports in hand at one time; beyond it the broker is made to wait, by not reading from it. */
const MAX_REPORTS_IN_HAND = 256;

const STOP_PATIENCE_MS = 5_000;

/**
 * Starts the bus between server and devices. The server is an ordinary client of the broker, be it in this process or
 * elsewhere, so that both ways are one. With an embedded broker this resolves when the bus works and rejects when the
 * port is taken; with an external one it resolves at once and goes on trying to connect.
 */
export async function createBus(options: BusOptions): Promise<Bus> {
  const { agencyId, unitOfDevice, maxPayload = DEFAULT_MAX_PAYLOAD, log = SILENT_LOG } = options;
  const topics = createTopics(agencyId);
  const counts = {
    positions: 0,
    reports: 0,
    unknownDevice: 0,
    foreignReports: 0,
    oversized: 0,
    handlerFailures: 0,
    connects: 0,
  };

  const { broker } = options;
  const ownCredential = {
    username: `server-${randomUUID()}`,
    password: randomBytes(32).toString('base64url'),
  };
  const embedded =
    broker.kind === 'embedded'
      ? await startEmbeddedBroker({
          topics,
          host: broker.host ?? '127.0.0.1',
          port: broker.port ?? 1883,
          maxPayload,
          verifyDevice: broker.verifyDevice,
          signInRate: broker.signInRate ?? DEFAULT_SIGN_IN_RATE,
          ownCredential,
          log,
        })
      : undefined;

  const access: BrokerAccess =
    broker.kind === 'external'
      ? broker
      : { url: formatUrl(reachable(embedded?.host ?? ''), embedded?.port ?? 0), ...ownCredential };
  const address = embedded ? formatUrl(embedded.host, embedded.port) : withoutCredentials(access.url);

  // Two connections, because the listener stops reading when too much is in hand, and what is in hand may be waiting
  // for orders to be acknowledged: on one connection the two would wait for each other.
  const session = broker.kind === 'external' ? (broker.clientId ?? `lamplight-${agencyId}`) : undefined;
  const listener = connectServer(access, session, log);
  const publisher = connectServer(access, undefined, log);

  const queues = new SerialQueues(MAX_REPORTS_IN_HAND);
  const reportHandler = deferred<ReportHandler>();
  let positionHandler: PositionHandler | undefined;
  const connectedHandlers: ConnectedHandler[] = [];
  let subscribed = false;
  let ready = false;

  function takePosition(deviceId: string, payload: Buffer): void {
    counts.positions++;
    const unitId = unitOfDevice(deviceId);
    if (unitId === undefined) counts.unknownDevice++;
    else positionHandler?.(deviceId, payload, unitId);
  }

  function takeReport(deviceId: string | undefined, unitId: string, payload: Buffer): void {
    counts.reports++;
    if (deviceId !== undefined) {
      const ownUnit = unitOfDevice(deviceId);
      if (ownUnit !== unitId) {
        if (ownUnit === undefined) counts.unknownDevice++;
        else counts.foreignReports++;
        log.warn({ deviceId, unitId }, 'report of a device that does not belong to the unit');
        return;
      }
    }
    queues.add(unitId, async () => {
      const handle = await reportHandler.promise;
      await guarded(() => handle(deviceId, unitId, payload), { deviceId, unitId });
    });
  }

  /** Runs somebody else's code: what it throws is counted and logged, and the bus goes on. */
  async function guarded(run: () => void | Promise<void>, context: object): Promise<void> {
    try {
      await run();
    } catch (error) {
      counts.handlerFailures++;
      log.warn({ ...context, err: error }, 'bus handler failed');
    }
  }

  function take(packet: IPublishPacket): void {
    const inbound = topics.parseInbound(packet.topic);
    if (!inbound) return;
    const payload = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
    if (payload.length > maxPayload) counts.oversized++;
    else if (inbound.kind === 'position') takePosition(inbound.deviceId, payload);
    else takeReport(inbound.deviceId, inbound.unitId, payload);
  }

  // The listener reads on when this calls back, and it acknowledges then: so a flood of reports stays in the broker.
  listener.handleMessage = (packet, done) => {
    try {
      take(packet);
    } catch (error) {
      counts.handlerFailures++;
      log.warn({ err: error, topic: packet.topic }, 'bus handler failed');
    }
    queues.whenRoom(done);
  };

  async function subscribe(): Promise<void> {
    try {
      await listener.subscribeAsync(topics.subscriptions);
      subscribed = true;
      becomeReady();
    } catch (error) {
      // Not fatal: a broker whose rules are wrong is put right by its operator, and the next connection tries again.
      log.warn({ err: error, address }, 'the broker refuses our subscriptions');
    }
  }

  function becomeReady(): void {
    if (ready || !subscribed || !publisher.connected) return;
    ready = true;
    counts.connects++;
    for (const handler of connectedHandlers) void guarded(handler, { address });
  }

  function loseConnection(): void {
    if (ready) log.warn({ address }, 'connection to the broker lost');
    ready = false;
  }

  listener.on('connect', () => void subscribe());
  listener.on('close', () => {
    subscribed = false;
    loseConnection();
  });
  publisher.on('connect', becomeReady);
  publisher.on('close', loseConnection);

  const bus: Bus = {
    address,
    get connected() {
      return ready;
    },
    get counters() {
      return { ...counts, broker: embedded?.counters };
    },
    async publishOrders(unitId, payload) {
      if (!isTopicLevel(unitId)) throw new RangeError(`Unit id "${unitId}" cannot be part of an MQTT topic`);
      const size = Buffer.byteLength(payload);
      if (size > maxPayload)
        throw new RangeError(`Orders of ${size} bytes exceed the limit of ${maxPayload}`);
      await publisher.publishAsync(topics.orders(unitId), payload, { qos: 1, retain: true });
    },
    onReport: reportHandler.resolve,
    onPosition(handler) {
      positionHandler = handler;
    },
    onConnected(handler) {
      connectedHandlers.push(handler);
      if (ready) void guarded(handler, { address });
    },
    disconnectDevice: (deviceId) => embedded?.disconnect(deviceId) ?? 0,
    async stop() {
      const patience = delay(STOP_PATIENCE_MS, undefined, { ref: false });
      ready = false;
      // Reports that still wait for a first handler get none; their devices send them again.
      reportHandler.resolve(async () => undefined);
      // From an external broker we stay subscribed: it keeps what comes in until the server is back.
      if (embedded && subscribed) {
        const unsubscribed = listener.unsubscribeAsync(Object.keys(topics.subscriptions));
        await Promise.race([unsubscribed.catch(() => undefined), patience]);
      }
      await Promise.race([queues.drain(), patience]);
      await Promise.all([endConnection(listener, patience), endConnection(publisher, patience)]);
      await embedded?.stop();
    },
  };
  if (embedded) await new Promise<void>((resolve) => bus.onConnected(resolve));
  return bus;
}

/** Lets what is on its way arrive, as far as patience goes. */
async function endConnection(client: MqttClient, patience: Promise<void>): Promise<void> {
  if (client.connected) await Promise.race([client.endAsync(), patience]);
  await client.endAsync(true);
}

/** A listener on all interfaces is reached on the loopback one. */
const reachable = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host);

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
}

function deferred<Value>(): Deferred<Value> {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
