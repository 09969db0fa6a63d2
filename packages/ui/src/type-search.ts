import type { Catalogue } from '@lamplight/contracts';
import { pinyinInitials } from '@lamplight/domain';
import type { UiLocale } from './format.js';

export type CatalogueType = Catalogue['incidentTypes'][number];

/**
 * Incident types that fit a few letters of either language, of the code or of the pinyin initials, best first: the
 * whole code or name, then what begins with the letters, then a word that does, then what contains them. The
 * reader's language wins among equals, then the more urgent type.
 */
export function searchTypes(
  text: string,
  locale: UiLocale,
  types: readonly CatalogueType[],
): readonly CatalogueType[] {
  const wanted = fold(text);
  if (wanted === '') return types;
  return types
    .map((type) => ({ type, cost: costOf(type, wanted, locale) }))
    .filter(({ cost }) => cost < Infinity)
    .sort((a, b) => a.cost - b.cost || a.type.priority - b.type.priority)
    .map(({ type }) => type);
}

function costOf({ code, name }: CatalogueType, wanted: string, locale: UiLocale): number {
  const [en, zh] = locale === 'en' ? [0, 1] : [1, 0];
  return Math.min(
    costIn(fold(code), wanted),
    costIn(fold(name.en), wanted) + en,
    costIn(fold(name.zh), wanted) + zh,
    costIn(pinyinInitials(name.zh), wanted) + zh,
  );
}

function costIn(whole: string, wanted: string): number {
  if (whole === wanted) return 0;
  const at = whole.indexOf(wanted);
  if (at < 0) return Infinity;
  if (at === 0) return 2;
  return whole.includes(` ${wanted}`) ? 4 : 6;
}

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
