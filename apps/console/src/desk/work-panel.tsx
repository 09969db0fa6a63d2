import { useIntl } from '@lamplight/ui';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { WindowButton } from '../screens/window-button.js';
import { useDesk, useDeskState } from './desk.js';

const loadIncident = () => import('../incident/incident-panel.js');
const loadIntake = () => import('../intake/intake-panel.js');
const loadConditions = () => import('../roads/condition-panel.js');
const IncidentPanel = lazy(async () => ({ default: (await loadIncident()).IncidentPanel }));
const IntakePanel = lazy(async () => ({ default: (await loadIntake()).IntakePanel }));
const ConditionPanel = lazy(async () => ({ default: (await loadConditions()).ConditionPanel }));

/**
 * What is being worked on: a call, an incident, or the state of the streets. The board does not wait for these, but they
 * are fetched as soon as it stands, so that they are there when the first call comes in, or the line goes down.
 */
export function WorkPanel(): ReactNode {
  const { t } = useIntl();
  const { draft } = useDesk();
  const { incidentId, showing } = useDeskState();
  return (
    <aside
      id="work"
      className="area panel"
      aria-label={t(showing === 'roads' ? 'roads.title' : 'panel.title')}
      tabIndex={-1}
    >
      <WindowButton panel="work" />
      <Suspense fallback={<p className="empty">{t('common.loading')}</p>}>
        {showing === 'intake' && draft.draft ? (
          <IntakePanel draft={draft.draft} />
        ) : showing === 'roads' ? (
          <ConditionPanel />
        ) : incidentId ? (
          <IncidentPanel incidentId={incidentId} />
        ) : (
          <p className="empty">
            {t('incident.none')}
            <span className="muted">{t('incident.noneHint')}</span>
          </p>
        )}
      </Suspense>
    </aside>
  );
}

/** When the board has most likely been drawn, in milliseconds. */
const SOON = 1000;

/** Fetches what the panel may have to show, once the board stands. */
export function useWorkAtHand(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // One that fails now is fetched again when it is needed.
      void Promise.allSettled([loadIntake(), loadIncident(), loadConditions()]);
    }, SOON);
    return () => clearTimeout(timer);
  }, []);
}
