import { connect as connectTcp, createServer } from 'node:net';
import { encodeOwnTracks } from '@lamplight/adapters';
import { instant, seconds } from '@lamplight/base';
import { Aedes } from 'aedes';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { type Bus, type BusOptions, createBus } from '../src/ingest/broker.js';
import { SILENT_LOG } from '../src/ingest/bus-log.js';
import { startEmbeddedBroker, type VerifyDevice } from '../src/ingest/embedded-broker.js';
import { createIntake } from '../src/ingest/intake.js';
import { createTopics } from '../src/ingest/topics.js';
import { createTracker } from '../src/ingest/tracker.js';

/** Device `d7` of unit `u7` has the secret `secret-d7`. */
const verifyDevice: VerifyDevice = async (deviceId, secret) =>
  secret === `secret-${deviceId}` ? { deviceId, unitId: unitOf(deviceId) } : undefined;
const unitOf = (deviceId: string): string => deviceId.replace('d', 'u');

const open: { end: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const { end } of open.splice(0).reverse()) await end();
});

async function startBus(options: Partial<BusOptions> = {}): Promise<Bus> {
  const bus = await createBus({
    agencyId: 'sf',
    broker: { kind: 'embedded', port: 0, verifyDevice },
    unitOfDevice: (deviceId) => (/^d\d+$/.test(deviceId) ? unitOf(deviceId) : undefined),
    ...options,
  });
  open.push({ end: () => bus.stop() });
  return bus;
}

async function connectDevice(bus: Bus, deviceId: string, options: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(bus.address, {
    username: deviceId,
    password: `secret-${deviceId}`,
    reconnectPeriod: 0,
    ...options,
  });
  client.on('error', () => undefined);
  open.push({ end: () => client.endAsync(true) });
  return client;
}

/** Resolves when the connection has ended, with or without an error. */
const closed = (connection: { once(event: 'close', listener: () => void): unknown }): Promise<void> =>
  new Promise((resolve) => connection.once('close', resolve));

const soon = (check: () => void): Promise<void> =>
  expect.poll(() => tryOnce(check), { timeout: 20_000 }).toBe('');
function tryOnce(check: () => void): string {
  try {
    check();
    return '';
  } catch (error) {
    return String(error);
  }
}

describe('signing in', () => {
  it('is refused with a wrong secret, for an unknown device, without credentials, and for the name of another level', async () => {
    const bus = await startBus();
    const refused = /not authorized|bad user ?name or password/i;
    const tries: IClientOptions[] = [
      { password: 'wrong' },
      { username: 'x' },
      { username: 'd1/d2', password: 'secret-d1/d2' },
      { username: '+', password: 'secret-+' },
    ];
    for (const options of tries) await expect(connectDevice(bus, 'd1', options)).rejects.toThrow(refused);
    await expect(connectAsync(bus.address, { reconnectPeriod: 0 })).rejects.toThrow(refused);
    expect(bus.counters.broker).toMatchObject({ signInsRefused: 5 });
    await connectDevice(bus, 'd1');
  });

  it('is limited by address after failures, and a device that succeeds uses up nothing', async () => {
    const bus = await startBus({
      broker: { kind: 'embedded', port: 0, verifyDevice, signInRate: { perSecond: 0, burst: 3 } },
    });
    for (let i = 0; i < 5; i++) await connectDevice(bus, `d${i}`);
    for (let i = 0; i < 3; i++)
      await expect(connectDevice(bus, 'd1', { password: 'wrong' })).rejects.toThrow();
    await expect(connectDevice(bus, 'd9')).rejects.toThrow(/not authorized/i);
    expect(bus.counters.broker).toMatchObject({ signInsRefused: 3, signInsLimited: 1, connections: 7 });
  });

  it('is answered "unavailable" when devices cannot be checked', async () => {
    const broken: VerifyDevice = () => Promise.reject(new Error('no database'));
    const bus = await startBus({ broker: { kind: 'embedded', port: 0, verifyDevice: broken } });
    await expect(connectDevice(bus, 'd1')).rejects.toThrow(/unavailable/i);
  });

  it('is refused for a unit whose id would open the topics of others', async () => {
    const wildcard: VerifyDevice = async (deviceId) => ({ deviceId, unitId: '+' });
    const bus = await startBus({ broker: { kind: 'embedded', port: 0, verifyDevice: wildcard } });
    await expect(connectDevice(bus, 'd1')).rejects.toThrow(/not authorized/i);
  });

  it('does not let a device take over the connection of another by its client id', async () => {
    const bus = await startBus();
    const victim = await connectDevice(bus, 'd1', { clientId: 'same' });
    await connectDevice(bus, 'd2', { clientId: 'same' });
    await victim.publishAsync('owntracks/d1/phone', 'x', { qos: 1 });
    expect(victim.connected).toBe(true);
  });

  it('ends for a device that the server cuts off', async () => {
    const bus = await startBus();
    const device = await connectDevice(bus, 'd1');
    const end = closed(device);
    expect(bus.disconnectDevice('d1')).toBe(1);
    await end;
    await soon(() => expect(bus.disconnectDevice('d1')).toBe(0));
  });
});

