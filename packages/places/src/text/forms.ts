import { pinyin } from 'pinyin-pro';
import { fold } from './fold.js';
import { hasHan, partsOfName } from './tokens.js';

/** In which language a form of a name is; decides between places that match equally well. */
export type FormLanguage = 'local' | 'en' | 'zh';
export const FORM_LANGUAGES: readonly FormLanguage[] = ['local', 'en', 'zh'];

/** One way to type a name: words in order, or characters without spaces. */
export type NameForm =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly language: FormLanguage }
  | { readonly kind: 'han'; readonly text: string; readonly language: FormLanguage };

/** Endings of Chinese street names that are a word of their own in pinyin. */
const HAN_ENDING = /^(.+?)([东南西北中]?)(路|街|大道|巷|弄)$/;

/** Longest written-together form that is worth an entry. */
const LONGEST_JOIN = 28;

/**
 * The ways in which a name may be typed: its words, its words written together, its characters, their pinyin (apart
 * and together) and the first letters of the pinyin.
 */
export function formsOfName(name: string, language: FormLanguage): NameForm[] {
  const { han, words } = partsOfName(fold(name));
  const forms: NameForm[] = [];
  const add = (list: readonly string[]): void => {
    if (list.length > 0) forms.push({ kind: 'words', words: list, language });
  };
  add(words);
  addUmlautForm(name, words, add);
  addJoined(words, add);
  if (han !== '') {
    forms.push({ kind: 'han', text: han, language });
    for (const list of romanise(name)) add(list);
  }
  return forms;
}

function addJoined(words: readonly string[], add: (words: readonly string[]) => void): void {
  if (words.length < 2) return;
  const joined = words.join('');
  if (joined.length <= LONGEST_JOIN) add([joined]);
}

/** German writes ä as ae where the keyboard has none: the name is also found that way. */
function addUmlautForm(
  name: string,
  words: readonly string[],
  add: (words: readonly string[]) => void,
): void {
  const spelled = name.normalize('NFC').replace(/[äöüÄÖÜ]/g, (vowel) => `${fold(vowel)}e`);
  if (spelled === name.normalize('NFC')) return;
  const other = partsOfName(fold(spelled)).words;
  add(other);
  if (other.join('') !== words.join('')) addJoined(other, add);
}

/** Pinyin of the Chinese part of a name, without tones: stem and ending apart, all together, and initials. */
function romanise(name: string): string[][] {
  const han = [...name.normalize('NFKC')].filter(hasHan).join('');
  const numbersApart = name.normalize('NFKC').match(/\d+/g) ?? [];
  const syllables = pinyinOf(han);
  if (syllables.length === 0) return [];
  const lists: string[][] = [];
  const [, stem = '', direction = '', ending = ''] = HAN_ENDING.exec(han) ?? [];
  if (ending !== '') {
    const stemLength = [...stem].length;
    const directionLength = direction === '' ? 0 : 1;
    const word = syllables.slice(0, stemLength).join('');
    const middle = syllables.slice(stemLength, stemLength + directionLength).join('');
    const end = syllables.slice(stemLength + directionLength).join('');
    lists.push([word, ...(middle === '' ? [] : [middle]), end, ...numbersApart]);
  }
  const joined = syllables.join('');
  if (joined.length <= LONGEST_JOIN) lists.push([joined, ...numbersApart]);
  if (syllables.length > 1)
    lists.push([syllables.map((syllable) => syllable.charAt(0)).join(''), ...numbersApart]);
  return lists;
}

/** Syllables of Chinese characters, without tones, ü as u. Characters without a reading are left out. */
export function pinyinOf(han: string): string[] {
  return pinyin(han, { toneType: 'none', type: 'array', nonZh: 'removed' }).map((syllable) => fold(syllable));
}
