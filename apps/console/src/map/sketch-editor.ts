import type { LonLat } from '@lamplight/base';
import { readToken } from './map-style.js';
import { type FlatView, toPixel } from './mercator.js';

/** How far from a point of the sketch a press still takes hold of it, in pixels. */
const HOLD = 16;
/** Steps that can be undone. */
const REMEMBERED = 50;

type Points = readonly LonLat[];

/** A position that is pointed out, a line, or the outline of an area. */
export interface SketchShape {
  readonly kind: 'street' | 'line' | 'polygon';
  readonly points: Points;
}

/**
 * What is being drawn on the map: points that can be added, dragged, taken away, and put back. A press on a point takes
 * hold of it, one between two points puts another there, one on the ground adds a point at the end.
 */
export class SketchEditor {
  #sketch: SketchShape | null = null;
  #past: Points[] = [];
  #held: number | null = null;
  readonly #onChange: (points: Points) => void;

  constructor(onChange: (points: Points) => void) {
    this.#onChange = onChange;
  }

  get sketch(): SketchShape | null {
    return this.#sketch;
  }

  /** The index of the point in hand; `null` when none is. */
  get held(): number | null {
    return this.#held;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  /** Shows a sketch that was made elsewhere, or the latest state of this one. */
  show(sketch: SketchShape | null): void {
    const before = this.#sketch;
    if (sketch?.kind !== before?.kind) {
      this.#past = [];
      this.#held = null;
    } else if (sketch && before && !isSame(sketch.points, before.points)) {
      // What comes in while a point is being dragged is an echo of where it was a moment ago.
      if (this.#held !== null) return;
      this.#remember(before.points);
    }
    this.#sketch = sketch;
  }

  /** Adds a point at the end; of a street that is pointed out there is only one. */
  add(at: LonLat): void {
    const { kind, points } = this.#sketch ?? { kind: 'line', points: [] };
    this.#change(kind === 'street' ? [at] : [...points, at]);
  }

  /** Takes hold of the point near a place on the screen, or puts a new one between two; false where there is neither. */
  hold(view: FlatView, x: number, y: number): boolean {
    if (!this.#sketch || this.#sketch.kind === 'street') return false;
    const { points } = this.#sketch;
    const near = nearest(
      points.map((point) => toPixel(view, point)),
      x,
      y,
    );
    if (near !== null) {
      this.#remember(points);
      this.#held = near;
      return true;
    }
    const middles = this.#middles();
    const between = nearest(
      middles.map((point) => toPixel(view, point)),
      x,
      y,
    );
    const middle = between === null ? undefined : middles[between];
    if (between === null || !middle) return false;
    this.#change(points.toSpliced(between + 1, 0, middle));
    this.#held = between + 1;
    return true;
  }

  /** Moves the point in hand. */
  drag(at: LonLat): void {
    if (!this.#sketch || this.#held === null) return;
    this.#put(this.#sketch.points.with(this.#held, at));
  }

  letGo(): void {
    this.#held = null;
  }

  /** Takes away the point near a place on the screen, else the last one. */
  takeAway(view: FlatView, x: number, y: number): void {
    if (!this.#sketch) return;
    const { points } = this.#sketch;
    const near = nearest(
      points.map((point) => toPixel(view, point)),
      x,
      y,
    );
    this.#held = null;
    if (points.length > 0) this.#change(points.toSpliced(near ?? points.length - 1, 1));
  }

  undo(): void {
    this.#held = null;
    let before = this.#past.pop();
    // Taking hold of a point and letting it go where it was is nothing to undo.
    while (before && isSame(before, this.#sketch?.points ?? [])) before = this.#past.pop();
    if (before) this.#put(before);
  }

  draw(context: CanvasRenderingContext2D, view: FlatView): void {
    if (!this.#sketch) return;
    const { kind, points } = this.#sketch;
    const places = points.map((point) => toPixel(view, point));
    const halo = readToken('--map-halo');
    const colour = readToken('--focus');
    context.lineJoin = 'round';
    context.beginPath();
    for (const [x, y] of places) context.lineTo(x, y);
    if (kind === 'polygon') {
      context.closePath();
      context.globalAlpha = 0.15;
      context.fillStyle = colour;
      context.fill();
      context.globalAlpha = 1;
    }
    for (const [style, width] of [
      [halo, 6],
      [colour, 2.5],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.stroke();
    }
    for (const [x, y] of this.#middles().map((point) => toPixel(view, point))) {
      disc(context, x, y, 4, halo, colour);
    }
    for (const [index, [x, y]] of places.entries()) {
      const inHand = index === this.#held;
      disc(context, x, y, inHand ? 9 : 7, inHand ? halo : colour, inHand ? colour : halo);
    }
  }

  /** Halfway between the points, where another can be put. */
  #middles(): LonLat[] {
    if (!this.#sketch || this.#sketch.kind === 'street') return [];
    const { kind, points } = this.#sketch;
    return points.flatMap(([lon, lat], index) => {
      const next = points[index + 1] ?? (kind === 'polygon' && points.length > 2 ? points[0] : undefined);
      return next ? [[(lon + next[0]) / 2, (lat + next[1]) / 2] as const] : [];
    });
  }

  #change(points: Points): void {
    if (this.#sketch) this.#remember(this.#sketch.points);
    this.#put(points);
  }

  #put(points: Points): void {
    if (!this.#sketch) return;
    this.#sketch = { ...this.#sketch, points };
    this.#onChange(points);
  }

  #remember(points: Points): void {
    this.#past = [...this.#past.slice(1 - REMEMBERED), points];
  }
}

const isSame = (a: Points, b: Points): boolean =>
  a.length === b.length && a.every(([lon, lat], index) => lon === b[index]?.[0] && lat === b[index]?.[1]);

function nearest(places: readonly (readonly [number, number])[], x: number, y: number): number | null {
  let best: number | null = null;
  let least = HOLD;
  for (const [index, [px, py]] of places.entries()) {
    const apart = Math.hypot(px - x, py - y);
    if (apart > least) continue;
    best = index;
    least = apart;
  }
  return best;
}

function disc(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  fill: string,
  line: string,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = line;
  context.stroke();
}
