import { type LonLat, metres, type Random } from '@lamplight/base';
import { itemAt } from '../sure.js';
import type { CellMap } from './cells.js';
import type { Point } from './frame.js';
import type { CityNode, RoadClass, RoadWay, Street } from './model.js';
import { type Leg, lengthBetween, pointOf, type Sketch, type StreetDraft } from './sketch.js';

/** The speed on the signs in kilometres an hour, and lanes in both directions together, by class. */
const STANDARDS: Readonly<Record<RoadClass, { speed: number; lanes: number }>> = {
  motorway: { speed: 100, lanes: 3 },
  motorway_link: { speed: 50, lanes: 1 },
  trunk: { speed: 70, lanes: 6 },
  primary: { speed: 60, lanes: 4 },
  secondary: { speed: 50, lanes: 4 },
  tertiary: { speed: 40, lanes: 2 },
  unclassified: { speed: 40, lanes: 2 },
  residential: { speed: 30, lanes: 2 },
  living_street: { speed: 20, lanes: 1 },
  service: { speed: 15, lanes: 1 },
};

const ROUNDABOUT_SPEED = 30;
const NODES_PER_WAY = 400;

/** Turns the finished sketch into nodes, streets and ways; nodes without a street fall away. */
export function layStreets(
  sketch: Sketch,
  map: CellMap,
  toLonLat: (point: Point) => LonLat,
  random: Random,
): { nodes: CityNode[]; streets: Street[]; ways: RoadWay[] } {
  const features = findFeatures(sketch, map, random);
  const indexOf = new Int32Array(sketch.x.length).fill(-1);
  const nodes: CityNode[] = [];
  const nodeFor = (drawn: number): number => {
    const known = itemAt(indexOf, drawn);
    if (known >= 0) return known;
    const feature = features.get(drawn);
    nodes.push({ position: toLonLat(pointOf(sketch, drawn)), ...(feature ? { feature } : {}) });
    indexOf[drawn] = nodes.length - 1;
    return nodes.length - 1;
  };

  const streets: Street[] = [];
  const ways: RoadWay[] = [];
  for (const draft of sketch.streets) {
    if (draft.legs.length === 0) continue;
    const street: Street = { id: streets.length, name: draft.name, roadClass: draft.roadClass };
    streets.push(street);
    let metresSoFar = 0;
    for (const run of runsOf(draft.legs)) {
      const first = itemAt(run, 0);
      const { speed, lanes } = STANDARDS[draft.roadClass];
      ways.push({
        id: ways.length,
        street: street.id,
        roadClass: draft.roadClass,
        nodes: [nodeFor(first.a), ...run.map((leg) => nodeFor(leg.b))],
        oneWay: first.oneWay === 0 ? 'no' : first.oneWay > 0 ? 'forward' : 'backward',
        bridge: first.bridge,
        roundabout: draft.roundabout,
        maxSpeed: draft.roundabout ? ROUNDABOUT_SPEED : speed,
        lanes:
          first.oneWay !== 0 && lanes > 1 && draft.roadClass !== 'motorway' ? Math.ceil(lanes / 2) : lanes,
        neighbourhood: first.cell,
        fromMetres: metres(Math.round(metresSoFar)),
      });
      metresSoFar += run.reduce((sum, { a, b }) => sum + lengthBetween(sketch, a, b), 0);
    }
  }
  return { nodes, streets, ways };
}

function runsOf(legs: readonly Leg[]): Leg[][] {
  const runs: Leg[][] = [];
  for (const leg of legs) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const continues =
      last &&
      last.b === leg.a &&
      last.bridge === leg.bridge &&
      last.oneWay === leg.oneWay &&
      last.cell === leg.cell;
    if (run && continues && run.length < NODES_PER_WAY) run.push(leg);
    else runs.push([leg]);
  }
  return runs;
}

const MAIN: readonly RoadClass[] = ['trunk', 'primary', 'secondary'];

/** Signals where main roads meet, and turning circles at the end of closes. */
function findFeatures(
  sketch: Sketch,
  map: CellMap,
  random: Random,
): Map<number, NonNullable<CityNode['feature']>> {
  const arms = new Map<number, { street: StreetDraft; leg: Leg }[]>();
  for (const street of sketch.streets) {
    for (const leg of street.legs) {
      for (const node of [leg.a, leg.b]) {
        const list = arms.get(node);
        if (list) list.push({ street, leg });
        else arms.set(node, [{ street, leg }]);
      }
    }
  }
  const features = new Map<number, NonNullable<CityNode['feature']>>();
  for (const [node, list] of arms) {
    const [only] = list;
    if (list.length === 1 && only?.street.roadClass === 'residential') features.set(node, 'turning-circle');
    if (list.length < 3 || list.some(({ street }) => street.roundabout)) continue;
    const streets = [...new Set(list.map(({ street }) => street))];
    const main = streets.filter(({ roadClass }) => MAIN.includes(roadClass)).length;
    const collectors = streets.filter(({ roadClass }) => roadClass === 'tertiary').length;
    const landUse = map.cells[only?.leg.cell ?? -1]?.landUse;
    const busy = landUse === 'commercial' || landUse === 'retail';
    const signals =
      main >= 2 ||
      (main === 1 && collectors >= 1 && random.next() < 0.5) ||
      (busy && collectors >= 2 && random.next() < 0.6);
    if (signals) features.set(node, 'traffic-signals');
  }
  return features;
}
