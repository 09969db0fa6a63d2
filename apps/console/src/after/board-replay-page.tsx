import { after, elapsed, type Instant, instant, type LonLat, seconds } from '@lamplight/base';
import type { BoardMomentView } from '@lamplight/contracts';
import { Button, isActive, Notice, PriorityMark, priorityShapeOf, TextInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import '../styles/after.css';
import type { MapIncident, MapUnit } from '../map/board-overlay.js';
import { useTitle } from '../shell/title.js';
import { useCatalogue, useNow } from '../state/live-board.js';
import { Link, navigate } from '../state/router.js';
import { useServer } from '../state/server.js';
import { readWallClock, writeWallClock } from '../state/wall-clock.js';
import { placeText, priorityText } from '../state/wording.js';
import { PastMap } from './past-map.js';
import { unitMarkAt } from './past-marks.js';

/** Steps through time, in seconds. */
const STEPS = [-3600, -300, -60, -10, 10, 60, 300, 3600] as const;
/** A position older than this, in seconds, is old. */
const STALE = 60;
const HOUR = 3_600_000;

/** `/replay`: the whole board as it was at a moment. */
export function BoardReplayPage(): ReactNode {
  const { t, zone, dateTime, duration, problem } = useIntl();
  const { api } = useServer();
  const now = useNow();
  const [at, setAt] = useState<Instant>(() => instant(now - HOUR));
  const [field, setField] = useState(() => writeWallClock(instant(now - HOUR), zone));
  const [moment, setMoment] = useState<BoardMomentView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const wanted = useRef(at);
  useTitle(t('after.boardReplay'));

  useEffect(() => {
    wanted.current = at;
    api.boardMoment(at).then(
      (answer) => {
        // Who steps fast sees only the moment they came to.
        if (wanted.current !== at) return;
        setMoment(answer);
        setError(null);
      },
      (reason: unknown) => {
        if (wanted.current === at) setError(reason);
      },
    );
  }, [api, at]);

  const goTo = (next: Instant): void => {
    const bounded = instant(Math.min(next, now));
    setAt(bounded);
    setField(writeWallClock(bounded, zone));
  };

  return (
    <main id="main" className="replay" tabIndex={-1}>
      <div className="replay-map">{moment ? <MomentMap moment={moment} /> : null}</div>
      <div className="replay-side">
        <header className="after-head">
          <h1>{t('after.boardReplay')}</h1>
          <Link to="/incidents">{t('after.backToSearch')}</Link>
        </header>
        <p className="replay-moment" role="status">
          {dateTime(at)}
        </p>
        <TextInput
          label={t('after.moment')}
          type="datetime-local"
          value={field}
          onChange={(text) => {
            setField(text);
            const chosen = readWallClock(text, zone);
            if (chosen !== null) setAt(instant(Math.min(chosen, now)));
          }}
        />
        <fieldset className="replay-controls" aria-label={t('after.steps')}>
          {STEPS.map((step) => (
            <Button key={step} size="small" onPress={() => goTo(after(at, seconds(step)))}>
              {step < 0 ? '−' : '+'}
              {duration(seconds(Math.abs(step)))}
            </Button>
          ))}
        </fieldset>
        {error === null ? null : (
          <Notice tone="refusal">{t('common.loadFailed', { reason: problem(error) })}</Notice>
        )}
        {moment ? <MomentList moment={moment} /> : error === null ? <p>{t('common.loading')}</p> : null}
      </div>
    </main>
  );
}

function MomentMap({ moment }: { readonly moment: BoardMomentView }): ReactNode {
  const intl = useIntl();
  const catalogue = useCatalogue();
  const units = useMemo(
    () =>
      moment.units.flatMap((unit): MapUnit[] => {
        if (!unit.position || unit.positionAt === null) return [];
        const order = moment.assignments.find((each) => each.unitId === unit.unitId && isActive(each));
        const stale = elapsed(unit.positionAt, moment.at) > STALE;
        return [
          {
            id: unit.unitId,
            callSign: unit.callSign,
            mark: unitMarkAt(order, true),
            stale,
            heading: stale ? null : unit.bearing,
            position: unit.position,
            prominent: order !== undefined,
            selected: false,
            note: null,
          },
        ];
      }),
    [moment],
  );
  const incidents = useMemo(
    () =>
      moment.incidents.flatMap((incident): MapIncident[] =>
        incident.location?.position
          ? [
              {
                id: incident.id,
                label: catalogue.typeName(incident.typeCode, intl),
                shape: priorityShapeOf(incident.priority),
                state: moment.assignments.some(({ incidentId }) => incidentId === incident.id)
                  ? 'underWay'
                  : 'waiting',
                position: incident.location.position,
                selected: false,
              },
            ]
          : [],
      ),
    [moment, catalogue, intl],
  );
  const frame: LonLat[] = [...units, ...incidents].map(({ position }) => position);
  return (
    <PastMap
      units={units}
      incidents={incidents}
      ways={NO_WAYS}
      frame={frame}
      onPickIncident={(id) => navigate(`/incidents/${id}`)}
    />
  );
}

const NO_WAYS: readonly (readonly LonLat[])[] = [];

function MomentList({ moment }: { readonly moment: BoardMomentView }): ReactNode {
  const intl = useIntl();
  const { t, dateTime, duration, list } = intl;
  const catalogue = useCatalogue();
  const unseen = moment.units.filter(({ positionAt }) => positionAt === null);
  const callSigns = new Map(moment.units.map(({ unitId, callSign }) => [unitId, callSign]));
  return (
    <>
      {moment.cut ? <Notice tone="warning">{t('after.momentCut')}</Notice> : null}
      <p className="muted">
        {t('after.momentUnits', { count: moment.units.length, unseen: unseen.length })}{' '}
        {t('after.momentLimits', { from: dateTime(moment.openedFrom) })}
      </p>
      <h2>{t('after.openThen', { count: moment.incidents.length })}</h2>
      <ul className="replay-incidents">
        {moment.incidents.map((incident) => {
          const orders = moment.assignments.filter(({ incidentId }) => incidentId === incident.id);
          return (
            <li key={incident.id}>
              <PriorityMark priority={incident.priority} size={18} />
              <span className="ll-visually-hidden">{priorityText(incident.priority, intl)}</span>
              <span>
                <Link to={`/incidents/${incident.id}`}>{incident.number}</Link>{' '}
                {catalogue.typeName(incident.typeCode, intl)}, {placeText(incident.location, intl)}
                <span className="muted after-words">
                  {t('after.openFor', { age: duration(elapsed(incident.openedAt, moment.at)) })} ·{' '}
                  {orders.length === 0
                    ? t('incident.noAssignments')
                    : list(
                        orders.map(
                          ({ unitId, stage }) => `${callSigns.get(unitId) ?? unitId}: ${t(`stage.${stage}`)}`,
                        ),
                      )}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
