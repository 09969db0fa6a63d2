import { tileId } from '../archive/tile-id.js';
import { type Features, isNear } from '../features/features.js';
import { doubleArea } from '../features/rings.js';
import type { Shape } from '../schema/index.js';
import { type Axis, clipLine, clipRing, type Part } from './clip.js';
import { Pieces } from './pieces.js';
import { EXTENT, gridUnit } from './world.js';

/**
 * How far beyond its edge a tile knows lines and areas, in units of the grid: half the width of the widest street at
 * the last zoom, so that no seam is seen. Points are in exactly one tile.
 */
const BUFFER = 128;

/** Cuts every feature that this zoom shows into tiles. */
export function cutZoom(features: Features, zoom: number): Pieces {
  const pieces = new Pieces();
  for (const feature of features.order) {
    if ((features.minZoom[feature] ?? 0) > zoom) continue;
    const { shape } = features.table.at(features.drawing[feature] ?? 0);
    if (shape === 'point') cutPoint(features, feature, zoom, pieces);
    else cutParts(features, feature, shape, zoom, pieces);
  }
  pieces.close();
  return pieces;
}

/** Index of the fields that a feature has at a zoom. */
export function fieldsAt(features: Features, feature: number, zoom: number): number {
  const { table, maxZoom } = features;
  const drawing = features.drawing[feature] ?? 0;
  return table.fieldsOf(drawing, isNear(table.at(drawing), zoom, maxZoom));
}

function cutPoint(features: Features, feature: number, zoom: number, pieces: Pieces): void {
  const vertex = features.vertexStart[features.partStart[feature] ?? 0] ?? 0;
  const unit = gridUnit(zoom);
  const x = Math.floor((features.points[2 * vertex] ?? 0) / unit);
  const y = Math.floor((features.points[2 * vertex + 1] ?? 0) / unit);
  const column = Math.floor(x / EXTENT);
  const row = Math.floor(y / EXTENT);
  pieces.begin(tileId(zoom, column, row), feature);
  pieces.ring([x, y], column * EXTENT, row * EXTENT);
}

function cutParts(features: Features, feature: number, shape: Shape, zoom: number, pieces: Pieces): void {
  const parts = partsAt(features, feature, shape, zoom);
  if (parts.length === 0) return;
  const last = 2 ** zoom - 1;
  const [west, north, east, south] = boxOf(parts);
  const firstColumn = Math.max(0, Math.floor((west - BUFFER) / EXTENT));
  const lastColumn = Math.min(last, Math.floor((east + BUFFER) / EXTENT));
  const firstRow = Math.max(0, Math.floor((north - BUFFER) / EXTENT));
  const lastRow = Math.min(last, Math.floor((south + BUFFER) / EXTENT));
  const isArea = shape === 'area';
  spread(parts, isArea, 0, firstColumn, lastColumn, (column, strip) => {
    spread(strip, isArea, 1, firstRow, lastRow, (row, inTile) => {
      const kept = isArea ? soundRings(inTile) : soundLines(inTile);
      if (kept.length === 0) return;
      pieces.begin(tileId(zoom, column, row), feature);
      for (const { points } of kept) pieces.ring(points, column * EXTENT, row * EXTENT);
    });
  });
}

/** The parts as this zoom shows them: without vertices and rings that are too fine, on its grid. */
function partsAt(features: Features, feature: number, shape: Shape, zoom: number): Part[] {
  const { partStart, vertexStart, vertexZoom, partZoom, hole, points } = features;
  const unit = gridUnit(zoom);
  const parts: Part[] = [];
  const end = partStart[feature + 1] ?? 0;
  let outerKept = false;
  for (let part = partStart[feature] ?? 0; part < end; part++) {
    const isHole = hole[part] === 1;
    if (isHole && !outerKept) continue;
    const kept: number[] = [];
    if ((partZoom[part] ?? 0) <= zoom) {
      const lastVertex = vertexStart[part + 1] ?? 0;
      for (let vertex = vertexStart[part] ?? 0; vertex < lastVertex; vertex++) {
        if ((vertexZoom[vertex] ?? 0) > zoom) continue;
        const x = Math.round((points[2 * vertex] ?? 0) / unit);
        const y = Math.round((points[2 * vertex + 1] ?? 0) / unit);
        const length = kept.length;
        if (length > 0 && kept[length - 2] === x && kept[length - 1] === y) continue;
        kept.push(x, y);
      }
    }
    const enough = kept.length >= (shape === 'area' ? 6 : 4);
    if (!isHole) outerKept = enough;
    if (enough) parts.push({ points: kept, hole: isHole });
  }
  return parts;
}

