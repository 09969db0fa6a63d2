import type { Random } from '@lamplight/base';
import { itemAt } from '../sure.js';
import { attach, type CarrierIndex, intersect } from './carriers.js';
import { type Cell, type CellMap, centreOf, depthInCell } from './cells.js';
import type { Frame, Point } from './frame.js';
import type { Bilingual, LandUse, RoadClass } from './model.js';
import type { NameBook, Suffix } from './names.js';
import { addNode, addStreet, between, type Leg, lengthBetween, pointOf, type Sketch } from './sketch.js';

/** How a kind of neighbourhood is laid out. */
interface Pattern {
  /** Distance between parallel streets along both axes, metres. */
  readonly blocks: readonly [number, number];
  /** Share of block sides that were never built. */
  readonly gaps: number;
  /** How far corners stray at random, metres. */
  readonly stray: number;
  /** How far streets bend together, metres. */
  readonly sway: number;
  /** Chance that the neighbourhood runs in one-way pairs. */
  readonly oneWayPairs: number;
  /** Chance of a single one-way street elsewhere. */
  readonly oneWay: number;
  readonly minor: RoadClass;
}

const PATTERNS: Readonly<Record<LandUse, Pattern>> = {
  'old-town': {
    blocks: [58, 74],
    gaps: 0.16,
    stray: 9,
    sway: 24,
    oneWayPairs: 0,
    oneWay: 0.4,
    minor: 'living_street',
  },
  commercial: {
    blocks: [92, 112],
    gaps: 0.03,
    stray: 0,
    sway: 0,
    oneWayPairs: 0.7,
    oneWay: 0.05,
    minor: 'unclassified',
  },
  retail: {
    blocks: [95, 130],
    gaps: 0.05,
    stray: 1,
    sway: 0,
    oneWayPairs: 0.35,
    oneWay: 0.08,
    minor: 'unclassified',
  },
  residential: {
    blocks: [88, 152],
    gaps: 0.1,
    stray: 2,
    sway: 8,
    oneWayPairs: 0.12,
    oneWay: 0.06,
    minor: 'residential',
  },
  suburb: {
    blocks: [105, 175],
    gaps: 0.2,
    stray: 5,
    sway: 42,
    oneWayPairs: 0,
    oneWay: 0.02,
    minor: 'residential',
  },
  industrial: {
    blocks: [190, 260],
    gaps: 0.06,
    stray: 2,
    sway: 0,
    oneWayPairs: 0,
    oneWay: 0.02,
    minor: 'unclassified',
  },
};

/** A piece of a grid line from one main road to the next. */
interface Strip {
  readonly line: number;
  readonly from: Point;
  readonly to: Point;
  readonly start: number;
  readonly end: number;
  readonly stops: { readonly t: number; readonly node: number }[];
}

/** A rectangle of blocks left free of streets. */
export interface Green {
  readonly cell: number;
  readonly corners: readonly Point[];
}

/** Fills one cell with its streets and returns the green that was left out of them, if any. */
export function drawBlocks(
  sketch: Sketch,
  index: CarrierIndex,
  frame: Frame,
  map: CellMap,
  cell: Cell,
  base: Bilingual,
  names: NameBook,
  random: Random,
): Green | undefined {
  const pattern = PATTERNS[cell.landUse];
  const centre = centreOf(frame, cell);
  const facing = Math.atan2(centre[1], centre[0]);
  const compass = (Math.PI / 2) * Math.round(facing / (Math.PI / 2));
  const angle = random.next() < 0.6 ? facing + random.normal(0, 0.12) : compass + random.normal(0, 0.25);
  const scale = random.logNormal(1, 0.1);
  const families = [0, 1].map((family) =>
    ruleLines(sketch, index, frame, map, cell, {
      centre,
      angle: angle + (family * Math.PI) / 2,
      spacing: itemAt(pattern.blocks, family) * scale,
      random,
    }),
  );
  const [first = [], second = []] = families;

  const corners = new Map<string, number>();
  for (const a of first) {
    for (const b of second) {
      const hit = intersect(a.from, a.to, b.from, b.to);
      if (!hit) continue;
      const node = addNode(sketch, between(a.from, a.to, hit[0]));
      a.stops.push({ t: hit[0], node });
      b.stops.push({ t: hit[1], node });
      corners.set(`${a.line}/${b.line}`, node);
    }
  }

  const green = random.next() < 0.45 ? placeGreen(sketch, cell, corners, frame, random) : undefined;
  const pairs = random.next() < pattern.oneWayPairs;
  families.forEach((strips, family) => {
    const lineAngle = angle + (family * Math.PI) / 2;
    const eastWest = Math.abs(Math.cos(lineAngle)) > Math.SQRT1_2;
    const suffix: Suffix = cell.landUse === 'old-town' ? 'lane' : eastWest ? 'road' : 'street';
    const every = 3 + random.integer(3);
    for (const line of new Set(strips.map((strip) => strip.line))) {
      const collector = ((line % every) + every) % every === 0 && cell.landUse !== 'old-town';
      const roadClass = collector ? 'tertiary' : random.next() < 0.25 ? 'residential' : pattern.minor;
      const inSeries = cell.landUse !== 'old-town' && !collector && random.next() < 0.5;
      const name = inSeries ? names.series(base, suffix) : names.street(collector ? 'avenue' : suffix);
      const direction = line % 2 === 0 ? 1 : -1;
      const oneWay = pairs && !collector ? direction : random.next() < pattern.oneWay ? direction : 0;
      const legs = strips
        .filter((strip) => strip.line === line)
        .flatMap((strip) => cutStrip(strip, cell.index, oneWay))
        .filter((leg) => lengthBetween(sketch, leg.a, leg.b) > 8)
        .filter((leg) => !green || !crossesGreen(sketch, green, leg))
        .filter(() => collector || random.next() >= pattern.gaps);
      if (legs.length > 0) addStreet(sketch, name, roadClass).legs = legs;
    }
  });
  strayCorners(sketch, frame, cell, corners.values(), pattern, random);
  return green;
}

