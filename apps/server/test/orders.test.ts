import { randomUUID } from 'node:crypto';
import { formatInstant, instant } from '@lamplight/base';
import { type UnitOrders, unitOrdersSchema } from '@lamplight/contracts';
import { readEvents } from '@lamplight/store';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientAs } from './fixtures/client.js';
import {
  AGENCY,
  addDevice,
  connectDevice,
  type Device,
  endAll,
  registerUnits,
  soon,
  startOn,
  startTestServer,
  type TestServer,
} from './fixtures/server.js';

/** A device that keeps the orders by the rules of SPEC.md. */
class Crew {
  readonly received: UnitOrders[] = [];
  orders: UnitOrders | undefined;
  readonly #client: MqttClient;
  readonly #topic: string;

  constructor(client: MqttClient, unitId: string) {
    this.#client = client;
    this.#topic = `lamplight/${AGENCY.id}/units/${unitId}`;
    client.on('message', (_, payload) => {
      const orders = unitOrdersSchema.parse(JSON.parse(payload.toString()));
      this.received.push(orders);
      if (orders.position >= (this.orders?.position ?? -1)) this.orders = orders;
    });
  }

  async subscribed(): Promise<this> {
    await this.#client.subscribeAsync(`${this.#topic}/orders`, { qos: 1 });
    return this;
  }

  report(report: unknown): Promise<unknown> {
    return this.#client.publishAsync(
      `${this.#topic}/reports`,
      typeof report === 'string' ? report : JSON.stringify(report),
      { qos: 1 },
    );
  }

  orderOf(assignmentId: string) {
    return this.orders?.orders.find((order) => order.assignmentId === assignmentId);
  }
}

let server: TestServer;
let dispatcher: Client;
const devices = new Map<string, Device>();
beforeAll(async () => {
  server = await startTestServer();
  for (const unitId of await registerUnits(server.url, 4))
    devices.set(unitId, await addDevice(server.url, unitId));
  dispatcher = await clientAs(server.url, 'dispatcher');
});
afterAll(endAll);

async function crewOf(unitId: string, on = server): Promise<Crew> {
  const device = devices.get(unitId);
  if (!device) throw new Error(unitId);
  return new Crew(await connectDevice(on, device), unitId).subscribed();
}

async function dispatch(unitId: string, by = dispatcher): Promise<string> {
  const { incidentId } = await by.done('/incidents', { classification: { typeCode: 'LARCENY' } });
  const { assignmentIds } = await by.done(`/incidents/${incidentId}/dispatch`, { unitIds: [unitId] });
  return assignmentIds[0];
}

const reportsOn = async (assignmentId: string) =>
  (await readEvents(server.database.database, AGENCY.id, { id: assignmentId, limit: 100 })).filter(
    ({ type }) => type === 'ProgressReported',
  );

describe('orders', () => {
  it('ORD-1: are retained: a device that connects later has the whole of them', async () => {
    const assignmentId = await dispatch('u1');
    const crew = await crewOf('u1');
    await soon(() =>
      expect(crew.orderOf(assignmentId)).toMatchObject({
        stage: 'dispatched',
        typeCode: 'LARCENY',
        endedAt: null,
      }),
    );
    expect(crew.orders).toMatchObject({ unitId: 'u1' });
    await dispatcher.done(`/assignments/${assignmentId}/cancel`, { reason: 'over' });
  });

  it('ORD-2, ORD-3: follow every change, and their position never falls', async () => {
    const crew = await crewOf('u1');
    const assignmentId = await dispatch('u1');
    await soon(() => expect(crew.orderOf(assignmentId)?.stage).toBe('dispatched'));
    const { incidentId } = crew.orderOf(assignmentId) ?? {};
    await dispatcher.done(`/incidents/${incidentId}/classify`, { typeCode: 'BURGLARY' });
    await soon(() => expect(crew.orderOf(assignmentId)?.typeCode).toBe('BURGLARY'));
    await dispatcher.done(`/assignments/${assignmentId}/cancel`, { reason: 'over' });
    await soon(() => expect(crew.orderOf(assignmentId)?.endedAt).not.toBeNull());
    const positions = crew.received.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });

  it('ORD-3: are there again after the server, and its broker with it, was started anew', async () => {
    const own = await startTestServer();
    await registerUnits(own.url, 1);
    const device = await addDevice(own.url, 'u1');
    const assignmentId = await dispatch('u1', await clientAs(own.url, 'dispatcher'));
    const later = await own.restart();
    const crew = await new Crew(await connectDevice(later, device), 'u1').subscribed();
    await soon(() => expect(crew.orderOf(assignmentId)?.stage).toBe('dispatched'));
  });
});