/** Halves a range of columns or rows until single ones are left, so that a long feature is clipped a few times only. */
function spread(
  parts: readonly Part[],
  isArea: boolean,
  axis: Axis,
  first: number,
  last: number,
  emit: (tile: number, parts: readonly Part[]) => void,
): void {
  if (first > last) return;
  const low = first * EXTENT - BUFFER;
  const high = (last + 1) * EXTENT + BUFFER;
  const inside = clipParts(parts, isArea, axis, low, high);
  if (inside.length === 0) return;
  if (first === last) {
    emit(first, inside);
    return;
  }
  const middle = (first + last) >> 1;
  spread(inside, isArea, axis, first, middle, emit);
  spread(inside, isArea, axis, middle + 1, last, emit);
}

function clipParts(
  parts: readonly Part[],
  isArea: boolean,
  axis: Axis,
  low: number,
  high: number,
): readonly Part[] {
  if (isWithin(parts, axis, low, high)) return parts;
  const clipped: Part[] = [];
  for (const { points, hole } of parts) {
    if (isArea) {
      const ring = clipRing(points, axis, low, high);
      if (ring.length >= 6) clipped.push({ points: ring, hole });
    } else {
      for (const line of clipLine(points, axis, low, high)) {
        if (line.length >= 4) clipped.push({ points: line, hole });
      }
    }
  }
  return clipped;
}

function isWithin(parts: readonly Part[], axis: Axis, low: number, high: number): boolean {
  for (const { points } of parts) {
    for (let i = axis; i < points.length; i += 2) {
      const value = points[i] ?? 0;
      if (value < low || value > high) return false;
    }
  }
  return true;
}

/** Lines without vertices on top of each other, as clipping at a vertex makes them. */
function soundLines(parts: readonly Part[]): readonly Part[] {
  const sound: Part[] = [];
  for (const { points, hole } of parts) {
    const line = withoutRepeats(points, Number.NaN, Number.NaN);
    if (line.length >= 4) sound.push({ points: line, hole });
  }
  return sound;
}

/**
 * Rings that still enclose something, wound as they were: rounding and clipping can make a thin one flat or turn it
 * over. With an outer ring its holes go.
 */
function soundRings(parts: readonly Part[]): readonly Part[] {
  const sound: Part[] = [];
  let outerKept = false;
  for (const part of parts) {
    const { length } = part.points;
    const points = withoutRepeats(part.points, part.points[length - 2] ?? 0, part.points[length - 1] ?? 0);
    const area = points.length < 6 ? 0 : doubleArea(points);
    const keeps: boolean = part.hole ? outerKept && area < 0 : area > 0;
    if (!part.hole) outerKept = keeps;
    if (keeps) sound.push({ points, hole: part.hole });
  }
  return sound;
}

/** Vertices that are not where the one before them is; before the first is the position given. */
function withoutRepeats(vertices: readonly number[], beforeX: number, beforeY: number): readonly number[] {
  const points: number[] = [];
  let x = beforeX;
  let y = beforeY;
  for (let i = 0; i < vertices.length; i += 2) {
    const nextX = vertices[i] ?? 0;
    const nextY = vertices[i + 1] ?? 0;
    if (nextX !== x || nextY !== y) points.push(nextX, nextY);
    x = nextX;
    y = nextY;
  }
  return points;
}

function boxOf(parts: readonly Part[]): readonly [west: number, north: number, east: number, south: number] {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { points } of parts) {
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i] ?? 0;
      const y = points[i + 1] ?? 0;
      west = Math.min(west, x);
      east = Math.max(east, x);
      north = Math.min(north, y);
      south = Math.max(south, y);
    }
  }
  return [west, north, east, south];
}
