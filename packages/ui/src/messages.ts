import type { UiLocale } from './format.js';
import en from './messages/en.json' with { type: 'json' };
import zhCN from './messages/zh-CN.json' with { type: 'json' };

/** Names of the texts; a name that is not in the catalogue does not compile. */
export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;

/** The texts in ICU MessageFormat, by language. */
export const MESSAGES: Readonly<Record<UiLocale, Messages>> = { en, 'zh-CN': zhCN };

/** For names that are put together from codes of a server that may be newer than this page. */
export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(en, key);
