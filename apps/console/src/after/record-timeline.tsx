import { elapsed } from '@lamplight/base';
import type { IncidentRecord } from '@lamplight/contracts';
import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { eventDetail } from '../incident/narrative-wording.js';
import { useCatalogue } from '../state/live-board.js';
import { actorText } from '../state/wording.js';
import { namesOf } from './record-names.js';

/** What was known later than this after it happened, in seconds, is marked as such. */
const LATE = 5;

/** Every event as the log has it: when it happened, when it was recorded, who did it. The first comes first. */
export function RecordTimeline({ record }: { readonly record: IncidentRecord }): ReactNode {
  const intl = useIntl();
  const { t, time, dateTime, date, duration, code } = intl;
  const catalogue = useCatalogue();
  const names = namesOf(record, intl, catalogue);
  return (
    <section aria-labelledby="record-timeline">
      <h2 id="record-timeline">{t('incident.tab.timeline')}</h2>
      <table className="after-table record-timeline">
        <thead>
          <tr>
            <th scope="col">{t('after.happened')}</th>
            <th scope="col">{t('after.recorded')}</th>
            <th scope="col">{t('after.event')}</th>
            <th scope="col">{t('after.detail')}</th>
            <th scope="col">{t('after.by')}</th>
          </tr>
        </thead>
        <tbody>
          {record.events.map(({ position, recordedAt, actor, event }) => {
            const late = elapsed(event.at, recordedAt);
            const otherDay = date(event.at) !== date(record.incident.openedAt);
            return (
              <tr key={position}>
                <td data-label={t('after.happened')} className="after-time">
                  {otherDay ? dateTime(event.at) : time(event.at)}
                </td>
                <td data-label={t('after.recorded')} className="after-time">
                  {time(recordedAt)}
                  {late > LATE ? (
                    <span className="after-late after-words">{t('event.late', { age: duration(late) })}</span>
                  ) : null}
                </td>
                <td data-label={t('after.event')}>{code('event', event.type)}</td>
                <td data-label={t('after.detail')} className="record-detail">
                  {eventDetail(event, names)}
                </td>
                <td data-label={t('after.by')}>{actorText(actor, intl)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
