import { useIntl } from '@lamplight/ui';
import { type CSSProperties, lazy, type ReactNode, Suspense, useState } from 'react';
import { Announcer } from '../board/announcer.js';
import { QueuePanel, useQueue } from '../board/queue-panel.js';
import { UnitsPanel } from '../board/units-panel.js';
import { useDesk, useDeskState } from '../desk/desk.js';
import { useDeskKeys } from '../desk/desk-keys.js';
import { PANELS, type Panel } from '../desk/desk-store.js';
import { useWorkAtHand, WorkPanel } from '../desk/work-panel.js';
import { Away } from '../screens/away.js';
import { Divider } from '../screens/divider.js';
import { gridOf, type LayoutEdge, useIsWide, useLayout } from '../screens/layout.js';
import { useTitle } from '../shell/title.js';

/** The queue and the units are there first; the map is as large as all the rest together. */
const MapPanel = lazy(async () => ({ default: (await import('../map/map-panel.js')).MapPanel }));

const HelpDialog = lazy(async () => ({ default: (await import('../shell/help-dialog.js')).HelpDialog }));

/** The board: the panels of the desk side by side; on a narrow screen one is in sight at a time. */
export function BoardPage(): ReactNode {
  const { t } = useIntl();
  const { area } = useDesk();
  const { showing, incidentId, detached } = useDeskState();
  const [layout, setLayout] = useLayout();
  const isWide = useIsWide();
  const [help, setHelp] = useState(false);
  useTitle(t('nav.board'));
  useWorkAtHand();
  useDeskKeys(() => setHelp(true));
  const working = showing !== 'incident' || incidentId !== null;
  const isHere = (panel: Panel): boolean =>
    !detached.includes(panel) && (!isWide || (panel === 'work' ? working : layout.shown.includes(panel)));
  const here = new Set(PANELS.filter(isHere));
  const hasMiddle = here.has('map') || here.has('units');
  const divider = (edge: LayoutEdge): ReactNode => (
    <Divider edge={edge} size={layout[edge]} onChange={(size) => setLayout({ ...layout, [edge]: size })} />
  );
  const grid: CSSProperties = gridOf(layout, here);
  return (
    <main
      id="main"
      tabIndex={-1}
      className={`board ${here.has('work') ? 'board-with-panel' : ''}`}
      data-area={area}
      style={grid}
    >
      <h1 className="ll-visually-hidden">{t('nav.board')}</h1>
      <Announcer />
      <Away />
      {here.has('queue') ? <QueuePanel /> : null}
      {isWide && here.has('queue') && (hasMiddle || here.has('work')) ? divider('left') : null}
      {here.has('map') ? (
        <Suspense fallback={<section id="map" className="area map" aria-label={t('map.title')} />}>
          <MapPanel />
        </Suspense>
      ) : null}
      {isWide && here.has('map') && here.has('units') ? divider('bottom') : null}
      {here.has('units') ? <UnitsPanel /> : null}
      {isWide && here.has('work') && hasMiddle ? divider('right') : null}
      {here.has('work') ? <WorkPanel /> : null}
      <AreaTabs />
      {help ? (
        <Suspense>
          <HelpDialog isOpen onOpenChange={setHelp} />
        </Suspense>
      ) : null}
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
