import type { Language } from './language.js';
import english from './messages/en.json' with { type: 'json' };
import chinese from './messages/zh-CN.json' with { type: 'json' };

export type MessageKey = keyof typeof english;
export type MessageValues = Readonly<Record<string, string | number>>;

/** A message before its language is chosen. */
export interface Message {
  readonly key: MessageKey;
  readonly values?: MessageValues;
}

/** Both catalogues. That they have the same keys is checked here by the compiler, their placeholders by a test. */
export const CATALOGUES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = {
  en: english,
  'zh-CN': chinese,
};

/** The text of a message, `{name}` replaced by `values.name`. A placeholder without a value stays as it is. */
export function translate(language: Language, { key, values = {} }: Message): string {
  return CATALOGUES[language][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}
