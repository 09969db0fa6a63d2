import { useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { Announcer } from '../board/announcer.js';
import { QueuePanel, useQueue } from '../board/queue-panel.js';
import { UnitsPanel } from '../board/units-panel.js';
import { useDesk, useDeskState } from '../desk/desk.js';
import { useDeskKeys } from '../desk/desk-keys.js';
import { PANELS } from '../desk/desk-store.js';
import { WorkPanel } from '../desk/work-panel.js';
import { MapPanel } from '../map/map-panel.js';
import { HelpDialog } from '../shell/help-dialog.js';
import { useTitle } from '../shell/title.js';

/** The board: the panels of the desk side by side; on a narrow screen one is in sight at a time. */
export function BoardPage(): ReactNode {
  const { t } = useIntl();
  const { area } = useDesk();
  const { showing, incidentId } = useDeskState();
  const [help, setHelp] = useState(false);
  useTitle(t('nav.board'));
  useDeskKeys(() => setHelp(true));
  const working = showing !== 'incident' || incidentId !== null;
  return (
    <main id="main" tabIndex={-1} className={`board ${working ? 'board-with-panel' : ''}`} data-area={area}>
      <h1 className="ll-visually-hidden">{t('nav.board')}</h1>
      <Announcer />
      <QueuePanel />
      <MapPanel />
      <UnitsPanel />
      <WorkPanel />
      <AreaTabs />
      <HelpDialog isOpen={help} onOpenChange={setHelp} />
    </main>
  );
}

/** At the foot of a narrow screen. */
function AreaTabs(): ReactNode {
  const { t } = useIntl();
  const { area, setArea } = useDesk();
  const waiting = useQueue().filter(({ needsHand }) => needsHand).length;
  return (
    <nav className="area-tabs" aria-label={t('nav.views')}>
      {PANELS.map((each) => (
        <button
          key={each}
          type="button"
          aria-current={each === area ? 'true' : undefined}
          onClick={() => setArea(each)}
        >
          {t(`area.${each}`)}
          {each === 'queue' && waiting > 0 ? <span className="count">{waiting}</span> : null}
        </button>
      ))}
    </nav>
  );
}
