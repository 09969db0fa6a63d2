import type { UiLocale } from './format.js';
import { english } from './messages/en.js';
import { chinese } from './messages/zh-CN.js';

/** Names of the texts; a name that is not in the catalogue does not compile. */
export type MessageKey = keyof typeof english;
export type Messages = Readonly<Record<MessageKey, string>>;

/** The texts in ICU MessageFormat, by language. */
export const MESSAGES: Readonly<Record<UiLocale, Messages>> = { en: english, 'zh-CN': chinese };

/** For names that are put together from codes of a server that may be newer than this page. */
export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(english, key);
