import { itemAt } from '../sure.js';
import { attach, type CarrierIndex } from './carriers.js';
import { type Frame, turn } from './frame.js';
import type { RoadClass } from './model.js';
import { axisName, type NameBook, ringRoadName, riversideName } from './names.js';
import {
  addNode,
  addStreet,
  between,
  lengthBetween,
  pointOf,
  type Sketch,
  type StreetDraft,
} from './sketch.js';

const VERTEX_SPACING = 90;
/** Bridges keep this far from each other along the river. */
const BRIDGE_SPACING = 550;

/** A radial road and the nodes where it meets the rings, from the centre outwards. */
export interface Radial {
  readonly angle: number;
  readonly street: StreetDraft;
  /** Its node on the outermost ring road. */
  readonly end: number;
}

interface Piece {
  readonly street: StreetDraft;
  readonly a: number;
  readonly b: number;
  readonly wet: boolean;
}

/**
 * Draws the roads that hold the city together: one along each bank of the river, the rings, and the radials. The
 * river is crossed only where a bridge is worth building; elsewhere roads end at the bank.
 */
export function drawSkeleton(sketch: Sketch, index: CarrierIndex, frame: Frame, names: NameBook): Radial[] {
  drawBanks(sketch, index, frame);
  const bankOf = new Map<number, 0 | 1>();
  const junctions = new Map<string, number>();
  const lines: Piece[][] = [];
  const lay = (nodes: readonly number[], streetOf: (x: number, y: number) => StreetDraft): void => {
    lines.push(cutAtBanks(sketch, index, frame, nodes, streetOf, bankOf));
  };

  const junctionAt = (ring: number, angle: number): number => {
    const key = `${ring}/${angle}`;
    const known = junctions.get(key);
    if (known !== undefined) return known;
    const node = addNode(sketch, frame.toPlane(itemAt(frame.bands, ring).outer, angle));
    junctions.set(key, node);
    return node;
  };

  frame.bands.forEach((_, ring) => {
    lay(ringNodes(sketch, frame, ring, junctionAt), ringStreets(sketch, frame, ring));
  });

  const centre = addNode(sketch, [0, 0]);
  const radials: Radial[] = [];
  const last = frame.bands.length - 1;
  for (const angle of itemAt(frame.bands, last).angles) {
    const first = frame.bands.findIndex((band) => band.angles.includes(angle));
    const axis = itemAt(frame.bands, 0).angles.indexOf(angle);
    const street =
      axis >= 0
        ? addStreet(sketch, axisName(axis), 'primary')
        : addStreet(sketch, names.street('avenue'), first === 1 ? 'secondary' : 'tertiary');
    const nodes = [first === 0 ? centre : junctionAt(first - 1, angle)];
    for (let ring = first; ring <= last; ring++) {
      const { inner, outer } = itemAt(frame.bands, ring);
      const steps = Math.ceil((outer - inner) / VERTEX_SPACING);
      for (let i = 1; i < steps; i++)
        nodes.push(addNode(sketch, frame.toPlane(inner + ((outer - inner) * i) / steps, angle)));
      nodes.push(junctionAt(ring, angle));
    }
    lay(nodes, () => street);
    radials.push({ angle, street, end: junctionAt(last, angle) });
  }

  const bridges = chooseBridges(sketch, frame, lines, bankOf, new Set(junctions.values()));
  for (const { street, a, b, wet } of lines.flat()) {
    const bridge = bridges.has(pairKey(a, b));
    if (!wet || bridge) index.add({ street, a, b, bridge, bank: undefined, stops: [] });
  }
  return radials;
}

function drawBanks(sketch: Sketch, index: CarrierIndex, frame: Frame): void {
  for (const bank of [0, 1] as const) {
    const streets = new Map<number, StreetDraft>();
    const across = frame.river.bankRoad * (bank === 0 ? -1 : 1);
    const steps = Math.ceil(frame.river.length / 60);
    let previous: { node: number; inside: boolean } | undefined;
    for (let i = 0; i <= steps; i++) {
      const point = frame.river.at((frame.river.length * i) / steps, across);
      const [r, theta] = frame.toPolar(...point);
      const inside = r <= frame.radius;
      const here = { node: addNode(sketch, point), inside };
      if (previous && (inside || previous.inside)) {
        const quarter = quarterOf(theta);
        const street =
          streets.get(quarter) ??
          addStreet(sketch, riversideName(bank, quarter), bank === 0 ? 'secondary' : 'tertiary');
        streets.set(quarter, street);
        index.add({ street, a: previous.node, b: here.node, bridge: false, bank, stops: [] });
      }
      previous = here;
    }
  }
}

/** 0 = east, then anticlockwise. */
const quarterOf = (theta: number): number => Math.floor(turn(theta + Math.PI / 4) / (Math.PI / 2)) % 4;

function ringNodes(
  sketch: Sketch,
  frame: Frame,
  ring: number,
  junctionAt: (ring: number, angle: number) => number,
): number[] {
  const radius = itemAt(frame.bands, ring).outer;
  // Radials of the next band start on this ring too.
  const angles = (frame.bands[ring + 1] ?? itemAt(frame.bands, ring)).angles;
  const nodes: number[] = [];
  angles.forEach((from, sector) => {
    const to = angles[sector + 1] ?? itemAt(angles, 0) + 2 * Math.PI;
    const steps = Math.max(1, Math.ceil(((to - from) * radius) / VERTEX_SPACING));
    nodes.push(junctionAt(ring, from));
    for (let i = 1; i < steps; i++)
      nodes.push(addNode(sketch, frame.toPlane(radius, from + ((to - from) * i) / steps)));
  });
  // Starts on dry land, so that no crossing of the river is split between the two ends of the list.
  const start = nodes.findIndex((node, position) => {
    const [x, y] = pointOf(sketch, node);
    const previous = pointOf(sketch, itemAt(nodes, (position + nodes.length - 1) % nodes.length));
    const dry = (side: number): boolean => Math.abs(side) > frame.river.bankRoad + VERTEX_SPACING;
    return dry(frame.river.side(x, y)) && dry(frame.river.side(...previous));
  });
  const shifted = [...nodes.slice(Math.max(0, start)), ...nodes.slice(0, Math.max(0, start))];
  return [...shifted, itemAt(shifted, 0)];
}

