import { createRandom } from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  doubleArea,
  isInside,
  joinRings,
  labelPoint,
  nestRings,
  splitAtTouches,
} from '../src/features/rings.js';
import { NEVER, rankVertices, tolerances } from '../src/features/simplify.js';
import { clipLine, clipRing } from '../src/tiles/clip.js';
import { gridUnit } from '../src/tiles/world.js';

const SETTINGS = { seed: 20_170_101, numRuns: 200 };

/** A ring that does not cross itself: vertices around a centre, at any distance. */
const star = fc
  .record({
    x: fc.integer({ min: -2_000, max: 2_000 }),
    y: fc.integer({ min: -2_000, max: 2_000 }),
    radii: fc.array(fc.integer({ min: 200, max: 3_000 }), { minLength: 4, maxLength: 24 }),
  })
  .map(({ x, y, radii }) =>
    radii.flatMap((radius, index) => {
      const angle = (2 * Math.PI * index) / radii.length;
      return [Math.round(x + radius * Math.cos(angle)), Math.round(y + radius * Math.sin(angle))];
    }),
  );

const distanceToLine = (points: readonly number[], px: number, py: number): number => {
  let nearest = Infinity;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points.slice(i, i + 4);
    const [dx, dy] = [x2 - x1, y2 - y1];
    const length = dx * dx + dy * dy;
    const along = length > 0 ? Math.max(0, Math.min(1, ((px - x1) * dx + (py - y1) * dy) / length)) : 0;
    nearest = Math.min(nearest, Math.hypot(px - x1 - along * dx, py - y1 - along * dy));
  }
  return nearest;
};

describe('joining ways to rings', () => {
  it('finds again every ring that was cut into pieces, shuffled and turned', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 3, max: 30 }),
        fc.nat(),
        (count, size, seed) => {
          const random = createRandom(seed);
          const pieces: number[][] = [];
          for (let ring = 0; ring < count; ring++) {
            const nodes = Array.from({ length: size }, (_, index) => ring * 1_000 + index);
            const closed = [...nodes, nodes[0] ?? 0];
            let from = 0;
            while (from < size) {
              const to = Math.min(size, from + 1 + random.integer(size));
              const piece = closed.slice(from, to + 1);
              pieces.push(random.integer(2) === 0 ? piece : piece.reverse());
              from = to;
            }
          }
          const shuffled = pieces
            .map((piece) => ({ piece, at: random.next() }))
            .sort((a, b) => a.at - b.at)
            .map(({ piece }) => piece);
          const { rings, open } = joinRings(shuffled);
          expect(open).toBe(0);
          const found = rings
            .map((ring) => [...ring].sort((a, b) => a - b))
            .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
          expect(found).toEqual(
            Array.from({ length: count }, (_, ring) =>
              Array.from({ length: size }, (_, i) => ring * 1_000 + i),
            ),
          );
        },
      ),
      SETTINGS,
    );
  });

  it('counts what does not close and keeps what does', () => {
    const { rings, open } = joinRings([
      [1, 2, 3],
      [3, 4, 1],
      [7, 8, 9],
    ]);
    expect([rings.length, open]).toEqual([1, 1]);
  });

  it('takes a ring apart where it touches itself', () => {
    expect(splitAtTouches([1, 2, 3, 4])).toEqual([[1, 2, 3, 4]]);
    // A figure of eight through node 1, and a spike to node 9 and back.
    expect(splitAtTouches([1, 2, 3, 1, 4, 5])).toEqual([
      [1, 2, 3],
      [1, 4, 5],
    ]);
    expect(splitAtTouches([1, 9, 1, 2, 3])).toEqual([[1, 2, 3]]);
    expect(splitAtTouches([1, 2])).toEqual([]);
  });
});

describe('nesting rings', () => {
  const box = (x: number, y: number, size: number): number[] => [
    x,
    y,
    x,
    y + size,
    x + size,
    y + size,
    x + size,
    y,
  ];

  it('makes holes of what lies inside, and islands of what lies inside those, whatever the order', () => {
    const rings = [box(40, 40, 20), box(0, 0, 100), box(20, 20, 60), box(200, 0, 10)];
    for (const order of [rings, rings.toReversed()]) {
      const polygons = nestRings(order);
      expect(polygons.map((polygon) => polygon.map((ring) => doubleArea(ring) / 2))).toEqual([
        [10_000, -3_600],
        [400],
        [100],
      ]);
    }
  });

  it('leaves out rings without area', () => {
    expect(nestRings([[0, 0, 5, 5, 9, 9]])).toEqual([]);
  });

  it('writes inside: never in a hole, never outside', () => {
    fc.assert(
      fc.property(star, (ring) => {
        const [outer = []] = nestRings([ring])[0] ?? [];
        if (outer.length === 0) return;
        const [x, y] = labelPoint([outer]);
        // On the edge of a sliver either answer may come: the point is within a unit of the inside.
        expect(
          isInside(outer, x, y) || distanceToLine([...outer, outer[0] ?? 0, outer[1] ?? 0], x, y) <= 1,
        ).toBe(true);
      }),
      SETTINGS,
    );
    const [x, y] = labelPoint(nestRings([box(0, 0, 100), box(10, 10, 80)])[0] ?? []);
    expect(isInside(box(10, 10, 80), x, y)).toBe(false);
    expect(isInside(box(0, 0, 100), x, y)).toBe(true);
  });
});

