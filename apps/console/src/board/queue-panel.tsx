import { instant, seconds } from '@lamplight/base';
import {
  Button,
  type Call,
  keepEntries,
  listRingingCalls,
  listUnfiledCalls,
  Notice,
  PriorityMark,
  type QueueEntry,
  queueOf,
  useIntl,
} from '@lamplight/ui';
import { memo, type ReactNode, useMemo, useRef } from 'react';
import { useDesk, useDeskState } from '../desk/desk.js';
import { PresenceMarks } from '../incident/presence.js';
import { WindowButton } from '../screens/window-button.js';
import { useCatalogue, useNow, useWork } from '../state/live-board.js';
import { useRovingList } from '../state/roving-list.js';
import { callerPlaceText, placeText, priorityText, shortNumber } from '../state/wording.js';
import { DueTimers } from '../timers/timer-list.js';
import { Elapsed, StageTime } from './elapsed.js';

/** The queue at a pace at which its order may change: a row must not jump away from under a hand each second. */
export function useQueue(): readonly QueueEntry[] {
  const board = useWork();
  const now = instant(Math.floor(useNow() / 5000) * 5000);
  const { incidents, assignments, calls } = board;
  const { stageTargets } = useCatalogue();
  const shown = useRef<readonly QueueEntry[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the board's other parts do not bear on the queue
  return useMemo(() => {
    shown.current = keepEntries(shown.current, queueOf(board, now, stageTargets));
    return shown.current;
  }, [incidents, assignments, calls, now, stageTargets]);
}

export function QueuePanel(): ReactNode {
  const { t, problem } = useIntl();
  const { powers, answer, openIncident, newCall } = useDesk();
  const { incidentId: selected } = useDeskState();
  const mayTakeCalls = powers.takeCalls;
  const entries = useQueue();
  const onKeyDown = useRovingList('.queue-row');
  const waiting = entries.filter(({ needsHand }) => needsHand);
  const toClose = entries.filter(({ need }) => need === 'unclosed');
  const inHand = entries.filter(({ need, needsHand }) => !needsHand && need !== 'unclosed');
  const current = entries.some(({ incident }) => incident.id === selected)
    ? selected
    : entries[0]?.incident.id;

  const group = (title: string, members: readonly QueueEntry[]): ReactNode =>
    members.length === 0 ? null : (
      <section aria-label={title}>
        <h3 className="queue-group">
          {title} <span className="count">{members.length}</span>
        </h3>
        <ul>
          {members.map((entry) => (
            <li key={entry.incident.id}>
              <QueueRow
                entry={entry}
                isSelected={entry.incident.id === selected}
                isCurrent={entry.incident.id === current}
                onSelect={openIncident}
              />
            </li>
          ))}
        </ul>
      </section>
    );

  return (
    <section id="queue" className="area queue" aria-labelledby="queue-title" tabIndex={-1}>
      <header className="area-head">
        <div>
          <h2 id="queue-title">{t('queue.title')}</h2>
          <p className="muted">{t('queue.summary', { waiting: waiting.length, total: entries.length })}</p>
        </div>
        {mayTakeCalls ? (
          <Button variant="primary" shortcut="N" onPress={newCall}>
            {t('queue.newCall')}
          </Button>
        ) : null}
        <WindowButton panel="queue" />
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move among the buttons inside */}
      <div className="area-scroll" onKeyDown={onKeyDown}>
        {answer.error === null ? null : <Notice tone="refusal">{problem(answer.error)}</Notice>}
        <DueTimers />
        <CallList />
        {group(t('queue.needsHand'), waiting)}
        {group(t('queue.inHand'), inHand)}
        {group(t('queue.toClose'), toClose)}
        {entries.length === 0 ? (
          <p className="empty">
            {t('queue.empty')}
            {mayTakeCalls ? <span className="muted">{t('queue.emptyHint')}</span> : null}
          </p>
        ) : null}
      </div>
    </section>
  );
}

