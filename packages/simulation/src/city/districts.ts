import { itemAt } from '../sure.js';
import { type Cell, type CellMap, sectorOutline } from './cells.js';
import { type Frame, type Point, turn } from './frame.js';
import type { Bilingual } from './model.js';
import type { NameBook } from './names.js';

interface DistrictDraft {
  readonly name: Bilingual;
  readonly outline: readonly Point[];
  readonly centre: Point;
}

export interface DistrictPlan {
  readonly districts: readonly DistrictDraft[];
  /** District of each cell. */
  readonly ofCell: readonly number[];
}

/** Length of a district along its middle arc, metres. */
const DISTRICT_ARC = 3600;

/** Gathers neighbourhoods into named districts: the old town, then sectors of two or three bands. */
export function planDistricts(frame: Frame, map: CellMap, names: NameBook): DistrictPlan {
  const districts: DistrictDraft[] = [];
  const ofCell = new Array<number>(map.cells.length).fill(0);
  const found = (name: Bilingual, inner: number, outer: number, from: number, to: number): number => {
    districts.push({
      name,
      outline: sectorOutline(frame, inner, outer, from, to),
      centre: inner === 0 ? [0, 0] : frame.toPlane((inner + outer) / 2, (from + to) / 2),
    });
    return districts.length - 1;
  };
  found({ zh: '老城区', en: 'Old Town District' }, 0, itemAt(frame.bands, 0).outer, 0, 2 * Math.PI);

  const count = frame.bands.length;
  const depth = count <= 4 ? 2 : 3;
  for (let first = 1; first < count; first += depth) {
    const last = Math.min(count, first + depth) - 1;
    const { inner, angles } = itemAt(frame.bands, first);
    const outer = itemAt(frame.bands, last).outer;
    const arc = 2 * Math.PI * ((inner + outer) / 2);
    const sectors = Math.max(3, Math.min(angles.length, Math.round(arc / DISTRICT_ARC)));
    const borders = Array.from({ length: sectors }, (_, i) =>
      itemAt(angles, Math.floor((i * angles.length) / sectors)),
    );
    borders.forEach((from, i) => {
      const to = borders[i + 1] ?? itemAt(borders, 0) + 2 * Math.PI;
      const base = names.proper();
      const id = found({ zh: `${base.zh}区`, en: `${base.en} District` }, inner, outer, from, to);
      for (const cell of map.cells)
        if (cell.band >= first && cell.band <= last && isBetween(cell, from, to)) ofCell[cell.index] = id;
    });
  }
  return { districts, ofCell };
}

const isBetween = (cell: Cell, from: number, to: number): boolean =>
  turn((cell.from + cell.to) / 2 - from) < to - from;
