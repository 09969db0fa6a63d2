import { randomUUID } from 'node:crypto';
import { formatInstant, instant } from '@lamplight/base';
import { callerHistorySchema, placeHistorySchema, recommendationPreviewSchema } from '@lamplight/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientAs, problemOf } from './fixtures/client.js';
import { endAll, registerUnits, startTestServer, type TestServer, townFile } from './fixtures/server.js';
import { place } from './fixtures/town.js';

let server: TestServer;
let taker: Client;
let dispatcher: Client;
let supervisor: Client;
let administrator: Client;

beforeAll(async () => {
  server = await startTestServer({ network: townFile() });
  await registerUnits(server.url, 3);
  [taker, dispatcher, supervisor, administrator] = await Promise.all([
    clientAs(server.url, 'call-taker'),
    clientAs(server.url, 'dispatcher'),
    clientAs(server.url, 'supervisor'),
    clientAs(server.url, 'administrator'),
  ]);
});
afterAll(endAll);

const audit = async (action: string, subject: string): Promise<number> => {
  const { rows } = await server.database.database.pool.query<{ detail: unknown }>(
    'select detail from audit where action = $1 and subject = $2',
    [action, subject],
  );
  return rows.length;
};

describe('the recommendation for what a caller is still telling', () => {
  const preview = async (who: Client, body: unknown) =>
    who.send('POST', '/api/v1/recommendations/preview', { body });

  it('is who is nearest while nobody knows what it is, and suggests nobody', async () => {
    const answer = await preview(taker, { position: place(410, 5) });
    const { candidates, requirements } = recommendationPreviewSchema.parse(answer.json);
    expect(candidates.map(({ unitId }) => unitId)).toEqual(['u3', 'u2', 'u1']);
    expect(candidates.some(({ suggested }) => suggested)).toBe(false);
    expect(requirements).toEqual([]);
  });

  it('suggests by the run card once there is a type, and leaves no trace in the log', async () => {
    const before = await server.database.database.pool.query('select count(*) from event');
    const answer = await preview(taker, { position: place(5, 5), typeCode: 'larceny' });
    const { candidates } = recommendationPreviewSchema.parse(answer.json);
    expect(candidates.filter(({ suggested }) => suggested).map(({ unitId }) => unitId)).toEqual(['u1']);
    const after = await server.database.database.pool.query('select count(*) from event');
    expect(after.rows).toEqual(before.rows);
  });

  it('is refused for a type that is none and for a place that is none, by name', async () => {
    expect(problemOf(await preview(taker, { position: place(5, 5), typeCode: 'NOPE' })).code).toBe(
      'incident-type-unknown',
    );
    const problem = problemOf(await preview(taker, { position: [200, 5] }));
    expect(problem.errors?.[0]?.field).toContain('position');
  });
});

describe('the past of a caller', () => {
  it('is the earlier calls from the number however it is written, each look noted', async () => {
    const { callId } = await taker.done('/calls', { callerNumber: '555-0142' });
    await taker.done(`/calls/${callId}/answer`);
    const { incidentId } = await taker.done('/incidents', {
      callId,
      location: { position: place(300, 200), words: 'by the bridge' },
      classification: { typeCode: 'LARCENY' },
    });
    await taker.done('/calls', { callerNumber: '555 0143' });

    const answer = await taker.get('/callers/history?number=5550142');
    const { calls } = callerHistorySchema.parse(answer.json);
    expect(calls).toMatchObject([
      { callId, incident: { id: incidentId, typeCode: 'LARCENY', status: 'open' } },
    ]);
    expect(await audit('look', 'caller:5550142')).toBe(1);
  });

  it('is nobody’s for a text without digits', async () => {
    await taker.done('/calls', { callerNumber: 'withheld' });
    const answer = await taker.get('/callers/history?number=withheld');
    expect(callerHistorySchema.parse(answer.json).calls).toEqual([]);
  });
});

describe('the past of a place', () => {
  it('is what happened within the block, the nearest known premises, and a noted look', async () => {
    const there = place(1000, 400);
    const near = await taker.done('/incidents', {
      location: { position: place(1080, 400), method: 'map' },
      classification: { typeCode: 'FIGHT' },
    });
    await taker.done('/incidents', { location: { position: place(1300, 400), method: 'map' } });
    const depot = randomUUID();
    await supervisor.send('PUT', `/api/v1/premises/${depot}`, {
      body: premises({ position: place(1000, 420) }),
    });

    const answer = await taker.get(`/places/history?lon=${there[0]}&lat=${there[1]}`);
    const { incidents, premises: known } = placeHistorySchema.parse(answer.json);
    expect(incidents.map(({ id }) => id)).toEqual([near.incidentId]);
    expect(known).toMatchObject([
      { name: 'Paint depot', hazards: [{ kind: 'chemical' }], keyHolders: [{ number: '555 0199' }] },
    ]);
    const subject = `place:${there[0].toFixed(5)},${there[1].toFixed(5)}`;
    expect(await audit('look', subject)).toBe(1);
  });
});