describe('a report', () => {
  it('ORD-4: is taken with the time at which it happened', async () => {
    const crew = await crewOf('u1');
    const assignmentId = await dispatch('u1');
    const happenedAt = formatInstant(instant(Date.now()));
    await crew.report({ id: randomUUID(), assignmentId, stage: 'acknowledged', happenedAt });
    await soon(() => expect(crew.orderOf(assignmentId)?.stamps.acknowledged).toBe(Date.parse(happenedAt)));
    await crew.report({ id: randomUUID(), assignmentId, stage: 'cleared' });
    await soon(() => expect(crew.orderOf(assignmentId)?.stage).toBe('cleared'));
  });

  it('ORD-5: is answered by the orders each time, also when it changed nothing', async () => {
    const crew = await crewOf('u2');
    const assignmentId = await dispatch('u2');
    const report = { id: randomUUID(), assignmentId, stage: 'acknowledged' };
    await crew.report(report);
    await soon(() => expect(crew.orderOf(assignmentId)?.stamps).toHaveProperty('acknowledged'));
    const before = crew.received.length;
    await crew.report(report);
    await soon(() => expect(crew.received.length).toBeGreaterThan(before));
    await crew.report({ id: randomUUID(), assignmentId, stage: 'cleared' });
    await soon(() => expect(crew.orderOf(assignmentId)?.stage).toBe('cleared'));
  });

  it('ORD-6: counts once, however often it comes', async () => {
    const crew = await crewOf('u2');
    const assignmentId = await dispatch('u2');
    const report = {
      id: randomUUID(),
      assignmentId,
      stage: 'onScene',
      happenedAt: formatInstant(instant(Date.now())),
    };
    await Promise.all(Array.from({ length: 10 }, () => crew.report(report)));
    await crew.report({ id: randomUUID(), assignmentId, stage: 'cleared' });
    await soon(() => expect(crew.orderOf(assignmentId)?.stage).toBe('cleared'));
    expect((await reportsOn(assignmentId)).map(({ body }) => body)).toMatchObject([
      { stage: 'onScene' },
      { stage: 'cleared' },
    ]);
  });

  it("ORD-7: is about the unit's own work only, however old the other's is", async () => {
    const crew = await crewOf('u3');
    const foreign = await dispatch('u4');
    await crew.report({ id: randomUUID(), assignmentId: foreign, stage: 'cleared' });
    const own = await dispatch('u3');
    await crew.report({ id: randomUUID(), assignmentId: own, stage: 'cleared' });
    await soon(() => expect(crew.orderOf(own)?.stage).toBe('cleared'));
    expect(await reportsOn(foreign)).toEqual([]);
  });

  it("ORD-7: about another's work is refused also when that is no longer in memory", async () => {
    const own = await startTestServer();
    await registerUnits(own.url, 2);
    const device = await addDevice(own.url, 'u1');
    const desk = await clientAs(own.url, 'dispatcher');
    const foreign = await dispatch('u2', desk);
    await desk.done(`/assignments/${foreign}/cancel`, { reason: 'over' });
    const { json } = await desk.get('/incidents');
    for (const { id } of json.incidents) await desk.done(`/incidents/${id}/close`, { disposition: '01' });
    await own.stop();
    const later = await startOn(own.database, {
      clock: { now: () => instant(Date.now() + 40 * 24 * 3600_000), scale: 1 },
    });
    const crew = await new Crew(await connectDevice(later, device), 'u1').subscribed();
    await crew.report({
      id: randomUUID(),
      assignmentId: foreign,
      stage: 'onScene',
      happenedAt: formatInstant(instant(Date.now())),
    });
    await soon(() => expect(later.logged.join('')).toContain("another unit's assignment"));
    const events = await readEvents(own.database.database, AGENCY.id, { id: foreign, limit: 100 });
    expect(events.map(({ type }) => type)).toEqual(['UnitDispatched', 'AssignmentEnded']);
  });

  it('ORD-8: may come late and out of order, and after the end; nothing is lost and no stamp moves back', async () => {
    const crew = await crewOf('u2');
    const assignmentId = await dispatch('u2');
    const start = Date.now();
    const at = (second: number) => formatInstant(instant(start + second));
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const [stage, happenedAt] of [
      ['onScene', at(30)],
      ['enroute', at(20)],
      ['acknowledged', at(10)],
      ['cleared', at(40)],
      ['actionBegun', at(35)],
    ]) {
      await crew.report({ id: randomUUID(), assignmentId, stage, happenedAt });
    }
    await soon(() => expect(crew.orderOf(assignmentId)?.stamps).toHaveProperty('actionBegun'));
    expect(crew.orderOf(assignmentId)).toMatchObject({
      stage: 'cleared',
      stamps: {
        acknowledged: start + 10,
        enroute: start + 20,
        onScene: start + 30,
        actionBegun: start + 35,
        cleared: start + 40,
      },
    });
  });

  it.each([
    '',
    'null',
    '{',
    '{"id":"12345678"}',
    '{"id":"12345678","assignmentId":"x","stage":"dispatched"}',
    '{"id":"12345678","assignmentId":"x","stage":"onScene","extra":1}',
  ])('ORD-9: that is none changes nothing and stops nothing: %s', async (text) => {
    const crew = await crewOf('u4');
    await crew.report(text);
    await soon(() => expect(server.logged.join('')).toContain('a report was not understood'));
    const assignmentId = (await currentOf('u4')) ?? (await dispatch('u4'));
    await crew.report({ id: randomUUID(), assignmentId, stage: 'cleared' });
    await soon(() => expect(crew.orderOf(assignmentId)?.stage).toBe('cleared'));
  });
});

/** The assignment that the unit is on, if it is on one. */
async function currentOf(unitId: string): Promise<string | undefined> {
  const crew = await crewOf(unitId);
  await soon(() => expect(crew.orders).toBeDefined());
  return crew.orders?.orders.find(({ endedAt }) => endedAt === null)?.assignmentId;
}
