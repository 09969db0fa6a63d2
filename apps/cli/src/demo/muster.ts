import { distance, type LonLat } from '@lamplight/base';
import type { StationView } from '@lamplight/contracts';
import type { City, CityUnitKind, Station } from '@lamplight/simulation';
import type { Recruit } from '../world/enlist.js';
import type { RoadMap } from '../world/routes.js';

/** A unit of the demo city, and the guard points that it drives between when it is free. */
export interface CityRecruit extends Recruit {
  readonly patrolPoints: readonly LonLat[];
}

/** Who drives about; the others wait at their stations. */
const PATROLS: ReadonlySet<CityUnitKind> = new Set(['patrol-car', 'traffic-car', 'special-response']);
const POINTS_OF_A_PATROL = 5;

export const listStations = ({ stations }: City): StationView[] =>
  stations.map(({ id, name, kind, position }) => ({ id, name, kind, position }));

/** The city's units as recruits. Patrols share out the guard posts and neighbourhoods around their station. */
export function musterUnits(city: City, roads: RoadMap): CityRecruit[] {
  const stations = new Map(city.stations.map((station) => [station.id, station]));
  const points = [
    ...city.stations.filter(({ kind }) => kind === 'guard-post').map(({ position }) => position),
    ...city.neighbourhoods.map(({ centre }) => centre),
  ].flatMap((point) => (roads.reaches(point) ? [roads.ontoStreet(point)] : []));
  const seenAt = new Map<string, number>();
  return city.units.flatMap(({ callSign, kind, capabilities, station: stationId, crewSize }) => {
    const station = stations.get(stationId);
    if (!station) return [];
    const turn = seenAt.get(stationId) ?? 0;
    seenAt.set(stationId, turn + 1);
    return {
      unitId: callSign,
      callSign,
      unitType: kind,
      capabilities,
      stationId,
      home: roads.ontoStreet(station.position),
      crew: Array.from({ length: crewSize }, (_, index) => `${callSign}-${index + 1}`),
      patrolPoints: PATROLS.has(kind) ? beat(station, points, turn) : [],
    };
  });
}

/** Every second of the nearest points, so that two patrols of one station do not drive in file. */
function beat(station: Station, points: readonly LonLat[], turn: number): LonLat[] {
  const near = [...points]
    .sort((a, b) => distance(station.position, a) - distance(station.position, b))
    .slice(0, 2 * POINTS_OF_A_PATROL);
  const own = near.filter((_, index) => index % 2 === turn % 2);
  const start = Math.floor(turn / 2) % Math.max(1, own.length);
  return [...own.slice(start), ...own.slice(0, start)];
}
