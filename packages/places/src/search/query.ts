import { foldText } from '../text/fold.js';
import { pinyinOf } from '../text/forms.js';
import { tokensOf } from '../text/tokens.js';
import { UNIT_WORDS, variantsOf, weightOfCharacter, weightOfWord } from '../text/words.js';
import type { Vocabulary } from './vocabulary.js';

/** Of longer texts only the first characters are read; the rest counts as not understood. */
export const MAX_QUERY_LENGTH = 200;

/** Most atoms of a text that are looked at. */
const MAX_ATOMS = 64;

/** The smallest piece of a typed text that can be understood or not: a word, a number, a Chinese character. */
export interface Atom {
  readonly kind: 'word' | 'number' | 'han';
  readonly text: string;
  /** How much it says; see `weightOfWord`. */
  readonly weight: number;
  /** Where it stands in the typed text. */
  readonly from: number;
  readonly to: number;
}

/** Some atoms in a row, and the words of the vocabulary that they may stand for. */
export interface Span {
  readonly first: number;
  readonly last: number;
  readonly matches: WordMatches;
}

/** Words of the vocabulary with the quality, in (0, 1], at which each is meant. */
export interface WordMatches {
  readonly words: ReadonlyMap<number, number>;
  /** All words from `first` up to, not including, `end`, those of a common beginning. */
  readonly ranges: readonly { readonly first: number; readonly end: number; readonly quality: number }[];
}

/** The quality at which a word is meant; 0 when it is not. */
export function qualityOf({ words, ranges }: WordMatches, word: number): number {
  let quality = words.get(word) ?? 0;
  for (const range of ranges) {
    if (word >= range.first && word < range.end && range.quality > quality) quality = range.quality;
  }
  return quality;
}

/** A typed text, understood as far as it can be without knowing the places. */
export interface Query {
  readonly typed: string;
  readonly atoms: readonly Atom[];
  /** Sum of the weights of the atoms, and of what was cut off. */
  readonly weight: number;
  /** True when the last atom may go on: nothing was typed after it. */
  readonly open: boolean;
  /** The text without blanks, and for each of its units the atom that it belongs to. */
  readonly compact: string;
  readonly compactAtom: readonly number[];
  /** True when some of it is in Chinese characters. */
  readonly hasHan: boolean;
  /** True when the text says that two streets meet. */
  readonly junction: boolean;
  /** True when the text went on after what was read. */
  readonly truncated: boolean;
}

const JUNCTION =
  /[&@/×]|\b(?:and|und|at|corner|intersection|ecke|kreuzung|junction|et|y)\b|[与和跟及]|交叉|路口|交汇|交界|[街道]口/;

/** What stands beside the address: where exactly in the house, or that it is only near. Explained or not, it decides nothing. */
const ASIDE =
  /\d+ ?(?:单元|室|层|房)|(?<=号)[楼院]|附近|旁边|对面|门口|(?:apt|apartment|unit|suite|ste|flat|room|rm|floor|fl|top)\.? ?#?\d+[a-z]?(?![a-z])/g;
const ASIDE_WEIGHT = 0.1;

const CONNECTORS: ReadonlySet<string> = new Set(
  'and und at corner of intersection ecke kreuzung junction et y the'.split(' '),
);
const CONNECTING_CHARACTERS = new Set('与和跟及交叉口汇界处');