describe('topics of others', () => {
  it.each(['owntracks/d2/phone', 'lamplight/sf/units/u2/reports', 'lamplight/sf/units/u1/orders', '$SYS/x'])(
    'cannot be published: %s',
    async (topic) => {
      const bus = await startBus();
      const reached: string[] = [];
      bus.onPosition((deviceId) => reached.push(deviceId));
      bus.onReport(async (_, unitId) => void reached.push(unitId));
      const device = await connectDevice(bus, 'd1');
      const end = closed(device);
      device.publish(topic, 'x', { qos: 1 });
      await end;
      expect(bus.counters.broker?.publishesRefused).toBe(1);
      expect(reached).toEqual([]);
    },
  );

  it('cannot be reached by a will', async () => {
    const bus = await startBus();
    const reached: string[] = [];
    bus.onPosition((deviceId) => reached.push(deviceId));
    const device = await connectDevice(bus, 'd1', {
      will: { topic: 'owntracks/d2/phone', payload: Buffer.from('x') },
    });
    device.stream.destroy();
    await soon(() => expect(bus.counters.broker?.publishesRefused).toBe(1));
    expect(reached).toEqual([]);
  });

  it('cannot be subscribed, and the connection stays', async () => {
    const bus = await startBus();
    const device = await connectDevice(bus, 'd1');
    for (const filter of [
      '#',
      'owntracks/+/+',
      'lamplight/sf/units/+/orders',
      'lamplight/sf/units/u2/orders',
    ]) {
      await expect(device.subscribeAsync(filter)).rejects.toThrow();
    }
    await device.subscribeAsync('owntracks/d1/+/cmd');
    expect(bus.counters.broker?.subscriptionsRefused).toBe(4);
    expect(device.connected).toBe(true);
  });
});

describe('orders', () => {
  it('are there for a device that subscribes later, newest only, and for its own unit only', async () => {
    const bus = await startBus();
    await bus.publishOrders('u1', '{"version":1}');
    await bus.publishOrders('u1', '{"version":2}');
    await bus.publishOrders('u2', '{"version":9}');
    const device = await connectDevice(bus, 'd1');
    const received: [string, string, boolean][] = [];
    device.on('message', (topic, payload, packet) =>
      received.push([topic, payload.toString(), packet.retain]),
    );
    await device.subscribeAsync('lamplight/sf/units/u1/orders', { qos: 1 });
    await soon(() => expect(received).toHaveLength(1));
    await bus.publishOrders('u1', '{"version":3}');
    await soon(() => expect(received).toHaveLength(2));
    expect(received).toEqual([
      ['lamplight/sf/units/u1/orders', '{"version":2}', true],
      ['lamplight/sf/units/u1/orders', '{"version":3}', false],
    ]);
  });

  it('are refused for a unit id that would reach into another topic, and when too large', async () => {
    const bus = await startBus({ maxPayload: 1000 });
    await expect(bus.publishOrders('u1/x', '{}')).rejects.toThrow(RangeError);
    await expect(bus.publishOrders('u1', 'x'.repeat(1001))).rejects.toThrow(RangeError);
  });

  it('can be published again after every connection', async () => {
    const bus = await startBus();
    let connects = 0;
    bus.onConnected(() => void connects++);
    expect(connects).toBe(1);
    expect(bus.connected).toBe(true);
  });
});

