import type { UiLocale } from './format.js';
import { type MessageKey, type Messages, putMessages } from './message-texts.js';
import { english } from './messages/en.js';
import { chinese } from './messages/zh-CN.js';

export type { MessageKey, Messages } from './message-texts.js';

/** The texts in ICU MessageFormat, by language: all of them, for tests and tools. A page loads the one it needs. */
export const MESSAGES: Readonly<Record<UiLocale, Messages>> = { en: english, 'zh-CN': chinese };
putMessages('en', english);
putMessages('zh-CN', chinese);

export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(english, key);
