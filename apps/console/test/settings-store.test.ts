import type { Settings } from '@lamplight/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type SettingsLine, SettingsStore } from '../src/state/settings-store.js';

/** A server's side of it, as small as can be. */
class Desk implements SettingsLine {
  away = false;
  readonly own = new Map<string, { value: object; version: number }>();
  defaults: Settings['defaults'] = [];

  async settings(): Promise<Settings> {
    if (this.away) throw new Error('away');
    return settingsOf(
      [...this.own].map(([name, { value, version }]) => ({ name, value, version })),
      this.defaults,
    );
  }

  async putSetting(name: string, value: object) {
    if (this.away) throw new Error('away');
    const version = (this.own.get(name)?.version ?? 0) + 1;
    this.own.set(name, { value, version });
    return { version };
  }
}

const settingsOf = (
  own: readonly { name: string; value: object; version: number }[],
  defaults: Settings['defaults'],
): Settings => ({
  own: own.map((setting) => ({ ...setting, value: JSON.parse(JSON.stringify(setting.value)) })),
  defaults,
});

const shelfOf = (content: { at: object }) => ({
  read: () => JSON.parse(JSON.stringify(content.at)),
  write: (next: object) => {
    content.at = next;
  },
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const later = (): Promise<unknown> => vi.advanceTimersByTimeAsync(30_000);

describe('settings of an account', () => {
  it('holds at once, and reaches the server and another desk', async () => {
    const server = new Desk();
    const here = new SettingsStore(server, shelfOf({ at: {} }));
    here.set('layout', { left: 300 });
    expect(here.get('layout')).toEqual({ left: 300 });
    await later();
    const there = new SettingsStore(server, shelfOf({ at: {} }));
    await later();
    expect(there.get('layout')).toEqual({ left: 300 });
  });

  it('keeps what was set without the server through a reload, and sends it when the server is back', async () => {
    const server = new Desk();
    server.own.set('layout', { value: { left: 100 }, version: 4 });
    server.away = true;
    const shelf = { at: {} };
    new SettingsStore(server, shelfOf(shelf)).set('layout', { left: 300 });
    await later();
    const again = new SettingsStore(server, shelfOf(shelf));
    expect(again.get('layout')).toEqual({ left: 300 });
    server.away = false;
    await later();
    expect(server.own.get('layout')?.value).toEqual({ left: 300 });
  });

  it('takes over what another desk set, as one object until it changes', async () => {
    const server = new Desk();
    const store = new SettingsStore(server, shelfOf({ at: {} }));
    store.set('layout', { left: 1 });
    await later();
    server.own.set('layout', { value: { left: 2 }, version: 9 });
    await store.refresh();
    const taken = store.get('layout');
    expect(taken).toEqual({ left: 2 });
    await store.refresh();
    expect(store.get('layout')).toBe(taken);
  });

  it("starts from the first role's default where the person set nothing", async () => {
    const server = new Desk();
    server.defaults = [
      { role: 'supervisor', name: 'layout', value: { left: 5 } },
      { role: 'dispatcher', name: 'layout', value: { left: 6 } },
    ];
    const store = new SettingsStore(server, shelfOf({ at: {} }));
    await later();
    expect(store.get('layout')).toEqual({ left: 5 });
    store.set('layout', { left: 7 });
    expect(store.get('layout')).toEqual({ left: 7 });
  });

  it('does not lose a change that is made while the one before is on its way', async () => {
    const server = new Desk();
    const store = new SettingsStore(server, shelfOf({ at: {} }));
    store.set('layout', { left: 1 });
    await vi.advanceTimersByTimeAsync(800);
    store.set('layout', { left: 2 });
    await later();
    expect(server.own.get('layout')?.value).toEqual({ left: 2 });
  });
});
