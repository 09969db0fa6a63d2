import { seconds } from '@lamplight/base';
import { Button, type Language, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useDesk } from '../desk/desk.js';
import { useNow, useWork } from '../state/live-board.js';
import { shortNumber } from '../state/wording.js';
import type { Timer } from './timer-store.js';
import { useTimers } from './use-timers.js';

/** How much longer "later" is. */
const LATER = seconds(300);

/** All reminders that are set; of one incident when it is named. */
export function TimerList({ incidentId }: { readonly incidentId?: string }): ReactNode {
  const { t } = useIntl();
  const { list, cancel } = useTimers();
  const subjectOf = useSubject();
  const now = useNow();
  const shown = incidentId === undefined ? list : list.filter((timer) => timer.incidentId === incidentId);
  if (incidentId !== undefined && shown.length === 0) return null;
  return (
    <section aria-label={t('timer.title')} className="timer-list">
      <h3 className="panel-heading">
        {t('timer.title')} {shown.length > 0 ? <span className="count">{shown.length}</span> : null}
      </h3>
      {shown.length === 0 ? <p className="muted">{t('timer.none')}</p> : null}
      <ul>
        {shown.map((timer) => (
          <li key={timer.id}>
            <span>{subjectOf(timer)}</span>
            <TimerClock timer={timer} now={now} />
            <Button
              size="small"
              variant="quiet"
              aria-label={t('timer.cancel', { subject: subjectOf(timer) })}
              onPress={() => cancel(timer.id)}
            >
              <span aria-hidden="true">✕</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Reminders that are due stand at the head of the queue until they are done or put off. */
export function DueTimers(): ReactNode {
  const { t } = useIntl();
  const { openIncident } = useDesk();
  const { list, add, cancel } = useTimers();
  const subjectOf = useSubject();
  const board = useWork();
  const now = useNow();
  const due = list.filter(({ dueAt }) => dueAt <= now);
  if (due.length === 0) return null;
  return (
    <section aria-label={t('timer.dueTitle')}>
      <h3 className="queue-group">
        {t('timer.dueTitle')} <span className="count">{due.length}</span>
      </h3>
      <ul>
        {due.map((timer) => {
          const incident = timer.incidentId === null ? undefined : board.incidents.get(timer.incidentId);
          return (
            <li key={timer.id} className="call-row timer-due">
              <span className="call-text">
                <strong>{subjectOf(timer)}</strong>
                <span className="queue-need">
                  <span aria-hidden="true">⏰ </span>
                  <TimerClock timer={timer} now={now} />
                </span>
              </span>
              <span className="timer-actions">
                {incident ? (
                  <Button size="small" variant="primary" onPress={() => openIncident(incident.id)}>
                    {t('timer.open', { number: shortNumber(incident) })}
                  </Button>
                ) : null}
                <Button
                  size="small"
                  variant="quiet"
                  onPress={() => {
                    cancel(timer.id);
                    add({ delay: LATER, label: timer.label, incidentId: timer.incidentId });
                  }}
                >
                  {t('timer.later')}
                </Button>
                <Button size="small" onPress={() => cancel(timer.id)}>
                  {t('timer.done')}
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function TimerClock({ timer, now }: { readonly timer: Timer; readonly now: number }): ReactNode {
  const { t, duration } = useIntl();
  const left = (timer.dueAt - now) / 1000;
  return (
    <span className={left > 0 ? 'muted' : 'timer-over'}>
      {left > 0
        ? t('timer.left', { left: duration(seconds(left)) })
        : t('timer.due', { age: duration(seconds(-left)) })}
    </span>
  );
}

/** What a reminder is of, in words. */
function useSubject(): (timer: Timer) => string {
  const { t }: Language = useIntl();
  const board = useWork();
  return ({ label, incidentId }) => {
    const incident = incidentId === null ? undefined : board.incidents.get(incidentId);
    const parts = [...(incident ? [shortNumber(incident)] : []), ...(label === '' ? [] : [label])];
    return parts.length > 0 ? parts.join(' · ') : t('timer.general');
  };
}
