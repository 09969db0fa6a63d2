import { instant } from '@lamplight/base';
import { type Fix, serverMessageSchema } from '@lamplight/contracts';
import { ResponseBoard } from '@lamplight/domain';
import { describe, expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../src/clock.js';
import { createHub, type Hub } from '../src/live/hub.js';
import { soon } from './fixtures/server.js';

const fixAt = (unit: number, second: number): Fix => ({
  unitId: `u${unit}`,
  position: [113 + second / 1000, 24],
  eventAt: instant(second * 1000),
  receivedAt: instant(second * 1000),
  accuracy: null,
  speed: null,
  bearing: null,
  clockSuspect: false,
});

const city = (units: number, second: number): readonly Fix[] =>
  Array.from({ length: units }, (_, unit) => fixAt(unit, second));

/** A hub and what one who sees the board is sent, in order. */
function watched(latest: readonly Fix[] = []): { hub: Hub; messages: ReturnType<typeof parse>[] } {
  const hub = createHub({
    board: new ResponseBoard(),
    epoch: 'e',
    clock: SYSTEM_CLOCK,
    position: 10,
    listFixes: () => latest,
    listPresent: () => [],
    catalogueRevision: () => 0,
  });
  const messages: ReturnType<typeof parse>[] = [];
  const take = (text: string): void => void messages.push(parse(text));
  hub.join(
    {
      viewer: { key: 'all', board: true, callers: true, people: true, unitId: null },
      send: take,
      sendLossy: take,
    },
    { epoch: 'e.all', position: 10 },
  );
  return { hub, messages };
}

const parse = (text: string) => serverMessageSchema.parse(JSON.parse(text));

describe('positions of a whole city', () => {
  it('LIVE-28: come at most 500 at a time, and what happens meanwhile is sent before the rest', async () => {
    const { hub, messages } = watched();
    hub.publishFixes(city(1200, 1));
    hub.publish({ position: 11, entities: [], events: [] });
    const sizes = (): unknown[] =>
      messages
        .slice(3)
        .map((message) => (message.type === 'positions' ? message.fixes.length : message.type));
    await soon(() => expect(sizes()).toEqual([500, 'change', 500, 200]));
  });

  it('LIVE-28: of the fixes of a unit that wait only the latest is sent', async () => {
    const { hub, messages } = watched();
    hub.publishFixes(city(1000, 1));
    hub.publishFixes(city(1000, 2));
    const seconds = (): number[] =>
      messages
        .slice(3)
        .flatMap((message) => (message.type === 'positions' ? [...message.fixes] : []))
        .map(({ receivedAt }) => receivedAt / 1000);
    // The first 500 were out when the second round came; of the others only the later fix is sent.
    await soon(() => expect(seconds()).toHaveLength(1500));
    expect(seconds().filter((second) => second === 1)).toHaveLength(500);
  });

  it('LIVE-11: after coming back the latest fix of every unit follows, in as many messages as it takes', () => {
    const { messages } = watched(city(1100, 1));
    expect(messages.map(({ type }) => type)).toEqual([
      'hello',
      'change',
      'positions',
      'positions',
      'positions',
    ]);
  });
});
