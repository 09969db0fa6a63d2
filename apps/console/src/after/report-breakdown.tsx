import { seconds } from '@lamplight/base';
import { REPORT_DIMENSIONS, type ReportDimension, type ResponseReportView } from '@lamplight/contracts';
import { CHAIN_INTERVALS, type ChainInterval, Segmented, SelectInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useMemo, useState } from 'react';
import { useCatalogue } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import { BarChart } from './bar-chart.js';
import { lineOf, type NamedGroup, namedGroups } from './report-groups.js';

/** Bars beyond this many are too thin to be read; the table has them all. */
const MOST_BARS = 15;

/** One interval broken down by type, priority, zone or hour: two charts, and the same as a table. */
export function ReportBreakdown({ report }: { readonly report: ResponseReportView }): ReactNode {
  const intl = useIntl();
  const { t, code, duration } = intl;
  const { api } = useServer();
  const catalogue = useCatalogue();
  const { value: stations } = usePolling('stations', null, () => api.stations());
  const [dimension, setDimension] = useState<ReportDimension>('type');
  const [interval, setInterval] = useState<ChainInterval>('response');
  const groups = useMemo(
    () => namedGroups(report, dimension, { intl, catalogue, stations: stations ?? [] }),
    [report, dimension, intl, catalogue, stations],
  );
  const shown = groups.slice(0, dimension === 'hour' ? 24 : MOST_BARS);
  const across = dimension !== 'hour';
  const what = code('interval', interval);
  const by = t(`report.by.${dimension}`);
  const [target] = report.intervals.find((line) => line.interval === interval)?.targets ?? [];
  const categories = shown.map(({ name }) => name);
  const percentile = (name: 'p50' | 'p90') => shown.map((group) => lineOf(group, interval)?.[name] ?? null);

  return (
    <section aria-labelledby="report-breakdown" className="breakdown">
      <h2 id="report-breakdown">{t('report.breakdown')}</h2>
      <div className="breakdown-choices no-print">
        <Segmented<ReportDimension>
          label={t('report.by')}
          value={dimension}
          choices={REPORT_DIMENSIONS.map((id) => ({ id, label: t(`report.by.${id}`) }))}
          onChange={setDimension}
        />
        <SelectInput<ChainInterval>
          label={t('report.interval')}
          value={interval}
          choices={CHAIN_INTERVALS.map((id) => ({
            id,
            label: `${code('interval', id)}: ${code('interval.meaning', id)}`,
          }))}
          onChange={setInterval}
        />
      </div>
      <div className="breakdown-charts">
        <figure>
          <figcaption>{t('report.chart.percentiles', { interval: what, by })}</figcaption>
          <BarChart
            label={t('report.chart.label', { title: t('report.chart.percentiles', { interval: what, by }) })}
            categories={categories}
            across={across}
            series={[
              { name: 'P50', values: percentile('p50'), token: '--priority-4' },
              { name: 'P90', values: percentile('p90'), token: '--priority-2' },
            ]}
            limit={
              target && {
                value: target.seconds,
                label: t('report.target', { share: target.share, limit: duration(target.seconds) }),
              }
            }
            format={(value) => duration(seconds(value))}
          />
        </figure>
        <figure>
          <figcaption>{t('report.chart.counts', { by })}</figcaption>
          <BarChart
            label={t('report.chart.label', { title: t('report.chart.counts', { by }) })}
            categories={categories}
            across={across}
            series={[
              {
                name: t('report.count'),
                values: shown.map(({ incidents }) => incidents),
                token: '--unit-scene',
              },
            ]}
            format={(value) => String(value)}
          />
        </figure>
      </div>
      {shown.length < groups.length ? (
        <p className="muted">{t('report.chart.most', { shown: shown.length, all: groups.length })}</p>
      ) : null}
      <GroupTable
        groups={groups}
        interval={interval}
        caption={t('report.chart.percentiles', { interval: what, by })}
      />
    </section>
  );
}

function GroupTable({
  groups,
  interval,
  caption,
}: {
  readonly groups: readonly NamedGroup[];
  readonly interval: ChainInterval;
  readonly caption: string;
}): ReactNode {
  const { t, duration } = useIntl();
  const heads = [t('report.count'), t('report.n'), t('report.missing'), t('report.contradictory')];
  const percentiles = ['p50', 'p90', 'p95', 'p99'] as const;
  return (
    <table className="report-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('report.group')}</th>
          {[...heads, 'P50', 'P90', 'P95', 'P99'].map((head) => (
            <th key={head} scope="col" className="number">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => {
          const line = lineOf(group, interval);
          const counts = [group.incidents, line?.n ?? 0, line?.missing ?? 0, line?.contradictory ?? 0];
          return (
            <tr key={group.key ?? ''}>
              <th scope="row">{group.name}</th>
              {counts.map((value, index) => (
                <td key={heads[index]} className="number" data-label={heads[index]}>
                  {value}
                </td>
              ))}
              {percentiles.map((name) => {
                const value = line?.[name] ?? null;
                return (
                  <td key={name} className="number" data-label={name.toUpperCase()}>
                    {value === null ? '–' : duration(value)}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
