import { readJson } from '@lamplight/base';
import { type ServerMessage, serverMessageSchema } from '@lamplight/contracts';

/** What came of reading a message: the message, or why it cannot be read. */
export type ReadMessage =
  | { readonly ok: true; readonly message: ServerMessage }
  | { readonly ok: false; readonly reason: string };

/** Longer messages, in characters, are read in slices; a shorter one takes a few milliseconds at most. */
export const LONG_MESSAGE = 100_000;

/** Entities read in one go. */
const SLICE = 250;

/** Reads a message of the server at once. */
export function readMessage(text: string): ReadMessage {
  return check(readJson(text));
}

/**
 * Reads a long message, such as the board of a whole city, in slices with a `pause` between two, so that the page
 * stays at hand: reading 10,000 units in one go would hold it up for a good part of a second.
 */
export async function readLongMessage(text: string, pause: () => Promise<void>): Promise<ReadMessage> {
  const value: unknown = readJson(text);
  const kind = isFields(value) ? value.type : undefined;
  if (!isFields(value) || (kind !== 'reset' && kind !== 'change')) return check(value);
  const rest: Record<string, unknown> = { ...value };
  for (const list of LISTS) if (Array.isArray(value[list])) rest[list] = [];
  const first = check(rest);
  if (!first.ok) return first;
  const { message } = first;
  if (message.type !== 'reset' && message.type !== 'change') return first;

  const read: Lists = { calls: [], incidents: [], units: [], assignments: [], conditions: [] };
  // A message of the same kind with a slice of one list: the schema is the one of whole messages.
  const bare = { ...rest, ...(kind === 'reset' ? { fixes: NO_FIXES } : { causes: [] }) };
  for (const list of LISTS) {
    const entities: unknown = value[list];
    if (!Array.isArray(entities)) continue;
    for (let at = 0; at < entities.length; at += SLICE) {
      await pause();
      const part = check({ ...bare, [list]: entities.slice(at, at + SLICE) });
      if (!part.ok) return part;
      if (part.message.type === kind && 'units' in part.message) append(read, list, part.message);
    }
  }
  return { ok: true, message: { ...message, ...read } };
}

const LISTS = ['calls', 'incidents', 'units', 'assignments', 'conditions'] as const;
type Entities = Pick<Extract<ServerMessage, { type: 'reset' }>, (typeof LISTS)[number]>;
type Lists = { [List in keyof Entities]: Entities[List][number][] };

const NO_FIXES = {
  from: '1970-01-01T00:00:00Z',
  unit: [],
  lon: [],
  lat: [],
  event: [],
  received: [],
  accuracy: [],
  speed: [],
  bearing: [],
  suspect: [],
};

function append<List extends keyof Entities>(
  read: { [Each in List]: Entities[Each][number][] },
  list: List,
  from: { readonly [Each in List]: readonly Entities[Each][number][] },
): void {
  read[list].push(...from[list]);
}

function check(value: unknown): ReadMessage {
  const parsed = serverMessageSchema.safeParse(value);
  return parsed.success ? { ok: true, message: parsed.data } : { ok: false, reason: parsed.error.message };
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
