import type { LonLat } from '@lamplight/base';
import { Button, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { UnitCard } from '../board/unit-card.js';
import { useDesk, useDeskEvent, useDeskState } from '../desk/desk.js';
import { ConditionCard } from '../roads/condition-card.js';
import { WindowButton } from '../screens/window-button.js';
import { useBoardStore } from '../state/live-board.js';
import { usePreferences } from '../state/preferences.js';
import { useServer } from '../state/server.js';
import { useShortcuts } from '../state/shortcuts.js';
import { useStable } from '../state/stable.js';
import type { BoardMap, BoardMapOptions, MapView, Picked, ScreenPoint } from './board-map.js';
import { useBoardOnMap, useConditionsOnMap, useDraftOnMap, useStationsOnMap } from './board-on-map.js';
import { CrowdList, type CrowdShown } from './crowd-list.js';
import { FollowNote } from './follow.js';
import { type Hovered, HoverNote } from './hover-note.js';
import { MapLegend } from './map-legend.js';
import { MapSearch } from './map-search.js';
import { Measure, useMeasure } from './measure.js';
import { Reach } from './reach.js';
import { SavedViews } from './saved-views.js';
import { SketchBar } from './sketch-bar.js';
import { type Asked, WhatIsHere } from './what-is-here.js';

/** Units, incidents and the state of the streets on the ground, and the tools that need the ground. */
export function MapPanel(): ReactNode {
  const { t } = useIntl();
  const { info } = useServer();
  const desk = useDesk();
  const { incidentId, unitId, showing, picking, reach, sketch, following } = useDeskState();
  const bounds = info.network?.bounds ?? null;
  const board = useBoardStore();
  const measure = useMeasure();
  const search = useRef<HTMLInputElement>(null);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [crowd, setCrowd] = useState<CrowdShown | null>(null);
  const [conditionId, setConditionId] = useState<string | null>(null);
  const shownReach =
    reach && showing !== 'intake' && reach.id === (reach.kind === 'unit' ? unitId : incidentId)
      ? reach
      : null;

  const { map, failed, container } = useBoardMap({
    onPick: (picked, at, point) => {
      setHovered(null);
      if (picking !== null) desk.store.emit({ type: 'picked', at });
      else pick(picked, at, point);
    },
    onHover: (hit, point) => setHovered(hit && picking === null ? { hit, point } : null),
    onAsk: (at, point) => {
      setHovered(null);
      if (picking !== null) desk.store.emit({ type: 'picked', at });
      else setAsked({ at, point });
    },
    onSketch: (points) => {
      if (measure.sketch) measure.change(points);
      else if (sketch) desk.store.change({ sketch: { ...sketch, points } });
    },
    onLost: () => desk.store.change({ following: null }),
    onDrop: (dropped, onto, at) => {
      if (onto === null) desk.store.emit({ type: 'send-unit-to', unitId: dropped, at });
      else desk.store.emit({ type: 'send-unit', unitId: dropped, incidentId: onto });
    },
    onView: (view: MapView | null) =>
      desk.store.change({ view: view && { box: view.box, centre: view.centre } }),
  });
  const pick = (picked: Picked | null, at: LonLat, point: ScreenPoint): void => {
    setConditionId(picked?.kind === 'condition' ? picked.id : null);
    if (picked?.kind === 'incident') desk.openIncident(picked.id);
    else if (picked?.kind === 'crowd') setCrowd({ ids: picked.ids, at, point });
    else desk.store.change({ unitId: picked?.kind === 'unit' ? picked.id : null });
  };

  useBoardOnMap(map);
  useStationsOnMap(map);
  useDraftOnMap(map);
  const closures = useConditionsOnMap(map);
  const drawn = measure.sketch ?? sketch;
  useEffect(() => map?.sketch(drawn), [map, drawn]);
  useEffect(() => map?.follow(following), [map, following]);
  useDeskEvent('reveal', ({ at }) => map?.reveal(at));
  useDeskEvent('focus', ({ panel }) => {
    if (panel !== 'map') return false;
    map?.focus();
    return true;
  });
  useShortcuts({
    '/': () => search.current?.focus(),
    f: () => {
      // A unit without a position cannot be followed anywhere.
      const seen = unitId !== null && board.getSnapshot().board.fixes.has(unitId);
      desk.store.change({ following: following === null && seen ? unitId : null });
    },
  });

  return (
    <section
      id="map"
      className={`area map ${picking === null && drawn === null ? '' : 'map-picking'}`}
      aria-label={t('map.title')}
    >
      {failed ? <Notice tone="warning">{t('map.noWebgl')}</Notice> : null}
      <div ref={container} className="map-canvas" />
      <div className="map-corner">
        <MapSearch map={map} inputRef={search} />
        {picking === null ? null : (
          <p className="map-hint">{t(picking === 'intake' ? 'intake.picking' : 'map.picking')}</p>
        )}
        {measure.sketch ? <Measure map={map} measure={measure} /> : null}
        {sketch && !measure.sketch ? <SketchBar map={map} sketch={sketch} /> : null}
        {following === null ? null : <FollowNote unitId={following} />}
        {shownReach ? (
          <Reach key={`${shownReach.kind} ${shownReach.id}`} map={map} subject={shownReach} />
        ) : null}
      </div>
      <div className="map-tools" role="toolbar" aria-label={t('map.tools')} aria-orientation="vertical">
        <WindowButton panel="map" />
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
        <SavedViews map={map} />
        <Button
          aria-label={t('measure.title')}
          aria-pressed={measure.sketch !== null}
          onPress={() => (measure.sketch ? measure.end() : measure.begin(null))}
        >
          <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" className="tool-sign">
            <path d="M3 16 16 3l5 5L8 21zM7 12l2.5 2.5M10 9l2.5 2.5M13 6l2.5 2.5" />
          </svg>
        </Button>
        <MapLegend />
        <Button aria-label={t('roads.open', { count: closures })} onPress={desk.openRoads}>
          <span aria-hidden="true">⊘</span>
          {closures > 0 ? (
            <span className="count" aria-hidden="true">
              {closures}
            </span>
          ) : null}
        </Button>
      </div>
      {info.network ? null : (
        <div className="map-note">
          <Notice>{t('map.noNetwork')}</Notice>
        </div>
      )}
      {hovered ? <HoverNote hovered={hovered} onClose={() => setHovered(null)} /> : null}
      <WhatIsHere asked={asked} onClose={() => setAsked(null)} onMeasure={measure.begin} />
      <CrowdList crowd={crowd} map={map} onClose={() => setCrowd(null)} />
      {conditionId === null ? null : (
        <ConditionCard conditionId={conditionId} onClose={() => setConditionId(null)} />
      )}
      {unitId === null || conditionId !== null ? null : <UnitCard unitId={unitId} />}
    </section>
  );
}

type Handlers = Required<Omit<BoardMapOptions, 'container' | 'locale' | 'theme' | 'label'>>;

/** Makes the map once it is needed, and draws it anew in another language or theme. */
function useBoardMap(handlers: Handlers) {
  const { t, locale } = useIntl();
  const { theme } = usePreferences();
  const { info } = useServer();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<BoardMap | null>(null);
  const [failed, setFailed] = useState(false);
  const bounds = info.network?.bounds ?? null;
  const onPick = useStable(handlers.onPick);
  const onHover = useStable(handlers.onHover);
  const onAsk = useStable(handlers.onAsk);
  const onSketch = useStable(handlers.onSketch);
  const onLost = useStable(handlers.onLost);
  const onDrop = useStable(handlers.onDrop);
  const onView = useStable(handlers.onView);

  // biome-ignore lint/correctness/useExhaustiveDependencies: language and theme restyle the map below, they do not make a new one
  useEffect(() => {
    let made: BoardMap | null = null;
    let stopped = false;
    const make = async (): Promise<void> => {
      // By far the largest part of the console; signing in and the queue need not wait for it.
      const { BoardMap } = await import('./board-map.js');
      if (stopped || !container.current) return;
      const label = t('map.label');
      const listeners = { onPick, onHover, onAsk, onSketch, onLost, onDrop, onView };
      made = new BoardMap({ container: container.current, locale, theme, label, ...listeners });
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

  return { map, failed, container };
}
