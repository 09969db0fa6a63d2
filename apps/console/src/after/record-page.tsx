import { Button, Notice, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import '../styles/after.css';
import { useTitle } from '../shell/title.js';
import { useNow } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { powersOf } from '../state/powers.js';
import { Link, usePath } from '../state/router.js';
import { useServer } from '../state/server.js';
import { MapSheet } from './map-sheet.js';
import { RecordFacts } from './record-facts.js';
import { RecordIntervals } from './record-intervals.js';
import { RecordNotes } from './record-notes.js';
import { RecordTimeline } from './record-timeline.js';
import { RecordUnits } from './record-units.js';

/** `/incidents/<id>`: all there is about one incident, to be read; `/incidents/<id>/report`: the same to be printed. */
export function RecordPage(): ReactNode {
  const { t, dateTime, problem } = useIntl();
  const { api, session } = useServer();
  const now = useNow();
  const [, , id = '', view] = usePath().split('/');
  const incidentId = decodeURIComponent(id);
  const report = view === 'report';
  const mayReplay = session.state === 'in' && powersOf(session.account).report;
  const { value: record, error } = usePolling(incidentId, null, () => api.incidentRecord(incidentId));
  const number = record?.incident.number ?? '';
  useTitle(report ? t('after.reportTitle', { number }) : t('incident.title', { number }));

  return (
    <main id="main" className={`after record ${report ? 'record-report' : ''}`} tabIndex={-1}>
      <nav className="record-ways no-print" aria-label={t('after.ways')}>
        <Link to="/incidents">{t('after.backToSearch')}</Link>
        {report ? (
          <Link to={`/incidents/${id}`}>{t('after.backToRecord')}</Link>
        ) : (
          <Link to={`/incidents/${id}/report`}>{t('after.toReport')}</Link>
        )}
        {mayReplay ? <Link to={`/replay/${id}`}>{t('after.toReplay')}</Link> : null}
        {report ? (
          <Button variant="primary" onPress={() => window.print()} isDisabled={!record}>
            {t('after.print')}
          </Button>
        ) : null}
      </nav>
      {error === null ? null : (
        <Notice tone="refusal">{t('common.loadFailed', { reason: problem(error) })}</Notice>
      )}
      {record ? (
        <article className="record-body">
          <RecordFacts record={record} report={report} />
          <RecordIntervals record={record} />
          <RecordUnits record={record} />
          <RecordNotes record={record} />
          {report && record.incident.location?.position ? (
            <MapSheet record={record} withTracks={mayReplay} />
          ) : null}
          <RecordTimeline record={record} />
          {report ? <p className="muted record-made">{t('after.madeAt', { at: dateTime(now) })}</p> : null}
        </article>
      ) : error === null ? (
        <p className="muted">{t('common.loading')}</p>
      ) : null}
    </main>
  );
}
