import { HAN_FORM } from '../extract/text-index.js';
import type { Places } from '../model.js';
import { weightOfCharacter } from '../text/words.js';
import { type Query, qualityOf, type Span } from './query.js';

/** How well a name explains a text. */
export interface Alignment {
  /** For each atom: how well it is explained, 0 to 100. */
  readonly mask: Uint8Array;
  /** Sum of the weights of the atoms that this name explains, each by its quality. */
  readonly gain: number;
  /** Share of the name that was typed, by weight, in [0, 1]. */
  readonly share: number;
  /** Index into `FORM_LANGUAGES`. */
  readonly language: number;
}

/** A query with what the vocabulary says of it. */
export interface Reading {
  readonly query: Query;
  readonly spans: readonly Span[];
  /** For each word of the vocabulary: how much it says; see `weightOfWord`. */
  readonly weights: Float32Array;
}

/** The form of a place's name that explains most of the atoms that `mask` leaves; `undefined` when none does. */
export function alignPlace(
  places: Places,
  place: number,
  reading: Reading,
  mask: Uint8Array,
): Alignment | undefined {
  const { firstForm, formKind } = places.arrays;
  let best: Alignment | undefined;
  const end = firstForm[place + 1] ?? 0;
  for (let form = firstForm[place] ?? 0; form < end; form++) {
    const isHan = (formKind[form] ?? 0) >= HAN_FORM;
    if (isHan && !reading.query.hasHan) continue;
    const alignment = isHan
      ? alignHan(places, form, reading.query, mask)
      : alignWords(places, form, reading, mask);
    if (alignment && (!best || worth(alignment, reading.query) > worth(best, reading.query) + 1e-9))
      best = alignment;
  }
  return best;
}

/** The value by which forms are compared: mostly how much of the text is explained, then how much of the name was typed. */
const worth = ({ gain, share }: Alignment, query: Query): number =>
  textScore(gain / Math.max(1, query.weight), share);

/** How well a text and a name match, in [0, 1], by the share of each that the other covers. */
export const textScore = (ofText: number, ofName: number): number => 0.75 * ofText + 0.25 * ofName;

function alignWords(
  places: Places,
  form: number,
  { query, spans, weights }: Reading,
  before: Uint8Array,
): Alignment | undefined {
  const { firstWord, formWords, formKind } = places.arrays;
  // Most forms that are tried have nothing in common with the text: the mask is copied when the first word is found.
  let mask: Uint8Array | undefined;
  let gain = 0;
  let typed = 0;
  let whole = 0;
  const end = firstWord[form + 1] ?? 0;
  for (let at = firstWord[form] ?? 0; at < end; at++) {
    const word = formWords[at] ?? 0;
    const weight = weights[word] ?? 0;
    whole += weight;
    let best: Span | undefined;
    let bestQuality = 0;
    for (const span of spans) {
      const quality = qualityOf(span.matches, word);
      if (quality <= bestQuality || !isFree(mask ?? before, span)) continue;
      best = span;
      bestQuality = quality;
    }
    if (!best) continue;
    let letters = 0;
    mask ??= before.slice();
    for (let atom = best.first; atom <= best.last; atom++) {
      mask[atom] = Math.round(100 * bestQuality);
      gain += (query.atoms[atom]?.weight ?? 0) * bestQuality;
      letters += query.atoms[atom]?.text.length ?? 0;
    }
    const { length } = places.vocabulary[word] ?? '';
    const isPartial = query.open && best.last === query.atoms.length - 1 && letters < length;
    typed += weight * bestQuality * (isPartial ? letters / length : 1);
  }
  return mask && { mask, gain, share: typed / whole, language: formKind[form] ?? 0 };
}

function isFree(mask: Uint8Array, { first, last }: Span): boolean {
  for (let atom = first; atom <= last; atom++) if (mask[atom] !== 0) return false;
  return true;
}

/** Lays the characters of a name along the text where most of them agree. */
function alignHan(places: Places, form: number, query: Query, before: Uint8Array): Alignment | undefined {
  const { firstWord, formWords, formKind } = places.arrays;
  const name = places.strings[formWords[firstWord[form] ?? 0] ?? 0] ?? '';
  const { compact, compactAtom, atoms } = query;
  let bestShift = 0;
  let bestCount = 0;
  for (let shift = 1 - name.length; shift < compact.length; shift++) {
    let count = 0;
    const from = Math.max(0, -shift);
    const to = Math.min(name.length, compact.length - shift);
    for (let i = from; i < to; i++) {
      const unit = i + shift;
      if (name.charCodeAt(i) === compact.charCodeAt(unit) && before[compactAtom[unit] ?? 0] === 0) count++;
    }
    if (count > bestCount) {
      bestCount = count;
      bestShift = shift;
    }
  }
  // One character in common means nothing, unless no more were typed or the name has no more.
  if (bestCount < Math.min(2, name.length) && !(bestCount === 1 && isFirstOfRun(query, bestShift)))
    return undefined;

  const mask = before.slice();
  let typed = 0;
  let whole = 0;
  let gain = 0;
  const holes = name.length - bestCount;
  for (let i = 0; i < name.length; i++) {
    const weight = weightOfCharacter(name.charAt(i));
    whole += weight;
    const unit = i + bestShift;
    const atom = compactAtom[unit];
    if (atom === undefined || before[atom] !== 0) continue;
    const agrees = name.charCodeAt(i) === compact.charCodeAt(unit);
    if (agrees) typed += weight;
    const isWhole = atoms[atom]?.kind === 'han' || isWithin(query, atom, bestShift, name);
    if (agrees && isWhole && mask[atom] === 0) {
      mask[atom] = 100;
      gain += atoms[atom]?.weight ?? 0;
    } else if (!agrees && holes === 1 && name.length >= 3 && atoms[atom]?.kind === 'han') {
      // One wrong character in a name of three or more.
      mask[atom] = 50;
      gain += (atoms[atom]?.weight ?? 0) * 0.5;
    }
  }
  if (gain === 0) return undefined;
  return { mask, gain, share: typed / whole, language: (formKind[form] ?? 0) - HAN_FORM };
}

/** True when a run of Chinese characters begins where the name does: what was typed so far may become the name. */
function isFirstOfRun({ compact, compactAtom, atoms, open }: Query, shift: number): boolean {
  if (shift < 0 || !open || shift !== compact.length - 1) return false;
  const atom = compactAtom[shift] ?? 0;
  const before = atoms[atom - 1];
  return before === undefined || before.kind !== 'han' || (atoms[atom]?.from ?? 0) > before.to;
}

/** True when every unit of an atom agrees with the name laid along the text. */
function isWithin({ compact, compactAtom }: Query, atom: number, shift: number, name: string): boolean {
  for (let unit = compactAtom.indexOf(atom); compactAtom[unit] === atom; unit++) {
    if (name.charCodeAt(unit - shift) !== compact.charCodeAt(unit)) return false;
  }
  return true;
}
