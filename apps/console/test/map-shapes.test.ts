import { distance, type LonLat, METRES_PER_DEGREE, offset } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { calmShape } from '../src/map/calm-shape.js';
import { flatView, ringArea, toPixel } from '../src/map/mercator.js';
import { SketchEditor } from '../src/map/sketch-editor.js';

const HERE: LonLat = [113.6, 24.8];
const at = (east: number, north: number): LonLat => offset(HERE, east, north);
const rectangle = (west: number, south: number, wide: number, high: number): LonLat[] => [
  at(west, south),
  at(west + wide, south),
  at(west + wide, south + high),
  at(west, south + high),
  at(west, south),
];

describe('an area on the ground', () => {
  it('is measured to a part in two hundred, whichever way its outline runs', () => {
    const ring = rectangle(0, 0, 2000, 1000);
    expect(ringArea(ring) / 2_000_000).toBeCloseTo(1, 2);
    expect(ringArea([...ring].reverse())).toBeCloseTo(ringArea(ring), 3);
  });

  it('is calmer without specks and pinholes, and nowhere more than a street off', () => {
    const outer = rectangle(0, 0, 4000, 4000);
    const [calm = [], ...more] = calmShape([
      [outer, rectangle(500, 500, 100, 100), rectangle(1000, 1000, 900, 900)],
      [rectangle(9000, 9000, 50, 50)],
    ]);
    expect(more).toEqual([]);
    expect(calm).toHaveLength(2);
    const [ring = []] = calm;
    expect(ring[0]).toEqual(ring.at(-1));
    expect(ringArea(ring) / ringArea(outer)).toBeGreaterThan(0.8);
  });

  it('of which there is little is kept all the same', () => {
    expect(calmShape([[rectangle(0, 0, 60, 60)]])).toHaveLength(1);
    expect(calmShape([])).toEqual([]);
  });

  it('keeps long straight outlines within the tolerance', () => {
    const jagged: LonLat[] = [];
    for (let step = 0; step <= 100; step++) jagged.push(at(step * 40, (step % 2) * 8));
    const ring = [...jagged, at(4000, 3000), at(0, 3000), at(0, 0)];
    const [[calm = []] = []] = calmShape([[ring]]);
    expect(calm.length).toBeLessThan(ring.length);
    for (const point of calm) {
      const nearest = Math.min(...alongRing(ring).map((each) => distance(each, point)));
      // Rounding cuts a corner by at most a quarter of its sides; along the jagged side there is none left to cut.
      if (point[1] < at(0, 100)[1] && point[0] > at(1100, 0)[0] && point[0] < at(2900, 0)[0]) {
        expect(nearest).toBeLessThan(0.0002 * METRES_PER_DEGREE + 5);
      }
    }
  });
});

function alongRing(ring: readonly LonLat[]): LonLat[] {
  return ring.slice(1).flatMap((point, index) => {
    const from = ring[index] ?? point;
    return Array.from(
      { length: 20 },
      (_, step): LonLat => [
        from[0] + ((point[0] - from[0]) * step) / 20,
        from[1] + ((point[1] - from[1]) * step) / 20,
      ],
    );
  });
}

describe('what is being drawn', () => {
  const view = flatView(HERE, 15, 800, 600);
  const begin = (kind: 'line' | 'polygon' | 'street') => {
    const told: (readonly LonLat[])[] = [];
    const editor = new SketchEditor((points) => told.push(points));
    editor.show({ kind, points: [] });
    return { editor, points: () => editor.sketch?.points ?? [], told };
  };

  it('grows by a point with each press, and shrinks again with each step back', () => {
    const { editor, points, told } = begin('line');
    editor.add(at(0, 0));
    editor.add(at(500, 0));
    expect(points()).toEqual([at(0, 0), at(500, 0)]);
    editor.undo();
    expect(points()).toEqual([at(0, 0)]);
    editor.undo();
    editor.undo();
    expect(points()).toEqual([]);
    expect(told.at(-1)).toEqual([]);
  });

  it('has one place only when a street is pointed out', () => {
    const { editor, points } = begin('street');
    editor.add(at(0, 0));
    editor.add(at(500, 0));
    expect(points()).toEqual([at(500, 0)]);
  });

  it('follows a point in hand; one step back undoes the whole drag', () => {
    const { editor, points } = begin('line');
    editor.add(at(0, 0));
    editor.add(at(500, 0));
    const [x, y] = toPixel(view, at(500, 0));
    expect(editor.hold(view, x + 3, y - 3)).toBe(true);
    editor.drag(at(520, 100));
    // An echo of an earlier state, as it comes back through the desk.
    editor.show({ kind: 'line', points: [at(0, 0), at(510, 50)] });
    editor.drag(at(540, 200));
    editor.letGo();
    expect(points()).toEqual([at(0, 0), at(540, 200)]);
    editor.undo();
    expect(points()).toEqual([at(0, 0), at(500, 0)]);
  });

  it('takes another point between two', () => {
    const { editor, points } = begin('line');
    editor.add(at(0, 0));
    editor.add(at(600, 0));
    const [x, y] = toPixel(view, at(300, 0));
    expect(editor.hold(view, x, y)).toBe(true);
    editor.drag(at(300, 200));
    editor.letGo();
    expect(points()).toEqual([at(0, 0), at(300, 200), at(600, 0)]);
    editor.takeAway(view, ...toPixel(view, at(300, 200)));
    expect(points()).toEqual([at(0, 0), at(600, 0)]);
  });

  it('has nothing to take hold of on open ground', () => {
    const { editor } = begin('polygon');
    editor.add(at(0, 0));
    expect(editor.hold(view, 10, 10)).toBe(false);
  });
});
