import { createRandom, instant } from '@lamplight/base';
import { LIVE_PROTOCOL_VERSION } from '@lamplight/contracts';
import { ResponseBoard } from '@lamplight/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../src/clock.js';
import { createHub } from '../src/live/hub.js';
import { type Client, clientAs, Client as Person } from './fixtures/client.js';
import {
  endAll,
  patrolOf,
  registerUnits,
  soon,
  startOn,
  startTestServer,
  type TestServer,
} from './fixtures/server.js';
import { Board, EventWatcher, Watcher, watch } from './fixtures/watcher.js';

let server: TestServer;
let dispatcher: Client;
beforeAll(async () => {
  server = await startTestServer();
  await registerUnits(server.url, 8);
  dispatcher = await clientAs(server.url, 'dispatcher');
});
afterAll(endAll);

const openIncident = async (by = dispatcher) => {
  const body = { source: 'self-initiated', classification: { typeCode: 'LARCENY' } };
  const { incidentId, position } = await by.done('/incidents', body);
  return { id: String(incidentId), position: Number(position) };
};

/** So many commands of all kinds, some at once, with what a seeded hand picks. Returns the last position. */
async function work(seed: string, commands: number, by: readonly Client[]): Promise<number> {
  const random = createRandom(seed);
  const incidents: string[] = [];
  let last = 0;
  const one = async (number: number): Promise<void> => {
    const client = by[number % by.length];
    if (!client) throw new Error('nobody works');
    const incident = incidents[random.integer(Math.max(1, incidents.length))];
    const answer =
      incident === undefined || number % 4 === 0
        ? await client.command('/incidents', { classification: { typeCode: 'LARCENY' } })
        : number % 4 === 1
          ? await client.command(`/incidents/${incident}/notes`, { text: `note ${number}` })
          : number % 4 === 2
            ? await client.command(`/incidents/${incident}/dispatch`, {
                unitIds: [`u${1 + random.integer(8)}`],
                whenCommitted: 'stack',
              })
            : await client.command('/calls', { callerNumber: String(number) });
    if (answer.json.incidentId) incidents.push(answer.json.incidentId);
    if (answer.status === 200) last = Math.max(last, answer.json.position);
  };
  for (let number = 0; number < commands; number += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, index) => one(number + index)));
  }
  return last;
}