describe('reports', () => {
  it('arrive with device and unit, those of a unit in order, and wait for the handler', async () => {
    const bus = await startBus();
    const device = await connectDevice(bus, 'd1');
    const other = await connectDevice(bus, 'd2');
    for (let i = 0; i < 20; i++)
      await device.publishAsync('lamplight/sf/units/u1/reports', `${i}`, { qos: 1 });
    await other.publishAsync('lamplight/sf/units/u2/reports/d2', 'here', { qos: 1 });

    const received: unknown[] = [];
    bus.onReport(async (deviceId, unitId, payload) => {
      await new Promise((resolve) => setTimeout(resolve, payload.length === 1 ? 3 : 0));
      received.push([deviceId, unitId, payload.toString()]);
    });
    await soon(() => expect(received).toHaveLength(21));
    expect(received.filter((report) => Array.isArray(report) && report[1] === 'u1')).toEqual(
      Array.from({ length: 20 }, (_, i) => ['d1', 'u1', `${i}`]),
    );
    expect(received).toContainEqual(['d2', 'u2', 'here']);
  });

  it('that a handler fails on are counted, and the next one is handled', async () => {
    const bus = await startBus();
    const received: string[] = [];
    bus.onReport(async (_, __, payload) => {
      if (payload.toString() === 'bad') throw new Error('cannot');
      received.push(payload.toString());
    });
    const device = await connectDevice(bus, 'd1');
    await device.publishAsync('lamplight/sf/units/u1/reports', 'bad', { qos: 1 });
    await device.publishAsync('lamplight/sf/units/u1/reports', 'good', { qos: 1 });
    await soon(() => expect(received).toEqual(['good']));
    expect(bus.counters.handlerFailures).toBe(1);
  });

  it('of a device that was moved to another unit are not taken for the old one', async () => {
    const units = new Map([['d1', 'u1']]);
    const bus = await startBus({ unitOfDevice: (deviceId) => units.get(deviceId) });
    const received: string[] = [];
    bus.onReport(async (_, unitId) => void received.push(unitId));
    const device = await connectDevice(bus, 'd1');
    units.set('d1', 'u5');
    await device.publishAsync('lamplight/sf/units/u1/reports', 'x', { qos: 1 });
    await soon(() => expect(bus.counters.foreignReports).toBe(1));
    expect(received).toEqual([]);
  });

  it('in a flood do not stand in the way of the orders that their handlers publish', async () => {
    const bus = await startBus();
    const device = await connectDevice(bus, 'd1');
    const sent = Array.from({ length: 1000 }, (_, i) =>
      device.publishAsync('lamplight/sf/units/u1/reports', `${i}`, { qos: 1 }),
    );
    await bus.publishOrders('u1', 'before there is a handler');
    let handled = 0;
    bus.onReport(async (_, unitId, payload) => {
      await bus.publishOrders(unitId, payload.toString());
      handled++;
    });
    await Promise.all(sent);
    await soon(() => expect(handled).toBe(1000));
  });

  it('without a handler do not keep the bus from stopping', async () => {
    const bus = await startBus();
    const device = await connectDevice(bus, 'd1');
    const sent = Array.from({ length: 300 }, () =>
      device.publishAsync('lamplight/sf/units/u1/reports', 'x', { qos: 1 }),
    );
    await Promise.all(sent);
    await soon(() => expect(bus.counters.reports).toBeGreaterThanOrEqual(256));
    await bus.stop();
    expect(bus.connected).toBe(false);
  });

  it('in hand are finished before the bus stops', async () => {
    const bus = await startBus();
    let finished = 0;
    bus.onReport(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      finished++;
    });
    const device = await connectDevice(bus, 'd1');
    for (let i = 0; i < 3; i++)
      await device.publishAsync('lamplight/sf/units/u1/reports', `${i}`, { qos: 1 });
    await soon(() => expect(bus.counters.reports).toBe(3));
    await bus.stop();
    expect(finished).toBe(3);
  });
});

