import { instant } from '@lamplight/base';
import { type ServerMessage, serverMessageSchema } from '@lamplight/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readLongMessage, readMessage } from '../src/read-message.js';
import { aCall, aFix, anAssignment, anIncident, aUnit } from './fixtures/entities.js';

const textOf = (message: ServerMessage): string => JSON.stringify(z.encode(serverMessageSchema, message));

const city: ServerMessage = {
  type: 'reset',
  position: 7,
  calls: [aCall({ id: 'c' })],
  incidents: Array.from({ length: 30 }, (_, index) => anIncident({ id: `i${index}` })),
  units: Array.from({ length: 600 }, (_, index) => aUnit({ id: `u${index}` })),
  assignments: [anAssignment({ id: 'a' })],
  conditions: [],
  fixes: [aFix({ unitId: 'u1', receivedAt: instant(5000) })],
};

describe('a long message', () => {
  it('is read in slices to the same as in one go, with pauses between', async () => {
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses += 1;
    };
    const text = textOf(city);
    expect(await readLongMessage(text, pause)).toEqual(readMessage(text));
    // Calls, incidents and assignments one slice each, 600 units three.
    expect(pauses).toBe(6);
  });

  it('keeps the causes of a change', async () => {
    const { fixes: _, ...rest } = city;
    const change: ServerMessage = {
      ...rest,
      type: 'change',
      causes: [{ type: 'UnitDispatched', id: 'a', by: 'x' }],
    };
    const text = textOf(change);
    expect(await readLongMessage(text, async () => {})).toEqual(readMessage(text));
  });

  it('is not read when one entity in any slice is wrong', async () => {
    const broken = textOf(city).replace('"id":"u599"', '"id":599');
    expect((await readLongMessage(broken, async () => {})).ok).toBe(false);
    expect((await readLongMessage('{', async () => {})).ok).toBe(false);
  });

  it('of any other kind is read like a short one', async () => {
    const fixes = Array.from({ length: 500 }, (_, index) => aFix({ unitId: `u${index}` }));
    const text = textOf({ type: 'positions', fixes });
    expect(await readLongMessage(text, async () => {})).toEqual(readMessage(text));
  });
});
