import type { Api } from '@lamplight/ui';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { z } from 'zod';
import { useServer } from './server.js';
import { SettingsStore } from './settings-store.js';
import { readStored, storedKey, writeStored } from './storage.js';

const stores = new Map<string, SettingsStore>();

/** The settings of an account; all windows of a browser see each other's changes at once. */
export function settingsOf(api: Api, accountId: string): SettingsStore {
  const known = stores.get(accountId);
  if (known) return known;
  const name = `settings.${accountId}`;
  const store = new SettingsStore(api, {
    read: () => readStored(name),
    write: (content) => writeStored(name, content),
  });
  window.addEventListener('storage', ({ key }) => {
    if (key === storedKey(name)) store.reread();
  });
  window.addEventListener('online', () => void store.refresh());
  stores.set(accountId, store);
  return store;
}

const NOBODYS = { subscribe: () => () => undefined };

/**
 * Something a person sets for themselves: kept in this browser at once and at the server soon after, so that it follows
 * them to another desk; works without the server. What does not fit the schema counts as not set. `initial` should be
 * one object for good. Values are objects, as wrapping a list or a word leaves room to say more later.
 */
export function useAccountSetting<Value extends object>(
  name: string,
  schema: z.ZodType<Value>,
  initial: Value,
): readonly [value: Value, set: (value: Value) => void] {
  const { api, session } = useServer();
  const accountId = session.state === 'in' ? session.account.id : null;
  const store = accountId === null ? null : settingsOf(api, accountId);
  const raw = useSyncExternalStore((store ?? NOBODYS).subscribe, () => store?.get(name));
  const value = useMemo(() => {
    const parsed = schema.safeParse(raw);
    return parsed.success ? parsed.data : initial;
  }, [raw, schema, initial]);
  const set = useCallback((next: Value) => store?.set(name, next), [store, name]);
  return [value, set];
}
