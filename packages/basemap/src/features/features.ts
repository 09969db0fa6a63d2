import { growingInt32, growingUint8, growingUint32 } from '../growing.js';
import { type Drawing, LAYERS, type LayerName, nearZoom, type Shape } from '../schema/index.js';
import { EXTENT, gridUnit } from '../tiles/world.js';
import { createDrawingTable, type DrawingTable } from './drawings.js';
import { doubleArea, type Ring } from './rings.js';
import { rankVertices, tolerances } from './simplify.js';

/**
 * Everything that is drawn, in columns. Feature `f` is drawn as `drawing[f]` from zoom `minZoom[f]` on; its parts are
 * `partStart[f]` up to `partStart[f + 1]`, and the vertices of part `p` are `vertexStart[p]` up to
 * `vertexStart[p + 1]`, in world units. A part of an area is an outer ring when `hole[p]` is 0, and the holes of a ring
 * follow it.
 */
export interface Features {
  readonly count: number;
  readonly maxZoom: number;
  readonly table: DrawingTable;
  readonly drawing: Uint32Array;
  readonly minZoom: Uint8Array;
  readonly partStart: Uint32Array;
  readonly vertexStart: Uint32Array;
  /** First zoom at which a part is large enough to be seen. */
  readonly partZoom: Uint8Array;
  readonly hole: Uint8Array;
  /** x, y, x, y … */
  readonly points: Int32Array;
  /** First zoom at which each vertex is needed. */
  readonly vertexZoom: Uint8Array;
  /** Features from below to above: by layer, then by rank, then in the order in which they came. */
  readonly order: Uint32Array;
}

/** Smallest area of a ring that is shown, in square pixels of a tile of 512. */
const LEAST_PIXELS: Readonly<Partial<Record<LayerName, number>>> = { landuse: 16, water: 8, buildings: 10 };
/** Area in which a name finds room, in square pixels. */
const LABEL_PIXELS = 2_500;
/** Units of the tile grid along a pixel. */
const PIXEL = EXTENT / 512;

export class FeatureBuilder {
  readonly table = createDrawingTable();
  readonly counts: Record<LayerName, number>;
  readonly #maxZoom: number;
  readonly #squares: Float64Array;
  readonly #drawing = growingUint32();
  readonly #minZoom = growingUint8();
  readonly #partStart = growingUint32();
  readonly #vertexStart = growingUint32();
  readonly #partZoom = growingUint8();
  readonly #hole = growingUint8();
  readonly #points = growingInt32();
  readonly #vertexZoom = growingUint8();
  readonly #zooms: number[] = [];

  constructor(maxZoom: number) {
    this.#maxZoom = maxZoom;
    this.#squares = tolerances(maxZoom);
    this.counts = {
      earth: 0,
      landuse: 0,
      water: 0,
      buildings: 0,
      roads: 0,
      boundaries: 0,
      pois: 0,
      places: 0,
    };
  }

  point(drawing: number, x: number, y: number): void {
    this.#begin(drawing, this.table.at(drawing), 0);
    this.#part(0, 0, 1);
    this.#vertex(x, y, 0);
  }

  /** The name of an area, at a position in it. `area` is twice what the area encloses, in square world units. */
  label(drawing: number, x: number, y: number, area: number): void {
    const what = this.table.at(drawing);
    this.#begin(drawing, what, what.byArea ? this.#zoomOf(area, LABEL_PIXELS) : 0);
    this.#part(0, 0, 1);
    this.#vertex(x, y, 0);
  }

