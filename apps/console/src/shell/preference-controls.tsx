import { LOCALES, Segmented, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { THEMES, usePreferences } from '../state/preferences.js';

/** Language and theme. */
export function PreferenceControls(): ReactNode {
  const { t } = useIntl();
  const { locale, theme, set } = usePreferences();
  return (
    <>
      <Segmented
        label={t('language.label')}
        hideLabel
        value={locale}
        choices={LOCALES.map((id) => ({ id, label: t(`language.${id}`) }))}
        onChange={(chosen) => set({ locale: chosen })}
      />
      <Segmented
        label={t('theme.label')}
        hideLabel
        value={theme}
        choices={THEMES.map((id) => ({ id, label: t(`theme.${id}`) }))}
        onChange={(chosen) => set({ theme: chosen })}
      />
    </>
  );
}
