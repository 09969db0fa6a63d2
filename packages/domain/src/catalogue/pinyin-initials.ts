/**
 * The first Han character in pinyin order for each initial letter. No syllable begins with i, u or v. The
 * characters themselves are rare; what counts is where they stand in the collation.
 */
const FIRST_OF_LETTER = [
  ['a', '阿'],
  ['b', '八'],
  ['c', '嚓'],
  ['d', '咑'],
  ['e', '妸'],
  ['f', '发'],
  ['g', '旮'],
  ['h', '哈'],
  ['j', '丌'],
  ['k', '咔'],
  ['l', '垃'],
  ['m', '妈'],
  ['n', '拏'],
  ['o', '噢'],
  ['p', '趴'],
  ['q', '七'],
  ['r', '呥'],
  ['s', '仨'],
  ['t', '他'],
  ['w', '屲'],
  ['x', '夕'],
  ['y', '丫'],
  ['z', '帀'],
] as const;

const collator = new Intl.Collator('zh-u-co-pinyin');
/** A runtime built without Chinese collation sorts by code point, and then knows no initials. */
const available = FIRST_OF_LETTER.every(
  ([, first], index) => index === 0 || collator.compare(FIRST_OF_LETTER[index - 1]?.[1] ?? '', first) < 0,
);
const known = new Map<string, string>();

/**
 * The pinyin initials of the Han characters of a text (`入室盗窃` → `rsdq`); other letters and digits stay, in
 * lower case, the rest goes. A character with several readings counts with the one that the Unicode collation
 * (CLDR, `co-pinyin`) sorts it by. Empty for Han characters where the runtime has no such collation.
 */
export function pinyinInitials(text: string): string {
  let initials = '';
  for (const character of text.toLowerCase()) initials += initialOf(character);
  return initials;
}

function initialOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return /[\p{L}\p{N}]/u.test(character) ? character : '';
  if (!available) return '';
  let initial = known.get(character);
  if (initial === undefined) {
    initial = FIRST_OF_LETTER.findLast(([, first]) => collator.compare(first, character) <= 0)?.[0] ?? '';
    known.set(character, initial);
  }
  return initial;
}
