/** A word, number or Chinese run of a folded text; `start` and `end` are units of that text. */
export interface Token {
  readonly kind: 'word' | 'number' | 'han';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /(?<number>\d+(?:(?:st|nd|rd|th|[a-z])(?![a-z]))?)|(?<han>[㐀-鿿豈-﫿ぁ-ヿ가-힣])|\p{L}/uy;

/**
 * Cuts a folded text into words of letters, numbers (with the letter of `12a` and the ending of `2nd`) and runs of
 * characters that are written without spaces. All else separates.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length; ) {
    TOKEN.lastIndex = start;
    const match = TOKEN.exec(text);
    if (!match) {
      start++;
      continue;
    }
    const { number, han } = match.groups ?? {};
    const kind = number !== undefined ? 'number' : han !== undefined ? 'han' : 'word';
    const end = kind === 'number' ? start + match[0].length : endOfRun(text, start, kind);
    tokens.push({ kind, text: text.slice(start, end), start, end });
    start = end;
  }
  return tokens;
}

const HAN = /[㐀-鿿豈-﫿ぁ-ヿ가-힣]/;
const LETTER = /\p{L}/u;

function endOfRun(text: string, start: number, kind: 'han' | 'word'): number {
  let end = start;
  while (end < text.length) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0);
    const isHan = HAN.test(character);
    if (kind === 'han' ? !isHan : isHan || !LETTER.test(character)) break;
    end += character.length;
  }
  return Math.max(end, start + 1);
}

/** True when the text has a character that is written without spaces. */
export const hasHan = (text: string): boolean => HAN.test(text);

/**
 * A folded name as it is compared: the part in Chinese characters, with the digits and letters that stand in it
 * (`g15高速`, `青山路3弄`), and the words of the rest. A bilingual name such as `中山路 Zhongshan Road` has both.
 */
export function partsOfName(folded: string): { readonly han: string; readonly words: readonly string[] } {
  let han = '';
  let rest = '';
  for (const chunk of folded.split(/[\s,;/()·・]+/)) {
    if (hasHan(chunk)) han += compact(chunk);
    else rest += ` ${chunk}`;
  }
  return { han, words: tokensOf(rest).map(({ text }) => text) };
}

/** Letters and digits alone, of any script. */
export const compact = (folded: string): string => folded.replace(/[^\p{L}\p{N}]+/gu, '');
