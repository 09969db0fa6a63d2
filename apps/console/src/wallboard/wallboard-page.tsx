import { elapsed, fromWallClock, type Instant, instant, seconds, toWallClock } from '@lamplight/base';
import {
  Button,
  type Incident,
  IntlProvider,
  isActive,
  LOCALES,
  listRingingCalls,
  listUnfiledCalls,
  listUnitViews,
  PriorityMark,
  type QueueEntry,
  queueOf,
  type UiLocale,
  UnitMarkIcon,
  type UnitView,
  unitMarkOf,
  useIntl,
} from '@lamplight/ui';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Switch } from 'react-aria-components';
import { ModeBadge } from '../shell/mode-badge.js';
import { useTitle } from '../shell/title.js';
import { usePreferences } from '../state/preferences.js';
import { useServer } from '../state/server.js';
import { readStored, writeStored } from '../state/storage.js';
import { placeText, shortNumber } from '../state/wording.js';
import { useAgencyCatalogue } from './agency-catalogue.js';
import { ageOfSnapshot, useEventsBoard, useWallTime } from './events-board.js';

const ROTATE_MS = 20_000;
/** Rows that are legible from across the room on one screen. */
const ROWS = 9;

/** For a big screen on a wall: nobody touches it, and it goes on for months. */
export function WallboardPage(): ReactNode {
  const { locale } = usePreferences();
  const { info } = useServer();
  const [rotates, setRotates] = useState(() => readStored('wallboard').rotates === true);
  const [turn, setTurn] = useState(0);
  useNewVersions();
  useEffect(() => {
    writeStored('wallboard', { rotates });
    if (!rotates) return;
    const timer = setInterval(() => setTurn((count) => count + 1), ROTATE_MS);
    return () => clearInterval(timer);
  }, [rotates]);
  const at = LOCALES.indexOf(locale) + (rotates ? turn : 0);
  const shown: UiLocale = LOCALES[at % LOCALES.length] ?? locale;
  return (
    <IntlProvider locale={shown} zone={info.timeZone}>
      <Wall rotates={rotates} onRotates={setRotates} />
    </IntlProvider>
  );
}

