import { fold } from '../text/fold.js';
import { clean } from './names.js';

/** A house number as recorded, its leading number, and the last number of a range (else the same). */
export interface HouseNumber {
  readonly text: string;
  readonly number: number;
  readonly end: number;
}

/** Numbers above this are postcodes or mistakes, not houses. */
const LARGEST = 99_999;

/**
 * Reads the value of `addr:housenumber`: lists (`12;14`), ranges (`12-16`), letters (`12a`), Chinese forms (`12号`,
 * `十二号楼`). Empty when no number is in it.
 */
export function readHouseNumbers(value: string): HouseNumber[] {
  return value.split(/[;,、]/).flatMap((part) => {
    const text = clean(part).replace(/\s*(号楼|號樓|号|號)$/, '');
    const match = /(\d+)(?:\s*[-–—~至]\s*(\d+))?/.exec(fold(text));
    const number = Number(match?.[1] ?? Number.NaN);
    if (!match || !(number <= LARGEST)) return [];
    const end = Number(match[2] ?? number);
    // `12-1` and `12-1301` are a house and its part; a range ascends and is not long.
    const isRange = end > number && end - number <= 50;
    return [{ text: /^\d+$/.test(fold(text)) ? fold(text) : text, number, end: isRange ? end : number }];
  });
}
