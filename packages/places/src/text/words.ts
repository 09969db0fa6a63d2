/**
 * Ways to write a word of a street name. Every member of a group may stand for every other; the first is the full
 * form. A word may be in two groups: "st" is a street and a saint.
 */
const KINDS_OF_STREET: readonly (readonly string[])[] = [
  ['street', 'st', 'str', 'jie'],
  ['strasse', 'str', 'st'],
  ['road', 'rd', 'lu'],
  ['avenue', 'ave', 'av', 'dadao'],
  ['boulevard', 'blvd', 'boul'],
  ['drive', 'dr'],
  ['lane', 'ln', 'xiang', 'nong'],
  ['court', 'ct'],
  ['place', 'pl'],
  ['platz', 'pl'],
  ['square', 'sq'],
  ['terrace', 'ter', 'terr'],
  ['highway', 'hwy'],
  ['expressway', 'expy', 'expwy'],
  ['freeway', 'fwy'],
  ['parkway', 'pkwy'],
  ['circle', 'cir'],
  ['alley', 'aly'],
  ['crescent', 'cres'],
  ['plaza', 'plz'],
];

const OTHER_GROUPS: readonly (readonly string[])[] = [
  ['saint', 'st'],
  ['sankt', 'st', 'skt'],
  ['station', 'stn', 'sta'],
  ['building', 'bldg'],
  ['centre', 'center', 'ctr'],
  ['mount', 'mt'],
  ['mountain', 'mtn'],
  ['fort', 'ft'],
  ['north', 'n', 'bei'],
  ['south', 's', 'nan'],
  ['east', 'e', 'dong'],
  ['west', 'w', 'xi'],
  ['middle', 'central', 'zhong'],
  ['northeast', 'ne'],
  ['northwest', 'nw'],
  ['southeast', 'se'],
  ['southwest', 'sw'],
  ['number', 'no', 'nr'],
  ['doctor', 'dr', 'doktor'],
  ['1st', 'first'],
  ['2nd', 'second'],
  ['3rd', 'third'],
  ['4th', 'fourth'],
  ['5th', 'fifth'],
  ['6th', 'sixth'],
  ['7th', 'seventh'],
  ['8th', 'eighth'],
  ['9th', 'ninth'],
  ['10th', 'tenth'],
];

const VARIANTS = new Map<string, readonly string[]>();
for (const group of [...KINDS_OF_STREET, ...OTHER_GROUPS]) {
  for (const word of group) {
    VARIANTS.set(
      word,
      [...new Set([...(VARIANTS.get(word) ?? []), ...group])].filter((one) => one !== word),
    );
  }
}

const NONE: readonly string[] = [];

/** Other ways to write a folded word, without the word itself. `bahnhofstr` gives `bahnhofstrasse` and back. */
export function variantsOf(word: string): readonly string[] {
  const known = VARIANTS.get(word);
  if (known) return known;
  if (word.length > 4 && word.endsWith('str')) return [`${word}asse`];
  if (word.length > 7 && word.endsWith('strasse')) return [word.slice(0, -4)];
  return NONE;
}

/** Words that tell little about which place is meant; what a whole name is made of counts all the same. */
const GENERIC = new Set([
  ...KINDS_OF_STREET.flat(),
  ...['the', 'of', 'in', 'im', 'am', 'an', 'at', 'der', 'die', 'das', 'zum', 'zur', 'de', 'la', 'le', 'weg'],
  ...['gasse', 'way', 'near', 'to', 'by', 'on', 'und', 'and', 'house', 'hao', 'city', 'district', 'town'],
  ...['number', 'no', 'nr'],
]);

/** How much a folded word says: its letters up to eight, a third of that for words such as "street". */
export function weightOfWord(word: string): number {
  const letters = Math.min(8, Math.max(2, word.length));
  return GENERIC.has(word) ? letters / 3 : letters;
}

/** Characters that end the names of streets and areas, or mark numbers, and say as little as "street" does. */
const GENERIC_CHARACTERS = new Set('路街道巷弄里号市区县省镇乡村的在');

/** How much a character of a Chinese name says, on the scale of `weightOfWord`. */
export const weightOfCharacter = (character: string): number =>
  GENERIC_CHARACTERS.has(character) ? 1 : character >= '0' && character <= '9' ? 2 : 3;

/** Words after which a number is a flat, not a house. */
export const UNIT_WORDS: ReadonlySet<string> = new Set([
  ...[
    'apt',
    'apartment',
    'unit',
    'suite',
    'ste',
    'flat',
    'room',
    'rm',
    'floor',
    'fl',
    'top',
    'wohnung',
    'stock',
  ],
]);

const CANONICAL = new Map<string, string>();
for (const group of KINDS_OF_STREET)
  for (const word of group) if (!CANONICAL.has(word)) CANONICAL.set(word, group[0] ?? word);

/** One spelling for all usual ones of a folded word that ends a street name. */
export const canonicalWord = (word: string): string =>
  CANONICAL.get(word) ?? (word.length > 4 && word.endsWith('str') ? `${word}asse` : word);
