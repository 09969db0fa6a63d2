import type { Seconds } from '@lamplight/base';
import { seconds } from '@lamplight/base';
import type { OverviewView } from '@lamplight/contracts';
import {
  listRingingCalls,
  listUnfiledCalls,
  listUnitViews,
  Notice,
  PriorityMark,
  type QueueEntry,
  readStageClock,
  UNIT_MARKS,
  UnitMarkIcon,
  unitMarkOf,
  useIntl,
} from '@lamplight/ui';
import { type ReactNode, useMemo } from 'react';
import { useQueue } from '../board/queue-panel.js';
import { useDesk } from '../desk/desk.js';
import { useTitle } from '../shell/title.js';
import { useCatalogue, useNow, useWork } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { navigate } from '../state/router.js';
import { useServer } from '../state/server.js';
import { actorText, shortNumber } from '../state/wording.js';
import { HoursChart } from './hours-chart.js';

/** Intervals of a whole day are worked out anew this often, in milliseconds. */
const FRESH = 15_000;

/** How the day goes, for whoever answers for it: what is late and with whom now, and the day so far. */
export function OverviewPage(): ReactNode {
  const { t, dateTime, problem } = useIntl();
  const { api } = useServer();
  useTitle(t('overview.title'));
  const { value, error } = usePolling('overview', FRESH, () => api.overview());
  return (
    <main id="main" tabIndex={-1} className="report overview">
      <header className="report-head">
        <h1>{t('overview.title')}</h1>
        {value ? <p className="muted">{t('overview.asOf', { time: dateTime(value.at) })}</p> : null}
      </header>
      {error === null ? null : (
        <Notice tone="warning">{t('common.loadFailed', { reason: problem(error) })}</Notice>
      )}
      <Figures day={value} />
      <Overdue />
      {value ? (
        <>
          <Intervals day={value} />
          <section aria-labelledby="overview-hours">
            <h2 id="overview-hours">{t('overview.hours')}</h2>
            <HoursChart hours={value.hours} />
          </section>
          {value.people === null ? null : <People people={value.people} />}
        </>
      ) : error === null ? (
        <p>{t('common.loading')}</p>
      ) : null}
    </main>
  );
}

