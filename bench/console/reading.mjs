// What it takes to read a second's worth of positions, in the engine that the browser has as well: ours against the plain
// way, a list of objects in one message, each checked by its schema.
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { instant } from '../../packages/base/dist/index.js';
import { fixSchema, serverMessageSchema } from '../../packages/contracts/dist/index.js';
import { readMessage } from '../../packages/ui/dist/read-message.js';

const SLICE = 500;
const plainSchema = z.object({ type: z.literal('positions'), fixes: z.array(fixSchema) });

/** Milliseconds to read the positions of so many units, in all and in the longest go, and the bytes on the line. */
export function measureReading(units) {
  const fixes = Array.from({ length: units }, (_, index) => fixOf(index));
  const slices = [];
  for (let at = 0; at < units; at += SLICE) {
    slices.push(textOf(serverMessageSchema, { type: 'positions', fixes: fixes.slice(at, at + SLICE) }));
  }
  const plain = textOf(plainSchema, { type: 'positions', fixes });
  return {
    ours: timed(slices, readMessage),
    plain: timed([plain], (text) => plainSchema.parse(JSON.parse(text))),
  };
}

const textOf = (schema, message) => JSON.stringify(z.encode(schema, message));

function timed(texts, read) {
  const rounds = [];
  for (let round = 0; round < 12; round++) {
    const each = texts.map((text) => {
      const start = performance.now();
      read(text);
      return performance.now() - start;
    });
    rounds.push({ all: each.reduce((sum, took) => sum + took, 0), longest: Math.max(...each) });
  }
  const middle = rounds.sort((a, b) => a.all - b.all)[rounds.length >> 1];
  return { ...middle, bytes: texts.reduce((sum, text) => sum + text.length, 0) };
}

const fixOf = (index) => ({
  unitId: `U${index}`,
  position: [113.6 + (index % 97) / 1e6, 24.8 + (index % 89) / 1e6],
  eventAt: instant(1_700_000_000_000 + (index % 1000)),
  receivedAt: instant(1_700_000_000_400 + (index % 1000)),
  accuracy: 6,
  speed: (index % 18) + 0.25,
  bearing: index % 360,
  clockSuspect: false,
});
