import type { ServerMessage } from '@lamplight/contracts';
import { type Arrival, type BoardState, emptyBoard, reduceBoard } from './board-state.js';
import type { LineState } from './live-connection.js';

/** The board and the state of the line that feeds it. */
export interface BoardSnapshot {
  readonly board: BoardState;
  readonly line: LineState;
  /** Local time of the last message, in milliseconds; `null` before the first. */
  readonly heardAt: number | null;
}

export interface BoardStoreOptions {
  /** Calls back once, soon: `requestAnimationFrame` in a page, so that a burst of messages is drawn once. */
  schedule(flush: () => void): void;
  /** Local clock in milliseconds. */
  now(): number;
}

/** Holds the board for React's `useSyncExternalStore`: takes messages at any pace, tells listeners once a frame. */
export class BoardStore {
  readonly #options: BoardStoreOptions;
  readonly #listeners = new Set<() => void>();
  #snapshot: BoardSnapshot = { board: emptyBoard, line: 'connecting', heardAt: null };
  #waiting: Arrival[] = [];
  #ownFixes: BoardState['fixes'] | null = null;
  #scheduled = false;

  constructor(options: BoardStoreOptions) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): BoardSnapshot => this.#snapshot;

  /** Where the board stands once all that has come in is counted; for the next subscription. */
  since(): { epoch: string; position: number } | null {
    this.flush();
    const { epoch, position } = this.#snapshot.board;
    return epoch === null || position < 0 ? null : { epoch, position };
  }

  take(message: ServerMessage): void {
    this.#waiting.push({ message, local: this.#options.now() });
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.schedule(() => this.flush());
  }

  /**
   * Shows a board that was kept from an earlier visit, which the line then goes on from; not once the server has sent
   * one. `heardAt` is in local time and may lie before this clock began.
   */
  restore(board: BoardState, heardAt: number): void {
    if (this.#snapshot.board.epoch !== null || this.#waiting.length > 0) return;
    this.#update({ ...this.#snapshot, board, heardAt });
  }

  setLine(line: LineState): void {
    this.#update({ ...this.#snapshot, line });
  }

  /** Applies what is waiting now. */
  flush(): void {
    this.#scheduled = false;
    const arrivals = this.#waiting;
    const last = arrivals.at(-1);
    if (!last) return;
    this.#waiting = [];
    const { board } = this.#snapshot;
    const next = reduceBoard(board, arrivals, this.#ownFixes);
    // Fixes that a message has made anew are nobody else's from then on.
    if (next.fixes !== board.fixes) this.#ownFixes = next.fixes === emptyBoard.fixes ? null : next.fixes;
    this.#update({ ...this.#snapshot, board: next, heardAt: last.local });
  }

  #update(snapshot: BoardSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
