import type { UiLocale } from './format.js';
import type { english } from './messages/en.js';

/** Names of the texts; a name that is not in the catalogue does not compile. */
export type MessageKey = keyof typeof english;
export type Messages = Readonly<Record<MessageKey, string>>;

const loaded = new Map<UiLocale, Messages>();

/** Loads the texts of a language: a page carries only the one that is read. Rejects when they cannot be had. */
export async function loadMessages(locale: UiLocale): Promise<void> {
  if (loaded.has(locale)) return;
  switch (locale) {
    case 'en':
      putMessages(locale, (await import('./messages/en.js')).english);
      break;
    case 'zh-CN':
      putMessages(locale, (await import('./messages/zh-CN.js')).chinese);
      break;
  }
}

export const hasMessages = (locale: UiLocale): boolean => loaded.has(locale);

/** For who has the texts at hand. */
export function putMessages(locale: UiLocale, messages: Messages): void {
  loaded.set(locale, messages);
}

/** The texts of a language; throws before {@link loadMessages} has brought them. */
export function getMessages(locale: UiLocale): Messages {
  const messages = loaded.get(locale);
  if (!messages) throw new Error(`the texts of ${locale} have not been loaded`);
  return messages;
}
