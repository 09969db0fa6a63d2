import type { IncidentRecord } from '@lamplight/contracts';
import { PriorityMark, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useCatalogue } from '../state/live-board.js';
import { Link } from '../state/router.js';
import { useServer } from '../state/server.js';
import { actorText, placeText, priorityText } from '../state/wording.js';

/** What it was, where, who called, and how it ended. */
export function RecordFacts({
  record: { incident, calls, numbers },
  report,
}: {
  readonly record: IncidentRecord;
  readonly report: boolean;
}): ReactNode {
  const intl = useIntl();
  const { t, dateTime, name } = intl;
  const { info } = useServer();
  const catalogue = useCatalogue();
  const { location } = incident;
  const related = [
    ...incident.links.map(({ incidentId, relation }) => ({ id: incidentId, how: t(`relation.${relation}`) })),
    ...(incident.mergedInto === null ? [] : [{ id: incident.mergedInto, how: t('after.mergedInto') }]),
    ...(incident.splitFrom === null ? [] : [{ id: incident.splitFrom, how: t('after.splitFrom') }]),
  ];
  return (
    <section className="record-facts" aria-labelledby="record-title">
      {report ? (
        <p className="record-agency">
          {name(info.name)} · {t('after.reportName')}
        </p>
      ) : null}
      <h1 id="record-title">
        <PriorityMark priority={incident.priority} size={26} />
        {t('incident.title', { number: incident.number })}
      </h1>
      <dl className="facts">
        <Fact name={t('after.type')}>
          {catalogue.typeName(incident.typeCode, intl)}, {priorityText(incident.priority, intl)}
        </Fact>
        <Fact name={t('after.status')}>
          {t(`status.${incident.status}`)}
          {incident.disposition === null ? '' : `: ${catalogue.dispositionName(incident.disposition, intl)}`}
          {incident.cancelReason === null ? '' : `: ${incident.cancelReason}`}
        </Fact>
        <Fact name={t('after.opened')}>
          {dateTime(incident.openedAt)}, {actorText(incident.openedBy, intl)}
        </Fact>
        <Fact name={t('after.closed')}>
          {incident.stamps.closed === null ? t('after.notClosed') : dateTime(incident.stamps.closed)}
        </Fact>
        <Fact name={t('after.place')}>{placeText(location, intl)}</Fact>
        {location?.words ? <Fact name={t('incident.words')}>“{location.words}”</Fact> : null}
        {location?.position ? (
          <Fact name={t('incident.position')}>
            {location.position[1].toFixed(5)}, {location.position[0].toFixed(5)},{' '}
            {t(`method.${location.method}`)}
          </Fact>
        ) : null}
        <Fact name={t('after.source')}>{t(`source.${incident.source}`)}</Fact>
        {incident.alarmLevel > 1 ? (
          <Fact name={t('after.alarm')}>{t('incident.alarmLevel', { level: incident.alarmLevel })}</Fact>
        ) : null}
        {related.length > 0 ? (
          <Fact name={t('incident.linked')}>
            {related.map(({ id, how }) => (
              <span key={`${how} ${id}`} className="record-related">
                {how} <Link to={`/incidents/${id}`}>{numbers[id] ?? id}</Link>
              </span>
            ))}
          </Fact>
        ) : null}
        {incident.reopenings.map(({ at, by, reason }) => (
          <Fact key={at} name={t('event.IncidentReopened')}>
            {dateTime(at)}, {actorText(by, intl)}: {reason}
          </Fact>
        ))}
      </dl>
      <h2>{t('incident.callers')}</h2>
      {calls.length === 0 ? <p className="muted">{t('incident.noCallers')}</p> : null}
      <ul className="record-callers">
        {calls.map((call) => (
          <li key={call.id}>
            <strong>{call.callerName ?? t('after.nameless')}</strong>{' '}
            {call.callerNumber ?? t('incident.numberHidden')} · {t(`channel.${call.channel}`)} ·{' '}
            {t('stamp.ring')} {dateTime(call.ringAt)}
            {call.answeredBy === null ? '' : ` · ${actorText(call.answeredBy, intl)}`}
            {call.outcome === null ? '' : ` · ${t(`outcome.${call.outcome}`)}`}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
