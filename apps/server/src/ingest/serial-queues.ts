/**
 * Tasks by key: those of one key run one after the other, those of different keys side by side. At most `limit` tasks
 * are meant to be in hand; whoever adds them asks `whenRoom` before bringing the next. A task must not reject.
 */
export class SerialQueues {
  readonly #limit: number;
  readonly #tails = new Map<string, Promise<void>>();
  #inHand = 0;
  #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(key: string, task: () => Promise<void>): void {
    this.#inHand++;
    const tail = (this.#tails.get(key) ?? Promise.resolve()).then(task).finally(() => {
      this.#inHand--;
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
      if (this.#inHand < this.#limit) this.#waiting.shift()?.();
    });
    this.#tails.set(key, tail);
  }

  /** Calls back when fewer than `limit` tasks are in hand: at once, or as soon as that is so. */
  whenRoom(callback: () => void): void {
    if (this.#inHand < this.#limit) callback();
    else this.#waiting.push(callback);
  }

  /** Resolves when all tasks added so far are done. */
  async drain(): Promise<void> {
    await Promise.all(this.#tails.values());
  }
}
