import {
  createRandom,
  distance,
  interpolate,
  type LonLat,
  metres,
  type Seconds,
  seconds,
} from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { buildNetwork, createMetric, createTravelTimes, type Metric, type Snap } from '../src/index.js';
import { createIsochrones, type Isochrone } from '../src/isochrone/index.js';
import { findSharedFile, networkOf, node, place, randomTown, SQUARE, way } from './fixtures/towns.js';

type Ring = readonly LonLat[];

const ringsOf = ({ geometry }: Isochrone): Ring[] => geometry.coordinates.flat();

/** Twice the area, positive when counter-clockwise. */
function signedArea(ring: Ring): number {
  let area = 0;
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [0, 0];
    area += x * nextY - nextX * y;
  });
  return area;
}

const areaOf = (isochrone: Isochrone): number =>
  ringsOf(isochrone).reduce((sum, ring) => sum + signedArea(ring), 0);

/** Inside, or on the rim. */
function covers(isochrone: Isochrone, [x, y]: LonLat): boolean {
  let inside = false;
  for (const ring of ringsOf(isochrone)) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1] ?? [0, 0];
      const [bx, by] = ring[i] ?? [0, 0];
      const turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
      const between = (x - ax) * (x - bx) + (y - ay) * (y - by) <= 1e-15;
      if (Math.abs(turn) < 1e-14 && between) return true;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/** Pairs of sides, of any rings, that meet and are not neighbours on one ring. */
function countMeetings(rings: readonly Ring[]): number {
  const sides = rings.flatMap((ring, number) =>
    ring.slice(1).map((to, i) => ({ from: ring[i] ?? to, to, number, i, last: ring.length - 2 })),
  );
  const west = (side: (typeof sides)[number]): number => Math.min(side.from[0], side.to[0]);
  const sorted = [...sides].sort((a, b) => west(a) - west(b));
  let meetings = 0;
  sorted.forEach((a, index) => {
    const east = Math.max(a.from[0], a.to[0]);
    for (let other = index + 1; other < sorted.length; other++) {
      const b = sorted[other];
      if (!b || west(b) > east) break;
      const apart = Math.abs(a.i - b.i);
      if (a.number === b.number && (apart === 1 || apart === a.last)) continue;
      if (meet(a.from, a.to, b.from, b.to)) meetings++;
    }
  });
  return meetings;
}

function meet(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  const side = (p: LonLat, q: LonLat, r: LonLat): number =>
    Math.sign(Math.round(((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])) * 1e13));
  const overlap = (i: 0 | 1): boolean =>
    Math.max(Math.min(a[i], b[i]), Math.min(c[i], d[i])) <=
    Math.min(Math.max(a[i], b[i]), Math.max(c[i], d[i]));
  return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0 && overlap(0) && overlap(1);
}

function expectValid(isochrone: Isochrone): void {
  for (const polygon of isochrone.geometry.coordinates) {
    polygon.forEach((ring, i) => {
      expect(ring.length).toBeGreaterThanOrEqual(4);
      expect(ring.at(-1)).toEqual(ring[0]);
      expect(Math.sign(signedArea(ring))).toBe(i === 0 ? 1 : -1);
    });
    const [outer, ...holes] = polygon;
    if (!outer) throw new Error('a polygon without a ring');
    const alone: Isochrone = {
      type: 'Feature',
      properties: { seconds: seconds(0) },
      geometry: { type: 'MultiPolygon', coordinates: [[outer]] },
    };
    expect(holes.flat().filter((position) => !covers(alone, position))).toEqual([]);
  }
  expect(countMeetings(ringsOf(isochrone))).toBe(0);
}

/** Places all along the roads, about `spacing` metres apart. */
function placesAlong({ network }: Metric, spacing: number): Snap[] {
  const { edgeLength, firstPoint, points } = network.arrays;
  const places: Snap[] = [];
  for (let edge = 0; edge < network.edgeCount; edge++) {
    const line: LonLat[] = [];
    for (let p = firstPoint[edge] ?? 0; p < (firstPoint[edge + 1] ?? 0); p++) {
      line.push([(points[2 * p] ?? 0) / 1e7, (points[2 * p + 1] ?? 0) / 1e7]);
    }
    const length = edgeLength[edge] ?? 0;
    const count = Math.max(2, Math.ceil(length / spacing));
    for (let i = 0; i <= count; i++) {
      const fraction = i / count;
      places.push({ edge, fraction, position: along(line, fraction * length), distance: metres(0) });
    }
  }
  return places;
}

