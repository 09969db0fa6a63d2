import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientAs, problemOf } from './fixtures/client.js';
import { endAll, registerUnits, startTestServer, type TestServer } from './fixtures/server.js';
import { place } from './fixtures/town.js';

let server: TestServer;
let dispatcher: Client;
let now: number;
beforeAll(async () => {
  server = await startTestServer();
  await registerUnits(server.url, 3);
  dispatcher = await clientAs(server.url, 'dispatcher');
  const { json } = await dispatcher.get('/info');
  now = Date.parse(json.now);
});
afterAll(endAll);

/** A moment before now, as it goes over the wire. */
const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

const card = (changes: object = {}) => ({
  recordId: randomUUID(),
  paperNumber: `P-${randomUUID().slice(0, 6)}`,
  ringAt: ago(90),
  answeredAt: ago(89),
  callerName: 'Wang',
  callerNumber: '138000',
  location: { words: 'behind the market', position: place(100, 0) },
  typeCode: 'ASSAULT',
  notes: [{ at: ago(85), text: 'two men, one hurt' }],
  orders: [
    {
      unitId: 'u1',
      dispatched: ago(87),
      acknowledged: ago(86),
      enroute: ago(85),
      onScene: ago(80),
      cleared: ago(50),
    },
  ],
  closed: { at: ago(45), disposition: '18' },
  ...changes,
});
const enter = (record: object, acceptWarnings = false, client = dispatcher) =>
  client.send('POST', '/api/v1/paper-records', { body: { record, acceptWarnings } });

describe('records from paper', () => {
  it('are entered whole with their own times, while the log keeps when they were entered', async () => {
    const record = card();
    const { json } = await enter(record);
    expect(json).toMatchObject({ recorded: true, warnings: [] });
    const { incident, calls, assignments } = (await dispatcher.get(`/incidents/${json.incidentId}`)).json;
    expect(incident).toMatchObject({
      source: 'paper',
      externalId: record.paperNumber,
      status: 'closed',
      openedAt: ago(89),
      notes: [{ at: ago(85), text: 'two men, one hurt' }],
    });
    expect(calls).toMatchObject([{ ringAt: ago(90), answeredAt: ago(89), callerName: 'Wang' }]);
    expect(assignments).toMatchObject([
      { unitId: 'u1', stage: 'cleared', stamps: { dispatched: ago(87), onScene: ago(80), cleared: ago(50) } },
    ]);
    const timeline = (await dispatcher.get(`/incidents/${json.incidentId}/timeline`)).json;
    for (const { recordedAt } of timeline) expect(Date.parse(recordedAt)).toBeGreaterThanOrEqual(now);
    expect(timeline.map(({ event }: { event: { type: string } }) => event.type)).toContain('IncidentClosed');
  });

  it('are entered once, however often a card is sent', async () => {
    const record = card({ orders: [] });
    const [first, second] = await Promise.all([enter(record), enter(record)]);
    expect(first.json.incidentId).toBe(second.json.incidentId);
    expect((await enter(record)).json).toMatchObject({ recorded: true, incidentId: first.json.incidentId });
    const other = { ...record, location: { words: 'somewhere else' } };
    expect(problemOf(await enter(other))).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('are not entered at all when one line of them is wrong, and the answer names it', async () => {
    const before = (await dispatcher.get('/incidents?limit=200')).json.incidents.length;
    const backwards = { unitId: 'u2', dispatched: ago(40), acknowledged: ago(60), cleared: ago(20) };
    expect(problemOf(await enter(card({ orders: [backwards], closed: null }))).errors).toMatchObject([
      { field: 'record.orders.0.acknowledged', reason: 'is before a stage that comes first' },
    ]);
    const stranger = { unitId: 'nobody', dispatched: ago(40), cleared: ago(30) };
    expect(problemOf(await enter(card({ orders: [stranger], closed: null })))).toMatchObject({
      code: 'unit-unknown',
      subject: 'nobody',
    });
    expect(
      problemOf(await enter(card({ orders: [], closed: { at: ago(-60), disposition: '18' } }))),
    ).toMatchObject({
      code: 'time-in-future',
    });
    expect((await dispatcher.get('/incidents?limit=200')).json.incidents.length).toBe(before);
  });

  it('warn of what looks odd before they are entered, and are taken when somebody says that it is right', async () => {
    const first = card({ orders: [{ unitId: 'u3', dispatched: ago(80), cleared: ago(60) }] });
    await enter(first);
    const second = card({
      paperNumber: first.paperNumber,
      orders: [{ unitId: 'u3', dispatched: ago(70), cleared: ago(50) }],
    });
    const asked = await enter(second);
    expect(asked.json).toMatchObject({
      recorded: false,
      incidentId: null,
      warnings: [
        { code: 'paper-number-known', subject: first.paperNumber },
        { code: 'unit-elsewhere', subject: 'u3' },
      ],
    });
    expect((await enter(second, true)).json).toMatchObject({ recorded: true });
    // Sent again, the card does not warn of itself.
    expect((await enter(second)).json.warnings).toHaveLength(2);
  });

  it('leave a unit on the scene that the card leaves there', async () => {
    const record = card({
      orders: [{ unitId: 'u2', dispatched: ago(30), onScene: ago(20) }],
      closed: null,
    });
    const { json } = await enter(record);
    const { assignments } = (await dispatcher.get(`/incidents/${json.incidentId}`)).json;
    expect(assignments).toMatchObject([{ unitId: 'u2', stage: 'onScene', endedAt: null }]);
  });

  it('are for those who dispatch', async () => {
    const callTaker = await clientAs(server.url, 'call-taker');
    expect(problemOf(await enter(card(), false, callTaker))).toMatchObject({ code: 'not-allowed' });
  });
});

describe('an observer', () => {
  it('sees where and what, but nothing that was said and nobody’s name', async () => {
    const observer = await clientAs(server.url, 'observer');
    const answer = await fetch(`${server.url}/api/v1/live/events`, {
      headers: { cookie: observer.cookie ?? '' },
    });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (reader && !text.includes('"type":"reset"')) text += (await reader.read()).value ?? '';
    while (reader && !text.endsWith('\n\n')) text += (await reader.read()).value ?? '';
    await reader?.cancel();
    const line = text.split('\n').find((each) => each.includes('"type":"reset"')) ?? '';
    const { incidents, calls, units } = JSON.parse(line.replace(/^data: /, ''));
    expect(incidents.length).toBeGreaterThan(3);
    expect(calls.length).toBeGreaterThan(3);
    for (const said of [
      'Wang',
      '138000',
      'behind the market',
      'two men',
      'Officer 1',
      'rehearsal-dispatcher',
    ]) {
      expect(line).not.toContain(said);
    }
    expect(units[0].duty.crew).toEqual(['']);
    expect((await observer.get('/incidents')).status).toBe(403);
    expect((await observer.get('/positions')).status).toBe(403);
  });
});
