import { randomUUID } from 'node:crypto';
import { formatInstant, instant } from '@lamplight/base';
import { incidentDetailSchema, type UnitOrders, unitOrdersSchema } from '@lamplight/contracts';
import { clockOf } from '@lamplight/domain';
import { afterAll, describe, expect, it } from 'vitest';
import { type Client, clientAs } from './fixtures/client.js';
import {
  AGENCY,
  addDevice,
  connectDevice,
  endAll,
  registerUnits,
  soon,
  startOn,
  startTestServer,
  townFile,
} from './fixtures/server.js';
import { place } from './fixtures/town.js';

afterAll(endAll);

describe('the first call', () => {
  it('goes from the ring to the report, every stamp kept, whatever is sent twice', async () => {
    const server = await startTestServer({ network: townFile() });
    await registerUnits(server.url, 3);
    const taker = await clientAs(server.url, 'call-taker');
    const dispatcher = await clientAs(server.url, 'dispatcher');
    const supervisor = await clientAs(server.url, 'supervisor');
    const device = await addDevice(server.url, 'u2');
    const crew = await connectDevice(server, device);
    const topic = `lamplight/${AGENCY.id}/units/u2`;
    let orders: UnitOrders | undefined;
    crew.on('message', (_, payload) => {
      const received = unitOrdersSchema.parse(JSON.parse(payload.toString()));
      if (received.position >= (orders?.position ?? 0)) orders = received;
    });
    await crew.subscribeAsync(`${topic}/orders`, { qos: 1 });
    await crew.publishAsync(
      `owntracks/${device.deviceId}/main`,
      JSON.stringify({
        _type: 'location',
        lon: place(200, 5)[0],
        lat: place(200, 5)[1],
        tst: Math.floor(Date.now() / 1000),
        acc: 5,
      }),
    );

    const from = formatInstant(instant(Date.now() - 60_000));
    const rang = formatInstant(instant(Date.now() - 5_000));
    const { callId } = await taker.done('/calls', { callerNumber: '555 0100', ringAt: rang });
    await taker.done(`/calls/${callId}/answer`);
    await taker.done(`/calls/${callId}/describe`, { callerName: 'A caller' });
    const { incidentId } = await taker.done('/incidents', {
      callId,
      location: { position: place(210, 200), method: 'map', words: 'by the bridge' },
    });
    await taker.done(`/incidents/${incidentId}/classify`, { typeCode: 'LARCENY' });

    const read = async () =>
      incidentDetailSchema.parse((await dispatcher.get(`/incidents/${incidentId}`)).json);
    const { incident } = await soon(async () => {
      const detail = await read();
      expect(detail.incident.stamps.recommended).not.toBeNull();
      return detail;
    });
    expect(incident.location?.label).toMatch(/Street|Avenue/);
    expect(incident.location?.words).toBe('by the bridge');
    expect(incident.recommendation?.candidates[0]).toMatchObject({ unitId: 'u2', suggested: true });
    const fresh = await dispatcher.get(`/incidents/${incidentId}/recommendation`);
    expect(fresh.json.candidates[0]).toMatchObject({ unitId: 'u2' });
    expect(fresh.json.candidates).toHaveLength(3);

    const { assignmentIds } = await dispatcher.done(`/incidents/${incidentId}/dispatch`, { unitIds: ['u2'] });
    const [assignmentId] = assignmentIds;
    await soon(() =>
      expect(orders?.orders[0]).toMatchObject({ assignmentId, stage: 'dispatched', typeCode: 'LARCENY' }),
    );
    await taker.done(`/calls/${callId}/end`, { outcome: 'completed' });

    for (const stage of ['acknowledged', 'enroute', 'onScene', 'actionBegun', 'cleared']) {
      const report = JSON.stringify({
        id: randomUUID(),
        assignmentId,
        stage,
        happenedAt: formatInstant(instant(Date.now())),
      });
      for (let sent = 0; sent < 3; sent++) await crew.publishAsync(`${topic}/reports`, report, { qos: 1 });
      await soon(() => expect(orders?.orders[0]?.stamps).toHaveProperty(stage));
    }

    await dispatcher.done(`/incidents/${incidentId}/resolve`);
    await dispatcher.done(`/incidents/${incidentId}/recover`, { description: 'One bicycle' });
    await dispatcher.done(`/incidents/${incidentId}/close`, { disposition: '01' });
    await supervisor.done(`/incidents/${incidentId}/settle`, { citizenTold: true });

    const detail = await read();
    const clock = clockOf(detail.incident, detail.calls, detail.assignments);
    expect(Object.entries(clock).filter(([, stamp]) => stamp === null)).toEqual([]);
    const { resolved, recovered, settled, cleared, located, classified, queued, recommended, ...chain } =
      clock;
    expect(Object.keys(chain)).toEqual([
      'ring',
      'answer',
      'dispatched',
      'acknowledged',
      'enroute',
      'onScene',
      'actionBegun',
    ]);
    const stamps = Object.values(chain).map(Number);
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
    expect(detail.assignments[0]?.discrepancies).toEqual([]);
    expect(detail.assignments[0]?.etaSeconds).toBeGreaterThan(0);

    const timeline = (await supervisor.get(`/incidents/${incidentId}/timeline`)).json;
    const types: string[] = timeline.map(({ event }: { event: { type: string } }) => event.type);
    expect(types.filter((type) => type === 'ProgressReported')).toHaveLength(5);
    expect(types).toContain('CallReceived');
    expect(types.indexOf('UnitsRecommended')).toBeLessThan(types.indexOf('UnitDispatched'));
    expect(types.at(-1)).toBe('IncidentSettled');
    const reports = timeline.filter(
      ({ event }: { event: { type: string } }) => event.type === 'ProgressReported',
    );
    for (const report of reports) {
      expect(report).toMatchObject({ actor: `device:${device.deviceId}`, device: device.deviceId });
    }

    const to = formatInstant(instant(Date.now() + 60_000));
    const report = (await supervisor.get(`/reports/intervals?from=${from}&to=${to}`)).json;
    expect(report.incidents).toBe(1);
    for (const row of report.intervals) {
      expect(row, row.interval).toMatchObject({ n: 1, missing: 0, contradictory: 0 });
      expect(row.p50).toBe(row.p99);
    }
    const response = report.intervals.find(({ interval }: { interval: string }) => interval === 'response');
    expect(response.p50).toBeGreaterThanOrEqual(5);
    expect(response.targets.length + report.intervals.length).toBeGreaterThan(9);
  });

  it('shows the incident as it was after it was touched again long after its end', async () => {
    const server = await startTestServer();
    await registerUnits(server.url, 1);
    const dispatcher = await clientAs(server.url, 'dispatcher');
    const { callId } = await dispatcher.done('/calls', {});
    await dispatcher.done(`/calls/${callId}/answer`);
    const { incidentId } = await dispatcher.done('/incidents', {
      callId,
      classification: { typeCode: 'LARCENY' },
    });
    const { assignmentIds } = await dispatcher.done(`/incidents/${incidentId}/dispatch`, { unitIds: ['u1'] });
    await dispatcher.done(`/assignments/${assignmentIds[0]}/progress`, { stage: 'cleared' });
    await dispatcher.done(`/calls/${callId}/end`, { outcome: 'completed' });
    await dispatcher.done(`/incidents/${incidentId}/close`, { disposition: '01' });
    await server.stop();

    const later = await startOn(server.database, {
      clock: { now: () => instant(Date.now() + 40 * 24 * 3600_000), scale: 1 },
    });
    const supervisor = await clientAs(later.url, 'supervisor');
    await supervisor.done(`/incidents/${incidentId}/settle`, { citizenTold: true });
    const { json } = await supervisor.get(`/incidents/${incidentId}`);
    expect(json.incident.stamps.settled).not.toBeNull();
    expect(json.calls.map(({ id }: { id: string }) => id)).toEqual([callId]);
    expect(json.assignments.map(({ id }: { id: string }) => id)).toEqual(assignmentIds);
  });
});

