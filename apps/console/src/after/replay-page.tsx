import { after, type Instant, type LonLat, seconds } from '@lamplight/base';
import type { IncidentReplayView } from '@lamplight/contracts';
import { Button, isActive, Notice, priorityShapeOf, Segmented, UnitMarkIcon, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import '../styles/after.css';
import { eventDetail, type NarrativeNames } from '../incident/narrative-wording.js';
import type { MapIncident, MapUnit } from '../map/board-overlay.js';
import { useTitle } from '../shell/title.js';
import { useCatalogue } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { Link, usePath } from '../state/router.js';
import { useServer } from '../state/server.js';
import { placeText, priorityText } from '../state/wording.js';
import { PastMap } from './past-map.js';
import { unitMarkAt } from './past-marks.js';
import {
  eventBeside,
  eventsUntil,
  gapsOf,
  type PastView,
  stateAfter,
  timeOf,
  wayUntil,
  whereabouts,
} from './replay-state.js';

/** `/replay/<id>`: an incident as it was at any second, on the map and in words. */
export function ReplayPage(): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const [, , id = ''] = usePath().split('/');
  const incidentId = decodeURIComponent(id);
  const { value: replay, error } = usePolling(incidentId, null, () => api.incidentReplay(incidentId));
  useTitle(t('after.replayTitle'));
  return (
    <main id="main" className="replay" tabIndex={-1}>
      {error === null ? null : (
        <Notice tone="refusal">{t('common.loadFailed', { reason: problem(error) })}</Notice>
      )}
      {replay ? (
        <Replay incidentId={incidentId} replay={replay} />
      ) : error === null ? (
        <p className="muted">{t('common.loading')}</p>
      ) : null}
    </main>
  );
}

const SPEEDS = ['1', '5', '15', '60'] as const;
type Speed = (typeof SPEEDS)[number];
/** How often the moment moves on while it plays, in milliseconds. */
const BEAT = 100;

