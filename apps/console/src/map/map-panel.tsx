import { boundingBox, type LonLat } from '@lamplight/base';
import type { StationView } from '@lamplight/contracts';
import {
  type BoardState,
  Button,
  countActiveConditions,
  findIncidentView,
  isActive,
  isUnderWay,
  Notice,
  PriorityMark,
  phaseOf,
  serverTimeAt,
  UnitMarkIcon,
  useIntl,
} from '@lamplight/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { UnitCard } from '../board/unit-card.js';
import { useDesk, useDeskEvent, useDeskState } from '../desk/desk.js';
import type { DeskState } from '../desk/desk-store.js';
import { useBoardStore, useCatalogue, useNow, useWork } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { usePreferences } from '../state/preferences.js';
import { useServer } from '../state/server.js';
import { useStable } from '../state/stable.js';
import type { BoardMap, Picked } from './board-map.js';
import {
  conditionFeatures,
  draftFeatures,
  incidentFeatures,
  routeFeatures,
  stationFeatures,
  unitFeatures,
} from './map-features.js';
import { Reach } from './reach.js';

/** Symbols move at most this often, in milliseconds: calm to look at, and light on the machine with 1,000 units. */
const REDRAW = 500;

export function MapPanel(): ReactNode {
  const intl = useIntl();
  const { t, locale } = intl;
  const { theme } = usePreferences();
  const { api, info } = useServer();
  const store = useBoardStore();
  const catalogue = useCatalogue();
  const container = useRef<HTMLDivElement>(null);
  const desk = useDesk();
  const { incidentId: selectedIncident, unitId: selectedUnit, showing, picking, reach } = useDeskState();
  const draft = desk.draft.draft?.position ?? null;
  const shownReach =
    reach && showing !== 'intake' && reach.id === (reach.kind === 'unit' ? selectedUnit : selectedIncident)
      ? reach
      : null;
  const pick = useStable((picked: Picked | null, at: LonLat): void => {
    if (picking !== null) desk.store.emit({ type: 'picked', at });
    else if (picked?.kind === 'incident') desk.openIncident(picked.id);
    else desk.store.change({ unitId: picked?.id ?? null });
  });
  const look = useStable((shown: DeskState['view']) => desk.store.change({ view: shown }));
  const [map, setMap] = useState<BoardMap | null>(null);
  const [failed, setFailed] = useState(false);
  const bounds = info.network?.bounds ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: language and theme restyle the map below, they do not make a new one
  useEffect(() => {
    let made: BoardMap | null = null;
    let stopped = false;
    const make = async (): Promise<void> => {
      // By far the largest part of the console; signing in and the queue need not wait for it.
      const { BoardMap } = await import('./board-map.js');
      if (stopped || !container.current) return;
      made = new BoardMap({
        container: container.current,
        locale,
        theme,
        label: t('map.label'),
        onPick: pick,
        onView: look,
      });
      if (bounds) made.fit(bounds);
      setMap(made);
    };
    make().catch(() => setFailed(true));
    return () => {
      stopped = true;
      setMap(null);
      made?.remove();
    };
  }, [bounds]);

  const drawn = useRef({ locale, theme });
  useEffect(() => {
    if (!map || (drawn.current.locale === locale && drawn.current.theme === theme)) return;
    drawn.current = { locale, theme };
    map.restyle(locale, theme, t('map.label'));
  }, [map, locale, theme, t]);

  const framed = useRef<string | null>(null);
  // Symbols are fed straight from the store: React need not draw anything when units move.
  useEffect(() => {
    if (!map) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = Number.NEGATIVE_INFINITY;
    const redraw = (): void => {
      timer = undefined;
      last = performance.now();
      const { board } = store.getSnapshot();
      const now = board.clock ? serverTimeAt(board.clock, last, info.clockScale) : info.now;
      map.setData('units', unitFeatures(board, catalogue, now, selectedUnit));
      map.setData('incidents', incidentFeatures(board, catalogue, intl, selectedIncident));
      if (framed.current !== selectedIncident) {
        // One that has just been opened comes to the board a moment after it was selected.
        const places = selectedIncident === null ? [] : placesAround(board, selectedIncident);
        if (selectedIncident === null || places.length > 0) framed.current = selectedIncident;
        map.frame(places);
      }
      if (!map.fitted) {
        const box = boundingBox([...board.fixes.values()].map(({ position }) => position));
        if (box) map.fit(box);
      }
    };
    const onChange = (): void => {
      timer ??= setTimeout(redraw, Math.max(0, last + REDRAW - performance.now()));
    };
    redraw();
    const stop = store.subscribe(onChange);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [map, store, catalogue, intl, selectedIncident, selectedUnit, info]);

  const { value: stations } = usePolling<readonly StationView[]>('stations', null, () => api.stations());
  useEffect(() => map?.setData('stations', stationFeatures(stations ?? [], intl)), [map, stations, intl]);
  useEffect(() => map?.setData('draft', draftFeatures(draft)), [map, draft]);
  useUnitRoute(map, selectedUnit);
  const closures = useConditions(map);
  useDeskEvent('reveal', ({ at }) => map?.reveal(at));
  useDeskEvent('focus', ({ panel }) => {
    if (panel !== 'map') return false;
    map?.focus();
    return true;
  });

  return (
    <section
      id="map"
      className={`area map ${picking === null ? '' : 'map-picking'}`}
      aria-label={t('map.title')}
    >
      {failed ? <Notice tone="warning">{t('map.noWebgl')}</Notice> : null}
      <div ref={container} className="map-canvas" />
      <div className="map-tools">
        <Button aria-label={t('map.zoomIn')} onPress={() => map?.zoomBy(1)}>
          <span aria-hidden="true">+</span>
        </Button>
        <Button aria-label={t('map.zoomOut')} onPress={() => map?.zoomBy(-1)}>
          <span aria-hidden="true">−</span>
        </Button>
        {bounds ? (
          <Button aria-label={t('map.fit')} onPress={() => map?.fit(bounds)}>
            <span aria-hidden="true">⤢</span>
          </Button>
        ) : null}
        <Legend />
        <Button aria-label={t('roads.open', { count: closures })} onPress={desk.openRoads}>
          <span aria-hidden="true">⊘</span>
          {closures > 0 ? (
            <span className="count" aria-hidden="true">
              {closures}
            </span>
          ) : null}
        </Button>
      </div>
      {shownReach ? (
        <Reach key={`${shownReach.kind} ${shownReach.id}`} map={map} subject={shownReach} />
      ) : null}
      {info.network ? null : (
        <div className="map-note">
          <Notice>{t('map.noNetwork')}</Notice>
        </div>
      )}
      {picking === null ? null : (
        <p className="map-hint">{t(picking === 'intake' ? 'intake.picking' : 'roads.picking')}</p>
      )}
      {selectedUnit === null ? null : <UnitCard unitId={selectedUnit} />}
    </section>
  );
}

/** Where an incident is, and where the units are that work on it or were suggested for it. */
function placesAround(board: BoardState, incidentId: string): readonly LonLat[] {
  const view = findIncidentView(board, incidentId);
  const place = view?.incident.location?.position;
  if (!view || !place) return [];
  const active = view.assignments.filter(isActive);
  const units =
    active.length > 0
      ? active
      : (view.incident.recommendation?.candidates ?? []).filter(({ suggested }) => suggested);
  const positions = units.map(({ unitId }) => board.fixes.get(unitId)?.position);
  return [place, ...positions.filter((position) => position !== undefined)];
}

/** The way of the picked unit to its incident, taken anew every few seconds. */
function useUnitRoute(map: BoardMap | null, unitId: string | null): void {
  const { api } = useServer();
  const store = useBoardStore();
  const { value } = usePolling(unitId, 5000, async (id) => {
    const { board } = store.getSnapshot();
    const underway = [...board.assignments.values()].find((each) => each.unitId === id && isUnderWay(each));
    const place = underway && board.incidents.get(underway.incidentId)?.location?.position;
    return place ? (await api.route(id, place)).geometry : [];
  });
  useEffect(() => map?.setData('route', routeFeatures(value ?? [])), [map, value]);
}

/** Draws the road conditions, anew whenever one begins, ends or changes, and returns how many hold now. */
function useConditions(map: BoardMap | null): number {
  const { api } = useServer();
  const board = useWork();
  const now = useNow();
  const standing = [...board.conditions.values()].map(
    (condition) => `${condition.id} ${condition.version} ${phaseOf(condition, now)}`,
  );
  const { value } = usePolling(standing.sort().join(), null, () => api.conditionShapes());
  useEffect(() => {
    if (value) map?.setData('conditions', conditionFeatures(value));
  }, [map, value]);
  return countActiveConditions(board, now);
}

const LEGEND = [
  ['available', 'available', false],
  ['moving', 'moving', false],
  ['onScene', 'scene', false],
  ['unavailable', 'unavailable', false],
  ['stale', 'available', true],
] as const;

function Legend(): ReactNode {
  const { t } = useIntl();
  return (
    <DialogTrigger>
      <AriaButton className="ll-button ll-button-plain" aria-label={t('map.legend')}>
        <span aria-hidden="true">?</span>
      </AriaButton>
      <Popover className="ll-popover" placement="left top">
        <Dialog className="legend" aria-label={t('map.legend')}>
          <ul>
            {LEGEND.map(([text, mark, stale]) => (
              <li key={text}>
                <UnitMarkIcon mark={mark} stale={stale} /> {t(`map.legend.${text}`)}
              </li>
            ))}
            <li className="legend-priorities">
              {[1, 2, 3, 4, 5].map((priority) => (
                <PriorityMark key={priority} priority={priority} size={20} />
              ))}
              {t('map.legend.incident')}
            </li>
            {(['closed', 'slowed', 'scheduled'] as const).map((kind) => (
              <li key={kind}>
                <span className={`legend-line legend-line-${kind}`} aria-hidden="true" />
                {t(`map.legend.${kind}`)}
              </li>
            ))}
          </ul>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
