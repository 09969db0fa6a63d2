import { instant } from '@lamplight/base';
import { type AccountView, accountSchema, type ServerInfo, serverInfoSchema } from '@lamplight/contracts';
import { z } from 'zod';
import { readStored, removeStored, writeStored } from '../state/storage.js';
import { forgetKeptBoards } from './kept-board.js';

/** After so long the kept console is of no more use, and its data have no more business here. */
export const KEPT_FOR_MS = 24 * 3_600_000;

const NAME = 'entrance';

const keptSchema = z.object({
  /** The browser's clock when the server last answered, in milliseconds. */
  at: z.number(),
  info: serverInfoSchema,
  account: accountSchema,
});

/** What the server was and who was signed in, for a start while it is away. Opens nothing: the server asks again. */
export function keepEntrance(info: ServerInfo, account: AccountView): void {
  writeStored(NAME, z.encode(keptSchema, { at: Date.now(), info, account }));
}

export function readEntrance(): { readonly info: ServerInfo; readonly account: AccountView } | null {
  const parsed = keptSchema.safeParse(readStored(NAME));
  if (!parsed.success) return null;
  const { at, info, account } = parsed.data;
  const age = Date.now() - at;
  // A clock that was set back makes everything look new: what seems to come from the future is not trusted.
  if (age < -60_000 || age > KEPT_FOR_MS) {
    forgetKept();
    return null;
  }
  return { info: { ...info, now: instant(info.now + Math.max(0, age) * info.clockScale) }, account };
}

/** Signing out leaves nothing of the board behind. */
export function forgetKept(): void {
  removeStored(NAME);
  void forgetKeptBoards();
}
