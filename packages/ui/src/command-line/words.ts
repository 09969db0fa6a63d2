/** A word of what was typed, with where it stands, so that an error can point at it. */
export interface Word {
  /** Folded: narrow letters and digits, lower case. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Wide letters, digits and signs of a Chinese input method as their narrow ones; one character for one. */
export const narrow = (text: string): string =>
  text
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[　，、]/g, (sign) => (sign === '　' ? ' ' : ','));

export const fold = (text: string): string => narrow(text).toLowerCase();

/** Words between spaces and commas. */
export function splitWords(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const found of fold(text).matchAll(/[^\s,]+/g)) {
    words.push({ text: found[0], start: found.index, end: found.index + found[0].length });
  }
  return words;
}

/**
 * How many letters have to be put in, left out, changed or swapped with the next to make one word of the other
 * (optimal string alignment; Boytsov, "Indexing methods for approximate dictionary searching", ACM JEA 16, 2011).
 */
export function distanceOf(a: string, b: string): number {
  const width = b.length + 1;
  const cells = new Uint16Array((a.length + 1) * width);
  const at = (row: number, column: number): number => cells[row * width + column] ?? 0;
  for (let row = 0; row <= a.length; row += 1) cells[row * width] = row;
  for (let column = 0; column <= b.length; column += 1) cells[column] = column;
  for (let row = 1; row <= a.length; row += 1) {
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, at(row - 2, column - 2) + 1);
      cells[row * width + column] = cost;
    }
  }
  return at(a.length, b.length);
}

/** The words that are a slip or two away from what was typed, the nearest first. */
export function nearestWords(typed: string, known: Iterable<string>, count = 3): readonly string[] {
  const allowed = typed.length <= 3 ? 1 : 2;
  return [...new Set(known)]
    .map((word) => ({ word, away: distanceOf(typed, fold(word)) }))
    .filter(({ away }) => away <= allowed)
    .sort((a, b) => a.away - b.away || (a.word < b.word ? -1 : 1))
    .slice(0, count)
    .map(({ word }) => word);
}