describe('positions', () => {
  const at = 1_769_846_400_000;

  async function startTracking(options: Partial<BusOptions> = {}) {
    const bus = await startBus(options);
    const now = () => instant(at);
    const tracker = createTracker({ now, staleAfter: seconds(60), onHistory: async () => undefined });
    const intake = createIntake({ tracker, now });
    bus.onPosition((deviceId, payload, unitId) => {
      intake.take(deviceId, unitId, { format: 'owntracks-mqtt', text: payload.toString('utf8') });
    });
    return { bus, tracker, intake };
  }

  const location = (lon: number): string =>
    JSON.stringify(encodeOwnTracks({ position: [lon, 37.7], eventAt: instant(at - 1000) }));

  it('of OwnTracks reach the tracker; garbage, wills and encrypted ones are counted and harmless', async () => {
    const { bus, tracker, intake } = await startTracking();
    const device = await connectDevice(bus, 'd1', {
      will: { topic: 'owntracks/d1/phone', payload: Buffer.from('{"_type":"lwt","tst":1}') },
    });
    for (const garbage of [
      '',
      '{',
      '\u0000\u00ff',
      '[]',
      '{"_type":"location","lat":"x"}',
      '{"_type":"encrypted"}',
    ]) {
      await device.publishAsync('owntracks/d1/phone', garbage, { qos: 1 });
    }
    await device.publishAsync('owntracks/d1/phone/event', '{"_type":"transition"}', { qos: 1, retain: true });
    await device.publishAsync('owntracks/d1/phone', location(-122.4), { qos: 1, retain: true });
    await soon(() => expect(tracker.findLatest('u1')).toMatchObject({ position: [-122.4, 37.7] }));
    device.stream.destroy();
    await soon(() => expect(intake.counters['not-a-position']).toBe(2));
    expect(intake.counters).toMatchObject({ malformed: 3, encrypted: 1 });
    expect(bus.counters).toMatchObject({ handlerFailures: 0 });
  });

  it('of a device that belongs to no unit are counted and dropped', async () => {
    const { bus, tracker } = await startTracking({ unitOfDevice: () => undefined });
    const device = await connectDevice(bus, 'd1');
    await device.publishAsync('owntracks/d1/phone', location(1), { qos: 1 });
    await soon(() => expect(bus.counters.unknownDevice).toBe(1));
    expect(tracker.listLatest()).toEqual([]);
  });

  it('that are too large end the connection of the sender and of nobody else', async () => {
    const { bus, tracker } = await startTracking({ maxPayload: 4096 });
    const [device, other] = [await connectDevice(bus, 'd1'), await connectDevice(bus, 'd2')];
    for (const size of [4097, 1_000_000]) {
      const sender = await connectDevice(bus, 'd3');
      const end = closed(sender);
      sender.publish('owntracks/d3/phone', Buffer.alloc(size));
      await end;
    }
    const end = closed(device);
    device.publish('owntracks/d1/phone', Buffer.alloc(50_000_000));
    await end;
    expect(bus.counters.broker?.oversized).toBe(3);
    await other.publishAsync('owntracks/d2/phone', location(2), { qos: 1 });
    await soon(() => expect(tracker.findLatest('u2')).toBeDefined());
  });

  it('that are too large are refused before signing in as well', async () => {
    const { bus } = await startTracking({ maxPayload: 4096 });
    const socket = connectTcp(Number(new URL(bus.address).port), '127.0.0.1');
    socket.on('error', () => undefined);
    const end = closed(socket);
    // PUBLISH, remaining length 2,097,151.
    socket.write(Uint8Array.of(0x30, 0xff, 0xff, 0x7f));
    await end;
    expect(bus.counters.broker?.oversized).toBe(1);
  });

  it('and reports of 1,000 devices at once all arrive', async () => {
    const { bus, tracker } = await startTracking();
    const reports = new Set<string>();
    bus.onReport(async (deviceId, unitId, payload) => {
      await new Promise((resolve) => setImmediate(resolve));
      reports.add(`${deviceId} ${unitId} ${payload.toString()}`);
    });
    const devices = await Promise.all(Array.from({ length: 1000 }, (_, i) => connectDevice(bus, `d${i}`)));
    expect(bus.counters.broker?.connections).toBe(1002);
    // QoS 0 and 1 mixed in one burst: neither may overtake the other in a way that loses one.
    await Promise.all(
      devices.flatMap((device, i) => [
        device.publishAsync(`lamplight/sf/units/u${i}/reports`, 'a', { qos: 1 }),
        device.publishAsync(`owntracks/d${i}/phone`, location(i / 1000), { qos: 0 }),
        device.publishAsync(`lamplight/sf/units/u${i}/reports`, 'b', { qos: 1 }),
        bus.publishOrders(`u${i}`, `{"version":${i}}`),
      ]),
    );
    await soon(() => expect([reports.size, tracker.listLatest().length]).toEqual([2000, 1000]));
    expect(bus.counters).toMatchObject({
      reports: 2000,
      positions: 1000,
      foreignReports: 0,
      handlerFailures: 0,
    });
  });
});

