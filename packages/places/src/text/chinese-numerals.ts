const DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100 };

/** True for the characters that Chinese numbers below a thousand are written with. */
export const isNumeralCharacter = (character: string): boolean =>
  DIGITS[character] !== undefined || UNITS[character] !== undefined;

/**
 * What a run of numeral characters says, in digits: 十二 is 12, 一百零五 is 105, 一二三 is 123. `undefined` for a run
 * that is no number, such as the 百 of 百花路.
 */
export function chineseNumber(run: string): string | undefined {
  const characters = [...run];
  if (characters.every((character) => DIGITS[character] !== undefined)) {
    return characters.map((character) => DIGITS[character]).join('');
  }
  if (characters.every((character) => character === '百')) return undefined;
  let total = 0;
  let digit: number | undefined;
  for (const character of characters) {
    const unit = UNITS[character];
    if (unit === undefined) {
      digit = DIGITS[character];
    } else {
      total += (digit ?? 1) * unit;
      digit = undefined;
    }
  }
  return String(total + (digit ?? 0));
}