const QueueRow = memo(function QueueRow({
  entry,
  isSelected,
  isCurrent,
  onSelect,
}: {
  readonly entry: QueueEntry;
  readonly isSelected: boolean;
  readonly isCurrent: boolean;
  onSelect(incidentId: string): void;
}): ReactNode {
  const intl = useIntl();
  const catalogue = useCatalogue();
  const { incident, need, needsHand, holder, clock, units } = entry;
  const type = catalogue.typeName(incident.typeCode, intl);
  const needText = intl.t(`need.${need}`);
  return (
    <button
      type="button"
      className={`queue-row ${needsHand ? 'queue-row-needs' : ''}`}
      aria-current={isSelected ? 'true' : undefined}
      data-incident-id={incident.id}
      tabIndex={isCurrent ? 0 : -1}
      onClick={() => onSelect(incident.id)}
    >
      <PriorityMark priority={incident.priority} size={26} />
      <span className="queue-main">
        <span className="queue-type">
          <span className="ll-visually-hidden">{priorityText(incident.priority, intl)}: </span>
          {type}
          {incident.alarmLevel > 1 ? (
            <span className="tag">{intl.t('incident.alarmLevel', { level: incident.alarmLevel })}</span>
          ) : null}
        </span>
        <span className="queue-place">{placeText(incident.location, intl)}</span>
        <span className="queue-foot">
          <span className={needsHand ? 'queue-need' : 'muted'}>{needText}</span>
          {units.length > 0 ? (
            <span className="muted">{intl.t('queue.units', { count: units.length })}</span>
          ) : null}
        </span>
      </span>
      <span className="queue-side">
        <Elapsed since={holder.since} className="queue-clock" />
        <span className="muted">{intl.t(`clockRole.${holder.role}`)}</span>
        <span className="muted">{shortNumber(incident)}</span>
      </span>
      <span className="queue-stage">
        {clock === null ? null : <StageTime clock={clock} />}
        <PresenceMarks incidentId={incident.id} />
      </span>
    </button>
  );
});

function CallList(): ReactNode {
  const { t } = useIntl();
  const { powers, takeCall } = useDesk();
  const board = useWork();
  const ringing = listRingingCalls(board);
  const unfiled = listUnfiledCalls(board);
  if (ringing.length + unfiled.length === 0) return null;
  return (
    <section aria-label={t('queue.calls')}>
      <h3 className="queue-group">
        {t('queue.calls')} <span className="count">{ringing.length + unfiled.length}</span>
      </h3>
      <ul>
        {[...ringing, ...unfiled].map((call, index) => (
          <li key={call.id} className={`call-row ${call.answeredAt === null ? 'call-ringing' : ''}`}>
            <CallText call={call} />
            {powers.takeCalls ? (
              <Button
                size="small"
                variant={call.answeredAt === null ? 'primary' : 'plain'}
                {...(index === 0 && call.answeredAt === null ? { shortcut: 'A' } : {})}
                onPress={() => takeCall(call)}
              >
                {t(call.answeredAt === null ? 'queue.answer' : 'queue.file')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function CallText({ call }: { readonly call: Call }): ReactNode {
  const intl = useIntl();
  const { t, duration } = intl;
  const now = useNow();
  const since = call.answeredAt ?? call.ringAt;
  const age = duration(seconds(Math.max(0, (now - since) / 1000)));
  return (
    <span className="call-text">
      <strong>
        {t('queue.callFrom', {
          channel: t(`channel.${call.channel}`),
          number: call.callerNumber ?? t('queue.noNumber'),
        })}
      </strong>
      <span className={call.answeredAt === null ? 'queue-need' : 'muted'}>
        {t(call.answeredAt === null ? 'queue.ringing' : 'queue.onLine', { age })}
      </span>
      {call.location ? <span className="muted">{callerPlaceText(call.location, intl)}</span> : null}
    </span>
  );
}
