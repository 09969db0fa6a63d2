import { LOCALES, type UiLocale } from '@lamplight/ui';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { readStored, writeStored } from './storage.js';

export const THEMES = ['dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

export interface Preferences {
  readonly locale: UiLocale;
  readonly theme: Theme;
  /** Keys without a modifier do something; may be turned off (WCAG 2.1.4). */
  readonly singleKeys: boolean;
  set(part: Partial<Omit<Preferences, 'set'>>): void;
}

const PreferencesContext = createContext<Preferences | null>(null);

/** Language, theme and keys as this reader chose them, kept in the browser. */
export function PreferencesProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [kept, setKept] = useState(readPreferences);
  useEffect(() => {
    document.documentElement.lang = kept.locale;
    document.documentElement.dataset.theme = kept.theme;
    writeStored('preferences', kept);
  }, [kept]);
  const value = useMemo<Preferences>(
    () => ({ ...kept, set: (part) => setKept((before) => ({ ...before, ...part })) }),
    [kept],
  );
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (!preferences) throw new Error('usePreferences needs a PreferencesProvider above it');
  return preferences;
}

function readPreferences(): Omit<Preferences, 'set'> {
  const { locale, theme, singleKeys } = readStored('preferences');
  return {
    locale: LOCALES.find((each) => each === locale) ?? browserLocale(),
    theme: THEMES.find((each) => each === theme) ?? 'dark',
    singleKeys: singleKeys !== false,
  };
}

const browserLocale = (): UiLocale =>
  navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) ? 'zh-CN' : 'en';