describe('an external broker', () => {
  it('is used by the same client, comes and goes, and is given the orders again', async () => {
    // The external broker is another bus's embedded one, which knows our server as a device with rules of its own.
    const startBroker = (port: number) =>
      startEmbeddedBroker({
        topics: createTopics('sf'),
        host: '127.0.0.1',
        port,
        maxPayload: 65_536,
        verifyDevice,
        signInRate: { perSecond: 1, burst: 20 },
        ownCredential: { username: 'lamplight', password: 'server-secret' },
        log: SILENT_LOG,
      });
    let external = await startBroker(0);
    const { port } = external;
    const bus = await startBus({
      broker: { kind: 'external', url: `mqtt://lamplight:server-secret@127.0.0.1:${port}` },
    });
    expect(bus.address).not.toContain('secret');
    const reports: unknown[] = [];
    bus.onReport(
      async (deviceId, unitId, payload) => void reports.push([deviceId, unitId, payload.toString()]),
    );
    bus.onConnected(() => bus.publishOrders('u1', '{"version":1}'));
    await soon(() => expect(bus.connected).toBe(true));

    await external.stop();
    await soon(() => expect(bus.connected).toBe(false));
    const published = bus.publishOrders('u2', '{"version":2}');
    external = await startBroker(port);
    open.push({ end: () => external.stop() });
    await soon(() => expect(bus.connected).toBe(true));
    await published;

    const device = await connectDevice(bus, 'd1');
    const received: string[] = [];
    device.on('message', (_, payload) => received.push(payload.toString()));
    await device.subscribeAsync('lamplight/sf/units/u1/orders', { qos: 1 });
    await device.publishAsync('lamplight/sf/units/u1/reports', 'here', { qos: 1 });
    await soon(() => expect([received, reports]).toEqual([['{"version":1}'], [['d1', 'u1', 'here']]]));
  });

  it('keeps reports while the server restarts', async () => {
    const aedes = await Aedes.createBroker();
    const server = createServer(aedes.handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
    open.push({
      end: () => new Promise<void>((resolve) => aedes.close(() => server.close(() => resolve()))),
    });
    const url = `mqtt://127.0.0.1:${port}`;

    const before = await startBus({ broker: { kind: 'external', url } });
    await soon(() => expect(before.connected).toBe(true));
    await before.stop();
    const device = await connectAsync(url);
    await device.publishAsync('lamplight/sf/units/u1/reports/d1', 'named', { qos: 1 });
    await device.publishAsync('lamplight/sf/units/u2/reports', 'unnamed', { qos: 1 });
    await device.publishAsync('lamplight/sf/units/u2/reports/d1', 'foreign', { qos: 1 });
    await device.endAsync();

    const after = await startBus({ broker: { kind: 'external', url } });
    const reports: unknown[] = [];
    after.onReport(
      async (deviceId, unitId, payload) => void reports.push([deviceId, unitId, payload.toString()]),
    );
    await soon(() => expect(reports).toHaveLength(2));
    expect(reports).toContainEqual(['d1', 'u1', 'named']);
    expect(reports).toContainEqual([undefined, 'u2', 'unnamed']);
    await soon(() => expect(after.counters.foreignReports).toBe(1));
  });

  it('that is not there does not keep the server from starting or stopping', async () => {
    const bus = await createBus({
      agencyId: 'sf',
      broker: { kind: 'external', url: 'mqtt://127.0.0.1:1' },
      unitOfDevice: () => undefined,
    });
    expect(bus.connected).toBe(false);
    await bus.stop();
  });
});
