import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, clientAs } from './fixtures/client.js';
import { endAll, registerUnits, startOn, startTestServer, type TestServer } from './fixtures/server.js';
import { type Watcher, watch } from './fixtures/watcher.js';

let one: TestServer;
let other: TestServer;
let here: Client;
let there: Client;
beforeAll(async () => {
  one = await startTestServer();
  await registerUnits(one.url, 3);
  other = await startOn(one.database);
  here = await clientAs(one.url, 'dispatcher');
  there = await clientAs(other.url, 'dispatcher');
});
afterAll(endAll);

describe('two servers on one database', () => {
  it('LIVE-8: show each the work of both, in one order', async () => {
    const watchers = [await watch(here), await watch(there)];
    let last = 0;
    const carry = async (client: Client, name: string): Promise<void> => {
      for (let number = 0; number < 40; number++) {
        const { incidentId } = await client.done('/incidents', {
          source: 'alarm',
          externalId: `${name} ${number}`,
        });
        const noted = await client.done(`/incidents/${incidentId}/notes`, { text: name });
        last = Math.max(last, noted.position);
      }
    };
    await Promise.all([carry(here, 'here'), carry(there, 'there')]);
    for (const watcher of watchers) await watcher.at(last);
    expect(watchers[0]?.board.content).toEqual(watchers[1]?.board.content);
    for (const watcher of watchers) {
      expect(watcher.board.incidents.size).toBe(80);
      expect(causesOf(watcher)).toEqual(causesOf(watchers[0]));
      expect((await watch(here)).board.content).toEqual(watcher.board.content);
    }
    const numbers = new Set(
      [...(watchers[0]?.board.incidents.values() ?? [])].map(
        (incident) => Object.entries(incident).find(([key]) => key === 'number')?.[1],
      ),
    );
    expect(numbers.size).toBe(80);
  });

  it('CMD-3: make one command of a key that is sent to both at once', async () => {
    for (let round = 0; round < 10; round++) {
      const key = `both at once ${round}`.replaceAll(' ', '-');
      const answers = await Promise.all([here.command('/calls', {}, key), there.command('/calls', {}, key)]);
      expect(answers[0]?.json).toEqual(answers[1]?.json);
    }
  });

  it('CMD-10: never both send the same unit', async () => {
    const open = async () =>
      (await here.done('/incidents', { classification: { typeCode: 'LARCENY' } })).incidentId;
    for (let round = 0; round < 10; round++) {
      const [a, b] = [await open(), await open()];
      const answers = await Promise.all([
        here.command(`/incidents/${a}/dispatch`, { unitIds: ['u1'] }),
        there.command(`/incidents/${b}/dispatch`, { unitIds: ['u1'] }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const won = answers.find(({ status }) => status === 200);
      await here.done(`/assignments/${won?.json.assignmentIds[0]}/cancel`, { reason: 'next round' });
    }
  });

  it('LIVE-5: let a client that loses one go on at the other', async () => {
    const watcher = await watch(here);
    await watcher.end();
    const { incidentId, position } = await here.done('/incidents', {});
    await (await watch(there)).at(position);
    const back = await watch(there, watcher.board.standing, watcher.board);
    expect(back.messages[1]).toMatchObject({ type: 'change', incidents: [{ id: incidentId }] });
  });
});

const causesOf = (watcher: Watcher | undefined) => watcher?.ofType('change').flatMap(({ causes }) => causes);