describe('a unit with orders on its stack', () => {
  it('is sent to the next when it is free, and asked again when it was out of service', async () => {
    const server = await startTestServer();
    await registerUnits(server.url, 1);
    const dispatcher = await clientAs(server.url, 'dispatcher');
    const open = async (): Promise<string> =>
      (
        await dispatcher.done('/incidents', {
          source: 'self-initiated',
          classification: { typeCode: 'LARCENY' },
        })
      ).incidentId;
    const dispatch = async (whenCommitted: string): Promise<string> =>
      (await dispatcher.done(`/incidents/${await open()}/dispatch`, { unitIds: ['u1'], whenCommitted }))
        .assignmentIds[0];
    const first = await dispatch('refuse');
    const second = await dispatch('stack');
    await dispatcher.done('/units/u1/status', { code: await statusThat(dispatcher, 'unavailable') });
    await dispatcher.done(`/assignments/${first}/progress`, { stage: 'cleared' });
    const stageOf = async (): Promise<string> => {
      const { json } = await dispatcher.get('/incidents?limit=10');
      for (const { id } of json.incidents) {
        const detail = (await dispatcher.get(`/incidents/${id}`)).json;
        const found = detail.assignments.find((one: { id: string }) => one.id === second);
        if (found) return found.stage;
      }
      return 'none';
    };
    expect(await stageOf()).toBe('proposed');
    await dispatcher.done('/units/u1/status', { code: await statusThat(dispatcher, 'available') });
    await soon(async () => expect(await stageOf()).toBe('dispatched'));
  });
});

async function statusThat(client: Client, availability: string): Promise<string> {
  const { json } = await client.get('/catalogue');
  return json.unitStatuses.find((status: { availability: string }) => status.availability === availability)
    .code;
}
