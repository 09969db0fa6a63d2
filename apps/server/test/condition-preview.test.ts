import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientAs } from './fixtures/client.js';
import { endAll, startTestServer, townFile } from './fixtures/server.js';
import { place } from './fixtures/town.js';

let dispatcher: Client;
let callTaker: Client;
beforeAll(async () => {
  const server = await startTestServer({ network: townFile() });
  dispatcher = await clientAs(server.url, 'dispatcher');
  callTaker = await clientAs(server.url, 'call-taker');
});
afterAll(endAll);

const preview = async (where: object, by = dispatcher) =>
  by.send('POST', '/api/v1/conditions/preview', { body: { place: where } });

describe('before a road condition is declared', () => {
  it('one sees which pieces of which streets it would bear on, and nothing is declared by it', async () => {
    const { status, json } = await preview({ kind: 'street', name: '2 Street' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ matched: 5, streets: ['2 Street'], streetsLeftOut: 0 });
    expect(json.lines).toHaveLength(5);
    expect((await dispatcher.get('/conditions')).json.active).toEqual([]);
  });

  it('a line touches the streets it runs along, as it will when it is declared', async () => {
    const line = { kind: 'line', points: [place(0, 402), place(600, 398)], width: 20 };
    const { json } = await preview(line);
    expect(json).toMatchObject({ matched: 3, streets: ['2 Street'] });
    const declared = await dispatcher.done('/conditions', {
      effect: { kind: 'closed' },
      place: line,
      source: 'police',
      reason: 'flood',
    });
    const { active } = (await dispatcher.get('/conditions')).json;
    expect(active.find(({ id }: { id: string }) => id === declared.conditionId).matched).toBe(json.matched);
  });

  it('what is only half drawn touches nothing yet and is no mistake', async () => {
    const half = { kind: 'polygon', rings: [[place(0, 0), place(100, 0)]] };
    expect((await preview(half)).json).toEqual({ matched: 0, streets: [], streetsLeftOut: 0, lines: [] });
    expect((await preview({ kind: 'street', name: 'no such street' })).json.matched).toBe(0);
    expect((await preview({ kind: 'spiral' })).status).toBe(400);
  });

  it('who may not declare it is not shown it', async () => {
    expect((await preview({ kind: 'street', name: '2 Street' }, callTaker)).status).toBe(403);
  });
});

describe('the street at a position', () => {
  it('has the name by which it is closed; far from any there is none', async () => {
    const [lon, lat] = place(300, 405);
    expect((await callTaker.get(`/roads/street?at=${lon},${lat}`)).json).toEqual({ name: '2 Street' });
    expect((await callTaker.get('/roads/street?at=10,10')).json).toEqual({ name: null });
    expect((await callTaker.get('/roads/street?at=north')).status).toBe(400);
  });
});
