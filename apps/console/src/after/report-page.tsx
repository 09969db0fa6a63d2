import type { ResponseReportView } from '@lamplight/contracts';
import { Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import '../styles/after.css';
import { useTitle } from '../shell/title.js';
import { useNow } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import { IntervalTable } from './interval-table.js';
import { periodOf, spanOf } from './period.js';
import { PeriodField } from './period-field.js';
import { ReportBreakdown } from './report-breakdown.js';
import { ReportExport } from './report-export.js';

/** How often an open report is taken again. */
const REFRESH = 60_000;

/** How long things took over a period: the whole chain, and by type, priority, zone and hour. */
export function ReportPage(): ReactNode {
  const { t, zone, dateTime, problem } = useIntl();
  const { api } = useServer();
  const now = useNow();
  const [period, setPeriod] = useState(() => periodOf('day', now, zone));
  useTitle(t('report.title'));

  const span = spanOf(period, now, zone);
  const subject = period.kind === 'custom' ? span && `${span.from}-${span.to}` : period.kind;
  const { value: report, error } = usePolling(subject ?? null, REFRESH, () => {
    const { from, to } = spanOf(period, now, zone) ?? { from: now, to: now };
    return api.responseReport(from, to);
  });

  return (
    <main id="main" className="after report" tabIndex={-1}>
      <header className="after-head">
        <h1>{t('report.title')}</h1>
        {report ? <ReportExport report={report} /> : null}
      </header>
      <PeriodField
        value={period}
        kinds={['hour', 'day', 'week', 'month', 'year', 'custom']}
        onChange={setPeriod}
      />
      {span === null ? <Notice tone="warning">{t('after.noPeriod')}</Notice> : null}
      {error === null ? null : (
        <Notice tone="refusal">{t('common.loadFailed', { reason: problem(error) })}</Notice>
      )}
      {report ? (
        <>
          <p className="muted">
            {t('report.incidents', { count: report.incidents })} ·{' '}
            {t('report.span', { from: dateTime(report.from), to: dateTime(report.to) })}
          </p>
          <ReportBody report={report} />
        </>
      ) : error === null && span !== null ? (
        <p>{t('common.loading')}</p>
      ) : null}
      <p className="muted report-note">
        {t('report.explain')} {t('report.zoneExplain')}
      </p>
    </main>
  );
}

function ReportBody({ report }: { readonly report: ResponseReportView }): ReactNode {
  const { t } = useIntl();
  if (report.incidents === 0) return <Notice>{t('report.empty')}</Notice>;
  return (
    <>
      <section aria-labelledby="report-chain">
        <h2 id="report-chain">{t('report.chain')}</h2>
        <IntervalTable report={report} />
      </section>
      <ReportBreakdown report={report} />
    </>
  );
}
