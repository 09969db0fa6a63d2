import type { LonLat, Random } from '@lamplight/base';
import { itemAt } from '../sure.js';
import type { Green } from './blocks.js';
import { type CellMap, sectorOutline } from './cells.js';
import type { Frame, Point } from './frame.js';
import type { Area, Bilingual } from './model.js';

/** The line that runs `across` metres from the middle of the river. */
export function riverLine(frame: Frame, across: number): Point[] {
  const steps = Math.ceil(frame.river.length / 80);
  return Array.from({ length: steps + 1 }, (_, i) =>
    frame.river.at((frame.river.length * i) / steps, across),
  );
}

/** Land use, the river, parks and their ponds, as closed rings. */
export function drawAreas(
  frame: Frame,
  map: CellMap,
  greens: readonly Green[],
  cellNames: readonly Bilingual[],
  toLonLat: (point: Point) => LonLat,
  random: Random,
): Area[] {
  const areas: Area[] = map.cells.map((cell) => ({
    kind: 'land-use',
    landUse: cell.landUse,
    ring: sectorOutline(frame, cell.inner, cell.outer, cell.from, cell.to).map(toLonLat),
  }));
  // The river in reaches of a few kilometres: OSM allows no more than 2,000 nodes to a way.
  const left = riverLine(frame, -frame.river.halfWidth);
  const right = riverLine(frame, frame.river.halfWidth);
  const reach = 60;
  for (let from = 0; from < left.length - 1; from += reach) {
    const one = left.slice(from, from + reach + 1);
    const other = right.slice(from, from + reach + 1).reverse();
    areas.push({ kind: 'river', ring: [...one, ...other, itemAt(one, 0)].map(toLonLat) });
  }
  for (const { cell, corners } of greens) {
    const base = itemAt(cellNames, cell);
    areas.push({
      kind: 'park',
      name: { zh: `${base.zh}公园`, en: `${base.en} Park` },
      ring: [...corners, itemAt(corners, 0)].map(toLonLat),
    });
    if (random.next() < 0.5) continue;
    const [x, y] = corners.reduce<Point>(([sx, sy], [cx, cy]) => [sx + cx / 4, sy + cy / 4], [0, 0]);
    const span = Math.min(...corners.map(([cx, cy]) => Math.hypot(cx - x, cy - y))) * 0.4;
    const shore = Array.from({ length: 14 }, (_, i): Point => {
      const angle = (2 * Math.PI * i) / 14;
      const r = span * (0.7 + 0.3 * random.next());
      return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
    });
    areas.push({
      kind: 'pond',
      name: { zh: `${base.zh}池`, en: `${base.en} Pond` },
      ring: [...shore, itemAt(shore, 0)].map(toLonLat),
    });
  }
  return areas;
}
