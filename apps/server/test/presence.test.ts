import type { PersonPresent } from '@lamplight/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPresence, PRESENCE_HOLDS_MS, type PresenceNotice } from '../src/live/presence.js';
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
import { EventWatcher, Watcher, watch } from './fixtures/watcher.js';

let one: TestServer;
let other: TestServer;
let dispatcher: Client;
let supervisor: Client;
let elsewhere: Client;
beforeAll(async () => {
  one = await startTestServer();
  await registerUnits(one.url, 1);
  other = await startOn(one.database);
  dispatcher = await clientAs(one.url, 'dispatcher');
  supervisor = await clientAs(one.url, 'supervisor');
  elsewhere = await clientAs(other.url, 'call-taker');
});
afterAll(endAll);

const peopleOf = (watcher: Watcher): readonly PersonPresent[] | undefined =>
  watcher.ofType('presence').at(-1)?.people;
const at = (incidentId: string | null, doing = 'viewing') => ({ type: 'presence', incidentId, doing });

describe('presence', () => {
  it('LIVE-24, LIVE-25: tells those who see the board who is where and what he does, and replaces it', async () => {
    const [looking, writing] = [await watch(supervisor), await watch(dispatcher)];
    writing.send(at('i-1', 'writing-note'));
    const [person] = await soon(() => {
      const people = peopleOf(looking) ?? [];
      expect(people).toHaveLength(1);
      return people;
    });
    expect(person).toEqual({
      account: expect.any(String),
      name: expect.any(String),
      incidentId: 'i-1',
      doing: 'writing-note',
    });
    writing.send(at('i-2'));
    await soon(() => expect(peopleOf(looking)).toMatchObject([{ incidentId: 'i-2', doing: 'viewing' }]));
    // Whoever comes later is told at once, also by the event stream, where it has no id.
    const late = await watch(supervisor);
    await soon(() => expect(peopleOf(late)).toHaveLength(1));
    const events = new EventWatcher(supervisor);
    await soon(() => {
      const told = events.events.find(({ message }) => message?.type === 'presence');
      expect(told).toMatchObject({ id: undefined, message: { people: [{ incidentId: 'i-2' }] } });
    });
    writing.send(at(null));
    await soon(() => expect(peopleOf(looking)).toEqual([]));
  });

  it('LIVE-25: counts one account once at an incident, with the most that it does there', async () => {
    const looking = await watch(supervisor);
    const [first, second] = [await watch(dispatcher), await watch(dispatcher)];
    first.send(at('i-3', 'editing'));
    second.send(at('i-3', 'viewing'));
    await soon(() => expect(peopleOf(looking)).toMatchObject([{ incidentId: 'i-3', doing: 'editing' }]));
    await first.end();
    await soon(() => expect(peopleOf(looking)).toMatchObject([{ incidentId: 'i-3', doing: 'viewing' }]));
    await second.end();
    await soon(() => expect(peopleOf(looking)).toEqual([]));
  });

  it('LIVE-26: ends with the connection, and goes across servers', async () => {
    const looking = await watch(dispatcher);
    const away = await watch(elsewhere);
    away.send(at('i-4', 'writing-note'));
    await soon(() => expect(peopleOf(looking)).toMatchObject([{ incidentId: 'i-4', doing: 'writing-note' }]));
    await away.end();
    await soon(() => expect(peopleOf(looking)).toEqual([]));
  });

  it('LIVE-24: is not taken from, nor told to, whoever does not see the board', async () => {
    const patrol = await watch(await patrolOf(one.url, 'u1', Person));
    const looking = await watch(supervisor);
    const here = await watch(dispatcher);
    patrol.send(at('i-5'));
    here.send(at('i-6'));
    await soon(() => expect(peopleOf(looking)).toMatchObject([{ incidentId: 'i-6' }]));
    expect(patrol.closed).toBeUndefined();
    expect(patrol.ofType('presence')).toEqual([]);
    await here.end();
    await soon(() => expect(peopleOf(looking)).toEqual([]));
  });

  it('LIVE-24: before subscribing it is not understood; in a flood the surplus is dropped and the line stays', async () => {
    const hasty = await new Watcher(dispatcher).opened();
    hasty.send(at('i-7'));
    await soon(() => expect(hasty.closed).toBe(4400));
    const looking = await watch(supervisor);
    const flooding = await watch(dispatcher);
    for (let n = 0; n < 200; n++) flooding.send(at(`flood-${n}`));
    await soon(() => expect(peopleOf(looking)).toHaveLength(1));
    expect(flooding.closed).toBeUndefined();
    expect(peopleOf(looking)?.[0]?.incidentId).not.toBe('flood-199');
    await flooding.end();
  });
});

describe('the book of those present', () => {
  it('LIVE-26: forgets what was not said again, also of a server that is gone', () => {
    vi.useFakeTimers();
    try {
      let now = 0;
      const shared: PresenceNotice[] = [];
      let told = 0;
      const presence = createPresence({
        onChange: () => {
          told += 1;
        },
        share: (notice) => shared.push(notice),
        now: () => now,
      });
      const present = { account: 'b', name: 'Bea', incidentId: 'i', doing: 'viewing' } as const;
      presence.hear({ kind: 'presence', connection: 'far', present });
      presence.hear({ kind: 'presence', connection: 'far', present: { nonsense: true } });
      presence.hear('nonsense');
      presence.take('near', { account: 'a', name: 'Ann' }).say({ incidentId: 'i', doing: 'editing' });
      expect(presence.list().map(({ name }) => name)).toEqual(['Ann', 'Bea']);
      expect(shared).toHaveLength(1);
      vi.advanceTimersByTime(1000);
      expect(told).toBe(1);
      now = PRESENCE_HOLDS_MS + 1;
      vi.advanceTimersByTime(2000);
      expect(presence.list()).toEqual([]);
      expect(told).toBe(2);
      presence.close();
    } finally {
      vi.useRealTimers();
    }
  });
});
