/** The languages in which the command speaks while it runs. Its `--help` is in English. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The language that the environment asks for, by the POSIX order LC_ALL, LC_MESSAGES, LANG; English unless it is
 * Chinese.
 */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return /^zh\b|^zh[_-]/i.test(locale) ? 'zh-CN' : 'en';
}

export const isLanguage = (text: string): text is Language => LANGUAGES.some((language) => language === text);