describe('clipping', () => {
  const range = fc
    .tuple(fc.integer({ min: -3_000, max: 3_000 }), fc.integer({ min: 1, max: 3_000 }))
    .map(([low, size]): [number, number] => [low, low + size]);

  it('keeps of an area what is inside both, by asking many positions', () => {
    fc.assert(
      fc.property(star, range, range, fc.nat(), (ring, [west, east], [north, south], seed) => {
        const clipped = clipRing(clipRing(ring, 0, west, east), 1, north, south);
        for (let i = 0; i < clipped.length; i += 2) {
          expect(clipped[i]).toBeGreaterThanOrEqual(west);
          expect(clipped[i]).toBeLessThanOrEqual(east);
        }
        const random = createRandom(seed);
        for (let n = 0; n < 30; n++) {
          const x = west + 0.5 + random.integer(east - west);
          const y = north + 0.5 + random.integer(south - north);
          // Crossings are rounded to the grid, so positions next to an edge are not asked.
          if (distanceToLine([...ring, ring[0] ?? 0, ring[1] ?? 0], x, y) < 2) continue;
          expect(isInside(clipped, x, y)).toBe(isInside(ring, x, y));
        }
      }),
      SETTINGS,
    );
  });

  it('keeps of a line its length between the two edges, in one piece for each passage', () => {
    const line = fc
      .array(fc.integer({ min: -4_000, max: 4_000 }), { minLength: 4, maxLength: 40 })
      .map((values) => values.slice(0, values.length & ~1));
    fc.assert(
      fc.property(line, range, (points, [low, high]) => {
        const stretches = clipLine(points, 0, low, high);
        const lengthOf = (all: readonly number[]): number => {
          let sum = 0;
          for (let i = 0; i + 3 < all.length; i += 2) {
            sum += Math.hypot((all[i + 2] ?? 0) - (all[i] ?? 0), (all[i + 3] ?? 0) - (all[i + 1] ?? 0));
          }
          return sum;
        };
        // The oracle: each segment by itself, by its parameters.
        let expected = 0;
        for (let i = 0; i + 3 < points.length; i += 2) {
          const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points.slice(i, i + 4);
          const length = Math.hypot(x2 - x1, y2 - y1);
          if (x1 === x2) expected += x1 >= low && x1 <= high ? length : 0;
          else {
            const [a, b] = [(low - x1) / (x2 - x1), (high - x1) / (x2 - x1)];
            expected += Math.max(0, Math.min(1, Math.max(a, b)) - Math.max(0, Math.min(a, b))) * length;
          }
        }
        const found = stretches.reduce((sum, stretch) => sum + lengthOf(stretch), 0);
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(points.length);
        expect(stretches.flat().length % 2).toBe(0);
      }),
      SETTINGS,
    );
  });
});

describe('simplifying', () => {
  it('stays within the tolerance of each zoom and only ever adds vertices', () => {
    const squares = tolerances(15);
    const walk = fc
      .array(fc.tuple(fc.integer({ min: -5_000, max: 5_000 }), fc.integer({ min: -5_000, max: 5_000 })), {
        minLength: 2,
        maxLength: 60,
      })
      .map((steps) => {
        let [x, y] = [500_000_000, 500_000_000];
        return steps.flatMap(([dx, dy]) => {
          x += dx;
          y += dy;
          return [x, y];
        });
      });
    fc.assert(
      fc.property(walk, (points) => {
        const zooms: number[] = [];
        rankVertices(points, squares, zooms);
        let before = 0;
        for (let zoom = 0; zoom <= 15; zoom++) {
          const kept = points.filter((_, index) => (zooms[index >> 1] ?? NEVER) <= zoom);
          expect(kept.length).toBeGreaterThanOrEqual(before);
          before = kept.length;
          const allowed = gridUnit(zoom) * (zoom === 15 ? 0.5 : 3);
          for (let i = 0; i < points.length; i += 2) {
            const away = distanceToLine(kept, points[i] ?? 0, points[i + 1] ?? 0);
            expect(away).toBeLessThanOrEqual(allowed * 1.000_001);
          }
        }
      }),
      SETTINGS,
    );
  });
});
