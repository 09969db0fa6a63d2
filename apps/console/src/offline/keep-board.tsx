import { type ReactNode, useEffect } from 'react';
import { useBoardStore } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { readKeptBoard, shapeOf, writeKeptBoard } from './kept-board.js';
import { KEPT_FOR_MS } from './kept-entrance.js';

/** Copying a large board takes a moment, so it is not done at every change. */
const EVERY_MS = 15_000;

/** Keeps what is on the board through a reload while the server is away, and shows it until the server answers. */
export function KeepBoard({ accountId }: { readonly accountId: string }): ReactNode {
  const store = useBoardStore();
  const { info } = useServer();
  const shape = shapeOf(info.version);

  useEffect(() => {
    let stopped = false;
    void readKeptBoard(accountId, shape, KEPT_FOR_MS).then((kept) => {
      if (!kept || stopped) return;
      const age = Math.max(0, Date.now() - kept.heardAt);
      const heardAt = performance.now() - age;
      // The reading of the server's clock is as old as the board: time has gone on since.
      const clock = kept.board.clock && { ...kept.board.clock, local: heardAt };
      store.restore({ ...kept.board, clock }, heardAt);
    });
    return () => {
      stopped = true;
    };
  }, [store, accountId, shape]);

  useEffect(() => {
    let keptBoard: unknown = null;
    let line = store.getSnapshot().line;
    const keep = (): void => {
      const { board, heardAt } = store.getSnapshot();
      if (board === keptBoard || board.position < 0 || heardAt === null) return;
      keptBoard = board;
      void writeKeptBoard(accountId, { shape, heardAt: Date.now() - (performance.now() - heardAt), board });
    };
    const timer = setInterval(keep, EVERY_MS);
    const onHide = (): void => {
      if (document.visibilityState === 'hidden') keep();
    };
    const stop = store.subscribe(() => {
      const before = line;
      line = store.getSnapshot().line;
      // The last state before the line went is the one that will be wanted; the first is there before a first minute.
      if (before !== line) keep();
    });
    document.addEventListener('visibilitychange', onHide);
    window.addEventListener('pagehide', keep);
    return () => {
      stop();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('pagehide', keep);
    };
  }, [store, accountId, shape]);
  return null;
}
