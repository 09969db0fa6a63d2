import type { Seconds } from '@lamplight/base';
import type { ResponseReportView } from '@lamplight/contracts';
import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';

/** Percentiles of every interval of the chain against its targets. */
export function IntervalTable({ report }: { readonly report: ResponseReportView }): ReactNode {
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

type Target = ResponseReportView['intervals'][number]['targets'][number];

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
