import { quantile, type Seconds, seconds } from '@lamplight/base';
import type { RoadNetwork } from '../network/index.js';
import { type Calibration, etaOf } from './calibration.js';
import { observeTrips } from './observe.js';
import { count, type LeftOut, snapTrips, type Trip } from './trips.js';

/** How predictions compare with what was recorded. Absent figures could not be had of so few trips. */
export interface Measures {
  readonly n: number;
  /** Median of predicted median / recorded; 1 is right, above 1 predicts too long. */
  readonly medianRatio?: number;
  /** Of |predicted median − recorded|: the mean, which single wild trips move, and the median, which they do not. */
  readonly meanAbsoluteError?: Seconds;
  readonly medianAbsoluteError?: Seconds;
  /** Share of recorded times that are not above the predicted P90. 0.9 is right. */
  readonly withinP90?: number;
  /** Share of recorded times from the predicted P10 to the predicted P90. 0.8 is right. */
  readonly betweenP10P90?: number;
  /** Spearman's: 1 when predictions put trips in the order of their recorded times, 0 when they tell nothing. */
  readonly rankCorrelation?: number;
}

export interface MeasuresOf<Group> {
  readonly group: Group;
  readonly measures: Measures;
}

/** From `from` metres of road up to, not including, `to`; the last group has no end. */
export interface DistanceGroup {
  readonly from: number;
  readonly to?: number;
}

export interface Judgement {
  readonly overall: Measures;
  /** By length of the predicted way. */
  readonly byDistance: readonly MeasuresOf<DistanceGroup>[];
  /** By band of the calibration that is judged, by its id. */
  readonly byBand: readonly MeasuresOf<string>[];
  /** By hours of the day, three at a time: 0 is from midnight. */
  readonly byHour: readonly MeasuresOf<number>[];
  readonly byUrgency: readonly MeasuresOf<'urgent' | 'routine'>[];
  readonly leftOut: LeftOut;
}

const DISTANCES: readonly DistanceGroup[] = [
  { from: 0, to: 500 },
  { from: 500, to: 1_000 },
  { from: 1_000, to: 2_000 },
  { from: 2_000, to: 4_000 },
  { from: 4_000, to: 8_000 },
  { from: 8_000 },
];
const HOURS_TOGETHER = 3;

interface Judged {
  readonly trip: Trip;
  readonly band: string;
  readonly metres: number;
  readonly recorded: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/** Compares a calibration with recorded trips, best with such as it was not fitted on. Leaves out what `fitCalibration` does. */
export function judgeCalibration(
  network: RoadNetwork,
  calibration: Calibration,
  trips: readonly Trip[],
): Judgement {
  const { usable, leftOut } = snapTrips(network, trips);
  const judged: Judged[] = [];
  for (const [index, observed] of observeTrips(network, calibration, usable.map(withoutFixes)).entries()) {
    const trip = usable[index]?.trip;
    if (!trip) continue;
    if (typeof observed === 'string') {
      count(leftOut, observed);
      continue;
    }
    const { path, band, urgent, seconds: recorded } = observed.trip;
    const eta = etaOf(calibration, seconds(path.duration), { urgent });
    judged.push({
      trip,
      band: calibration.bands[band]?.id ?? '',
      metres: path.metres,
      recorded,
      p10: eta.quantile(0.1),
      p50: eta.p50,
      p90: eta.p90,
    });
  }
  const group = <Group>(
    groups: readonly Group[],
    belongs: (group: Group, each: Judged) => boolean,
  ): MeasuresOf<Group>[] =>
    groups
      .map((each) => ({ group: each, measures: measure(judged.filter((one) => belongs(each, one))) }))
      .filter(({ measures }) => measures.n > 0);
  return {
    overall: measure(judged),
    byDistance: group(DISTANCES, ({ from, to = Infinity }, { metres }) => metres >= from && metres < to),
    byBand: group(
      calibration.bands.map(({ id }) => id),
      (id, { band }) => band === id,
    ),
    byHour: group(
      Array.from({ length: 24 / HOURS_TOGETHER }, (_, i) => i * HOURS_TOGETHER),
      (from, { trip }) => Math.floor((trip.hour % 24) / HOURS_TOGETHER) * HOURS_TOGETHER === from,
    ),
    byUrgency: group(
      ['urgent', 'routine'],
      (urgency, { trip }) => ((trip.urgent ?? true) ? 'urgent' : 'routine') === urgency,
    ),
    leftOut,
  };
}

/** A prediction does not know the way that was driven. */
const withoutFixes = <Snapped extends { readonly trip: Trip }>(snapped: Snapped): Snapped => {
  const { fixes: _, ...trip } = snapped.trip;
  return { ...snapped, trip };
};

function measure(judged: readonly Judged[]): Measures {
  const n = judged.length;
  const sorted = (of: (each: Judged) => number): number[] => judged.map(of).sort((a, b) => a - b);
  const medianRatio = quantile(
    sorted(({ p50, recorded }) => p50 / recorded),
    0.5,
  );
  const errors = sorted(({ p50, recorded }) => Math.abs(p50 - recorded));
  const medianError = quantile(errors, 0.5);
  if (medianRatio === undefined || medianError === undefined) return { n };
  const share = (holds: (each: Judged) => boolean): number => judged.filter(holds).length / n;
  const correlation = findRankCorrelation(
    judged.map(({ p50 }) => p50),
    judged.map(({ recorded }) => recorded),
  );
  return {
    n,
    medianRatio,
    meanAbsoluteError: seconds(errors.reduce((sum, error) => sum + error, 0) / n),
    medianAbsoluteError: seconds(medianError),
    withinP90: share(({ recorded, p90 }) => recorded <= p90),
    betweenP10P90: share(({ recorded, p10, p90 }) => recorded >= p10 && recorded <= p90),
    ...(correlation === undefined ? {} : { rankCorrelation: correlation }),
  };
}

/** Spearman's rank correlation, ties sharing the mean of their ranks; `undefined` where one side is all the same. */
export function findRankCorrelation(a: readonly number[], b: readonly number[]): number | undefined {
  const [ranksA, ranksB] = [ranksOf(a), ranksOf(b)];
  const mean = (a.length + 1) / 2;
  let [both, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [offA, offB] = [(ranksA[i] ?? 0) - mean, (ranksB[i] ?? 0) - mean];
    both += offA * offB;
    squareA += offA ** 2;
    squareB += offB ** 2;
  }
  return squareA > 0 && squareB > 0 ? both / Math.sqrt(squareA * squareB) : undefined;
}

function ranksOf(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i).sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    const value = values[order[start] ?? 0];
    while (end < order.length && values[order[end] ?? 0] === value) end++;
    for (let i = start; i < end; i++) ranks[order[i] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