  /** `points` are x, y, x, y …, two vertices or more. */
  line(drawing: number, points: readonly number[]): void {
    this.#begin(drawing, this.table.at(drawing), 0);
    this.#part(0, 0, points.length / 2);
    rankVertices(points, this.#squares, this.#zooms);
    for (let i = 0; i < points.length; i += 2) {
      this.#vertex(points[i] ?? 0, points[i + 1] ?? 0, this.#zooms[i / 2] ?? 0);
    }
  }

  /** Polygons of rings as `nestRings` gives them. */
  area(drawing: number, polygons: readonly (readonly Ring[])[]): void {
    const what = this.table.at(drawing);
    const least = LEAST_PIXELS[what.layer] ?? 0;
    let first = 255;
    for (const [outer = []] of polygons)
      first = Math.min(first, this.#zoomOf(Math.abs(doubleArea(outer)), least));
    this.#begin(drawing, what, first);
    for (const polygon of polygons) {
      polygon.forEach((ring, index) => {
        this.#ring(ring, index > 0, this.#zoomOf(Math.abs(doubleArea(ring)), least));
      });
    }
  }

  /** Ends the adding. */
  finish(): Features {
    const count = this.#drawing.length;
    this.#partStart.push(this.#partZoom.length);
    this.#vertexStart.push(this.#vertexZoom.length);
    const drawing = this.#drawing.view();
    return {
      count,
      maxZoom: this.#maxZoom,
      table: this.table,
      drawing,
      minZoom: this.#minZoom.view(),
      partStart: this.#partStart.view(),
      vertexStart: this.#vertexStart.view(),
      partZoom: this.#partZoom.view(),
      hole: this.#hole.view(),
      points: this.#points.view(),
      vertexZoom: this.#vertexZoom.view(),
      order: drawingOrder(drawing, this.table),
    };
  }

  #begin(drawing: number, what: Drawing, seenFrom: number): void {
    this.counts[what.layer]++;
    this.#drawing.push(drawing);
    this.#minZoom.push(Math.min(this.#maxZoom, Math.max(what.minZoom, seenFrom)));
    this.#partStart.push(this.#partZoom.length);
  }

  #part(zoom: number, hole: number, vertices: number): void {
    this.#vertexStart.push(this.#vertexZoom.length);
    this.#partZoom.push(zoom);
    this.#hole.push(hole);
    this.#points.reserve(2 * vertices);
  }

  #vertex(x: number, y: number, zoom: number): void {
    this.#points.push(x);
    this.#points.push(y);
    this.#vertexZoom.push(zoom);
  }

  #ring(ring: Ring, hole: boolean, zoom: number): void {
    this.#part(zoom, hole ? 1 : 0, ring.length / 2);
    rankVertices([...ring, ring[0] ?? 0, ring[1] ?? 0], this.#squares, this.#zooms);
    for (let i = 0; i < ring.length; i += 2) {
      this.#vertex(ring[i] ?? 0, ring[i + 1] ?? 0, this.#zooms[i / 2] ?? 0);
    }
  }

  /** First zoom at which twice this area reaches this many square pixels; the last zoom shows everything. */
  #zoomOf(area: number, pixels: number): number {
    let zoom = 0;
    while (zoom < this.#maxZoom && area / 2 < pixels * (PIXEL * gridUnit(zoom)) ** 2) zoom++;
    return zoom;
  }
}

const SHAPES: readonly Shape[] = ['area', 'line', 'point'];
const RANKS = 1_024;

function drawingOrder(drawing: Uint32Array, table: DrawingTable): Uint32Array {
  const place = new Map<number, number>();
  const placeOf = (index: number): number => {
    const known = place.get(index);
    if (known !== undefined) return known;
    const { layer, shape, rank } = table.at(index);
    const value = (LAYERS.indexOf(layer) * SHAPES.length + SHAPES.indexOf(shape)) * RANKS + rank + RANKS / 2;
    place.set(index, value);
    return value;
  };
  // One number holds the place and the index of the feature, so that one numeric sort does both.
  const keys = new Float64Array(drawing.length);
  for (let f = 0; f < keys.length; f++) keys[f] = placeOf(drawing[f] ?? 0) * 2 ** 32 + f;
  keys.sort();
  return Uint32Array.from(keys, (key) => key % 2 ** 32);
}

/** True when a feature is near enough at this zoom to have all its fields. */
export const isNear = (drawing: Drawing, zoom: number, maxZoom: number): boolean =>
  zoom >= Math.min(maxZoom, nearZoom(drawing));