function Replay({
  incidentId,
  replay,
}: {
  readonly incidentId: string;
  readonly replay: IncidentReplayView;
}): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const catalogue = useCatalogue();
  const length = Math.ceil((replay.to - replay.from) / 1000);
  const [second, setSecond] = useState(() => firstSecond(replay));
  const [view, setView] = useState<PastView>('happened');
  const [speed, setSpeed] = useState<Speed>('15');
  const [playing, setPlaying] = useState(false);
  const ended = second >= length;
  const at = after(replay.from, seconds(second));

  useEffect(() => {
    if (!playing || ended) return;
    const timer = setInterval(
      () => setSecond((before) => Math.min(length, before + (Number(speed) * BEAT) / 1000)),
      BEAT,
    );
    return () => clearInterval(timer);
  }, [playing, ended, speed, length]);

  const past = eventsUntil(replay.events, at, view);
  // Between two events nothing changes but where the units are.
  const count = past.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of events says which ones they are
  const board = useMemo(() => stateAfter(past), [replay, view, count]);
  const incident = board.findIncident(incidentId);
  const assignments = board.assignmentsOf(incidentId);
  const places = replay.units.map((unit) => {
    const orders = assignments.filter(({ unitId }) => unitId === unit.unitId);
    return {
      unit,
      order: orders.findLast(isActive) ?? orders.at(-1),
      where: whereabouts(unit.points, second),
    };
  });
  const position = incident?.location?.position ?? null;
  const mapUnits = places.flatMap(({ unit, order, where }): MapUnit[] =>
    where
      ? [
          {
            id: unit.unitId,
            callSign: unit.callSign,
            mark: unitMarkAt(order, unit.assigned),
            stale: where.stale,
            heading: where.stale ? null : where.bearing,
            position: where.position,
            prominent: unit.assigned,
            selected: false,
            note: null,
          },
        ]
      : [],
  );
  const mapIncidents: MapIncident[] =
    incident && position
      ? [
          {
            id: incident.id,
            label: catalogue.typeName(incident.typeCode, intl),
            shape: priorityShapeOf(incident.priority),
            state: incident.status === 'open' ? 'underWay' : 'over',
            position,
            selected: true,
          },
        ]
      : [];
  const frame = useMemo(() => frameOf(replay), [replay]);
  const ways = replay.units.filter(({ assigned }) => assigned).map(({ points }) => wayUntil(points, second));
  const number = incident?.number ?? numberOf(replay);
  const goTo = (moment: Instant | null): void => {
    if (moment === null) return;
    setPlaying(false);
    setSecond(Math.max(0, Math.min(length, (moment - replay.from) / 1000)));
  };

  return (
    <>
      <div className="replay-map">
        <PastMap units={mapUnits} incidents={mapIncidents} ways={ways} frame={frame} />
      </div>
      <div className="replay-side">
        <header className="after-head">
          <h1>{t('after.replayOf', { number })}</h1>
          <Link to={`/incidents/${incidentId}`}>{t('after.backToRecord')}</Link>
        </header>
        <Moment
          replay={replay}
          second={second}
          length={length}
          onSecond={(value) => {
            setPlaying(false);
            setSecond(value);
          }}
        />
        <div className="replay-controls">
          <Button
            variant="primary"
            onPress={() => {
              if (ended) setSecond(0);
              setPlaying(ended || !playing);
            }}
          >
            {t(playing && !ended ? 'after.pause' : 'after.play')}
          </Button>
          <Button onPress={() => goTo(eventBeside(replay.events, at, view, 'previous'))}>
            {t('after.previousEvent')}
          </Button>
          <Button onPress={() => goTo(eventBeside(replay.events, at, view, 'next'))}>
            {t('after.nextEvent')}
          </Button>
          <Segmented<Speed>
            label={t('after.speed')}
            value={speed}
            choices={SPEEDS.map((each) => ({ id: each, label: t('after.times', { speed: Number(each) }) }))}
            onChange={setSpeed}
          />
          <Segmented<PastView>
            label={t('after.view')}
            value={view}
            choices={[
              { id: 'happened', label: t('after.view.happened') },
              { id: 'known', label: t('after.view.known') },
            ]}
            onChange={setView}
          />
        </div>
        {replay.cut ? <Notice tone="warning">{t('after.replayCut')}</Notice> : null}
        <section aria-labelledby="replay-state">
          <h2 id="replay-state">{t('after.stateThen')}</h2>
          {incident ? (
            <p>
              <strong>{t(`status.${incident.status}`)}</strong>, {catalogue.typeName(incident.typeCode, intl)}
              , {priorityText(incident.priority, intl)}, {placeText(incident.location, intl)}
            </p>
          ) : (
            <p className="muted">{t('after.notYetOpen')}</p>
          )}
          <ul className="replay-units">
            {places.map(({ unit, order, where }) => (
              <li key={unit.unitId}>
                <UnitMarkIcon mark={unitMarkAt(order, unit.assigned)} stale={where?.stale ?? true} />
                <strong>{unit.callSign}</strong>
                <span>
                  {order ? t(`stage.${order.stage}`) : t(unit.assigned ? 'after.notSentYet' : 'after.nearby')}
                </span>
                <Seen where={where} />
              </li>
            ))}
          </ul>
          <Gaps replay={replay} length={length} />
        </section>
        <Events replay={replay} at={at} view={view} onGo={goTo} />
      </div>
    </>
  );
}

function Moment({
  replay,
  second,
  length,
  onSecond,
}: {
  readonly replay: IncidentReplayView;
  readonly second: number;
  readonly length: number;
  onSecond(second: number): void;
}): ReactNode {
  const { t, dateTime } = useIntl();
  const at = after(replay.from, seconds(second));
  return (
    <Slider
      className="replay-slider"
      aria-label={t('after.moment')}
      minValue={0}
      maxValue={length}
      step={1}
      value={Math.round(second)}
      onChange={(value) => onSecond(value)}
    >
      <SliderOutput className="replay-moment">{dateTime(at)}</SliderOutput>
      <SliderTrack className="replay-track">
        <span className="replay-marks" aria-hidden="true">
          {replay.events.map(({ position, event }) => (
            <i key={position} style={{ insetInlineStart: `${shareOf(replay, event.at)}%` }} />
          ))}
        </span>
        <SliderThumb className="replay-thumb" />
      </SliderTrack>
    </Slider>
  );
}

function Seen({ where }: { readonly where: ReturnType<typeof whereabouts> }): ReactNode {
  const { t, duration } = useIntl();
  if (where === null) return <span className="after-late">{t('after.noPosition')}</span>;
  if (!where.stale) return null;
  return <span className="after-late">{t('after.lastSeen', { age: duration(seconds(where.age)) })}</span>;
}

