import {
  Button,
  clockOf,
  findIncidentView,
  type IncidentView,
  isActive,
  Notice,
  PriorityMark,
  stageClockOf,
  useIntl,
} from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Elapsed, StageTime } from '../board/elapsed.js';
import { useDesk, useDeskState } from '../desk/desk.js';
import { INCIDENT_TABS } from '../desk/desk-store.js';
import { ReachToggle } from '../map/reach.js';
import { useCatalogue, useWork } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import { actorText, placeText, priorityText } from '../state/wording.js';
import { TimerList } from '../timers/timer-list.js';
import { AssignmentList } from './assignment-list.js';
import { Callers } from './callers.js';
import { Candidates } from './candidates.js';
import { IncidentActions } from './incident-actions.js';
import { Narrative } from './narrative.js';
import { NoteBox } from './note-box.js';
import { PresenceLine, useTellPresence } from './presence.js';
import { LinkedIncidents } from './relation-dialogs.js';
import { StampChain } from './stamp-chain.js';

export function IncidentPanel({ incidentId }: { readonly incidentId: string }): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const board = useWork();
  const live = findIncidentView(board, incidentId);
  // The board may hold open incidents only; a closed one is asked for.
  const { value, error } = usePolling(live ? null : incidentId, null, api.incident);
  const view =
    live ??
    (value ? { ...value, holder: { role: 'nobody' as const, since: value.incident.openedAt } } : null);
  if (view) return <OpenPanel key={incidentId} view={view} />;
  return (
    <div className="panel-body">
      {error === null ? (
        <p className="muted">{t('common.loading')}</p>
      ) : (
        <Notice tone="warning">{problem(error)}</Notice>
      )}
    </div>
  );
}

function OpenPanel({ view }: { readonly view: IncidentView }): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const { incident, calls, assignments } = view;
  const { powers, store } = useDesk();
  const { tab } = useDeskState();
  const active = assignments.filter(isActive);
  const [writing, setWriting] = useState(false);
  const [editing, setEditing] = useState(false);
  useTellPresence(incident.id, editing ? 'editing' : writing ? 'writing-note' : 'viewing');
  return (
    <article className="panel-incident" aria-labelledby="incident-title">
      <IncidentHead view={view} />
      <Tabs
        className="panel-tabs"
        selectedKey={tab}
        onSelectionChange={(key) => {
          const chosen = INCIDENT_TABS.find((each) => each === key);
          if (chosen) store.change({ tab: chosen });
        }}
      >
        <TabList className="tab-list" aria-label={t('incident.tabs')}>
          <Tab id="work" className="tab">
            {t('incident.tab.work')}
          </Tab>
          <Tab id="calls" className="tab">
            {t('incident.tab.calls')}
            {calls.length > 0 ? <span className="count">{calls.length}</span> : null}
          </Tab>
          <Tab id="timeline" className="tab">
            {t('incident.tab.timeline')}
            {incident.notes.length > 0 ? <span className="count">{incident.notes.length}</span> : null}
          </Tab>
        </TabList>
        <TabPanel id="work" className="panel-body">
          <LatestNotes view={view} />
          {assignments.length > 0 ? (
            <AssignmentList assignments={assignments} mayDispatch={powers.dispatch} />
          ) : null}
          {incident.status === 'open' ? (
            <Candidates
              incident={incident}
              activeCount={active.length}
              relieved={assignments.some(({ stage }) => stage === 'cleared')}
              mayDispatch={powers.dispatch}
            />
          ) : null}
          {powers.takeCalls ? <IncidentActions view={view} onEditing={setEditing} /> : null}
          <TimerList incidentId={incident.id} />
          <LinkedIncidents incident={incident} mayChange={powers.takeCalls} />
          <StampChain clock={clockOf(incident, calls, assignments)} openedAt={incident.openedAt} />
        </TabPanel>
        <TabPanel id="calls" className="panel-body">
          <Callers calls={calls} mayWrite={powers.takeCalls} />
        </TabPanel>
        <TabPanel id="timeline" className="panel-body">
          <Narrative view={view} />
        </TabPanel>
      </Tabs>
      {powers.takeCalls ? <NoteBox incidentId={incident.id} onWriting={setWriting} /> : null}
    </article>
  );
}

