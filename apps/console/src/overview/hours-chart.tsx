import type { OverviewView } from '@lamplight/contracts';
import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';

const WIDTH = 720;
const HEIGHT = 140;
const FOOT = 18;
const STEP = WIDTH / 24;

/** Today's incidents by hour as bars, the mean of the days before as a mark on each; a table says the same. */
export function HoursChart({ hours }: { readonly hours: OverviewView['hours'] }): ReactNode {
  const { t } = useIntl();
  const most = Math.max(1, ...hours.flatMap(({ today, before }) => [today ?? 0, before]));
  const y = (count: number): number => HEIGHT - FOOT - (count / most) * (HEIGHT - FOOT - 8);
  return (
    <figure className="overview-hours">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('overview.chart')}>
        <line className="axis" x1={0} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
        {hours.map(({ hour, today, before }) => (
          <g key={hour}>
            {today === null ? null : (
              <rect
                className="bar"
                x={hour * STEP + 5}
                width={STEP - 10}
                y={y(today)}
                height={HEIGHT - FOOT - y(today)}
              />
            )}
            <line
              className="mean"
              x1={hour * STEP + 2}
              x2={(hour + 1) * STEP - 2}
              y1={y(before)}
              y2={y(before)}
            />
            {hour % 3 === 0 ? (
              <text x={hour * STEP + STEP / 2} y={HEIGHT - 4} textAnchor="middle">
                {String(hour).padStart(2, '0')}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
      <figcaption className="muted">{t('overview.chart')}</figcaption>
      <details>
        <summary>{t('overview.hours')}</summary>
        <table className="report-table">
          <thead>
            <tr>
              <th scope="col">{t('overview.hour')}</th>
              <th scope="col" className="number">
                {t('overview.today')}
              </th>
              <th scope="col" className="number">
                {t('overview.before')}
              </th>
            </tr>
          </thead>
          <tbody>
            {hours.map(({ hour, today, before }) => (
              <tr key={hour}>
                <th scope="row">{String(hour).padStart(2, '0')}:00</th>
                <td className="number" data-label={t('overview.today')}>
                  {today ?? '–'}
                </td>
                <td className="number" data-label={t('overview.before')}>
                  {before.toFixed(1)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