function along(line: readonly LonLat[], length: number): LonLat {
  let left = length;
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1], line[i]];
    if (!from || !to) break;
    const step = distance(from, to);
    if (left <= step && step > 0) return interpolate(from, to, left / step);
    left -= step;
  }
  return line.at(-1) ?? [0, 0];
}

function polygonsOf(
  metric: Metric,
  from: Snap,
  times: readonly number[],
  direction: 'away' | 'towards' = 'away',
): readonly Isochrone[] {
  const options = { direction, detail: metres(10) };
  return createIsochrones(metric).polygons(from, times.map(seconds), options).features;
}

describe.each(['away', 'towards'] as const)('a01 isochrones %s on random towns', (direction) => {
  it.each(
    ['i1', 'i2', 'i3'].flatMap((seed) => [
      { seed, turns: false },
      { seed, turns: true },
    ]),
  )('hold what the search reaches, and nothing far from it: $seed, turns $turns', ({ seed, turns }) => {
    const metric = createMetric(networkOf(randomTown(seed, 50)), { turns });
    const places = placesAlong(metric, 10);
    const search = createTravelTimes(metric);
    const random = createRandom(seed);
    for (let question = 0; question < 4; question++) {
      const from = places[random.integer(places.length)];
      if (!from) throw new Error('no place');
      const limits = [15, 40, 90];
      const isochrones = polygonsOf(metric, from, limits, direction);
      const times = direction === 'away' ? search.oneToMany(from, places) : search.manyToOne(places, from);
      isochrones.forEach((isochrone, level) => {
        expectValid(isochrone);
        const larger = isochrones[level + 1];
        if (larger) {
          expect(
            ringsOf(isochrone)
              .flat()
              .filter((position) => !covers(larger, position)),
          ).toEqual([]);
        }
        const limit = limits[level] ?? 0;
        const reached = places.filter((_, i) => (times[i] ?? Infinity) <= limit - 0.1);
        expect(reached.filter(({ position }) => !covers(isochrone, position))).toEqual([]);
        // A point of road is outside when no reached road is within three cells and the spacing of the places.
        const beyond = places.filter((_, i) => (times[i] ?? Infinity) > limit + 0.1 && i % 3 === 0);
        const wrong = beyond.filter(
          ({ position }) =>
            covers(isochrone, position) && !reached.some((other) => distance(other.position, position) < 40),
        );
        expect(wrong).toEqual([]);
      });
    }
  });
});

