import { type Instant, instant, type Seconds } from '@lamplight/base';
import type { IntervalReportView } from '@lamplight/contracts';
import { Notice, Segmented, TextInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useTitle } from '../shell/title.js';
import { useNow } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import { readWallClock, writeWallClock } from '../state/wall-clock.js';

const HOUR = 3_600_000;
const PERIODS = ['hour', 'day', 'week', 'month', 'custom'] as const;
type Period = (typeof PERIODS)[number];
const LENGTHS: Readonly<Record<Exclude<Period, 'custom'>, number>> = {
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
};
/** How often an open report is taken again. */
const REFRESH = 15_000;

export function ReportPage(): ReactNode {
  const { t, zone, dateTime, problem } = useIntl();
  const { api } = useServer();
  const now = useNow();
  const [period, setPeriod] = useState<Period>('day');
  const [custom, setCustom] = useState(() => ({
    from: writeWallClock(instant(now - 24 * HOUR), zone),
    to: writeWallClock(now, zone),
  }));
  useTitle(t('report.title'));

  const spanNow = (): { from: Instant; to: Instant } | null => {
    if (period !== 'custom') return { from: instant(now - LENGTHS[period]), to: now };
    const from = readWallClock(custom.from, zone);
    const to = readWallClock(custom.to, zone);
    return from !== null && to !== null && from < to ? { from, to } : null;
  };
  const span = spanNow();
  const subject = period === 'custom' ? span && `${span.from}-${span.to}` : period;
  const { value: report, error } = usePolling(subject, REFRESH, () => {
    const { from, to } = spanNow() ?? { from: now, to: now };
    return api.intervals(from, to);
  });

  return (
    <main id="main" className="report" tabIndex={-1}>
      <header className="report-head">
        <h1>{t('report.title')}</h1>
        <Segmented<Period>
          label={t('report.period')}
          hideLabel
          value={period}
          choices={PERIODS.map((id) => ({ id, label: t(`report.period.${id}`) }))}
          onChange={setPeriod}
        />
        {period === 'custom' ? (
          <div className="report-custom">
            <TextInput
              label={t('report.from')}
              type="datetime-local"
              value={custom.from}
              onChange={(from) => setCustom({ ...custom, from })}
            />
            <TextInput
              label={t('report.to')}
              type="datetime-local"
              value={custom.to}
              onChange={(to) => setCustom({ ...custom, to })}
            />
          </div>
        ) : null}
        {report ? (
          <p className="muted">
            {t('report.incidents', { count: report.incidents })} ·{' '}
            {t('report.span', { from: dateTime(report.from), to: dateTime(report.to) })}
          </p>
        ) : null}
      </header>
      {error === null ? null : (
        <Notice tone="refusal">{t('common.loadFailed', { reason: problem(error) })}</Notice>
      )}
      {report && report.incidents === 0 ? <Notice>{t('report.empty')}</Notice> : null}
      {report ? <IntervalTable report={report} /> : error === null ? <p>{t('common.loading')}</p> : null}
      <p className="muted report-note">{t('report.explain')}</p>
    </main>
  );
}

function IntervalTable({ report }: { readonly report: IntervalReportView }): ReactNode {
  const { t, code, duration } = useIntl();
  const cell = (value: Seconds | null) => (value === null ? '–' : duration(value));
  const heads = ['P50', 'P90', 'P95', 'P99'];
  return (
    <div className="report-scroll">
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{t('report.interval')}</th>
            <th scope="col" className="number">
              {t('report.n')}
            </th>
            <th scope="col" className="number">
              {t('report.missing')}
            </th>
            <th scope="col" className="number">
              {t('report.contradictory')}
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className="number">
                {head}
              </th>
            ))}
            <th scope="col">{t('report.targets')}</th>
          </tr>
        </thead>
        <tbody>
          {report.intervals.map((row) => (
            <tr key={row.interval}>
              <th scope="row">
                {code('interval', row.interval)}
                <span className="muted">{code('interval.meaning', row.interval)}</span>
              </th>
              <td className="number" data-label={t('report.n')}>
                {row.n}
              </td>
              <td className="number" data-label={t('report.missing')}>
                {row.missing}
              </td>
              <td className="number" data-label={t('report.contradictory')}>
                {row.contradictory}
              </td>
              {[row.p50, row.p90, row.p95, row.p99].map((value, index) => (
                <td key={heads[index]} className="number" data-label={heads[index]}>
                  {cell(value)}
                </td>
              ))}
              <td data-label={t('report.targets')} className="report-targets">
                {row.targets.length === 0 ? (
                  <span className="muted">{t('report.noTarget')}</span>
                ) : (
                  <ul>
                    {row.targets.map((target) => (
                      <TargetLine
                        key={`${target.seconds} ${target.share} ${target.source}`}
                        target={target}
                      />
                    ))}
                  </ul>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Target = IntervalReportView['intervals'][number]['targets'][number];

function TargetLine({ target }: { readonly target: Target }): ReactNode {
  const { t, duration } = useIntl();
  const { reached, share, seconds, source } = target;
  const met = reached !== null && reached >= share;
  return (
    <li className="target-line" title={t('report.source', { source })}>
      <span>{t('report.target', { share, limit: duration(seconds) })}</span>
      {reached === null ? (
        <span className="muted">{t('report.noData')}</span>
      ) : (
        <strong className={met ? 'good' : 'bad'}>
          <span aria-hidden="true">{met ? '✓' : '✗'}</span> {t('report.reached', { reached })}{' '}
          <span className="ll-visually-hidden">{t(met ? 'report.met' : 'report.missed')}</span>
        </strong>
      )}
    </li>
  );
}
