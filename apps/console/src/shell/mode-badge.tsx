import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useServer } from '../state/server.js';

/** Says that this is not the real world; nothing in production. */
export function ModeBadge(): ReactNode {
  const { t } = useIntl();
  const { info } = useServer();
  if (info.mode === 'production') return null;
  const mode = t(`mode.${info.mode}`);
  return (
    <strong className="mode-badge" title={t('mode.note', { scale: info.clockScale })}>
      {t('mode.scaled', { mode, scale: info.clockScale })}
    </strong>
  );
}