describe('a live connection', () => {
  it('LIVE-1: is greeted before anything else', async () => {
    const { messages } = await watch(dispatcher);
    expect(messages[0]).toMatchObject({
      type: 'hello',
      protocol: LIVE_PROTOCOL_VERSION,
      epoch: expect.stringMatching(/^.{1,100}$/),
    });
    expect(messages.filter(({ type }) => type === 'hello')).toHaveLength(1);
  });

  it('LIVE-2: gets nothing before it subscribes, and subscribes once', async () => {
    const silent = await new Watcher(dispatcher).opened();
    const { position } = await openIncident();
    await (await watch(dispatcher)).at(position);
    expect(silent.messages).toEqual([]);
    const watcher = await watch(dispatcher);
    watcher.send({ type: 'subscribe', since: null });
    await soon(() => expect(watcher.closed).toBe(4409));
  });

  it('LIVE-2: is closed when it does not subscribe within ten seconds', async () => {
    const silent = await new Watcher(dispatcher).opened();
    await soon(() => expect(silent.closed).toBe(4408));
  });

  it.each([
    '',
    '{',
    '[]',
    '"subscribe"',
    '{"type":"shout"}',
    '{"type":"subscribe","since":7}',
    '{"type":"subscribe","since":{"epoch":"x"}}',
    '{"type":"subscribe","extra":1}',
  ])('LIVE-3: is closed for a message that is not understood: %s', async (text) => {
    const watcher = await new Watcher(dispatcher).opened();
    watcher.send(text);
    await soon(() => expect(watcher.closed).toBe(4400));
  });

  it('LIVE-3: is closed for a binary message, and for one that is too large', async () => {
    const watcher = await new Watcher(dispatcher).opened();
    watcher.socket.send(Buffer.from('{"type":"subscribe","since":null}'));
    await soon(() => expect(watcher.closed).toBe(4400));
    const large = await new Watcher(dispatcher).opened();
    large.send('x'.repeat(65 * 1024));
    await soon(() => expect(large.closed).toBe(1009));
  });

  it('LIVE-4: starts with everything it may see, at one position', async () => {
    const { id, position } = await openIncident();
    const { messages, board } = await watch(dispatcher);
    expect(messages[1]?.type).toBe('reset');
    expect(board.position).toBeGreaterThanOrEqual(position);
    expect(board.incidents.has(id)).toBe(true);
    expect(board.units.size).toBe(8);
  });

  it('LIVE-5: goes on where it was: exactly what changed since, and nothing else', async () => {
    const before = await openIncident();
    const watcher = await (await watch(dispatcher)).at(before.position);
    await watcher.end();
    const missed = await openIncident();
    await dispatcher.done('/units/u1/status', { code: await someStatus() });
    const { messages, board } = await watch(dispatcher, watcher.board.standing, watcher.board);
    const delta = messages[1];
    if (delta?.type !== 'change') throw new Error(`got ${delta?.type}`);
    expect(delta.incidents.map(({ id }) => id)).toEqual([missed.id]);
    expect(delta.units.map(({ id }) => id)).toEqual(['u1']);
    expect(delta.calls.length + delta.assignments.length).toBe(0);
    expect(board.content).toEqual((await watch(dispatcher)).board.content);
  });

  it('LIVE-5: goes on with nothing when nothing changed', async () => {
    const { board } = await watch(dispatcher);
    const { messages } = await watch(dispatcher, board.standing);
    expect(messages[1]).toMatchObject({
      type: 'change',
      position: board.position,
      calls: [],
      incidents: [],
      units: [],
      assignments: [],
    });
  });

  it('LIVE-6: starts anew with another epoch, from before the server can tell, or from a position that is not yet', async () => {
    const { epoch, position } = (await watch(dispatcher)).board;
    for (const since of [
      { epoch: 'another', position },
      { epoch, position: position + 1 },
    ]) {
      expect((await watch(dispatcher, since)).messages[1]?.type).toBe('reset');
    }
    const later = await startOn(server.database);
    const there = await clientAs(later.url, 'dispatcher');
    expect((await watch(there, { epoch, position: 1 })).messages[1]?.type).toBe('reset');
    expect((await watch(there, { epoch, position })).messages[1]?.type).toBe('change');
    await later.stop();
  });

  it('LIVE-7, LIVE-8: has no gap between snapshot and stream while two hundred commands are carried out', async () => {
    const supervisor = await clientAs(server.url, 'supervisor');
    const working = work('two hundred', 200, [dispatcher, supervisor]);
    const watchers: Watcher[] = [];
    for (let round = 0; round < 8; round++) watchers.push(await watch(dispatcher));
    const last = await working;
    const fresh = await (await watch(supervisor)).at(last);
    for (const watcher of watchers) {
      await watcher.at(last);
      expect(watcher.board.content).toEqual(fresh.board.content);
      const positions = watcher.messages.flatMap((message) =>
        message.type === 'change' || message.type === 'reset' ? [message.position] : [],
      );
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    }
  });

  it('LIVE-8, LIVE-21: comes back again and again during work, and misses nothing', async () => {
    const working = work('coming and going', 150, [dispatcher]);
    const board = new Board();
    let resets = 0;
    for (let round = 0; round < 20; round++) {
      const watcher = await watch(dispatcher, board.epoch === '' ? null : board.standing, board);
      resets += watcher.ofType('reset').length;
      await watcher.end();
    }
    const last = await working;
    await (await watch(dispatcher, board.standing, board)).at(last);
    expect(resets).toBe(1);
    expect(board.content).toEqual((await watch(dispatcher)).board.content);
  });

  it('LIVE-9: may be told the same twice, and older things later, without harm', async () => {
    const watcher = await watch(dispatcher);
    const last = await work('twice', 40, [dispatcher]);
    await watcher.at(last);
    const again = new Board();
    for (const message of watcher.messages) {
      again.take(message);
      if (message.type === 'change') again.take(message);
    }
    for (const message of watcher.ofType('change')) again.take(message);
    expect(again.content).toEqual(watcher.board.content);
    expect(again.position).toBe(watcher.board.position);
  });

  it('LIVE-10: belongs to eyes as well as to a log: another account that sees other things starts anew', async () => {
    const { board } = await watch(dispatcher);
    const patrol = await patrolOf(server.url, 'u8', Person);
    const watcher = await watch(patrol, board.standing);
    expect(watcher.messages[1]?.type).toBe('reset');
    expect(watcher.board.epoch).not.toBe(board.epoch);
    const supervisor = await clientAs(server.url, 'supervisor');
    expect((await watch(supervisor, board.standing)).messages[1]?.type).toBe('change');
  });

  it('LIVE-12: ticks at least every five seconds or so, with the time and the position', async () => {
    const watcher = await watch(dispatcher);
    const { position } = await openIncident();
    await watcher.at(position);
    const [tick] = await soon(() => {
      const later = watcher.ofType('tick').filter((one) => one.position >= position);
      expect(later).not.toEqual([]);
      return later;
    });
    expect(tick?.position).toBe(watcher.board.position);
    expect(Math.abs(Number(tick?.now) - Date.now())).toBeLessThan(60_000);
  });

  it('LIVE-13: is cut off when it takes nothing, and goes on from where it was', async () => {
    const own = await startTestServer();
    const client = await clientAs(own.url, 'dispatcher');
    const slow = await watch(client);
    const { standing } = slow.board;
    slow.socket.pause();
    const { incidentId } = await client.done('/incidents', {});
    // Every note makes the incident, and so every change about it, four kilobytes larger.
    const text = 'x'.repeat(4000);
    let last = 0;
    for (let number = 0; number < 140; number++) {
      last = (await client.done(`/incidents/${incidentId}/notes`, { text })).position;
    }
    slow.socket.resume();
    await soon(() => expect(slow.closed).toBe(4413));
    const back = await watch(client, standing);
    await back.at(last);
    expect(back.messages[1]?.type).toBe('change');
    expect(back.board.incidents.get(incidentId)).toMatchObject({ version: 141 });
  });

  it('LIVE-16: shows call-takers, dispatchers and supervisors the same, an administrator the units', async () => {
    const boards = [];
    for (const role of ['call-taker', 'dispatcher', 'supervisor'] as const) {
      boards.push((await watch(await clientAs(server.url, role))).board.content);
    }
    expect(boards[1]).toEqual(boards[0]);
    expect(boards[2]).toEqual(boards[0]);
    const { board } = await watch(await clientAs(server.url, 'administrator'));
    expect(board.units.size).toBe(8);
    expect(board.incidents.size + board.calls.size + board.assignments.size).toBe(0);
  });

  it('LIVE-17: brings a patrol the incident together with the assignment, also when it was away', async () => {
    const own = await startTestServer();
    await registerUnits(own.url, 2);
    const desk = await clientAs(own.url, 'dispatcher');
    const patrol = await patrolOf(own.url, 'u1', Person);
    const { id } = await openIncident(desk);
    await desk.done('/units/u1/status', { code: await someStatus() });
    const watcher = await watch(patrol);
    await watcher.end();
    const { position } = await desk.done(`/incidents/${id}/dispatch`, { unitIds: ['u1'] });
    const back = await (await watch(patrol, watcher.board.standing, watcher.board)).at(position);
    expect(back.messages[1]?.type).toBe('change');
    expect(back.board.incidents.has(id)).toBe(true);
    expect(back.board.assignments.size).toBe(1);
  });

  it('LIVE-17: tells a patrol nothing of what it does not see', async () => {
    const patrol = await patrolOf(server.url, 'u7', Person);
    const watcher = await watch(patrol);
    const { position } = await openIncident();
    await (await watch(dispatcher)).at(position);
    await soon(() => expect(watcher.ofType('tick').some((tick) => tick.position >= position)).toBe(true));
    expect(watcher.ofType('change')).toEqual([]);
  });
});

