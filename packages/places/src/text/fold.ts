import { chineseNumber, isNumeralCharacter } from './chinese-numerals.js';
import { simplifiedOf } from './traditional.js';

/**
 * A text made comparable: lower case, full width as half width, accents off, traditional characters as simplified
 * ones, Chinese numerals as digits. Unit `i` of `text` comes from the typed text between `from[i]` and `to[i]`.
 */
export interface FoldedText {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Letters that Unicode does not take apart. */
const LIGATURES: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
};

const APOSTROPHES = /['’‘ʼ`´]/;

/** Folds a text; the length of the result may differ from the length of the text. */
export function foldText(typed: string): FoldedText {
  const characters: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const character of typed) {
    const end = at + character.length;
    const folded = foldCharacter(character);
    characters.push(folded);
    for (let unit = 0; unit < folded.length; unit++) {
      from.push(at);
      to.push(end);
    }
    at = end;
  }
  return foldNumerals({ text: characters.join(''), from, to });
}

/** The folded text alone. */
export const fold = (text: string): string => foldText(text).text;

function foldCharacter(character: string): string {
  if (character >= ' ' && character <= '~') return APOSTROPHES.test(character) ? '' : character.toLowerCase();
  if (APOSTROPHES.test(character)) return '';
  const apart = character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  // Kelvin signs, Roman numerals and the like fold to one or more plain characters; surrogates stay pairs.
  return [...apart].map((part) => LIGATURES[part] ?? simplifiedOf(part)).join('');
}

/** Writes each Chinese number in digits, so that 十二号 is 12号 and 三路 is 3路, on both sides of a comparison. */
function foldNumerals(folded: FoldedText): FoldedText {
  const { text } = folded;
  let start = 0;
  while (start < text.length && !isNumeralCharacter(text.charAt(start))) start++;
  if (start === text.length) return folded;

  let result = '';
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < text.length; ) {
    let end = i;
    while (end < text.length && isNumeralCharacter(text.charAt(end))) end++;
    const number = end > i ? chineseNumber(text.slice(i, end)) : undefined;
    const piece = number ?? text.slice(i, Math.max(end, i + 1));
    const length = Math.max(end, i + 1) - i;
    for (let unit = 0; unit < piece.length; unit++) {
      const source = number === undefined ? i + unit : i;
      const sourceEnd = number === undefined ? i + unit : i + length - 1;
      from.push(folded.from[source] ?? 0);
      to.push(folded.to[sourceEnd] ?? 0);
    }
    result += piece;
    i += length;
  }
  return { text: result, from, to };
}