/** What counts now, straight from the board; and the day so far beside the days before. */
function Figures({ day }: { readonly day: OverviewView | null }): ReactNode {
  const { t } = useIntl();
  const board = useWork();
  const catalogue = useCatalogue();
  const entries = useQueue();
  const { units, assignments, incidents } = board;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the board's other parts do not bear on units
  const views = useMemo(
    () => listUnitViews(board, catalogue.effectOf).filter(({ availability }) => availability !== 'off-duty'),
    [units, assignments, incidents, catalogue],
  );
  const free = views.filter(({ availability }) => availability === 'available' || availability === 'delayed');
  const calls = listRingingCalls(board).length + listUnfiledCalls(board).length;
  const figures = [
    [t('overview.waiting'), entries.filter(({ needsHand }) => needsHand).length, null],
    [t('overview.calls'), calls, null],
    [t('overview.open'), entries.length, null],
    [t('overview.available'), free.length, t('overview.ofUnits', { total: views.length })],
  ] as const;
  return (
    <section className="overview-figures" aria-label={t('overview.title')}>
      {figures.map(([label, count, note]) => (
        <div key={label} className="overview-figure">
          <strong>{count}</strong>
          <span>{label}</span>
          {note === null ? null : <span className="muted">{note}</span>}
        </div>
      ))}
      {day ? (
        <div className="overview-figure">
          <strong>{day.soFar.today}</strong>
          <span>{t('overview.soFar')}</span>
          <span className="muted">
            {day.soFar.days === 0
              ? t('overview.noBefore')
              : t('overview.usual', { days: day.soFar.days, before: round(day.soFar.before) })}
          </span>
        </div>
      ) : null}
      <div className="overview-figure overview-units">
        <span>{t('overview.units')}</span>
        <ul>
          {UNIT_MARKS.filter((mark) => mark !== 'off-duty').map((mark) => (
            <li key={mark}>
              <UnitMarkIcon mark={mark} />
              {views.filter((view) => unitMarkOf(view) === mark).length}{' '}
              <span className="muted">{t(`unitMark.${mark}`)}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

const round = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

/** Stages beyond their target, the furthest first, with who holds the clock. */
function Overdue(): ReactNode {
  const intl = useIntl();
  const { t, code, duration } = intl;
  const { openIncident } = useDesk();
  const catalogue = useCatalogue();
  const entries = useQueue();
  const now = useNow();
  const late = entries
    .flatMap((entry) => {
      const { clock } = entry;
      const reading = clock && readStageClock(clock, now);
      return clock && reading?.level === 'over' ? [{ entry, clock, over: -reading.left }] : [];
    })
    .sort((a, b) => b.over - a.over);
  const open = ({ incident }: QueueEntry): void => {
    openIncident(incident.id);
    navigate('/');
  };
  return (
    <section aria-labelledby="overview-overdue">
      <h2 id="overview-overdue">
        {t('overview.overdue')} <span className="count">{late.length}</span>
      </h2>
      {late.length === 0 ? (
        <p className="muted">{t('overview.overdueNone')}</p>
      ) : (
        <table className="report-table">
          <thead>
            <tr>
              <th scope="col">{t('overview.incident')}</th>
              <th scope="col">{t('overview.stage')}</th>
              <th scope="col">{t('overview.holder')}</th>
              <th scope="col" className="number">
                {t('overview.over')}
              </th>
            </tr>
          </thead>
          <tbody>
            {late.map(({ entry, clock, over }) => (
              <tr key={entry.incident.id}>
                <th scope="row">
                  <button type="button" className="link-button overview-incident" onClick={() => open(entry)}>
                    <PriorityMark priority={entry.incident.priority} size={18} />
                    {shortNumber(entry.incident)} {catalogue.typeName(entry.incident.typeCode, intl)}
                  </button>
                </th>
                <td data-label={t('overview.stage')}>{code('interval', clock.interval)}</td>
                <td data-label={t('overview.holder')}>{t(`clockRole.${entry.holder.role}`)}</td>
                <td className="number bad" data-label={t('overview.over')}>
                  {duration(seconds(over))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

type Period = OverviewView['today'];
type Statistics = Period['intervals'][number];

function Intervals({ day }: { readonly day: OverviewView }): ReactNode {
  const { t, code } = useIntl();
  const hourly = new Map(day.lastHour.intervals.map((each) => [each.interval, each]));
  return (
    <section aria-labelledby="overview-intervals">
      <h2 id="overview-intervals">{t('overview.intervals')}</h2>
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{t('overview.interval')}</th>
            <th scope="col">{t('overview.lastHour')}</th>
            <th scope="col">{t('overview.today')}</th>
          </tr>
        </thead>
        <tbody>
          {day.today.intervals.map((each) => (
            <tr key={each.interval}>
              <th scope="row">
                {code('interval', each.interval)}
                <span className="muted">{code('interval.meaning', each.interval)}</span>
              </th>
              <td data-label={t('overview.lastHour')}>
                <Reading statistics={hourly.get(each.interval) ?? each} />
              </td>
              <td data-label={t('overview.today')}>
                <Reading statistics={each} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Reading({
  statistics: { n, p90, missing, targets },
}: {
  readonly statistics: Statistics;
}): ReactNode {
  const { t, duration } = useIntl();
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const length = (value: Seconds | null): string => (value === null ? '–' : duration(value));
  if (n === 0) return <span className="muted">{t('overview.noneYet')}</span>;
  return (
    <>
      <strong>{t('overview.p90', { seconds: length(p90) })}</strong>
      {missing > 0 ? <span className="muted"> · {t('overview.missing', { missing })}</span> : null}
      <ul>
        {targets.map(({ seconds: limit, share, reached, source }) => {
          const met = reached !== null && reached >= share;
          return (
            <li key={`${limit} ${share} ${source}`} title={source}>
              {t('overview.targetText', { share: percent(share), seconds: duration(limit) })}:{' '}
              {reached === null ? (
                <span className="muted">{t('overview.noneYet')}</span>
              ) : (
                <strong className={met ? 'good' : 'bad'}>
                  <span aria-hidden="true">{met ? '✓' : '✗'}</span>{' '}
                  {t('overview.reached', { reached: percent(reached), n })}{' '}
                  <span className="ll-visually-hidden">{t(met ? 'overview.met' : 'overview.missed')}</span>
                </strong>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function People({ people }: { readonly people: NonNullable<OverviewView['people']> }): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  return (
    <section aria-labelledby="overview-people">
      <h2 id="overview-people">{t('overview.people')}</h2>
      <p className="muted">{t('overview.peopleNote')}</p>
      <table className="report-table">
        <thead>
          <tr>
            <th scope="col">{t('overview.person')}</th>
            <th scope="col" className="number">
              {t('overview.answered')}
            </th>
            <th scope="col" className="number">
              {t('overview.orders')}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ actor, calls, orders }) => (
            <tr key={actor}>
              <th scope="row">{actorText(actor, intl)}</th>
              <td className="number" data-label={t('overview.answered')}>
                {calls}
              </td>
              <td className="number" data-label={t('overview.orders')}>
                {orders}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
