import { elapsed } from '@lamplight/base';
import type { Catalogue, IncidentRecord } from '@lamplight/contracts';
import { CHAIN_INTERVALS, type ChainInterval, clockOf, INTERVALS, intervalOf, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useCatalogue } from '../state/live-board.js';

type Target = Catalogue['targets'][number];

/** Every interval of the chain with its two stamps, against the targets that hold for the incident. */
export function RecordIntervals({ record }: { readonly record: IncidentRecord }): ReactNode {
  const { t, code, time } = useIntl();
  const { stageTargets, findType } = useCatalogue();
  const clock = clockOf(record.incident, record.calls, record.assignments);
  const family = findType(record.incident.typeCode)?.family;
  const targetsOf = (interval: ChainInterval): readonly Target[] =>
    stageTargets.targets.filter(
      (target) =>
        target.interval === interval &&
        (target.scope === 'any' || target.scope === 'city' || target.scope === family),
    );
  return (
    <section aria-labelledby="record-intervals">
      <h2 id="record-intervals">{t('after.intervals')}</h2>
      <table className="after-table after-table-narrow">
        <thead>
          <tr>
            <th scope="col">{t('report.interval')}</th>
            <th scope="col">{t('after.fromTo')}</th>
            <th scope="col" className="number">
              {t('after.took')}
            </th>
            <th scope="col">{t('report.targets')}</th>
          </tr>
        </thead>
        <tbody>
          {CHAIN_INTERVALS.map((interval) => {
            const [start, end] = INTERVALS[interval];
            const from = clock[start];
            const to = clock[end];
            return (
              <tr key={interval}>
                <th scope="row">{code('interval', interval)}</th>
                <td data-label={t('after.fromTo')}>
                  {t(`stamp.${start}`)} {from === null ? '–' : time(from)} → {t(`stamp.${end}`)}{' '}
                  {to === null ? '–' : time(to)}
                </td>
                <td className="number" data-label={t('after.took')}>
                  <Took value={from === null || to === null ? undefined : elapsed(from, to)} />
                </td>
                <td data-label={t('report.targets')}>
                  <Judged value={intervalOf(clock, interval)} targets={targetsOf(interval)} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

type Took = ReturnType<typeof intervalOf>;

function Took({ value }: { readonly value: Took }): ReactNode {
  const { t, duration } = useIntl();
  if (value === undefined) return <span className="muted">{t('after.stampMissing')}</span>;
  if (value < 0) return <strong className="bad">{t('after.backwards', { by: duration(value) })}</strong>;
  return duration(value);
}

function Judged({
  value,
  targets,
}: {
  readonly value: Took;
  readonly targets: readonly Target[];
}): ReactNode {
  const { t, duration } = useIntl();
  if (targets.length === 0) return <span className="muted">{t('report.noTarget')}</span>;
  return (
    <ul className="record-targets">
      {targets.map((target) => {
        const met = value !== undefined && value >= 0 ? value <= target.seconds : null;
        return (
          <li key={`${target.seconds} ${target.percentile}`}>
            {t('report.target', { share: target.percentile / 100, limit: duration(target.seconds) })}{' '}
            {met === null ? null : (
              <strong className={met ? 'good' : 'bad'}>
                <span aria-hidden="true">{met ? '✓' : '✗'}</span> {t(met ? 'after.within' : 'after.over')}
              </strong>
            )}
          </li>
        );
      })}
    </ul>
  );
}
