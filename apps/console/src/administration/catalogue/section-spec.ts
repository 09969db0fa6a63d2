import type { ConfigurationSection } from '@lamplight/contracts';
import type { Language, MessageKey } from '@lamplight/ui';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { CatalogueIndex } from '../../state/catalogue-index.js';
import type { Fact, SectionContent } from './section-model.js';

/** What a section is made of, for the list, the form and the history, which are the same for all. */
export interface SectionSpec<Entry> {
  readonly section: ConfigurationSection;
  readonly schema: z.ZodType<SectionContent<Entry>>;
  /** What the key is called: a code that others read, or an identifier. */
  readonly keyLabel: MessageKey;
  readonly keyForm: RegExp;
  /** Codes that are always written in capitals. */
  readonly upperCase?: boolean;
  /** Saved entries of the agency's own may be taken away, because nothing in the log names them. */
  readonly removable: boolean;
  /** Whether a change bears on what is sent, so that a preview says something. */
  readonly effective: boolean;
  keyOf(entry: Entry): string;
  withKey(entry: Entry, key: string): Entry;
  blank(): Entry;
  nameOf(entry: Entry): { readonly en: string; readonly zh: string };
  /** The entry in words, a fact a line. */
  factsOf(entry: Entry, words: Words): readonly Fact[];
  /** What it comes to, in a line of the list. */
  summaryOf(entry: Entry, words: Words): string;
  readonly Fields: (props: FieldsProps<Entry>) => ReactNode;
}

/** What is needed to say anything about an entry. */
export interface Words {
  readonly intl: Language;
  readonly catalogue: CatalogueIndex;
}

export interface FieldsProps<Entry> {
  readonly entry: Entry;
  onChange(entry: Entry): void;
}

/** The facts that every entry begins with. */
export function nameFacts(
  name: { readonly en: string; readonly zh: string },
  { intl }: Words,
): readonly Fact[] {
  return [
    { label: intl.t('catalogue.nameEn'), value: name.en },
    { label: intl.t('catalogue.nameZh'), value: name.zh },
  ];
}
