import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { IncidentPanel } from '../incident/incident-panel.js';
import { IntakePanel } from '../intake/intake-panel.js';
import { ConditionPanel } from '../roads/condition-panel.js';
import { useDesk, useDeskState } from './desk.js';

/** What is being worked on: a call, an incident, or the state of the streets. */
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
    </aside>
  );
}
