import { pinyinInitials } from './pinyin-initials.js';
import type { Locale, Localized } from './vocabulary.js';

/** What of an incident type is searched. */
export interface SearchableType {
  readonly code: string;
  readonly name: Localized;
  readonly priority: number;
}

/**
 * Incident types that fit a few letters, best first: a whole code or name, then a code, name or row of pinyin
 * initials that begins with them (`jtsg` finds 交通事故), then a word that begins with them, then anything that
 * contains them, and last what contains each space-separated piece somewhere. Both languages are always searched;
 * names in `locale` win among equals, then the more urgent type, then catalogue order. Text without a letter or
 * digit lists all in catalogue order.
 */
export function searchIncidentTypes<Type extends SearchableType>(
  text: string,
  locale: Locale,
  types: readonly Type[],
): readonly Type[] {
  const wanted = fold(text);
  if (wanted === '') return types;
  const pieces = wanted.split(' ');
  const found: { readonly type: Type; readonly cost: number }[] = [];
  for (const type of types) {
    const costOf = costsOf(type, locale);
    const inPieces =
      pieces.length > 1 ? pieces.reduce((sum, piece) => sum + costOf(piece), IN_PIECES) : NO_FIT;
    const cost = Math.min(costOf(wanted), inPieces);
    if (cost < NO_FIT) found.push({ type, cost });
  }
  return found.sort((a, b) => a.cost - b.cost || a.type.priority - b.type.priority).map(({ type }) => type);
}

const NO_FIT = Number.POSITIVE_INFINITY;
/** More than the worst fit of a text in one piece. */
const IN_PIECES = 10;

/** How badly a text fits a type: 0 perfectly, infinite not at all. */
function costsOf(type: SearchableType, locale: Locale): (wanted: string) => number {
  const code = fold(type.code);
  const en = fold(type.name.en);
  const zh = fold(type.name.zh);
  const initials = pinyinInitials(type.name.zh);
  const enExtra = locale === 'en' ? 0 : 1;
  const zhExtra = locale === 'zh' ? 0 : 1;
  return (wanted) =>
    Math.min(
      costIn(code, wanted),
      costIn(en, wanted) + enExtra,
      costIn(zh, wanted) + zhExtra,
      costIn(initials, wanted) + zhExtra,
    );
}

function costIn(whole: string, wanted: string): number {
  if (whole === wanted) return 0;
  const at = whole.indexOf(wanted);
  if (at < 0) return NO_FIT;
  if (at === 0) return 2;
  return whole.includes(` ${wanted}`) ? 4 : 6;
}

/** Lower case, full-width forms made plain, and all that is neither letter nor digit made one space. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
