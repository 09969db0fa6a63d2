import { Button, Notice, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useDesk, useDeskState } from '../desk/desk.js';
import { forgetBlocked, toggleWindow, useBlockedPanel } from './panel-windows.js';

/** Says which panels stand in windows of their own, with the way back, and when the browser opened none. */
export function Away(): ReactNode {
  const { t } = useIntl();
  const desk = useDesk();
  const { detached } = useDeskState();
  const blocked = useBlockedPanel();
  if (detached.length === 0 && blocked === null) return null;
  return (
    <div className="board-away">
      {blocked === null ? null : (
        <Notice
          tone="warning"
          action={
            <Button size="small" onPress={forgetBlocked}>
              {t('common.close')}
            </Button>
          }
        >
          {t('screens.blocked', { panel: t(`area.${blocked}`) })}
        </Notice>
      )}
      {detached.length === 0 ? null : (
        <>
          <span className="muted">{t('screens.away')}</span>
          {detached.map((panel) => (
            <Button key={panel} size="small" onPress={() => toggleWindow(desk, panel)}>
              {t('screens.bringBack', { panel: t(`area.${panel}`) })}
            </Button>
          ))}
        </>
      )}
    </div>
  );
}