function Wall({
  rotates,
  onRotates,
}: {
  readonly rotates: boolean;
  onRotates(on: boolean): void;
}): ReactNode {
  const intl = useIntl();
  const { t, name, time, date, duration } = intl;
  const { info } = useServer();
  const [opened] = useState(() => ({ server: info.now, local: performance.now() }));
  const snapshot = useEventsBoard();
  const now = useWallTime(snapshot, opened, info.clockScale);
  const catalogue = useAgencyCatalogue();
  const { board, line } = snapshot;
  const age = ageOfSnapshot(snapshot);
  const isStale = line !== 'live';
  useTitle(t('wallboard.title'));

  const dayBegan = startOfDay(now, intl.zone);
  const slow = Math.floor(now / 5000) * 5000;
  // biome-ignore lint/correctness/useExhaustiveDependencies: positions move all the time and do not bear on the queue
  const entries = useMemo(
    () => byPriority(queueOf(board, instant(slow))),
    [board.incidents, board.assignments, board.calls, slow],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: nor on what units do
  const units = useMemo(
    () => listUnitViews(board, catalogue.effectOf),
    [board.units, board.assignments, board.incidents, catalogue],
  );
  const incidents = [...board.incidents.values()];
  const since = (at: Instant | null): boolean => at !== null && at >= dayBegan;
  return (
    <main id="main" className="wallboard" data-stale={isStale}>
      <header className="wall-head">
        <h1>{name(info.name)}</h1>
        <ModeBadge />
        <p className={`wall-line line-state line-${line}`} role="status">
          <span className="line-dot" aria-hidden="true" />
          <strong>{t(`line.${line}`)}</strong>
          {isStale && age !== null ? <span>{t('wallboard.age', { age: duration(age) })}</span> : null}
        </p>
        <p
          className="wall-clock"
          role="timer"
          aria-live="off"
          aria-label={t('clock.label', { zone: intl.zone })}
        >
          <strong>{time(now)}</strong>
          <span>{date(now)}</span>
        </p>
      </header>
      <section className="wall-incidents" aria-labelledby="wall-open">
        <h2 id="wall-open">
          {t('wallboard.open')} <span className="wall-count">{entries.length}</span>
        </h2>
        {entries.length === 0 ? <p className="wall-none">{t('wallboard.none')}</p> : null}
        <ol>
          {entries.slice(0, ROWS).map((entry) => (
            <li key={entry.incident.id} className={entry.needsHand ? 'wall-needs' : ''}>
              <PriorityMark priority={entry.incident.priority} size={44} />
              <span className="wall-what">
                <strong>{catalogue.typeName(entry.incident.typeCode, intl)}</strong>
                <span>{placeText(entry.incident.location, intl)}</span>
              </span>
              <span className="wall-state">
                <span>{t(`need.${entry.need}`)}</span>
                <span>{intl.list(crewsOf(entry, board.units))}</span>
              </span>
              <span className="wall-times">
                <strong>{duration(secondsFrom(entry.holder.since, now))}</strong>
                <span>
                  {shortNumber(entry.incident)} · {t(`clockRole.${entry.holder.role}`)}
                </span>
              </span>
            </li>
          ))}
        </ol>
        {entries.length > ROWS ? (
          <p className="wall-more">{t('wallboard.more', { count: entries.length - ROWS })}</p>
        ) : null}
      </section>
      <aside className="wall-side" aria-label={t('wallboard.units')}>
        <h2>{t('wallboard.units')}</h2>
        <ul className="wall-units">
          {STATES.map(({ state, mark }) => (
            <li key={state}>
              <UnitMarkIcon mark={mark} size={34} />
              <strong>{units.filter((view) => unitMarkOf(view) === mark).length}</strong>
              <span>{t(state)}</span>
            </li>
          ))}
        </ul>
        <dl className="wall-figures">
          <Figure
            label={t('wallboard.waiting')}
            value={listRingingCalls(board).length + listUnfiledCalls(board).length}
          />
          <Figure
            label={t('wallboard.today')}
            value={incidents.filter(({ openedAt }) => since(openedAt)).length}
          />
          <Figure
            label={t('wallboard.closedToday')}
            value={incidents.filter(({ stamps }) => since(stamps.closed)).length}
          />
        </dl>
        <div className="wall-controls">
          <Switch className="switch" isSelected={rotates} onChange={onRotates}>
            <span className="switch-track" aria-hidden="true" />
            {t('wallboard.rotate')}
          </Switch>
          <Button size="small" onPress={() => void document.documentElement.requestFullscreen?.()}>
            {t('wallboard.full')}
          </Button>
        </div>
      </aside>
    </main>
  );
}

const STATES = [
  { state: 'map.legend.available', mark: 'available' },
  { state: 'map.legend.moving', mark: 'moving' },
  { state: 'map.legend.onScene', mark: 'scene' },
  { state: 'map.legend.unavailable', mark: 'unavailable' },
] as const;

function Figure({ label, value }: { readonly label: string; readonly value: number }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** On a wall the gravest come first; within a priority, the order of the queue. */
const byPriority = (entries: readonly QueueEntry[]): readonly QueueEntry[] =>
  [...entries].sort((a, b) => gravity(a.incident) - gravity(b.incident));

const gravity = ({ priority }: Incident): number => priority ?? 1.5;

const crewsOf = ({ units }: QueueEntry, known: ReadonlyMap<string, UnitView['unit']>): readonly string[] =>
  units.filter(isActive).map(({ unitId }) => known.get(unitId)?.callSign ?? unitId);

const secondsFrom = (from: Instant, to: Instant) => seconds(Math.max(0, elapsed(from, to)));

const startOfDay = (at: Instant, zone: string): Instant =>
  fromWallClock({ ...toWallClock(at, zone), hour: 0, minute: 0, second: 0 }, zone).at;

/** A page that nobody reloads takes on a new version of the console by itself. */
function useNewVersions(): void {
  const { api, info } = useServer();
  useEffect(() => {
    const timer = setInterval(() => {
      api.info().then(
        ({ version }) => version !== info.version && window.location.reload(),
        () => undefined,
      );
    }, 600_000);
    return () => clearInterval(timer);
  }, [api, info.version]);
}
