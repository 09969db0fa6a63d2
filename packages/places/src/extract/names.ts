import type { OsmTags } from '@lamplight/roads';
import type { FormLanguage } from '../text/forms.js';

/** What a thing is called: as on its signs, in English and Chinese where the map has them, and other names to find it by. */
export interface Names {
  readonly local: string;
  readonly en: string;
  readonly zh: string;
  readonly others: readonly (readonly [name: string, language: FormLanguage])[];
}

const OTHER_KEYS: readonly (readonly [key: string, language: FormLanguage])[] = [
  ['alt_name', 'local'],
  ['official_name', 'local'],
  ['short_name', 'local'],
  ['loc_name', 'local'],
  ['old_name', 'local'],
  ['reg_name', 'local'],
  ['int_name', 'en'],
  ['alt_name:en', 'en'],
  ['alt_name:zh', 'zh'],
  ['name:zh-Hant', 'zh'],
  ['name:zh_pinyin', 'en'],
  ['name:zh-Latn-pinyin', 'en'],
  ['ref', 'local'],
];

/** The names in the tags; `undefined` when there is none. `fallback` keys are tried in order when `name` is absent. */
export function namesOf(tags: OsmTags, fallback: readonly string[] = []): Names | undefined {
  const en = clean(tags.get('name:en'));
  const zh = clean(tags.get('name:zh-Hans') ?? tags.get('name:zh'));
  let local = clean(tags.get('name'));
  for (const key of fallback) if (local === '') local = clean(tags.get(key));
  if (local === '') local = en !== '' ? en : zh;
  if (local === '') return undefined;
  const others: (readonly [string, FormLanguage])[] = [];
  for (const [key, language] of OTHER_KEYS) {
    for (const part of (tags.get(key) ?? '').split(';')) {
      const name = clean(part);
      if (name !== '' && name !== local) others.push([name, language]);
    }
  }
  return { local, en, zh, others };
}

/** Names of one text alone. */
export const plainNames = (local: string): Names => ({ local, en: '', zh: '', others: [] });

/** The string table of a file is cut at line ends, so no name may have one; other runs of blanks are one blank. */
export const clean = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();
