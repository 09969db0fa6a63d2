import { type Instant, type LonLat, readJson } from '@lamplight/base';
import { type UnitOrders, unitOrdersSchema } from '@lamplight/contracts';
import type { CrewReport, Motion } from '@lamplight/simulation';
import { connect, type MqttClient } from 'mqtt';

export interface DeviceCredentials {
  readonly deviceId: string;
  readonly secret: string;
}

export interface CrewDeviceOptions {
  /** Such as `mqtt://127.0.0.1:1883`. */
  readonly broker: string;
  readonly agency: string;
  readonly unitId: string;
  readonly credentials: DeviceCredentials;
  /** The unit's orders, whenever they change and after every connection. */
  readonly onOrders: (orders: UnitOrders) => void;
  readonly onFault: (message: string) => void;
  /** Real milliseconds to wait before connecting at first. */
  readonly delay?: number;
}

/** The phone or terminal in a vehicle: it shows orders, sends positions, and takes the crew's reports. */
export interface CrewDevice {
  readonly connected: boolean;
  /** Sends a position in the OwnTracks format; lost when there is no connection, as a newer one follows anyway. */
  sendPosition(motion: Motion, at: Instant): void;
  /** Sends a report, at least once while connected. Whoever calls sends it again until the orders show it. */
  sendReport(report: CrewReport): void;
  close(): Promise<void>;
}

/** Spread, so that a fleet does not come back in one stroke when its broker does. */
const RECONNECT_MILLISECONDS = 400;
const RECONNECT_SPREAD = 600;
/** MQTT 3.1.1: not authorised. A broker that is being signed in to too fast says so; the next try succeeds. */
const NOT_AUTHORISED = 5;

export function connectDevice(options: CrewDeviceOptions): CrewDevice {
  const { broker, agency, unitId, credentials, onOrders, onFault } = options;
  const { deviceId, secret } = credentials;
  const ordersTopic = `lamplight/${agency}/units/${unitId}/orders`;
  const reportsTopic = `lamplight/${agency}/units/${unitId}/reports`;
  let position = -1;
  const client: MqttClient = connect(broker, {
    clientId: deviceId,
    username: deviceId,
    password: secret,
    clean: true,
    reconnectPeriod: RECONNECT_MILLISECONDS + Math.random() * RECONNECT_SPREAD,
    connectTimeout: 10_000,
    queueQoSZero: false,
    resubscribe: false,
    // A broker that is busy with sign-ins refuses some; they are to come back.
    reconnectOnConnackError: true,
    manualConnect: true,
  });
  const opening = setTimeout(() => client.connect(), options.delay ?? 0);
  client.on('connect', () => {
    // The broker may have started anew with an empty memory: whatever it says now is the latest.
    position = -1;
    client.subscribe(ordersTopic, { qos: 1 }, (error) => {
      if (error && client.connected) onFault(`${unitId}: ${error.message}`);
    });
  });
  client.on('message', (topic, payload) => {
    if (topic !== ordersTopic || payload.length === 0) return;
    const parsed = unitOrdersSchema.safeParse(readJson(payload.toString()));
    if (!parsed.success) {
      onFault(`${unitId}: ${parsed.error.message}`);
      return;
    }
    if (parsed.data.position < position) return;
    position = parsed.data.position;
    onOrders(parsed.data);
  });
  // The client comes back by itself; a listener keeps the error from ending the process.
  client.on('error', (error) => {
    if (!isPassing(error)) onFault(`${unitId}: ${error.message}`);
  });

  return {
    get connected() {
      return client.connected;
    },
    sendPosition({ position: where, speed, bearing }, at) {
      if (!client.connected) return;
      client.publish(`owntracks/${deviceId}/main`, JSON.stringify(toOwnTracks(where, speed, bearing, at)), {
        qos: 0,
      });
    },
    sendReport({ id, assignmentId, stage, at }) {
      if (!client.connected) return;
      const report = { id, assignmentId, stage, happenedAt: new Date(at).toISOString() };
      client.publish(reportsTopic, JSON.stringify(report), { qos: 1 });
    },
    async close() {
      clearTimeout(opening);
      await client.endAsync(true);
    },
  };
}

/** Units of the format: whole seconds since the epoch, km/h, degrees, metres. */
const toOwnTracks = ([lon, lat]: LonLat, speed: number, bearing: number, at: Instant) => ({
  _type: 'location',
  lon: Number(lon.toFixed(6)),
  lat: Number(lat.toFixed(6)),
  tst: Math.floor(at / 1000),
  acc: 8,
  vel: Math.round(speed * 3.6),
  cog: Math.round(bearing) % 360,
  t: 't',
});

const isPassing = (error: Error): boolean =>
  'code' in error &&
  (error.code === NOT_AUTHORISED ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(String(error.code)));
