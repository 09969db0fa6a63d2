import type { Random } from '@lamplight/base';
import { itemAt } from '../sure.js';
import { type Frame, type Point, turn } from './frame.js';
import type { LandUse } from './model.js';

/** The ground between two rings and two radials: one neighbourhood with one pattern of streets. */
export interface Cell {
  readonly index: number;
  readonly band: number;
  readonly sector: number;
  readonly inner: number;
  readonly outer: number;
  /** Anticlockwise from `from` to `to`; `to` may pass 2π. */
  readonly from: number;
  readonly to: number;
  readonly landUse: LandUse;
  readonly density: number;
}

export interface CellMap {
  readonly cells: readonly Cell[];
  /** The index of the cell at the point, or -1 outside the outermost ring road. */
  cellAt(x: number, y: number): number;
}

/** Divides the frame into neighbourhoods and gives each its use: dense in the middle, works and suburbs outside. */
export function divideIntoCells(frame: Frame, random: Random): CellMap {
  const cells: Cell[] = [];
  const firstOfBand: number[] = [];
  frame.bands.forEach((band, index) => {
    firstOfBand.push(cells.length);
    band.angles.forEach((from, sector) => {
      const next = band.angles[sector + 1];
      const landUse = landUseAt(index, (index + 0.5) / frame.bands.length, random);
      cells.push({
        index: cells.length,
        band: index,
        sector,
        inner: band.inner,
        outer: band.outer,
        from,
        to: next ?? itemAt(band.angles, 0) + 2 * Math.PI,
        landUse,
        density: DENSITY[landUse] * (1 - (0.5 * index) / frame.bands.length) * random.logNormal(1, 0.25),
      });
    });
  });

  return {
    cells,
    cellAt(x, y) {
      const [r, theta] = frame.toPolar(x, y);
      const band = frame.bands.findIndex((each) => r < each.outer);
      const angles = frame.bands[band]?.angles;
      if (!angles) return -1;
      let sector = angles.length - 1;
      for (let i = 0; i < angles.length; i++) if (theta >= itemAt(angles, i)) sector = i;
      if (theta < itemAt(angles, 0)) sector = angles.length - 1;
      return itemAt(firstOfBand, band) + sector;
    },
  };
}

const DENSITY: Readonly<Record<LandUse, number>> = {
  'old-town': 1.1,
  commercial: 1.3,
  retail: 1.2,
  residential: 0.9,
  suburb: 0.45,
  industrial: 0.25,
};

function landUseAt(band: number, outwards: number, random: Random): LandUse {
  if (band === 0) return 'old-town';
  const draw = random.next();
  if (band === 1) return draw < 0.45 ? 'commercial' : draw < 0.65 ? 'retail' : 'residential';
  if (draw < 0.1) return 'retail';
  if (draw < 0.16) return 'commercial';
  if (draw < 0.16 + 0.16 * outwards) return 'industrial';
  return random.next() < 1.3 * outwards - 0.35 ? 'suburb' : 'residential';
}

/** How far inside the cell a point lies, 0 at its border and 1 from a quarter of its width inwards. */
export function depthInCell(frame: Frame, cell: Cell, [x, y]: Point): number {
  const [r, theta] = frame.toPolar(x, y);
  const u = (r - cell.inner) / (cell.outer - cell.inner);
  const v = turn(theta - cell.from) / (cell.to - cell.from);
  // The innermost cells meet in a point, which is a corner and not a border.
  const radial = cell.inner === 0 ? 1 - u : Math.min(u, 1 - u);
  return Math.max(0, Math.min(1, 4 * Math.min(radial, v, 1 - v)));
}

/** The middle of a cell. */
export function centreOf(frame: Frame, cell: Cell): Point {
  return frame.toPlane((cell.inner + cell.outer) / 2 + cell.outer * 0.02, (cell.from + cell.to) / 2);
}

/** A closed ring around the sector between two radii and two angles. */
export function sectorOutline(frame: Frame, inner: number, outer: number, from: number, to: number): Point[] {
  const full = to - from > 2 * Math.PI - 1e-6;
  const steps = Math.max(4, Math.ceil(((to - from) * outer) / 200));
  const ring: Point[] = [];
  for (let i = 0; i <= steps; i++) ring.push(frame.toPlane(outer, from + ((to - from) * i) / steps));
  if (!full) {
    const sides = Math.max(1, Math.ceil((outer - inner) / 300));
    for (let i = 1; i < sides; i++) ring.push(frame.toPlane(outer + ((inner - outer) * i) / sides, to));
    if (inner > 0)
      for (let i = steps; i >= 0; i--) ring.push(frame.toPlane(inner, from + ((to - from) * i) / steps));
    else ring.push([0, 0]);
    for (let i = sides - 1; i >= 1; i--)
      ring.push(frame.toPlane(outer + ((inner - outer) * i) / sides, from));
  }
  ring.push(itemAt(ring, 0));
  return ring;
}
