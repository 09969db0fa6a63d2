import type { Instant, Metres, Seconds } from '@lamplight/base';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { ProblemError, UnreachableError } from './api.js';
import {
  formatDate,
  formatDateTime,
  formatDistance,
  formatDuration,
  formatTime,
  inLocale,
  type UiLocale,
} from './format.js';
import { fillMessage, type MessageValues } from './message-format.js';
import { getMessages, hasMessages, loadMessages, type MessageKey, type Messages } from './message-texts.js';

export interface Language {
  readonly locale: UiLocale;
  /** The agency's time zone. */
  readonly zone: string;
  t(key: MessageKey, values?: MessageValues): string;
  /** The text for a code of a family, such as `excluded` and `off-duty`; the code itself where there is none. */
  code(family: string, code: string, values?: MessageValues): string;
  /** Why an action failed, in words; `subject` puts a name in the place of an identifier. */
  problem(error: unknown, subject?: (id: string) => string): string;
  name(name: { readonly en: string; readonly zh: string }): string;
  duration(value: Seconds): string;
  time(at: Instant): string;
  date(at: Instant): string;
  dateTime(at: Instant): string;
  distance(value: Metres): string;
  list(items: readonly string[]): string;
}

/** One text of the catalogue with its values filled in. The language must have been loaded. */
export function formatMessage(locale: UiLocale, key: MessageKey, values: MessageValues = {}): string {
  const text = getMessages(locale)[key];
  return text.includes('{') ? fillMessage(text, locale, values) : text;
}

/** The formatting functions of a language, which must have been loaded, and a time zone. */
export function createIntl(locale: UiLocale, zone: string): Language {
  const texts: Messages = getMessages(locale);
  const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(texts, key);
  const t = (key: MessageKey, values?: MessageValues) => formatMessage(locale, key, values);
  const list = new Intl.ListFormat(locale, { style: 'narrow', type: 'conjunction' });
  const code = (family: string, value: string, values?: MessageValues): string => {
    const key = `${family}.${value}`;
    return isMessageKey(key) ? t(key, values) : value;
  };
  return {
    locale,
    zone,
    t,
    code,
    problem: (error, subject = (id) => id) => {
      if (error instanceof UnreachableError) {
        return t(error.mayHaveActed ? 'problem.unreachable-server' : 'problem.unreachable-reading');
      }
      if (!(error instanceof ProblemError)) return t('problem.internal');
      const { problem } = error;
      const fields = problem.errors?.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
      const detail = fields || problem.detail || problem.title;
      const values = { subject: problem.subject ? subject(problem.subject) : '', detail };
      const key = `problem.${problem.code}`;
      return isMessageKey(key) ? t(key, values) : t('problem.other', { detail });
    },
    name: (name) => inLocale(name, locale),
    duration: formatDuration,
    time: (at) => formatTime(at, locale, zone),
    date: (at) => formatDate(at, locale, zone),
    dateTime: (at) => formatDateTime(at, locale, zone),
    distance: (value) => formatDistance(value, locale),
    list: (items) => list.format(items),
  };
}

const IntlContext = createContext<Language | null>(null);

/** How long until a language that could not be loaded is tried again, in milliseconds. */
const TRY_AGAIN = 3000;

/** Shows nothing until the language is there; a change of language shows the one before until then. */
export function IntlProvider({
  locale,
  zone,
  children,
}: {
  readonly locale: UiLocale;
  readonly zone: string;
  readonly children: ReactNode;
}): ReactNode {
  const [shown, setShown] = useState(() => (hasMessages(locale) ? locale : null));
  useEffect(() => {
    let stopped = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      loadMessages(locale).then(
        () => !stopped && setShown(locale),
        () => {
          if (!stopped) retry = setTimeout(load, TRY_AGAIN);
        },
      );
    };
    load();
    return () => {
      stopped = true;
      clearTimeout(retry);
    };
  }, [locale]);
  const intl = useMemo(() => (shown === null ? null : createIntl(shown, zone)), [shown, zone]);
  return intl && <IntlContext value={intl}>{children}</IntlContext>;
}

/** Throws outside an {@link IntlProvider}. */
export function useIntl(): Language {
  const intl = useContext(IntlContext);
  if (!intl) throw new Error('useIntl needs an IntlProvider above it');
  return intl;
}
