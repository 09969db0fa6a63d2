import { Button, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { QueuePanel } from '../board/queue-panel.js';
import { UnitsPanel } from '../board/units-panel.js';
import { useDesk, useDeskEvent } from '../desk/desk.js';
import { useDeskKeys } from '../desk/desk-keys.js';
import type { Panel } from '../desk/desk-store.js';
import { WorkPanel } from '../desk/work-panel.js';
import { MapPanel } from '../map/map-panel.js';
import { HelpDialog } from '../shell/help-dialog.js';
import { LineStateBadge } from '../shell/line-state.js';
import { ModeBadge } from '../shell/mode-badge.js';
import { useTitle } from '../shell/title.js';
import { usePath } from '../state/router.js';
import { closeLone, lonePanel } from './panel-windows.js';

/** One panel of the desk in a window of its own, in step with the board it was taken from. */
export function PanelPage(): ReactNode {
  const { t } = useIntl();
  const panel = lonePanel(usePath());
  if (panel) return <LonePanel panel={panel} />;
  return (
    <main id="main" className="page-centre">
      <h1>{t('page.notFound')}</h1>
    </main>
  );
}

function LonePanel({ panel }: { readonly panel: Panel }): ReactNode {
  const { t } = useIntl();
  const { store } = useDesk();
  const [help, setHelp] = useState(false);
  const name = t(`area.${panel}`);
  useTitle(name);
  useDeskKeys(() => setHelp(true));
  useEffect(() => store.standAlone(panel), [store, panel]);
  useDeskEvent('bring-back', (event) => {
    if (event.panel !== panel) return false;
    closeLone();
    return true;
  });
  return (
    <>
      <header className="lone-head">
        <ModeBadge />
        <LineStateBadge />
        <Button variant="quiet" size="small" onPress={closeLone}>
          {t('screens.bringBack', { panel: name })}
        </Button>
      </header>
      <main id="main" tabIndex={-1} className="lone-panel">
        <h1 className="ll-visually-hidden">{name}</h1>
        <PanelOf panel={panel} />
        <HelpDialog isOpen={help} onOpenChange={setHelp} />
      </main>
    </>
  );
}

function PanelOf({ panel }: { readonly panel: Panel }): ReactNode {
  switch (panel) {
    case 'queue':
      return <QueuePanel />;
    case 'map':
      return <MapPanel />;
    case 'units':
      return <UnitsPanel />;
    case 'work':
      return <WorkPanel />;
  }
}
