import { ROAD_CLASSES } from '../profile/index.js';
import type { Observation } from './observe.js';
import { solvePositive } from './solve.js';
import { slopeWithStartAndStop, withStartAndStop } from './travel-curve.js';

/** What the median of recorded times is made of; logarithms are natural. */
export interface MedianModel {
  readonly delay: number;
  readonly routineFactor: number;
  /** Times as long as in free flow: for each of `ROAD_CLASSES`, for each band. */
  readonly slowness: readonly (readonly number[])[];
}

/** What is believed before a trip is seen: the mean of a logarithm and its standard deviation. */
interface Belief {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Beliefs by which few trips move little. A class or a band is like the city as a whole unless the trips insist; that a
 * class is special in one band, most of all. Bands are held firmly because trips of one day share its fate, so that many
 * trips on few days tell less of a band than their number says.
 */
const BELIEFS = {
  delay: { mean: Math.log(35), deviation: 0.5 },
  routine: { mean: Math.log(1.4), deviation: 0.2 },
  city: { mean: 0, deviation: 0.35 },
  roadClass: { mean: 0, deviation: 0.1 },
  band: { mean: 0, deviation: 0.05 },
  classInBand: { mean: 0, deviation: 0.02 },
} as const satisfies Record<string, Belief>;

/** Of a logarithm: a residual below this counts as a square, above as a distance. */
const SMOOTH = 0.02;
const STEPS = 40;
/** The fit has settled when no parameter moves by more, in logarithms. */
const ENOUGH = 1e-3;
/** A step that makes things worse is halved, down to this. */
const LEAST_SHARE = 1 / 64;
/** The mean deviation of a logarithm is never taken to be less. */
const LEAST_SCALE = 0.05;
/** Seconds; keeps the logarithm of a leg of almost nothing within bounds. */
const SHORTEST_CRUISE = 0.1;
/** Speeds are never thought to be less than a quarter or more than 1.6 times those of the network. */
const SLOWNESS = { least: 1 / 1.6, most: 4 } as const;

const DELAY = 0;
const ROUTINE = 1;
const CITY = 2;
const FIRST_CLASS = 3;
const CLASSES = ROAD_CLASSES.length;

/**
 * Least absolute deviations of log (recorded / median), so that the fit is to the median and a trip that went wrong
 * pulls no harder than any other; by reweighted Gauss–Newton steps, with a normal prior on each parameter. Deterministic.
 */
export function fitMedian(
  observations: readonly Observation[],
  bandCount: number,
  ramp: number,
): MedianModel {
  const layout = layOut(bandCount);
  const beliefs = beliefsOf(layout);
  const rows = observations.map((observation) => rowOf(observation, layout));
  const weights = rows.reduce((sum, { weight }) => sum + weight, 0);
  let parameters: Float64Array<ArrayBufferLike> = Float64Array.from(beliefs, ({ mean }) => mean);

  for (let step = 0; step < STEPS; step++) {
    const slowness = slownessOf(parameters, layout);
    const residuals = rows.map((row) => residualOf(row, parameters, slowness, ramp));
    const deviations = rows.reduce((sum, { weight }, i) => sum + weight * Math.abs(residuals[i] ?? 0), 0);
    const scale = Math.max(LEAST_SCALE, deviations / weights);
    const move = newtonStep(rows, residuals, parameters, slowness, beliefs, scale, ramp);
    const costOf = (tried: Float64Array): number => {
      const slow = slownessOf(tried, layout);
      let cost = 0;
      for (const row of rows) cost += (row.weight * smoothed(residualOf(row, tried, slow, ramp))) / scale;
      beliefs.forEach(({ mean, deviation }, i) => {
        cost += ((tried[i] ?? 0) - mean) ** 2 / (2 * deviation ** 2);
      });
      return cost;
    };
    const before = costOf(parameters);
    let share = 1;
    let next = parameters;
    for (; share > LEAST_SHARE; share /= 2) {
      const tried = parameters.map((value, i) => value + share * (move[i] ?? 0));
      if (costOf(tried) >= before) continue;
      next = tried;
      break;
    }
    parameters = next;
    if (share <= LEAST_SHARE || move.every((part) => Math.abs(share * part) < ENOUGH)) break;
  }

  const slowness = slownessOf(parameters, layout);
  return {
    delay: Math.exp(parameters[DELAY] ?? 0),
    routineFactor: Math.exp(parameters[ROUTINE] ?? 0),
    slowness: ROAD_CLASSES.map((_, roadClass) =>
      Array.from({ length: bandCount }, (__, band) => slowness[roadClass * bandCount + band] ?? 1),
    ),
  };
}

/** Where the parameters stand: delay, routine, city, the classes, the bands, and the cells of class and band. */
interface Layout {
  readonly bandCount: number;
  readonly firstBand: number;
  readonly firstCell: number;
  readonly size: number;
}

function layOut(bandCount: number): Layout {
  const firstBand = FIRST_CLASS + CLASSES;
  const firstCell = firstBand + bandCount;
  return { bandCount, firstBand, firstCell, size: firstCell + CLASSES * bandCount };
}

const beliefsOf = ({ firstBand, firstCell, size }: Layout): Belief[] =>
  Array.from({ length: size }, (_, index) => {
    if (index === DELAY) return BELIEFS.delay;
    if (index === ROUTINE) return BELIEFS.routine;
    if (index === CITY) return BELIEFS.city;
    if (index < firstBand) return BELIEFS.roadClass;
    return index < firstCell ? BELIEFS.band : BELIEFS.classInBand;
  });

/** An observation as the fit reads it: only the classes that were driven on. */
interface Row {
  readonly seconds: number;
  readonly urgent: boolean;
  readonly whole: boolean;
  readonly weight: number;
  readonly turning: number;
  /** For each class driven on: its seconds of free flow, and its cell of class and band. */
  readonly freeFlow: Float64Array;
  readonly cells: Uint32Array;
  /** The parameters that it depends on: delay, routine, city, band, then for each class the class and the cell. */
  readonly touched: Uint32Array;
}

function rowOf(observation: Observation, layout: Layout): Row {
  const { path, band, urgent, seconds, whole, weight } = observation;
  const classes = ROAD_CLASSES.map((_, k) => k).filter((k) => (path.freeFlow[k] ?? 0) > 0);
  const cells = classes.map((k) => k * layout.bandCount + band);
  const perClass = classes.flatMap((k, i) => [FIRST_CLASS + k, layout.firstCell + (cells[i] ?? 0)]);
  return {
    seconds,
    urgent,
    whole,
    weight,
    turning: path.turning,
    freeFlow: Float64Array.from(classes, (k) => path.freeFlow[k] ?? 0),
    cells: Uint32Array.from(cells),
    touched: Uint32Array.from([DELAY, ROUTINE, CITY, layout.firstBand + band, ...perClass]),
  };
}

/** For each cell of class and band: times as long as in free flow. */
function slownessOf(parameters: Float64Array, { bandCount, firstBand, firstCell }: Layout): Float64Array {
  const slowness = new Float64Array(CLASSES * bandCount);
  for (let cell = 0; cell < slowness.length; cell++) {
    const log =
      (parameters[CITY] ?? 0) +
      (parameters[FIRST_CLASS + Math.floor(cell / bandCount)] ?? 0) +
      (parameters[firstBand + (cell % bandCount)] ?? 0) +
      (parameters[firstCell + cell] ?? 0);
    slowness[cell] = Math.min(SLOWNESS.most, Math.max(SLOWNESS.least, Math.exp(log)));
  }
  return slowness;
}

function cruisingOf({ turning, freeFlow, cells }: Row, slowness: Float64Array): number {
  let cruising = turning;
  for (let i = 0; i < cells.length; i++) cruising += (freeFlow[i] ?? 0) * (slowness[cells[i] ?? 0] ?? 1);
  return Math.max(SHORTEST_CRUISE, cruising);
}

/** log (recorded / median). */
function residualOf(row: Row, parameters: Float64Array, slowness: Float64Array, ramp: number): number {
  const cruising = cruisingOf(row, slowness);
  const median = row.whole ? Math.exp(parameters[DELAY] ?? 0) + withStartAndStop(cruising, ramp) : cruising;
  return Math.log(row.seconds / median) - (row.urgent ? 0 : (parameters[ROUTINE] ?? 0));
}

/** What a small rise of each touched parameter does to the logarithm of the median. */
function gradientOf(row: Row, parameters: Float64Array, slowness: Float64Array, ramp: number): Float64Array {
  const { urgent, whole, freeFlow, cells, touched } = row;
  const cruising = cruisingOf(row, slowness);
  const delay = whole ? Math.exp(parameters[DELAY] ?? 0) : 0;
  const driving = whole ? withStartAndStop(cruising, ramp) : cruising;
  const slope = whole ? slopeWithStartAndStop(cruising, ramp) : 1;
  const gradient = new Float64Array(touched.length);
  let city = 0;
  for (let i = 0; i < cells.length; i++) {
    const driven = (freeFlow[i] ?? 0) * (slowness[cells[i] ?? 0] ?? 1);
    const rise = (slope * driven) / (delay + driving);
    city += rise;
    gradient[4 + 2 * i] = rise;
    gradient[5 + 2 * i] = rise;
  }
  gradient[0] = delay / (delay + driving);
  gradient[1] = urgent ? 0 : 1;
  gradient[2] = city;
  gradient[3] = city;
  return gradient;
}

/** The move to the minimum of the quadratic that stands in for the cost here: each residual weighted by 1 / its size. */
function newtonStep(
  rows: readonly Row[],
  residuals: readonly number[],
  parameters: Float64Array,
  slowness: Float64Array,
  beliefs: readonly Belief[],
  scale: number,
  ramp: number,
): Float64Array {
  const size = parameters.length;
  const matrix = new Float64Array(size * size);
  const target = new Float64Array(size);
  rows.forEach((row, index) => {
    const residual = residuals[index] ?? 0;
    const gradient = gradientOf(row, parameters, slowness, ramp);
    const weight = row.weight / (scale * Math.max(SMOOTH, Math.abs(residual)));
    const { touched } = row;
    for (let a = 0; a < touched.length; a++) {
      const pull = weight * (gradient[a] ?? 0);
      const i = touched[a] ?? 0;
      target[i] = (target[i] ?? 0) + pull * residual;
      for (let b = 0; b < touched.length; b++) {
        const at = i * size + (touched[b] ?? 0);
        matrix[at] = (matrix[at] ?? 0) + pull * (gradient[b] ?? 0);
      }
    }
  });
  beliefs.forEach(({ mean, deviation }, i) => {
    const certainty = 1 / deviation ** 2;
    matrix[i * size + i] = (matrix[i * size + i] ?? 0) + certainty;
    target[i] = (target[i] ?? 0) - certainty * ((parameters[i] ?? 0) - mean);
  });
  return solvePositive(matrix, target);
}

const smoothed = (residual: number): number => {
  const size = Math.abs(residual);
  return size < SMOOTH ? size ** 2 / (2 * SMOOTH) + SMOOTH / 2 : size;
};
