/** Metres of street front to one pair of house numbers. */
const PLOT = 12;

/** The number of the house `metres` from the beginning of a street: odd on the left, even on the right. */
export function houseNumberAt(metres: number, side: 'left' | 'right'): number {
  return 2 * Math.floor(metres / PLOT) + (side === 'left' ? 1 : 2);
}
