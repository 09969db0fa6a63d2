import { LOCALES, type UiLocale } from '@lamplight/ui';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import { useAccountSetting } from './account-settings.js';
import { readStored, writeStored } from './storage.js';

export const THEMES = ['dark', 'light', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

export interface Preferences {
  readonly locale: UiLocale;
  readonly theme: Theme;
  /** Keys without a modifier do something; may be turned off (WCAG 2.1.4). */
  readonly singleKeys: boolean;
  set(part: Partial<Omit<Preferences, 'set'>>): void;
}

type Kept = Omit<Preferences, 'set'>;

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

const keptSchema = z.object({
  locale: z.enum(LOCALES).optional(),
  theme: z.enum(THEMES).optional(),
  singleKeys: z.boolean().optional(),
});
const NOTHING_KEPT: z.output<typeof keptSchema> = {};

/**
 * Carries the preferences with the account: what the person chose at another desk is taken over here, and what is
 * chosen here goes there. On a desk where nothing was ever chosen for the account, this browser's hold.
 */
export function PreferencesOfAccount(): ReactNode {
  const { locale, theme, singleKeys, set } = usePreferences();
  const [kept, keep] = useAccountSetting('preferences', keptSchema, NOTHING_KEPT);
  const taken = useRef<unknown>(null);
  useEffect(() => {
    if (taken.current === kept) return;
    taken.current = kept;
    set({
      ...(kept.locale === undefined ? {} : { locale: kept.locale }),
      ...(kept.theme === undefined ? {} : { theme: kept.theme }),
      ...(kept.singleKeys === undefined ? {} : { singleKeys: kept.singleKeys }),
    });
  }, [kept, set]);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    keep({ locale, theme, singleKeys });
  }, [locale, theme, singleKeys, keep]);
  return null;
}

function readPreferences(): Kept {
  const { locale, theme, singleKeys } = readStored('preferences');
  return {
    locale: LOCALES.find((each) => each === locale) ?? browserLocale(),
    theme: THEMES.find((each) => each === theme) ?? browserTheme(),
    singleKeys: singleKeys !== false,
  };
}

const browserLocale = (): UiLocale =>
  navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) ? 'zh-CN' : 'en';

/** Night first; whoever asked their system for more contrast gets it from the first page. */
const browserTheme = (): Theme =>
  window.matchMedia('(prefers-contrast: more)').matches ? 'contrast' : 'dark';
