import { boundingBox, type LonLat } from '@lamplight/base';
import type { StationView } from '@lamplight/contracts';
import {
  type BoardState,
  countActiveConditions,
  findIncidentView,
  isActive,
  isUnderWay,
  phaseOf,
  serverTimeAt,
  useIntl,
} from '@lamplight/ui';
import { useEffect, useMemo, useRef } from 'react';
import { useDesk, useDeskState } from '../desk/desk.js';
import { useBoardStore, useCatalogue, useNow, useWork } from '../state/live-board.js';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import type { BoardMap } from './board-map.js';
import {
  conditionFeatures,
  draftFeatures,
  mapIncidents,
  routeFeatures,
  stationFeatures,
} from './map-features.js';
import { UnitFeed } from './unit-feed.js';

/** While nothing but units moves they are read at most this often, in milliseconds; the map glides in between. */
const READ = 200;
/** Ways that are shown at once: more cannot be told apart. */
const WAYS = 8;
const WAYS_FRESH = 10_000;

/**
 * Feeds units and incidents straight from the store: React need not draw anything when units move. A change of what
 * somebody is doing is shown with the next frame.
 */
export function useBoardOnMap(map: BoardMap | null): void {
  const intl = useIntl();
  const store = useBoardStore();
  const catalogue = useCatalogue();
  const { info } = useServer();
  const { incidentId, unitId, following } = useDeskState();
  const notes = useWays(map, incidentId, unitId);
  const framed = useRef<string | null>(null);
  const feed = useMemo(() => new UnitFeed(), []);
  useEffect(() => {
    if (!map) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = Number.NEGATIVE_INFINITY;
    let shown: BoardState | null = null;
    const read = (): void => {
      clearTimeout(timer);
      timer = undefined;
      last = performance.now();
      const { board } = store.getSnapshot();
      const now = board.clock ? serverTimeAt(board.clock, last, info.clockScale) : info.now;
      map.setUnits(feed.read(board, catalogue, now, { selected: unitId, following, incidentId, notes }));
      if (shown === null || !hasSameWork(shown, board)) {
        map.setIncidents(mapIncidents(board, catalogue, intl, now, incidentId));
      }
      shown = board;
      if (framed.current !== incidentId) {
        // One that has just been opened comes to the board a moment after it was selected.
        const places = incidentId === null ? [] : placesAround(board, incidentId);
        if (incidentId === null || places.length > 0) framed.current = incidentId;
        if (following === null) map.frame(places);
      }
      if (!map.fitted) {
        const box = boundingBox([...board.fixes.values()].map(({ position }) => position));
        if (box) map.fit(box);
      }
    };
    const onChange = (): void => {
      if (shown && !hasSameWork(shown, store.getSnapshot().board)) read();
      else timer ??= setTimeout(read, Math.max(0, last + READ - performance.now()));
    };
    read();
    const stop = store.subscribe(onChange);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [map, store, feed, catalogue, intl, incidentId, unitId, following, notes, info]);
}

const hasSameWork = (a: BoardState, b: BoardState): boolean =>
  a.incidents === b.incidents && a.units === b.units && a.assignments === b.assignments;

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

const NO_NOTES: ReadonlyMap<string, string> = new Map();

/**
 * Draws the ways of the units under way to the selected incident, and that of the selected unit wherever it is going,
 * anew every few seconds; returns the time left to arrival of each, to stand beside its call sign.
 */
function useWays(
  map: BoardMap | null,
  incidentId: string | null,
  unitId: string | null,
): ReadonlyMap<string, string> {
  const { t } = useIntl();
  const { api, info } = useServer();
  const store = useBoardStore();
  const board = useWork();
  const underWay = [...board.assignments.values()]
    .filter((each) => isUnderWay(each) && (each.incidentId === incidentId || each.unitId === unitId))
    .sort((a, b) => Number(b.unitId === unitId) - Number(a.unitId === unitId))
    .slice(0, WAYS);
  const subject =
    !info.network || underWay.length === 0 ? null : underWay.map(({ id, stage }) => `${id} ${stage}`).join();
  const { value } = usePolling(subject, WAYS_FRESH, async () => {
    const { board: now } = store.getSnapshot();
    const found = await Promise.all(
      underWay.map(async (order) => {
        const from = now.fixes.get(order.unitId)?.position;
        const to = now.incidents.get(order.incidentId)?.location?.position;
        if (!from || !to) return null;
        const [way] = (await api.ways(from, to).catch(() => ({ routes: [] }))).routes;
        return way ? { unitId: order.unitId, geometry: way.geometry, left: way.eta.p50 } : null;
      }),
    );
    return found.filter((way) => way !== null);
  });
  useEffect(() => {
    const ways = value ?? [];
    map?.setData('route', routeFeatures(ways.map((way) => ({ ...way, main: way.unitId === unitId }))));
  }, [map, value, unitId]);
  return useMemo(
    () =>
      value
        ? new Map(value.map((way) => [way.unitId, t('map.left', { minutes: Math.ceil(way.left / 60) })]))
        : NO_NOTES,
    [value, t],
  );
}

export function useStationsOnMap(map: BoardMap | null): void {
  const intl = useIntl();
  const { api } = useServer();
  const { value } = usePolling<readonly StationView[]>('stations', null, () => api.stations());
  useEffect(() => map?.setData('stations', stationFeatures(value ?? [], intl)), [map, value, intl]);
}

export function useDraftOnMap(map: BoardMap | null): void {
  const { position = null, accuracy = null } = useDesk().draft.draft ?? {};
  useEffect(() => map?.setData('draft', draftFeatures(position, accuracy)), [map, position, accuracy]);
}

/** Draws the road conditions, anew whenever one begins, ends or changes, and returns how many hold now. */
export function useConditionsOnMap(map: BoardMap | null): number {
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
