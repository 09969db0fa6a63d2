import { type LonLat, metres } from '@lamplight/base';
import type { DrivingDirection, RoadCondition, RoadPlace } from '@lamplight/domain';
import {
  createAreaFinder,
  getEdge,
  type RoadArea,
  type RoadEffect,
  type RoadNetwork,
} from '@lamplight/roads';

/** What road conditions ask of the road engine. */
export interface RoadConditionsPort {
  /** How many pieces of street a place stands for on the loaded network; 0 when it means nothing here. */
  resolve(place: RoadPlace): number;
  /** The course of each of them, for drawing. */
  geometryOf(place: RoadPlace): readonly (readonly LonLat[])[];
  /** The names of the streets that it stands for a piece of, in the order of the alphabet. */
  streetsOf(place: RoadPlace): readonly string[];
  /** When this resolves, travel times are those of exactly these conditions. Called again with what holds then. */
  apply(active: readonly RoadCondition[]): void | Promise<void>;
}

/** What the places of road conditions are on one network. */
export interface RoadPlaces {
  /** The edges that a place stands for; none when it means nothing here. Remembered for as long as the place is. */
  edgesOf(place: RoadPlace): readonly number[];
  geometryOf(place: RoadPlace): readonly (readonly LonLat[])[];
  streetsOf(place: RoadPlace): readonly string[];
  /** What the conditions do to the network, as the engine takes it. */
  effectsOf(conditions: readonly RoadCondition[]): RoadEffect[];
}

/**
 * Road conditions on one network. `applyEffects` makes exactly these effects hold on the weights that travel times are
 * taken from, in place of those before.
 */
export function createRoadConditionsPort(
  network: RoadNetwork,
  applyEffects: (effects: readonly RoadEffect[]) => void | Promise<void>,
): RoadConditionsPort {
  const places = createRoadPlaces(network);
  return {
    resolve: (place) => places.edgesOf(place).length,
    geometryOf: places.geometryOf,
    streetsOf: places.streetsOf,
    apply: (active) => applyEffects(places.effectsOf(active)),
  };
}

export function createRoadPlaces(network: RoadNetwork): RoadPlaces {
  const findArea = createAreaFinder(network);
  const edgesOf = remembered((place) => findArea(areaOf(place)));
  const coursesOf = remembered((place) => readCourses(network, edgesOf(place)));
  return {
    edgesOf,
    geometryOf: (place) => [...coursesOf(place).values()],
    streetsOf: (place) => {
      const names = edgesOf(place).map((edge) => getEdge(network, edge).name?.local);
      return [...new Set(names.filter((name) => name !== undefined))].sort();
    },
    effectsOf: (conditions) =>
      conditions.flatMap(({ effect, place }) =>
        byDirection(place).map(([direction, edges]) => ({
          edges,
          direction,
          effect: effect.kind === 'closed' ? 'closed' : { speedFactor: effect.factor },
        })),
      ),
  };

  /** The edges of a place, by the direction of their own geometry that is meant. */
  function byDirection(place: RoadPlace): (readonly [DrivingDirection, readonly number[]])[] {
    const direction = place.kind === 'edges' || place.kind === 'line' ? place.direction : 'both';
    // The pieces of a way are drawn as the way is; those beside a line may be drawn either way.
    if (place.kind !== 'line' || direction === 'both') return [[direction, edgesOf(place)]];
    const along: number[] = [];
    const against: number[] = [];
    for (const [edge, course] of coursesOf(place)) {
      (isDrawnAlike(course, place.points) === (direction === 'along') ? along : against).push(edge);
    }
    return [
      ['along', along],
      ['against', against],
    ];
  }
}

/** Entities are never changed, so a place means the same for as long as it is there. */
function remembered<Value>(find: (place: RoadPlace) => Value): (place: RoadPlace) => Value {
  const known = new WeakMap<RoadPlace, Value>();
  return (place) => {
    let value = known.get(place);
    if (value === undefined) {
      value = find(place);
      known.set(place, value);
    }
    return value;
  };
}

function areaOf(place: RoadPlace): RoadArea {
  switch (place.kind) {
    case 'edges':
      return { kind: 'edges', edges: place.edges };
    case 'street': {
      const { kind, name, within } = place;
      return within === null ? { kind, name } : { kind, name, bounds: within };
    }
    case 'polygon':
      return { kind: 'polygon', rings: place.rings };
    case 'line':
      return { kind: 'line', points: place.points, width: metres(place.width / 2) };
  }
}

function readCourses(network: RoadNetwork, edges: readonly number[]): ReadonlyMap<number, readonly LonLat[]> {
  return new Map(edges.map((edge) => [edge, getEdge(network, edge).geometry]));
}

/** Whether the ends of a course come in the order of a line: whether the line passes near its first end first. */
function isDrawnAlike(course: readonly LonLat[], line: readonly LonLat[]): boolean {
  const [first] = course;
  const last = course.at(-1);
  return !first || !last || placeOn(line, first) <= placeOn(line, last);
}

/** How far along a line its point nearest to a position lies, in segments. */
function placeOn(line: readonly LonLat[], [lon, lat]: LonLat): number {
  const shrink = Math.cos((lat * Math.PI) / 180);
  let best = { distance: Infinity, place: 0 };
  for (const [index, [lonA, latA]] of line.entries()) {
    const [lonB, latB] = line[index + 1] ?? [lonA, latA];
    const [dx, dy] = [(lonB - lonA) * shrink, latB - latA];
    const [px, py] = [(lon - lonA) * shrink, lat - latA];
    const square = dx * dx + dy * dy;
    const part = square === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / square));
    const distance = Math.hypot(px - part * dx, py - part * dy);
    if (distance < best.distance) best = { distance, place: index + part };
  }
  return best.place;
}
