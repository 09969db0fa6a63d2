/** Side of the squares in which taken room is remembered, in pixels. */
const SQUARE = 6;

/** Which parts of the view are taken by labels and marks: who asks first gets the room. */
export class LabelRoom {
  readonly #columns: number;
  readonly #rows: number;
  readonly #taken: Uint8Array;

  constructor(width: number, height: number) {
    this.#columns = Math.max(1, Math.ceil(width / SQUARE));
    this.#rows = Math.max(1, Math.ceil(height / SQUARE));
    this.#taken = new Uint8Array(this.#columns * this.#rows);
  }

  /** Takes a rectangle when none of it is taken yet. What reaches out of the view is taken to end at its edge. */
  take(left: number, top: number, width: number, height: number): boolean {
    const [first, last] = [this.#column(left), this.#column(left + width)];
    const [upper, lower] = [this.#row(top), this.#row(top + height)];
    for (let row = upper; row <= lower; row++) {
      const start = row * this.#columns;
      if (this.#taken.subarray(start + first, start + last + 1).includes(1)) return false;
    }
    this.fill(left, top, width, height);
    return true;
  }

  /** Takes a rectangle whether or not somebody has it already. */
  fill(left: number, top: number, width: number, height: number): void {
    const [first, last] = [this.#column(left), this.#column(left + width)];
    for (let row = this.#row(top); row <= this.#row(top + height); row++) {
      const start = row * this.#columns;
      this.#taken.fill(1, start + first, start + last + 1);
    }
  }

  #column = (x: number): number => Math.max(0, Math.min(this.#columns - 1, Math.floor(x / SQUARE)));
  #row = (y: number): number => Math.max(0, Math.min(this.#rows - 1, Math.floor(y / SQUARE)));
}
