import { REPORT_DIMENSIONS, type ResponseReportView } from '@lamplight/contracts';
import { CHAIN_INTERVALS, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useCatalogue } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import { ExportButtons } from './export/export-buttons.js';
import { type ExportTable, wallText } from './export/table.js';
import { type GroupNames, lineOf, namedGroups } from './report-groups.js';

/** The whole report as tables: the chain as CSV, and a workbook with a sheet for each way of breaking it down. */
export function ReportExport({ report }: { readonly report: ResponseReportView }): ReactNode {
  const intl = useIntl();
  const { api } = useServer();
  const catalogue = useCatalogue();
  const { value: stations } = usePolling('stations', null, () => api.stations());
  const tables = tablesOf(report, { intl, catalogue, stations: stations ?? [] });
  return <ExportButtons name={reportFile(report, intl.zone)} tables={tables} />;
}

/** The name of a file with a report: its period, as days. */
const reportFile = (report: ResponseReportView, zone: string): string =>
  `lamplight-${wallText(report.from, zone).slice(0, 10)}-${wallText(report.to, zone).slice(0, 10)}`;

/** Durations are in seconds, so that a spreadsheet can reckon with them. */
function tablesOf(report: ResponseReportView, names: GroupNames): readonly ExportTable[] {
  const { t, code, dateTime } = names.intl;
  const seconds = (name: string): string => t('report.inSeconds', { name });
  const counts = [t('report.n'), t('report.missing'), t('report.contradictory')];
  const percentiles = ['P50', 'P90', 'P95', 'P99'].map(seconds);
  const span = t('report.span', { from: dateTime(report.from), to: dateTime(report.to) });
  const chain: ExportTable = {
    title: t('report.chain'),
    columns: [t('report.interval'), ...counts, ...percentiles, t('report.period'), t('report.count')],
    rows: report.intervals.map(({ interval, n, missing, contradictory, p50, p90, p95, p99 }) => [
      ...[code('interval', interval), n, missing, contradictory, p50, p90, p95, p99],
      ...[span, report.incidents],
    ]),
  };
  const groups = REPORT_DIMENSIONS.map((dimension): ExportTable => {
    return {
      title: t(`report.by.${dimension}`),
      columns: [t('report.group'), t('report.count'), t('report.interval'), ...counts, ...percentiles],
      rows: namedGroups(report, dimension, names).flatMap((group) =>
        CHAIN_INTERVALS.map((interval) => {
          const line = lineOf(group, interval);
          return [
            ...[group.name, group.incidents, code('interval', interval)],
            ...[line?.n ?? 0, line?.missing ?? 0, line?.contradictory ?? 0],
            ...[line?.p50 ?? null, line?.p90 ?? null, line?.p95 ?? null, line?.p99 ?? null],
          ];
        }),
      ),
    };
  });
  return [chain, ...groups];
}
