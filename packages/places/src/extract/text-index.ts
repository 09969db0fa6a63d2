import { FORM_LANGUAGES, formsOfName, type NameForm } from '../text/forms.js';
import type { Names } from './names.js';

/** In `formKind`: the form is written in Chinese characters. */
export const HAN_FORM = 4;

/** Arrays by which names are found; see `PlaceArrays`. */
export interface TextIndex {
  readonly vocabulary: readonly string[];
  readonly firstForm: Uint32Array;
  readonly formKind: Uint8Array;
  readonly firstWord: Uint32Array;
  readonly formWords: Uint32Array;
  readonly firstPosting: Uint32Array;
  readonly postings: Uint32Array;
  readonly pairs: Uint32Array;
  readonly firstPairPosting: Uint32Array;
  readonly pairPostings: Uint32Array;
}

/** Indexes the names of places in their order. `intern` gives the index of a string in the string table. */
export function indexNames(names: readonly Names[], intern: (text: string) => number): TextIndex {
  const forms = names.map(formsOfNames);
  const vocabulary = [
    ...new Set(forms.flatMap((list) => list.flatMap((form) => (form.kind === 'words' ? form.words : [])))),
  ].sort(byUnits);
  const wordIndex = new Map(vocabulary.map((word, index) => [word, index] as const));

  const firstForm = new Uint32Array(names.length + 1);
  const formKind: number[] = [];
  const firstWord: number[] = [0];
  const formWords: number[] = [];
  const wordPostings: number[][] = vocabulary.map(() => []);
  const pairPostings = new Map<number, number[]>();
  forms.forEach((list, place) => {
    for (const form of list) {
      const language = FORM_LANGUAGES.indexOf(form.language);
      if (form.kind === 'han') {
        formKind.push(language + HAN_FORM);
        formWords.push(intern(form.text));
        for (const pair of pairsOf(form.text)) append(pairPostings, pair, place);
      } else {
        formKind.push(language);
        for (const word of form.words) {
          const index = wordIndex.get(word) ?? 0;
          formWords.push(index);
          const posting = wordPostings[index];
          if (posting && posting.at(-1) !== place) posting.push(place);
        }
      }
      firstWord.push(formWords.length);
    }
    firstForm[place + 1] = formKind.length;
  });

  const pairs = Uint32Array.from(pairPostings.keys()).sort();
  const pairLists = Array.from(pairs, (pair) => pairPostings.get(pair) ?? []);
  return {
    vocabulary,
    firstForm,
    pairs,
    formKind: Uint8Array.from(formKind),
    firstWord: Uint32Array.from(firstWord),
    formWords: Uint32Array.from(formWords),
    ...flatten(wordPostings, (first, items) => ({ firstPosting: first, postings: items })),
    ...flatten(pairLists, (first, items) => ({ firstPairPosting: first, pairPostings: items })),
  };
}

/** Pairs of neighbouring characters of a Chinese form, and its first character alone. */
export function pairsOf(text: string): number[] {
  const pairs = new Set<number>();
  pairs.add(pairOf(text.charCodeAt(0), 0));
  for (let i = 1; i < text.length; i++) pairs.add(pairOf(text.charCodeAt(i - 1), text.charCodeAt(i)));
  return [...pairs];
}

export const pairOf = (first: number, second: number): number => ((first << 16) | second) >>> 0;

function formsOfNames({ local, en, zh, others }: Names): NameForm[] {
  const seen = new Map<string, NameForm>();
  const add = (name: string, language: 'local' | 'en' | 'zh'): void => {
    if (name === '') return;
    for (const form of formsOfName(name, language)) {
      const key = form.kind === 'han' ? `han ${form.text}` : `words ${form.words.join(' ')}`;
      if (!seen.has(key)) seen.set(key, form);
    }
  };
  add(en, 'en');
  add(zh, 'zh');
  add(local, 'local');
  for (const [name, language] of others) add(name, language);
  return [...seen.values()];
}

function append(lists: Map<number, number[]>, key: number, place: number): void {
  const list = lists.get(key);
  if (!list) lists.set(key, [place]);
  else if (list.at(-1) !== place) list.push(place);
}

/** Lists one behind the other, and where each begins. */
function flatten<Value>(
  lists: readonly (readonly number[])[],
  make: (first: Uint32Array, items: Uint32Array) => Value,
): Value {
  const first = new Uint32Array(lists.length + 1);
  lists.forEach((list, index) => {
    first[index + 1] = (first[index] ?? 0) + list.length;
  });
  const items = new Uint32Array(first[lists.length] ?? 0);
  lists.forEach((list, index) => {
    items.set(list, first[index] ?? 0);
  });
  return make(first, items);
}

const byUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