const premises = (changes: object = {}) => ({
  version: 0,
  name: 'Paint depot',
  position: place(2000, 2000),
  radius: 40,
  hazards: [{ kind: 'chemical', text: 'solvents in the yard' }],
  access: 'gate code at the porter',
  keyHolders: [{ name: 'A keeper', number: '555 0199' }],
  ...changes,
});

describe('premises', () => {
  const put = (who: Client, id: string, body: unknown) => who.send('PUT', `/api/v1/premises/${id}`, { body });

  it('are edited by one at a time, and the same sent twice is one change', async () => {
    const id = randomUUID();
    const added = await put(supervisor, id, premises());
    expect(added.json).toMatchObject({ id, version: 1, name: 'Paint depot' });
    expect((await put(supervisor, id, premises())).json).toMatchObject({ version: 1 });
    expect(await audit('premises-added', `premises:${id}`)).toBe(1);

    const changed = await put(supervisor, id, premises({ version: 1, access: 'open all night' }));
    expect(changed.json).toMatchObject({ version: 2, access: 'open all night' });
    const late = problemOf(await put(supervisor, id, premises({ version: 1, access: 'closed' })));
    expect(late).toMatchObject({ code: 'premises-changed', status: 409 });

    const late2 = await supervisor.send('DELETE', `/api/v1/premises/${id}?version=1`);
    expect(problemOf(late2).code).toBe('premises-changed');
    expect((await supervisor.send('DELETE', `/api/v1/premises/${id}?version=2`)).status).toBe(204);
    expect((await supervisor.send('DELETE', `/api/v1/premises/${id}?version=2`)).status).toBe(204);
    expect(await audit('premises-removed', `premises:${id}`)).toBe(1);
  });

  it('show their key-holders to the desk, and to nobody else who edits them', async () => {
    const id = randomUUID();
    await put(supervisor, id, premises({ name: 'Night school' }));
    const seen = await administrator.get('/premises?text=night');
    expect(seen.json.premises).toMatchObject([{ name: 'Night school', keyHolders: null }]);
    expect(problemOf(await put(administrator, id, premises({ version: 1 }))).code).toBe('not-allowed');
    const change = premises({ name: 'Night school', version: 1, keyHolders: null, radius: 90 });
    const kept = await put(administrator, id, change);
    expect(kept.json).toMatchObject({ version: 2, keyHolders: null, radius: 90 });
    const desk = await supervisor.get('/premises?text=NIGHT');
    expect(desk.json.premises).toMatchObject([{ radius: 90, keyHolders: [{ number: '555 0199' }] }]);
  });

  it('are refused to those who only use them, and with a reason where they do not fit', async () => {
    expect(problemOf(await put(dispatcher, randomUUID(), premises())).status).toBe(403);
    const wrong = problemOf(await put(supervisor, randomUUID(), premises({ radius: 900 })));
    expect(wrong.errors).toMatchObject([{ field: 'radius', reason: 'must be at most 500 metres' }]);
  });

  it('come in pages', async () => {
    for (let index = 0; index < 103; index += 1) {
      await put(supervisor, randomUUID(), premises({ name: `Row ${String(index).padStart(3, '0')}` }));
    }
    const first = await supervisor.get('/premises?text=row%20');
    expect(first.json.premises).toHaveLength(100);
    const second = await supervisor.get(`/premises?text=row%20&cursor=${first.json.next}`);
    expect(second.json.premises.map(({ name }: { name: string }) => name)).toEqual([
      'Row 100',
      'Row 101',
      'Row 102',
    ]);
    expect(second.json.next).toBeNull();
    expect(problemOf(await supervisor.get('/premises?cursor=nothing')).errors?.[0]?.field).toBe('cursor');
  });
});

describe('old incidents', () => {
  it('stay out of the past of a place after ninety days', async () => {
    const there = place(3000, 800);
    const { incidentId } = await taker.done('/incidents', { location: { position: there, method: 'map' } });
    const longAgo = formatInstant(instant(Date.now() - 91 * 24 * 3600_000));
    await server.database.database.pool.query('update entity set started_at = $1 where id = $2', [
      longAgo,
      incidentId,
    ]);
    const answer = await taker.get(`/places/history?lon=${there[0]}&lat=${there[1]}`);
    expect(placeHistorySchema.parse(answer.json).incidents).toEqual([]);
  });
});