describe('the end of a live connection', () => {
  it('LIVE-14: says by its code what the client is to do next', async () => {
    const own = await startTestServer();
    const client = await clientAs(own.url, 'dispatcher');
    const nobody = new Watcher(new Person(own.url));
    await soon(() => expect(nobody.closed).toBe(401));
    const confused = await new Watcher(client).opened();
    confused.send('what?');
    await soon(() => expect(confused.closed).toBe(4400));
    const eager = await watch(client);
    eager.send({ type: 'subscribe', since: null });
    await soon(() => expect(eager.closed).toBe(4409));
    const patient = await watch(client);
    const events = new EventWatcher(client);
    await soon(() => expect(events.board.position).toBeGreaterThanOrEqual(0));
    await own.stop();
    await soon(() => expect([1001, 1005, 1006]).toContain(patient.closed));
    await soon(() => expect(events.ended).toBe(true));
  });
});

describe('the stream of server-sent events', () => {
  it('LIVE-15: carries the same messages as the WebSocket', async () => {
    const socket = await watch(dispatcher);
    const events = new EventWatcher(dispatcher);
    await soon(() => expect(events.board.position).toBeGreaterThan(0));
    const last = await work('events', 30, [dispatcher]);
    await socket.at(last);
    await soon(() => expect(events.board.position).toBeGreaterThanOrEqual(last));
    expect(events.response?.headers['content-type']).toContain('text/event-stream');
    expect(events.response?.headers['cache-control']).toBe('no-store');
    expect(events.board.content).toEqual(socket.board.content);
  });

  it('LIVE-15: names a position only with the message that brings the board there', async () => {
    const events = new EventWatcher(dispatcher);
    await soon(() => expect(events.board.position).toBeGreaterThan(0));
    await work('names', 20, [dispatcher]);
    await soon(() => expect(events.events.some(({ message }) => message?.type === 'tick')).toBe(true));
    for (const { id, message } of events.events) {
      const position = message && 'position' in message ? message.position : undefined;
      expect(id, message?.type).toBe(
        position === undefined ? undefined : `${events.board.epoch}:${position}`,
      );
    }
    expect(events.events.find(({ message }) => message?.type === 'hello')?.id).toBeUndefined();
  });

  it('LIVE-15: goes on from Last-Event-ID', async () => {
    const events = new EventWatcher(dispatcher);
    await soon(() => expect(events.board.position).toBeGreaterThan(0));
    events.end();
    const { id, position } = await openIncident();
    const back = new EventWatcher(dispatcher, events.lastId, events.board);
    await soon(() => expect(back.board.position).toBeGreaterThanOrEqual(position));
    const delta = back.events.find(({ message }) => message?.type === 'change')?.message;
    if (delta?.type !== 'change') throw new Error('no change');
    expect(delta.incidents.map((incident) => incident.id)).toEqual([id]);
    const wrong = new EventWatcher(dispatcher, 'nonsense');
    await soon(() => expect(wrong.events.some(({ message }) => message?.type === 'reset')).toBe(true));
  });

  it('LIVE-21: tells its client how long to wait before it comes back', async () => {
    const events = new EventWatcher(dispatcher);
    await soon(() => expect(events.events[0]?.retry).toBe('2000'));
  });

  it('LIVE-20: ends with the session', async () => {
    const client = await clientAs(server.url, 'dispatcher');
    const events = new EventWatcher(client);
    const watcher = await watch(client);
    await soon(() => expect(events.board.position).toBeGreaterThan(0));
    await client.send('DELETE', '/api/v1/session');
    await soon(() => expect(watcher.closed).toBe(4401));
    await soon(() => expect(events.ended).toBe(true));
  });
});