/** Reads a typed text. Control characters separate words. */
export function readQuery(typed: string): Query {
  const read = typed.slice(0, MAX_QUERY_LENGTH);
  const folded = foldText(read);
  const junction = JUNCTION.test(folded.text);
  const atoms: Atom[] = [];
  let compact = '';
  const compactAtom: number[] = [];
  let end = 0;
  const tokens = tokensOf(folded.text);
  const asides = [...folded.text.matchAll(ASIDE)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  const isAside = (at: number): boolean => asides.some(([first, last]) => at >= first && at < last);
  for (const token of tokens) {
    const pieces = token.kind === 'han' ? [...token.text] : [token.text];
    let start = token.start;
    for (const text of pieces) {
      if (atoms.length === MAX_ATOMS) break;
      for (let unit = 0; unit < text.length; unit++) compactAtom.push(atoms.length);
      compact += text;
      end = start + text.length;
      atoms.push({
        kind: token.kind,
        text,
        weight: isAside(start) ? ASIDE_WEIGHT : weightOf(token.kind, text, atoms.at(-1), junction),
        from: folded.from[start] ?? 0,
        to: folded.to[end - 1] ?? 0,
      });
      start = end;
    }
  }
  const lastToken = tokens.at(-1);
  const truncated = typed.length > MAX_QUERY_LENGTH || (lastToken !== undefined && end < lastToken.end);
  const weight = atoms.reduce((sum, atom) => sum + atom.weight, 0);
  return {
    typed,
    atoms,
    weight: truncated ? weight * 1.5 : weight,
    open: !truncated && end === folded.text.length,
    compact,
    compactAtom,
    hasHan: atoms.some(({ kind }) => kind === 'han'),
    junction,
    truncated,
  };
}

function weightOf(kind: Atom['kind'], text: string, before: Atom | undefined, junction: boolean): number {
  if (kind === 'number') return 3;
  if (kind === 'word') return junction && CONNECTORS.has(text) ? 0.1 : weightOfWord(text);
  if (junction && CONNECTING_CHARACTERS.has(text)) return 0.1;
  return text === '号' && before?.kind === 'number' ? 0.1 : weightOfCharacter(text);
}

/** True when the number at `index` is that of a flat, a floor or a room, not of a house. */
export function isUnitNumber({ atoms }: Query, index: number): boolean {
  const before = atoms[index - 1];
  if (before?.kind === 'word' && UNIT_WORDS.has(before.text)) return true;
  const after = atoms[index + 1];
  return after?.kind === 'han' && '单室层元房'.includes(after.text);
}

/** Longest run of words that may have been meant as one. */
const LONGEST_RUN = 6;

/** Which words of the vocabulary each word of the text may stand for, alone and written together with its neighbours. */
export function listSpans(query: Query, vocabulary: Vocabulary, tolerant: boolean): Span[] {
  const spans: Span[] = [];
  const { atoms } = query;
  for (let first = 0; first < atoms.length; first++) {
    if (atoms[first]?.kind === 'han') continue;
    let text = '';
    for (let last = first; last < Math.min(atoms.length, first + LONGEST_RUN); last++) {
      const atom = atoms[last];
      if (!atom || atom.kind === 'han') break;
      text += atom.text;
      const isLast = query.open && last === atoms.length - 1;
      const matches = matchWord(text, vocabulary, {
        open: isLast,
        alone: first === last,
        tolerant: tolerant && atom.kind === 'word' && last <= first + 1,
      });
      if (matches.words.size > 0 || matches.ranges.length > 0) spans.push({ first, last, matches });
    }
  }
  if (tolerant) spans.push(...listHomophones(query, vocabulary));
  return spans;
}

interface MatchOptions {
  /** The word may go on. */
  readonly open: boolean;
  /** It is one word as typed, not several written together. */
  readonly alone: boolean;
  readonly tolerant: boolean;
}

function matchWord(
  text: string,
  vocabulary: Vocabulary,
  { open, alone, tolerant }: MatchOptions,
): WordMatches {
  const words = new Map<number, number>();
  const ranges: { first: number; end: number; quality: number }[] = [];
  const offer = (index: number, quality: number): void => {
    if (index >= 0 && quality > (words.get(index) ?? 0)) words.set(index, quality);
  };
  const offerRange = (prefix: string, quality: number): void => {
    const [first, end] = vocabulary.range(prefix);
    if (first < end) ranges.push({ first, end, quality });
  };
  const exact = vocabulary.find(text);
  offer(exact, alone ? 1 : 0.97);
  const variants = alone ? variantsOf(text) : [];
  for (const variant of variants) offer(vocabulary.find(variant), 0.97);
  const isNumber = /^\d/.test(text);
  if (open) offerRange(text, 0.95);
  else if (alone && text.length >= 3 && !isNumber) offerRange(text, 0.75);
  if (open && text.length > 2) for (const variant of variants) offerRange(variant, 0.8);
  if (tolerant && !isNumber && exact < 0) {
    const most = text.length >= 8 ? 2 : text.length >= 4 ? 1 : 0;
    // The first letter is rarely the wrong one.
    const offerNear = (isOpen: boolean, best: number): void => {
      for (const [index, edits] of vocabulary.near(text, most, isOpen)) {
        const sameStart = vocabulary.words[index]?.charAt(0) === text.charAt(0);
        offer(index, best - 0.15 * edits - (sameStart ? 0 : 0.08));
      }
    };
    if (most > 0) offerNear(false, alone ? 0.95 : 0.9);
    if (most > 0 && open) offerNear(true, 0.85);
  }
  return { words, ranges };
}

/**
 * Characters that sound like a known name: every stretch of two to eight characters by its pinyin, and each whole run
 * with typing errors.
 */
function listHomophones({ atoms }: Query, vocabulary: Vocabulary): Span[] {
  const spans: Span[] = [];
  for (let start = 0; start < atoms.length; ) {
    let end = start;
    while (atoms[end]?.kind === 'han') end++;
    if (end - start < 2) {
      start = Math.max(end, start + 1);
      continue;
    }
    const run = atoms.slice(start, end).map(({ text }) => text);
    const syllables = pinyinOf(run.join(''));
    for (let first = 0; syllables.length === run.length && first < run.length - 1; first++) {
      let text = syllables[first] ?? '';
      for (let last = first + 1; last < Math.min(run.length, first + 8); last++) {
        text += syllables[last] ?? '';
        const words = new Map<number, number>();
        const index = vocabulary.find(text);
        if (index >= 0) words.set(index, 0.85);
        if (first === 0 && last === run.length - 1 && text.length >= 6) {
          for (const [other, edits] of vocabulary.near(text, 1, false)) {
            if (!words.has(other)) words.set(other, 0.85 - 0.15 * edits);
          }
        }
        if (words.size > 0)
          spans.push({ first: start + first, last: start + last, matches: { words, ranges: [] } });
      }
    }
    start = end;
  }
  return spans;
}