/** So many of the latest notes stand where the work is done. */
const LATEST = 2;

/** What was written last, in sight without turning a leaf. */
function LatestNotes({ view: { incident } }: { readonly view: IncidentView }): ReactNode {
  const intl = useIntl();
  const { t, time } = intl;
  if (incident.notes.length === 0) return null;
  return (
    <section aria-label={t('note.latest')}>
      <ul className="note-list">
        {incident.notes
          .slice(-LATEST)
          .toReversed()
          .map(({ at, by, text }) => (
            <li key={`${at} ${by} ${text}`}>
              <span className="muted">
                {time(at)} · {actorText(by, intl)}
              </span>
              <span>{text}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}

function IncidentHead({ view }: { readonly view: IncidentView }): ReactNode {
  const { closeWork } = useDesk();
  const intl = useIntl();
  const { t } = intl;
  const catalogue = useCatalogue();
  const board = useWork();
  const { incident, calls, assignments, holder } = view;
  const type = catalogue.findType(incident.typeCode);
  const otherName = type && (intl.locale === 'en' ? type.name.zh : type.name.en);
  const clock = clockOf(incident, calls, assignments);
  const stage = stageClockOf(incident, calls, assignments, catalogue.stageTargets);
  const start = clock.ring ?? incident.openedAt;
  const words = incident.location?.words;
  return (
    <header className="incident-head">
      <div className="incident-line">
        <PriorityMark priority={incident.priority} size={32} />
        <div className="incident-names">
          <h2 id="incident-title">
            {catalogue.typeName(incident.typeCode, intl)}
            {otherName ? (
              <span className="incident-other" lang={intl.locale === 'en' ? 'zh-CN' : 'en'}>
                {otherName}
              </span>
            ) : null}
          </h2>
          <p className="muted">
            {incident.number} · {priorityText(incident.priority, intl)}
            {incident.alarmLevel > 1 ? (
              <> · {t('incident.alarmLevel', { level: incident.alarmLevel })}</>
            ) : null}
          </p>
        </div>
        <Button variant="quiet" size="small" aria-label={t('panel.close')} onPress={closeWork}>
          <span aria-hidden="true">✕</span>
        </Button>
      </div>
      <div className="incident-place">
        <p>
          {placeText(incident.location, intl)}
          {words && words !== placeText(incident.location, intl) ? (
            <span className="muted"> “{words}”</span>
          ) : null}
          {incident.location?.position ? (
            <span className="muted"> · {t(`method.${incident.location.method}`)}</span>
          ) : null}
        </p>
        {incident.status === 'open' && incident.location?.position ? (
          <ReachToggle subject={{ kind: 'incident', id: incident.id }} />
        ) : null}
      </div>
      {incident.status === 'open' ? (
        <div className="incident-holder">
          <strong className="incident-role">
            {t('clock.holds', { role: t(`clockRole.${holder.role}`) })}
          </strong>
          <span>
            <Elapsed since={holder.since} className="incident-clock" />{' '}
            <span className="muted">{t('clock.inStep')}</span>
          </span>
          <span>
            <Elapsed since={start} className="incident-clock" />{' '}
            <span className="muted">{t('clock.total')}</span>
          </span>
          {stage === null ? null : <StageTime clock={stage} />}
        </div>
      ) : (
        <Notice>
          {incident.disposition === null
            ? null
            : t('incident.closedAs', { disposition: catalogue.dispositionName(incident.disposition, intl) })}
          {incident.cancelReason === null
            ? null
            : t('incident.cancelledAs', { reason: incident.cancelReason })}
          {incident.mergedInto === null
            ? null
            : t('incident.mergedInto', {
                number: board.incidents.get(incident.mergedInto)?.number ?? incident.mergedInto,
              })}
        </Notice>
      )}
      <PresenceLine incidentId={incident.id} />
    </header>
  );
}
