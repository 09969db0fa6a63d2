import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bearing,
  boundingBox,
  distance,
  EARTH_RADIUS,
  interpolate,
  isLonLat,
  type LonLat,
  METRES_PER_DEGREE,
  offset,
} from '../src/index.js';

const seed = 20260131;
const LONDON: LonLat = [-0.1278, 51.5074];
const PARIS: LonLat = [2.3522, 48.8566];

const anywhere: fc.Arbitrary<LonLat> = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -89, max: 89, noNaN: true }),
);
const inhabited: fc.Arbitrary<LonLat> = fc.tuple(
  fc.double({ min: -179, max: 179, noNaN: true }),
  fc.double({ min: -70, max: 70, noNaN: true }),
);

/** The angle between two places by their vectors from the centre of the Earth: another road to the same distance. */
function distanceByVectors(a: LonLat, b: LonLat): number {
  const [ax, ay, az] = vector(a);
  const [bx, by, bz] = vector(b);
  const cross = Math.hypot(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx);
  return EARTH_RADIUS * Math.atan2(cross, ax * bx + ay * by + az * bz);
}

function vector([lon, lat]: LonLat): [number, number, number] {
  const [l, p] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
}

describe('distance', () => {
  test('from pole to pole is half the circumference, from pole to equator a quarter', () => {
    expect(distance([0, 90], [0, -90])).toBeCloseTo(Math.PI * EARTH_RADIUS, 3);
    expect(distance([0, 90], [77, 0])).toBeCloseTo((Math.PI / 2) * EARTH_RADIUS, 3);
  });

  test('London to Paris is 344 km', () => {
    expect(distance(LONDON, PARIS) / 1000).toBeCloseTo(343.6, 0);
  });

  test('a degree is within 0.6 % of the ellipsoid: 110,574 m of latitude and 111,320 m of longitude at the equator', () => {
    expect(Math.abs(distance([0, -0.5], [0, 0.5]) / 110_574 - 1)).toBeLessThan(0.006);
    expect(Math.abs(distance([0, 0], [1, 0]) / 111_320 - 1)).toBeLessThan(0.006);
  });

  test('goes the short way over the antimeridian', () => {
    expect(distance([179.9, 0], [-179.9, 0])).toBeCloseTo(0.2 * METRES_PER_DEGREE, 3);
  });

  test('agrees with the angle between vectors, and is the same there and back', () => {
    fc.assert(
      fc.property(anywhere, anywhere, (a, b) => {
        expect(Math.abs(distance(a, b) - distanceByVectors(a, b))).toBeLessThan(1);
        expect(distance(a, b)).toBeCloseTo(distance(b, a), 6);
      }),
      { seed, numRuns: 1000 },
    );
  });

  test('between a place and itself is nothing', () => {
    expect(distance(LONDON, LONDON)).toBe(0);
  });
});

describe('bearing', () => {
  test('is clockwise from north', () => {
    expect(bearing([10, 10], [10, 11])).toBeCloseTo(0, 9);
    expect(bearing([10, 0], [11, 0])).toBeCloseTo(90, 9);
    expect(bearing([10, 10], [10, 9])).toBeCloseTo(180, 9);
    expect(bearing([10, 0], [9, 0])).toBeCloseTo(270, 9);
  });

  test('from London to Paris starts out at 148 degrees', () => {
    expect(bearing(LONDON, PARIS)).toBeCloseTo(148.1, 1);
  });

  test('is never 360', () => {
    fc.assert(
      fc.property(anywhere, anywhere, (a, b) => {
        expect(bearing(a, b)).toBeGreaterThanOrEqual(0);
        expect(bearing(a, b)).toBeLessThan(360);
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describe('offset', () => {
  test('goes as far and in the direction that it was told, within a city', () => {
    fc.assert(
      fc.property(
        inhabited,
        fc.integer({ min: -5000, max: 5000 }),
        fc.integer({ min: -5000, max: 5000 }),
        (from, east, north) => {
          fc.pre(Math.hypot(east, north) > 10);
          const to = offset(from, east, north);
          expect(Math.abs(distance(from, to) / Math.hypot(east, north) - 1)).toBeLessThan(0.002);
          const wanted = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
          const turned = Math.abs(bearing(from, to) - wanted);
          expect(Math.min(turned, 360 - turned)).toBeLessThan(0.2);
        },
      ),
      { seed, numRuns: 1000 },
    );
  });

  test('there and back leads home', () => {
    const [lon, lat] = offset(offset(PARIS, 0, 1500), 0, -1500);
    expect(lon).toBeCloseTo(PARIS[0], 9);
    expect(lat).toBeCloseTo(PARIS[1], 9);
  });
});

test('halfway between two near positions is as far from one as from the other', () => {
  const [a, b]: [LonLat, LonLat] = [PARIS, offset(PARIS, 800, 600)];
  const middle = interpolate(a, b, 0.5);
  expect(distance(a, middle)).toBeCloseTo(500, 0);
  expect(distance(b, middle)).toBeCloseTo(500, 0);
  expect(interpolate(a, b, 0)).toEqual(a);
  expect(interpolate(a, b, 1)).toEqual(b);
});

describe('a position', () => {
  test('is longitude and latitude within their ranges, the edges included', () => {
    expect(isLonLat([180, -90])).toBe(true);
    expect(isLonLat([-180, 90])).toBe(true);
    expect(isLonLat([180.0001, 0])).toBe(false);
    expect(isLonLat([0, 90.0001])).toBe(false);
  });

  test('is made of finite numbers', () => {
    expect(isLonLat([Number.NaN, 0])).toBe(false);
    expect(isLonLat([0, Infinity])).toBe(false);
  });
});

describe('the box around positions', () => {
  test('is west, south, east, north', () => {
    expect(
      boundingBox([
        [2, 5],
        [-1, 7],
        [3, -4],
      ]),
    ).toEqual([-1, -4, 3, 7]);
  });

  test('of one position has no extent, of none does not exist', () => {
    expect(boundingBox([PARIS])).toEqual([...PARIS, ...PARIS]);
    expect(boundingBox([])).toBeUndefined();
  });
});
