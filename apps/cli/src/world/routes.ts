import { type LonLat, type Result, type Seconds, seconds } from '@lamplight/base';
import {
  createMetric,
  createSnapper,
  createTravelTimes,
  type RoadNetwork,
  type RoadsError,
  type Route,
  type Snap,
} from '@lamplight/roads';

/** What the simulated world asks of the roads. */
export interface RoadMap {
  /** The fastest way from here to there; positions are taken to the nearest street. */
  route(from: LonLat, to: LonLat): Result<Route, RoadsError>;
  /** Travel time from each place to the destination, `Infinity` where there is no way. */
  timesTo(destination: LonLat, origins: readonly LonLat[]): readonly Seconds[];
  /** Whether a street is near enough to drive there. */
  reaches(position: LonLat): boolean;
  /** The position on the nearest street, or the position itself when there is none near. */
  ontoStreet(position: LonLat): LonLat;
}

export function createRoadMap(network: RoadNetwork): RoadMap {
  const snapper = createSnapper(network);
  const times = createTravelTimes(createMetric(network));
  return {
    route(from, to) {
      const start = snapper.snap(from);
      if (!start.ok) return start;
      const end = snapper.snap(to);
      return end.ok ? times.route(start.value, end.value) : end;
    },
    timesTo(destination, origins) {
      const end = snapper.snap(destination);
      if (!end.ok) return origins.map(() => seconds(Infinity));
      const snaps: Snap[] = [];
      const places = origins.map((origin) => {
        const snap = snapper.snap(origin);
        return snap.ok ? snaps.push(snap.value) - 1 : undefined;
      });
      const found = times.manyToOne(snaps, end.value);
      return places.map((place) => seconds(place === undefined ? Infinity : (found[place] ?? Infinity)));
    },
    reaches: (position) => snapper.snap(position).ok,
    ontoStreet(position) {
      const snap = snapper.snap(position);
      return snap.ok ? snap.value.position : position;
    },
  };
}
