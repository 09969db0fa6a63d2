import type { Catalogue } from '@lamplight/contracts';
import { type SearchableType, searchIncidentTypes } from '@lamplight/domain';
import type { UiLocale } from './format.js';

export type CatalogueType = Catalogue['incidentTypes'][number];

/** Incident types that fit a few letters of either language, of the code or of the pinyin initials, best first. */
export const searchTypes = <Type extends SearchableType>(
  text: string,
  locale: UiLocale,
  types: readonly Type[],
): readonly Type[] => searchIncidentTypes(text, locale === 'en' ? 'en' : 'zh', types);
