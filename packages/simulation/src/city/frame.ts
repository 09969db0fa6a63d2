import type { Random } from '@lamplight/base';
import { itemAt } from '../sure.js';

/** Metres east and north of the city's centre. */
export type Point = readonly [x: number, y: number];

/** The ground between two ring roads; `angles` are those of the radial roads that cross it, ascending. */
interface Band {
  readonly inner: number;
  readonly outer: number;
  readonly angles: readonly number[];
}

/**
 * The geometry a city is drawn on: warped polar coordinates, so that rings are not circles and radials are not
 * straight, but both directions of the mapping stay closed formulas; and a river as a wave across it.
 */
export interface Frame {
  /** Radius of the outermost ring road, before warping, metres. */
  readonly radius: number;
  readonly bands: readonly Band[];
  toPlane(r: number, theta: number): Point;
  toPolar(x: number, y: number): readonly [r: number, theta: number];
  readonly river: RiverCourse;
}

export interface RiverCourse {
  readonly halfWidth: number;
  /** From the middle of the river to the middle of the road along its bank. */
  readonly bankRoad: number;
  /** Signed distance from the middle of the river, positive on the side away from the centre; good near the river. */
  side(x: number, y: number): number;
  /** The point `across` metres from the middle at `along` metres of the river's axis. */
  at(along: number, across: number): Point;
  readonly length: number;
}

const RING_SPACING = 1150;
/** A band's radials stand closer than this along their middle, metres. */
const WIDEST_SECTOR = 1700;

export function createFrame(radius: number, random: Random): Frame {
  const shape = [2, 3, 5].map((waves) => ({
    waves,
    depth: (0.07 * random.next()) / Math.sqrt(waves),
    phase: random.next() * 2 * Math.PI,
  }));
  const stretch = (phi: number): number =>
    shape.reduce((sum, { waves, depth, phase }) => sum + depth * Math.sin(waves * phi + phase), 1);
  const bendDepth = 0.1 * random.next();
  const bendLength = 2500 + 2500 * random.next();
  const bend = (r: number): number => bendDepth * Math.sin(r / bendLength) * Math.min(1, r / 1500);

  return {
    radius,
    bands: layBands(radius, random),
    toPlane(r, theta) {
      const phi = theta + bend(r);
      const rho = r * stretch(phi);
      return [rho * Math.cos(phi), rho * Math.sin(phi)];
    },
    toPolar(x, y) {
      const phi = Math.atan2(y, x);
      const r = Math.hypot(x, y) / stretch(phi);
      return [r, turn(phi - bend(r))];
    },
    river: layRiver(radius, random),
  };
}

/** The angle brought into [0, 2π). */
export const turn = (angle: number): number => ((angle % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);

function layBands(radius: number, random: Random): Band[] {
  const count = Math.max(2, Math.round(radius / RING_SPACING));
  const start = random.next() * 0.5;
  let angles = [0, 1, 2, 3].map(
    (quarter) => start + 0.1 + (quarter * Math.PI) / 2 + (random.next() - 0.5) * 0.2,
  );
  const bands: Band[] = [];
  let inner = 0;
  for (let ring = 0; ring < count; ring++) {
    const outer = (radius * (ring + 0.75)) / (count - 0.25);
    if (ring > 0) angles = splitWideSectors(angles, (inner + outer) / 2, random);
    bands.push({ inner, outer, angles });
    inner = outer;
  }
  return bands;
}

function splitWideSectors(angles: readonly number[], radius: number, random: Random): number[] {
  const result: number[] = [];
  angles.forEach((from, sector) => {
    const to = sector + 1 < angles.length ? itemAt(angles, sector + 1) : itemAt(angles, 0) + 2 * Math.PI;
    result.push(from);
    if ((to - from) * radius > WIDEST_SECTOR) {
      result.push(turn(from + (to - from) * (0.45 + 0.1 * random.next())));
    }
  });
  return result.sort((a, b) => a - b);
}

function layRiver(radius: number, random: Random): RiverCourse {
  const halfWidth = Math.min(110, 45 + radius / 120);
  const angle = random.next() * 2 * Math.PI;
  const distance = Math.min(0.52 * radius, 1250) + halfWidth;
  const longWave = Math.max(2600, radius * 0.9);
  const waves = [
    { depth: Math.min(0.1 * radius, 700), pace: (2 * Math.PI) / longWave, phase: 0 },
    { depth: Math.min(0.05 * radius, 160), pace: (2 * Math.PI) / 2100, phase: random.next() * 2 * Math.PI },
  ];
  const height = (s: number): number =>
    waves.reduce((sum, { depth, pace, phase }) => sum + depth * Math.sin(pace * s + phase), distance);
  const slope = (s: number): number =>
    waves.reduce((sum, { depth, pace, phase }) => sum + depth * pace * Math.cos(pace * s + phase), 0);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return {
    halfWidth,
    bankRoad: halfWidth + 28,
    length: 2 * (radius * 1.15 + 2000),
    side(x, y) {
      const s = x * cos + y * sin;
      return (-x * sin + y * cos - height(s)) / Math.hypot(1, slope(s));
    },
    at(along, across) {
      const s = along - (radius * 1.15 + 2000);
      const k = slope(s);
      const norm = Math.hypot(1, k);
      const px = s - (across * k) / norm;
      const py = height(s) + across / norm;
      return [px * cos - py * sin, px * sin + py * cos];
    },
  };
}
