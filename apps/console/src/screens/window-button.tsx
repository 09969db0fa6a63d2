import { Button, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useDesk } from '../desk/desk.js';
import type { Panel } from '../desk/desk-store.js';
import { lonePanel, toggleWindow } from './panel-windows.js';

const KEYS: Readonly<Record<Panel, string>> = { queue: '⇧Q', map: '⇧M', units: '⇧U', work: '⇧I' };

/** On the head of a panel: takes it into a window of its own, or back from there. */
export function WindowButton({ panel }: { readonly panel: Panel }): ReactNode {
  const { t } = useIntl();
  const desk = useDesk();
  const alone = lonePanel() === panel;
  const label = t(alone ? 'screens.bringBack' : 'screens.ownWindow', { panel: t(`area.${panel}`) });
  return (
    <Button
      variant="quiet"
      size="small"
      className="window-button"
      aria-label={`${label} (${KEYS[panel]})`}
      onPress={() => toggleWindow(desk, panel)}
    >
      <WindowIcon />
    </Button>
  );
}

/** A window that stands out of another one. */
function WindowIcon(): ReactNode {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className="window-icon">
      <path d="M9.5 2.5h4v4M13.5 2.5 8 8M6.5 3.5h-4v10h10v-4" />
    </svg>
  );
}
