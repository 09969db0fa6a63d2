import type { Random } from '@lamplight/base';
import type { CarrierIndex } from './carriers.js';
import type { Cell } from './cells.js';
import type { RiverCourse } from './frame.js';
import { laneName } from './names.js';
import {
  addNode,
  addStreet,
  between,
  type Leg,
  lengthBetween,
  pointOf,
  type Sketch,
  type StreetDraft,
} from './sketch.js';

/** Lanes an average leg of street has, by the use of the neighbourhood. */
const LANES = {
  'old-town': 0.12,
  commercial: 0.22,
  retail: 0.25,
  residential: 0.3,
  suburb: 0.3,
  industrial: 0.45,
};

/**
 * Cuts long legs in two, so that streets have shape, and hangs service lanes and closes off the sides of the smaller
 * streets. Lanes end blind inside the block.
 */
export function drawLanes(
  sketch: Sketch,
  mainRoads: CarrierIndex,
  cells: readonly Cell[],
  river: RiverCourse,
  random: Random,
): void {
  for (const street of [...sketch.streets]) {
    const small = ['residential', 'unclassified', 'tertiary', 'living_street'].includes(street.roadClass);
    if (!small) continue;
    let lanes = 0;
    street.legs = street.legs.flatMap((leg): Leg[] => {
      const cell = cells[leg.cell];
      const length = lengthBetween(sketch, leg.a, leg.b);
      if (!cell || leg.bridge || length < 50) return [leg];
      const hasLane = random.next() < LANES[cell.landUse];
      if (!hasLane && length < 130) return [leg];
      const fraction = 0.3 + 0.4 * random.next();
      const node = addNode(sketch, between(pointOf(sketch, leg.a), pointOf(sketch, leg.b), fraction));
      if (hasLane && drawLane(sketch, mainRoads, street, lanes + 1, node, leg, river, random)) lanes++;
      return [
        { ...leg, b: node },
        { ...leg, a: node },
      ];
    });
  }
}

function drawLane(
  sketch: Sketch,
  mainRoads: CarrierIndex,
  street: StreetDraft,
  number: number,
  node: number,
  leg: Leg,
  river: RiverCourse,
  random: Random,
): boolean {
  const [ax, ay] = pointOf(sketch, leg.a);
  const [bx, by] = pointOf(sketch, leg.b);
  const [x, y] = pointOf(sketch, node);
  const length = Math.hypot(bx - ax, by - ay);
  const side = random.next() < 0.5 ? 1 : -1;
  const depth = 24 + 14 * random.next();
  const tip: [number, number] = [
    x - (side * depth * (by - ay)) / length,
    y + (side * depth * (bx - ax)) / length,
  ];
  if (Math.abs(river.side(...tip)) < river.bankRoad + 10) return false;
  // A little beyond the tip, so that the lane does not end at the kerb of a main road either.
  const beyond = between([x, y], tip, 1.4);
  if (mainRoads.crossings([x, y], beyond).some(({ t }) => t * depth * 1.4 > 2)) return false;
  const closes = street.roadClass === 'residential' && random.next() < 0.4;
  const lane = addStreet(sketch, laneName(street.name, number), closes ? 'residential' : 'service');
  lane.legs.push({ a: node, b: addNode(sketch, tip), cell: leg.cell, bridge: false, oneWay: 0 });
  return true;
}
