import type { Places } from '../model.js';
import { type Alignment, alignPlace, type Reading } from './align.js';
import type { MatchedPart } from './candidate.js';
import type { WantedNumber } from './house.js';
import { isUnitNumber, type Query } from './query.js';

/** What an answer explains of a text. */
export interface Explained {
  readonly mask: Uint8Array;
  gain: number;
  /** Atoms by what they were taken for. */
  readonly parts: Map<number, MatchedPart['as']>;
}

/** What the name of a place explains. */
export function explainedBy(alignment: Alignment): Explained {
  const parts = new Map<number, MatchedPart['as']>();
  alignment.mask.forEach((quality, atom) => {
    if (quality > 0) parts.set(atom, 'name');
  });
  return { mask: alignment.mask, gain: alignment.gain, parts };
}

/** Numbers of the text that may be house numbers, the likeliest first, with the atoms that they take. */
export function listWanted(query: Query, mask: Uint8Array): { wanted: WantedNumber; atoms: number[] }[] {
  const { atoms } = query;
  const list: { wanted: WantedNumber; atoms: number[]; marked: boolean }[] = [];
  atoms.forEach((atom, index) => {
    if (atom.kind !== 'number' || mask[index] !== 0 || isUnitNumber(query, index)) return;
    const number = Number.parseInt(atom.text, 10);
    const next = atoms[index + 1];
    const marked = next?.kind === 'han' && next.text === '号';
    const mark = marked || (next?.kind === 'word' && next.text === 'hao') ? [index + 1] : [];
    // `12 a` is 12a, when a house is called so.
    if (next?.kind === 'word' && next.text.length === 1 && mask[index + 1] === 0) {
      list.push({ wanted: { number, text: atom.text + next.text }, atoms: [index, index + 1], marked: true });
    }
    list.push({ wanted: { number, text: atom.text }, atoms: [index, ...mark], marked });
  });
  return list.sort((a, b) => Number(b.marked) - Number(a.marked));
}

/** Explains an atom that nothing has explained yet. */
export function take(
  explained: Explained,
  query: Query,
  atom: number,
  as: MatchedPart['as'],
  quality: number,
): void {
  if (explained.mask[atom] !== 0) return;
  explained.mask[atom] = Math.round(100 * quality);
  explained.gain += (query.atoms[atom]?.weight ?? 0) * quality;
  explained.parts.set(atom, as);
}

/** Lets the areas of a place explain what its name does not, but for the atoms of the house number. */
export function withAreas(
  places: Places,
  areaSet: number,
  name: Explained,
  reading: Reading,
  reserved: readonly number[],
): Explained {
  const { firstArea, areas } = places.arrays;
  const explained: Explained = { mask: name.mask.slice(), gain: name.gain, parts: new Map(name.parts) };
  for (const atom of reserved) explained.mask[atom] = 100;
  const end = firstArea[areaSet + 1] ?? 0;
  for (let i = firstArea[areaSet] ?? 0; i < end && explained.mask.includes(0); i++) {
    const alignment = alignPlace(places, areas[i] ?? 0, reading, explained.mask);
    if (!alignment || alignment.share < (reachesEnd(alignment, explained, reading) ? 0.45 : 0.72)) continue;
    alignment.mask.forEach((quality, atom) => {
      if (quality > 0) take(explained, reading.query, atom, 'area', quality / 100);
    });
  }
  for (const atom of reserved) explained.mask[atom] = 0;
  return explained;
}

/**
 * True when an area's name may still be in the typing: it takes the last atom of an open text. Of any other, all must be
 * there but the ending (市, 区).
 */
function reachesEnd(alignment: Alignment, before: Explained, { query }: Reading): boolean {
  const last = query.atoms.length - 1;
  return query.open && before.mask[last] === 0 && (alignment.mask[last] ?? 0) > 0;
}

/** Neighbouring atoms of one meaning are one part. */
export function partsOf({ atoms }: Query, { parts }: Explained): MatchedPart[] {
  const list: MatchedPart[] = [];
  atoms.forEach((atom, index) => {
    const as = parts.get(index);
    const last = list.at(-1);
    if (as === undefined) return;
    if (last && last.as === as && parts.has(index - 1)) list[list.length - 1] = { ...last, to: atom.to };
    else list.push({ from: atom.from, to: atom.to, as });
  });
  return list;
}
