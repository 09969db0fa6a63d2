import { ruleOf, type Slot, STAGE_WORDS, VERB_NAMES, type Verb } from './grammar.js';
import { foldCallSign, type Lexicon, spokenNumber } from './lexicon.js';
import { fold, splitWords } from './words.js';

/** A word that may stand where the line ends. */
export interface Completion {
  readonly kind: 'verb' | 'unit' | 'incident' | 'stage' | 'status' | 'disposition' | 'type' | 'panel';
  /** What is put in the place of the unfinished word. */
  readonly text: string;
  /** The identifier or code that it stands for. */
  readonly id: string;
}

const MOST = 12;

/** What the last, unfinished word may become; `from` is where it begins. */
export function completeCommand(
  text: string,
  lexicon: Lexicon,
  locale: 'en' | 'zh',
): { readonly from: number; readonly completions: readonly Completion[] } {
  const words = splitWords(text);
  const last = words.at(-1);
  const open = last !== undefined && last.end === text.length;
  const typed = open ? last.text : '';
  const from = open ? last.start : text.length;
  const before = open ? words.slice(0, -1) : words;
  const verb = before.map((word) => lexicon.verbs.get(word.text)).find((each) => each !== undefined) ?? null;
  return { from, completions: listWords(typed, verb, before.length === 0, lexicon, locale).slice(0, MOST) };
}

function listWords(
  typed: string,
  verb: Verb | null,
  isFirst: boolean,
  lexicon: Lexicon,
  locale: 'en' | 'zh',
): readonly Completion[] {
  const slots: readonly Slot[] =
    verb === null ? ['units', 'incident', 'stage'] : [...ruleOf(verb).needs, ...(ruleOf(verb).takes ?? [])];
  const found: Completion[] = [];
  const bare = typed.replace(/^[#@]/, '');
  if ((isFirst || verb === 'help') && typed === bare) {
    for (const name of VERB_NAMES) {
      const words = ruleOf(name).words;
      const shown = words.find((word) => (locale === 'zh') === /[一-鿿]/.test(word)) ?? words[0] ?? name;
      if (words.some((word) => fold(word).startsWith(bare)))
        found.push({ kind: 'verb', text: shown, id: name });
    }
  }
  if (slots.includes('units') && !typed.startsWith('#') && (bare !== '' || !isFirst)) {
    for (const { id, callSign } of lexicon.subjects.units) {
      if (found.length > 4 * MOST) break;
      if (foldCallSign(callSign).startsWith(bare))
        found.push({ kind: 'unit', text: callSign.replace(/[\s,]/g, ''), id });
    }
  }
  if (
    (slots.includes('incident') || slots.includes('other')) &&
    !typed.startsWith('@') &&
    (bare !== '' || !isFirst)
  ) {
    for (const { id, number } of lexicon.subjects.incidents) {
      const spoken = spokenNumber(number);
      if (
        spoken.startsWith(bare) ||
        spoken.replace(/^0+/, '').startsWith(bare) ||
        fold(number).startsWith(bare)
      ) {
        found.push({ kind: 'incident', text: `#${spoken}`, id });
      }
    }
  }
  if (slots.includes('stage') && bare !== '') {
    for (const [stage, words] of Object.entries(STAGE_WORDS)) {
      const shown = words.find((word) => (locale === 'zh') === /[一-鿿]/.test(word)) ?? words[0] ?? stage;
      if (words.some((word) => fold(word).startsWith(bare)))
        found.push({ kind: 'stage', text: shown, id: stage });
    }
  }
  const codes = (kind: 'status' | 'disposition' | 'type', known: ReadonlyMap<string, string>): void => {
    if (!slots.includes(kind)) return;
    for (const [word, code] of known) if (word.startsWith(bare)) found.push({ kind, text: code, id: code });
  };
  codes('status', lexicon.statuses);
  codes('disposition', lexicon.dispositions);
  codes('type', lexicon.types);
  if (slots.includes('panel')) {
    for (const [word, panel] of lexicon.panels) {
      if (word.length > 1 && word.startsWith(bare) && (locale === 'zh') === /[一-鿿]/.test(word)) {
        found.push({ kind: 'panel', text: word, id: panel });
      }
    }
  }
  return found;
}
