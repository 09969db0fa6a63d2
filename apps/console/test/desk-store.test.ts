import { describe, expect, it } from 'vitest';
import { type DeskLine, DeskStore } from '../src/desk/desk-store.js';

/** Windows of one browser: what one posts all others get, in order. */
function browser() {
  const lines = new Set<(message: unknown) => void>();
  return (): DeskLine & { cut(): void } => {
    let own: ((message: unknown) => void) | null = null;
    return {
      post(message) {
        if (own === null) return;
        for (const take of lines) if (take !== own) take(structuredClone(message));
      },
      onMessage(take) {
        own = take;
        lines.add(take);
      },
      close() {
        if (own) lines.delete(own);
      },
      /** The window crashes: it neither hears nor says anything any more. */
      cut() {
        if (own) lines.delete(own);
        own = null;
      },
    };
  };
}
const told = (): Promise<void> => Promise.resolve();

describe('the windows of a desk', () => {
  it('show the same, also one that opens later', () => {
    const open = browser();
    const board = new DeskStore(open());
    board.change({ incidentId: 'i1' });
    const late = new DeskStore(open());
    expect(late.getState().incidentId).toBe('i1');
    late.change({ unitId: 'u1' });
    expect(board.getState().unitId).toBe('u1');
  });

  it('leave a panel its place in the window that is there for it, and take it back when that closes', async () => {
    const open = browser();
    const board = new DeskStore(open());
    const map = new DeskStore(open());
    map.standAlone('map');
    await told();
    expect(board.getState().detached).toEqual(['map']);
    expect(map.getState().detached).toEqual([]);
    map.leave();
    expect(board.getState().detached).toEqual([]);
    map.return();
    expect(board.getState().detached).toEqual(['map']);
  });

  it('notice one that has crashed', async () => {
    const open = browser();
    const board = new DeskStore(open());
    const line = open();
    new DeskStore(line).standAlone('units');
    await told();
    for (let ping = 0; ping < 10; ping += 1) board.ping();
    expect(board.getState().detached).toEqual(['units']);
    line.cut();
    for (let ping = 0; ping < 4; ping += 1) board.ping();
    expect(board.getState().detached).toEqual([]);
  });

  it('carry out an order in one window, however many could', async () => {
    const open = browser();
    const board = new DeskStore(open());
    const done: string[] = [];
    for (const name of ['first', 'second']) {
      new DeskStore(open()).on('dispatch', () => done.push(name));
    }
    await told();
    board.emit({ type: 'dispatch', rank: null });
    expect(done).toHaveLength(1);
    board.on('dispatch', () => done.push('here'));
    board.emit({ type: 'dispatch', rank: 1 });
    expect(done.slice(1)).toEqual(['here']);
  });

  it('show a place in each of them', async () => {
    const open = browser();
    const board = new DeskStore(open());
    const seen: string[] = [];
    for (const name of ['first', 'second']) new DeskStore(open()).on('reveal', () => seen.push(name));
    await told();
    board.emit({ type: 'reveal', at: [113, 24] });
    expect(seen).toEqual(['first', 'second']);
  });
});