describe('a02 isochrones on a square of streets', () => {
  const network = networkOf(SQUARE);
  const snapOf = (east: number, north: number, edge: number, fraction: number): Snap => {
    const { lon, lat } = place(east, north);
    return { edge, fraction, position: [lon, lat], distance: metres(0) };
  };
  /** In the middle of the one-way street that runs west. */
  const oneWay = Array.from({ length: network.edgeCount }, (_, edge) => edge).find(
    (edge) => network.arrays.edgeWay[edge] === 12,
  );
  const middle = snapOf(50, 100, oneWay ?? 0, 0.5);

  it('goes with a one-way street, and comes from the other side', () => {
    const metric = createMetric(network, { turns: false });
    const [away] = polygonsOf(metric, middle, [9]);
    const [towards] = polygonsOf(metric, middle, [9], 'towards');
    const at = (east: number): LonLat => {
      const { lon, lat } = place(east, 100);
      return [lon, lat];
    };
    expect(away && covers(away, at(8))).toBe(true);
    expect(away && covers(away, at(92))).toBe(false);
    expect(towards && covers(towards, at(92))).toBe(true);
    expect(towards && covers(towards, at(8))).toBe(false);
  });

  it('shrinks when a street is closed, and still goes into it', () => {
    const metric = createMetric(network, { turns: false });
    const area = (): number => polygonsOf(metric, middle, [60]).reduce((sum, one) => sum + areaOf(one), 0);
    const open = area();
    const { edgeWay, edgeForwardArc, edgeBackwardArc, arcDuration } = network.arrays;
    for (let edge = 0; edge < network.edgeCount; edge++) {
      if (edgeWay[edge] !== 13) continue;
      for (const arc of [edgeForwardArc[edge] ?? 0, edgeBackwardArc[edge] ?? 0]) {
        metric.setArc(arc, arcDuration[arc] ?? 1, true);
      }
    }
    expect(area()).toBeLessThan(open / 1.5);
    const [closed] = polygonsOf(metric, middle, [60]);
    const { lon, lat } = place(0, 20);
    expect(closed && covers(closed, [lon, lat])).toBe(true);
  });

  it('is a small blob for no time at all', () => {
    const [blob] = polygonsOf(createMetric(network), middle, [0]);
    if (!blob) throw new Error('no isochrone');
    expectValid(blob);
    expect(covers(blob, middle.position)).toBe(true);
    for (const position of ringsOf(blob).flat()) {
      expect(distance(position, middle.position)).toBeLessThan(40);
    }
  });

  it('answers times in the order asked, some twice', () => {
    const isochrones = polygonsOf(createMetric(network), middle, [30, 10, 30]);
    expect(isochrones.map(({ properties }) => properties.seconds)).toEqual([30, 10, 30]);
    expect(isochrones[0]).toEqual(isochrones[2]);
    expect(polygonsOf(createMetric(network), middle, [])).toEqual([]);
  });

  it('refuses times and details that are none', () => {
    const isochrones = createIsochrones(createMetric(network));
    for (const time of [-1, Number.NaN, Infinity]) {
      expect(() => isochrones.polygons(middle, [seconds(time)])).toThrow('times');
    }
    expect(() => isochrones.polygons(middle, [seconds(1)], { detail: metres(0) })).toThrow('detail');
    expect(() => isochrones.polygons(middle, new Array<Seconds>(33).fill(seconds(1)))).toThrow('32');
  });

  it('keeps the hole within a ring of roads', () => {
    const ring = networkOf({
      nodes: [node(1, 0, 0), node(2, 400, 0), node(3, 400, 400), node(4, 0, 400)],
      ways: [way(1, [1, 2, 3, 4, 1])],
    });
    const from = { ...snapOf(0, 0, 0, 0) };
    const [isochrone] = polygonsOf(createMetric(ring), from, [600]);
    if (!isochrone) throw new Error('no isochrone');
    expectValid(isochrone);
    expect(isochrone.geometry.coordinates.map((polygon) => polygon.length)).toEqual([2]);
    const { lon, lat } = place(200, 200);
    expect(covers(isochrone, [lon, lat])).toBe(false);
  });
});

const portland = findSharedFile('osm/portland.osm.pbf');

describe.skipIf(!portland)('b01 Portland (skipped where the shared data is absent)', () => {
  it('has valid, nested polygons that hold every reached place, and few places beyond', () => {
    const built = buildNetwork(portland ?? new Uint8Array());
    if (!built.ok) throw new Error(built.error.message);
    const metric = createMetric(built.value.network);
    const places = placesAlong(metric, 60);
    const search = createTravelTimes(metric);
    const random = createRandom('portland');
    let missing = 0;
    let beyond = 0;
    let outside = 0;
    for (let question = 0; question < 4; question++) {
      const from = places[random.integer(places.length)];
      if (!from) throw new Error('no place');
      const { features } = createIsochrones(metric).polygons(from, [seconds(180), seconds(420)]);
      const sample = places.filter((_, i) => i % 80 === question);
      const times = search.oneToMany(from, sample);
      features.forEach((isochrone) => {
        expectValid(isochrone);
        const limit = isochrone.properties.seconds;
        sample.forEach(({ position }, i) => {
          const time = times[i] ?? Infinity;
          if (time <= limit - 0.1 && !covers(isochrone, position)) missing++;
          if (time > limit + 60) {
            beyond++;
            if (!covers(isochrone, position)) outside++;
          }
        });
      });
      const [less, more] = features;
      if (less && more)
        for (const position of ringsOf(less).flat()) expect(covers(more, position)).toBe(true);
    }
    expect(missing).toBe(0);
    // Places a minute beyond the time; others lie beside a reached road, such as on the other bank of a motorway.
    expect(outside / beyond).toBeGreaterThan(0.95);
  });
});