function ringStreets(sketch: Sketch, frame: Frame, ring: number): (x: number, y: number) => StreetDraft {
  const last = frame.bands.length - 1;
  const roadClass: RoadClass = ring === last ? 'trunk' : ring % 2 === 1 ? 'primary' : 'secondary';
  const streets = [0, 1, 2, 3].map((quarter) => addStreet(sketch, ringRoadName(ring, quarter), roadClass));
  return (x, y) => itemAt(streets, quarterOf(frame.toPolar(x, y)[1]));
}

/** The line cut where it meets the roads along the river; what lies between two such cuts is all wet or all dry. */
function cutAtBanks(
  sketch: Sketch,
  index: CarrierIndex,
  frame: Frame,
  nodes: readonly number[],
  streetOf: (x: number, y: number) => StreetDraft,
  bankOf: Map<number, 0 | 1>,
): Piece[] {
  const stops: number[] = [];
  nodes.forEach((to, i) => {
    const from = nodes[i - 1];
    if (from !== undefined) {
      for (const { carrier, fraction } of index.crossings(pointOf(sketch, from), pointOf(sketch, to))) {
        if (carrier.bank === undefined) continue;
        const node = attach(sketch, carrier, fraction);
        bankOf.set(node, carrier.bank);
        if (node !== stops.at(-1)) stops.push(node);
      }
    }
    stops.push(to);
  });

  const pieces: Piece[] = [];
  let start = 0;
  for (let end = 1; end < stops.length; end++) {
    if (!bankOf.has(itemAt(stops, end)) && end < stops.length - 1) continue;
    const wet = isWetSpan(sketch, frame, stops.slice(start, end + 1), bankOf);
    for (let i = start; i < end; i++) {
      const a = itemAt(stops, i);
      const b = itemAt(stops, i + 1);
      pieces.push({ street: streetOf(...between(pointOf(sketch, a), pointOf(sketch, b), 0.5)), a, b, wet });
    }
    start = end;
  }
  return pieces;
}

function isWetSpan(
  sketch: Sketch,
  frame: Frame,
  stops: readonly number[],
  bankOf: ReadonlyMap<number, 0 | 1>,
): boolean {
  const from = bankOf.get(itemAt(stops, 0));
  const to = bankOf.get(itemAt(stops, stops.length - 1));
  if (from !== undefined && to !== undefined && from !== to) return true;
  const middle = Math.floor((stops.length - 1) / 2);
  const [x, y] = between(
    pointOf(sketch, itemAt(stops, middle)),
    pointOf(sketch, itemAt(stops, middle + 1)),
    0.5,
  );
  return Math.abs(frame.river.side(x, y)) < frame.river.bankRoad - 1;
}

const pairKey = (a: number, b: number): string => `${a}-${b}`;

interface BridgeSite {
  readonly pieces: readonly Piece[];
  readonly length: number;
  readonly middle: readonly [number, number];
  /** Where other main roads would meet it above the water. */
  readonly junctions: readonly number[];
}

function chooseBridges(
  sketch: Sketch,
  frame: Frame,
  lines: readonly (readonly Piece[])[],
  bankOf: ReadonlyMap<number, 0 | 1>,
  junctions: ReadonlySet<number>,
): Set<string> {
  const sites = lines
    .flatMap((line) => wetRuns(line))
    .flatMap((pieces): BridgeSite[] => {
      const first = itemAt(pieces, 0);
      const last = itemAt(pieces, pieces.length - 1);
      const from = bankOf.get(first.a);
      const to = bankOf.get(last.b);
      if (from === undefined || to === undefined || from === to) return [];
      const length = pieces.reduce((sum, { a, b }) => sum + lengthBetween(sketch, a, b), 0);
      const middle = between(pointOf(sketch, first.a), pointOf(sketch, last.b), 0.5);
      return [
        { pieces, length, middle, junctions: pieces.map(({ a }) => a).filter((node) => junctions.has(node)) },
      ];
    });
  sites.sort((left, right) => left.length - right.length);

  const wanted = Math.max(3, Math.round(frame.radius / 900));
  const chosen: BridgeSite[] = [];
  const clear = (site: BridgeSite): boolean =>
    chosen.every(
      ({ middle }) => Math.hypot(middle[0] - site.middle[0], middle[1] - site.middle[1]) > BRIDGE_SPACING,
    );
  const alone = (site: BridgeSite): boolean =>
    chosen.every((other) => !site.junctions.some((node) => other.junctions.includes(node)));
  for (const site of sites) {
    const fits = site.length < 4.4 * frame.river.bankRoad && alone(site) && clear(site);
    if (chosen.length < wanted && fits) chosen.push(site);
  }
  // A city must hold together: where no site is good, the shortest ones serve.
  for (const site of sites) if (chosen.length < 2 && !chosen.includes(site)) chosen.push(site);
  return new Set(chosen.flatMap(({ pieces }) => pieces.map(({ a, b }) => pairKey(a, b))));
}

function wetRuns(line: readonly Piece[]): Piece[][] {
  const runs: Piece[][] = [];
  let run: Piece[] = [];
  for (const piece of line) {
    if (piece.wet) run.push(piece);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  if (run.length > 0) runs.push(run);
  return runs;
}