describe('the hub', () => {
  const at = (hours: number) => instant(Date.parse('2026-03-01T00:00:00Z') + hours * 3600_000);
  const call = (id: string, endedAt: number | null) => ({
    kind: 'call' as const,
    entity: {
      id,
      version: 1,
      channel: 'voice' as const,
      externalId: null,
      line: null,
      callerNumber: null,
      callerName: null,
      location: null,
      ringAt: at(0),
      answeredAt: null,
      answeredBy: null,
      endedAt: endedAt === null ? null : at(endedAt),
      outcome: null,
      incidentId: null,
    },
  });
  const viewer = { key: 'all', board: true, callers: true, people: true, unitId: null };

  it('LIVE-22: forgets what is over, and resets whoever did not hear of its end', () => {
    const board = new ResponseBoard();
    const hub = createHub({
      board,
      epoch: 'e',
      clock: SYSTEM_CLOCK,
      position: 10,
      listFixes: () => [],
      listPresent: () => [],
      catalogueRevision: () => 0,
    });
    hub.publish({ position: 11, entities: [call('old', 1)], events: [] });
    hub.publish({ position: 12, entities: [call('open', null), call('recent', 20)], events: [] });
    hub.publish({ position: 13, entities: [], events: [] });
    hub.forget(at(10));
    expect([...board.calls.keys()]).toEqual(['open', 'recent']);
    const join = (position: number): string[] => {
      const texts: string[] = [];
      hub.join(
        { viewer, send: (text) => texts.push(text), sendLossy: () => {} },
        { epoch: 'e.all', position },
      );
      return texts.map((text) => JSON.parse(text).type);
    };
    expect(join(10)).toEqual(['hello', 'reset']);
    expect(join(11)).toEqual(['hello', 'change', 'positions']);
  });
});

async function someStatus(): Promise<string> {
  const { json } = await dispatcher.get('/catalogue');
  return json.unitStatuses.find((status: { availability: string }) => status.availability === 'available')
    .code;
}