/** Says where the tracks of the crews have holes, so that nobody takes a straight line for a way. */
function Gaps({
  replay,
  length,
}: {
  readonly replay: IncidentReplayView;
  readonly length: number;
}): ReactNode {
  const { t, time, list } = useIntl();
  const told = replay.units
    .filter(({ assigned }) => assigned)
    .map((unit) => ({ unit, gaps: gapsOf(unit.points, length) }));
  const missing = told.filter(({ gaps }) => gaps.length > 0);
  if (missing.length === 0) return null;
  const moment = (second: number): string => time(after(replay.from, seconds(second)));
  return (
    <details className="replay-gaps">
      <summary>{t('after.gaps', { count: missing.length })}</summary>
      <ul>
        {missing.map(({ unit, gaps }) => (
          <li key={unit.unitId}>
            <strong>{unit.callSign}</strong>{' '}
            {unit.points.length === 0
              ? t('after.noTrack')
              : list(gaps.map(({ from, to }) => `${moment(from)}–${moment(to)}`))}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Events({
  replay,
  at,
  view,
  onGo,
}: {
  readonly replay: IncidentReplayView;
  readonly at: Instant;
  readonly view: PastView;
  onGo(at: Instant): void;
}): ReactNode {
  const intl = useIntl();
  const { t, time, code } = intl;
  const catalogue = useCatalogue();
  const names = useMemo(() => namesIn(replay, intl, catalogue), [replay, intl, catalogue]);
  return (
    <section aria-labelledby="replay-events">
      <h2 id="replay-events">{t('incident.tab.timeline')}</h2>
      <ol className="replay-events">
        {replay.events.map((logged) => {
          const moment = timeOf(logged, view);
          return (
            <li key={logged.position} className={moment <= at ? '' : 'replay-later'}>
              <Button variant="quiet" size="small" onPress={() => onGo(moment)}>
                {time(moment)} {code('event', logged.event.type)}
              </Button>{' '}
              <span>{eventDetail(logged.event, names)}</span>
              {moment <= at ? null : <span className="ll-visually-hidden">{t('after.later')}</span>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function namesIn(
  replay: IncidentReplayView,
  intl: NarrativeNames['intl'],
  catalogue: NarrativeNames['catalogue'],
): NarrativeNames {
  const callSigns = new Map(replay.units.map(({ unitId, callSign }) => [unitId, callSign]));
  const unitIds = new Map<string, string>();
  for (const { event } of replay.events) {
    if (event.type === 'UnitDispatched' || event.type === 'AssignmentProposed')
      unitIds.set(event.id, event.unitId);
  }
  const callSign = (id: string): string => callSigns.get(id) ?? id;
  return {
    intl,
    catalogue,
    callSign,
    unitOf: (assignmentId) => callSign(unitIds.get(assignmentId) ?? assignmentId),
    numberOf: (id) => id,
  };
}

const shareOf = (replay: IncidentReplayView, at: Instant): number =>
  Math.max(0, Math.min(100, (100 * (at - replay.from)) / (replay.to - replay.from)));

/** Begins where the incident was opened: before it there is nothing to see. */
function firstSecond(replay: IncidentReplayView): number {
  const opened = replay.events.find(({ event }) => event.type === 'IncidentOpened')?.event.at;
  return opened === undefined ? 0 : Math.max(0, (opened - replay.from) / 1000);
}

function numberOf(replay: IncidentReplayView): string {
  for (const { event } of replay.events) if (event.type === 'IncidentOpened') return event.number;
  return '';
}

/** The incident and where its crews were. */
function frameOf(replay: IncidentReplayView): LonLat[] {
  const frame: LonLat[] = [];
  for (const { event } of replay.events) {
    if (event.type === 'IncidentLocated' && event.location.position) frame.push(event.location.position);
  }
  for (const { assigned, points } of replay.units) {
    if (assigned) for (const [, lon, lat] of points) frame.push([lon, lat]);
  }
  const [only] = frame;
  // A single point has no extent to show; some streets around it help.
  if (only && frame.every(([lon, lat]) => lon === only[0] && lat === only[1])) {
    frame.push([only[0] - AROUND, only[1] - AROUND], [only[0] + AROUND, only[1] + AROUND]);
  }
  return frame;
}
/** Degrees; half a kilometre or so. */
const AROUND = 0.005;
