import { type LonLat, metres, type Result, type Seconds, seconds } from '@lamplight/base';
import {
  createMetric,
  createSnapper,
  createTravelTimes,
  type RoadNetwork,
  type RoadsError,
  type Route,
  type Snap,
  streetNameAt,
} from '@lamplight/roads';

/** What dispatching asks of the road engine. */
export interface RoadDesk {
  readonly network: RoadNetwork;
  /** Travel time from each place to the destination; `null` where there is no way or the place is off the network. */
  timesTo(destination: LonLat, origins: readonly LonLat[]): readonly (Seconds | null)[];
  route(from: LonLat, to: LonLat): Result<Route, RoadsError>;
  /** Name of the street nearest to a position, within 60 m. */
  findStreet(position: LonLat): string | undefined;
}

/** A station stands back from the road and a fix strays; further away than this a position is not on the network. */
const SNAP_LIMIT = metres(500);
const STREET_LIMIT = metres(60);

export function createRoadDesk(network: RoadNetwork): RoadDesk {
  const snapper = createSnapper(network);
  const times = createTravelTimes(createMetric(network));
  /** A unit that has not moved is not snapped again: the tracker keeps its position object until the next fix. */
  const known = new WeakMap<LonLat, Snap | null>();
  const snapOf = (position: LonLat): Snap | null => {
    const remembered = known.get(position);
    if (remembered !== undefined) return remembered;
    const snapped = snapper.snap(position, { maxDistance: SNAP_LIMIT });
    const snap = snapped.ok ? snapped.value : null;
    known.set(position, snap);
    return snap;
  };
  return {
    network,
    timesTo(destination, origins) {
      const to = snapper.snap(destination, { maxDistance: SNAP_LIMIT });
      if (!to.ok) return origins.map(() => null);
      const snaps: Snap[] = [];
      const places = origins.map((origin) => {
        const from = snapOf(origin);
        return from ? snaps.push(from) - 1 : null;
      });
      const answers = times.manyToOne(snaps, to.value);
      return places.map((place) => {
        const time = place === null ? undefined : answers[place];
        return time !== undefined && Number.isFinite(time) ? seconds(time) : null;
      });
    },
    route(from, to) {
      const start = snapper.snap(from, { maxDistance: SNAP_LIMIT });
      if (!start.ok) return start;
      const end = snapper.snap(to, { maxDistance: SNAP_LIMIT });
      return end.ok ? times.route(start.value, end.value) : end;
    },
    findStreet(position) {
      const snap = snapper.snap(position, { maxDistance: STREET_LIMIT });
      return snap.ok ? streetNameAt(network, snap.value)?.local : undefined;
    },
  };
}