interface Ruling {
  readonly centre: Point;
  readonly angle: number;
  readonly spacing: number;
  readonly random: Random;
}

/** Parallel lines over the cell, cut where they meet main roads; only what lies inside the cell and on dry land. */
function ruleLines(
  sketch: Sketch,
  index: CarrierIndex,
  frame: Frame,
  map: CellMap,
  cell: Cell,
  { centre, angle, spacing, random }: Ruling,
): Strip[] {
  const reach = Math.hypot((cell.outer - cell.inner) / 2, ((cell.to - cell.from) * cell.outer) / 2) * 1.35;
  const ux = Math.cos(angle);
  const uy = Math.sin(angle);
  const strips: Strip[] = [];
  const count = Math.ceil(reach / spacing);
  for (let line = -count; line <= count; line++) {
    const across = spacing * (line + 0.24 * (random.next() - 0.5));
    const cx = centre[0] - uy * across;
    const cy = centre[1] + ux * across;
    const from: Point = [cx - ux * reach, cy - uy * reach];
    const to: Point = [cx + ux * reach, cy + uy * reach];
    const crossings = index.crossings(from, to);
    for (let i = 1; i < crossings.length; i++) {
      const left = itemAt(crossings, i - 1);
      const right = itemAt(crossings, i);
      if ((right.t - left.t) * 2 * reach < 40) continue;
      const [x, y] = between(from, to, (left.t + right.t) / 2);
      if (map.cellAt(x, y) !== cell.index) continue;
      const banks = [left.carrier.bank, right.carrier.bank];
      if (banks.includes(0) && banks.includes(1)) continue;
      if (Math.abs(frame.river.side(x, y)) < frame.river.bankRoad - 1) continue;
      const start = attach(sketch, left.carrier, left.fraction);
      const end = attach(sketch, right.carrier, right.fraction);
      if (start !== end)
        strips.push({
          line,
          from: between(from, to, left.t),
          to: between(from, to, right.t),
          start,
          end,
          stops: [],
        });
    }
  }
  return strips;
}

function cutStrip(strip: Strip, cell: number, oneWay: -1 | 0 | 1): Leg[] {
  const stops = [...strip.stops].sort((left, right) => left.t - right.t).map((stop) => stop.node);
  const nodes = [strip.start, ...stops, strip.end];
  return nodes.slice(1).map((b, i) => ({ a: itemAt(nodes, i), b, cell, bridge: false, oneWay }));
}

/** Two to four blocks each way, somewhere in the cell where all four corners exist. */
function placeGreen(
  sketch: Sketch,
  cell: Cell,
  corners: ReadonlyMap<string, number>,
  frame: Frame,
  random: Random,
): Green | undefined {
  const keys = [...corners.keys()];
  if (keys.length === 0) return undefined;
  for (let tries = 0; tries < 6; tries++) {
    const [line = 0, across = 0] = random.pick(keys).split('/').map(Number);
    const wide = 2 + random.integer(3);
    const deep = 2 + random.integer(2);
    const found = [
      corners.get(`${line}/${across}`),
      corners.get(`${line + wide}/${across}`),
      corners.get(`${line + wide}/${across + deep}`),
      corners.get(`${line}/${across + deep}`),
    ];
    const points = found.flatMap((node) => (node === undefined ? [] : [pointOf(sketch, node)]));
    const dry = points.every(([x, y]) => Math.abs(frame.river.side(x, y)) > frame.river.bankRoad);
    const sameBank = new Set(points.map(([x, y]) => Math.sign(frame.river.side(x, y)))).size === 1;
    if (points.length === 4 && dry && sameBank) {
      const middle = between(itemAt(points, 0), itemAt(points, 2), 0.5);
      return { cell: cell.index, corners: points.map((point) => between(middle, point, 0.94)) };
    }
  }
  return undefined;
}

function crossesGreen(sketch: Sketch, { corners }: Green, { a, b }: Leg): boolean {
  return [0.25, 0.5, 0.75].some((t) => isInside(between(pointOf(sketch, a), pointOf(sketch, b), t), corners));
}

/** Even–odd rule. `ring` may be open or closed. */
function isInside([x, y]: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = itemAt(ring, i);
    const [bx, by] = itemAt(ring, (i + ring.length - 1) % ring.length);
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Bends and roughens the grid, less towards the cell's border and the river, so that streets do not come to cross. */
function strayCorners(
  sketch: Sketch,
  frame: Frame,
  cell: Cell,
  nodes: Iterable<number>,
  { stray, sway }: Pattern,
  random: Random,
): void {
  const phase = random.next() * 2 * Math.PI;
  const wave = sway > 30 ? 620 : 380;
  for (const node of nodes) {
    const [x, y] = pointOf(sketch, node);
    const shore = (Math.abs(frame.river.side(x, y)) - frame.river.bankRoad) / 200;
    const fade = Math.min(depthInCell(frame, cell, [x, y]), Math.max(0, Math.min(1, shore)));
    const east = sway * Math.sin((2 * Math.PI * y) / wave + phase) + stray * (2 * random.next() - 1);
    const north = sway * Math.sin((2 * Math.PI * x) / wave + 2 * phase) + stray * (2 * random.next() - 1);
    sketch.x[node] = x + fade * east;
    sketch.y[node] = y + fade * north;
  }
}
