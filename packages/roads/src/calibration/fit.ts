import { err, ok, type Result, seconds } from '@lamplight/base';
import type { RoadNetwork } from '../network/index.js';
import { ROAD_CLASSES, type RoadClass } from '../profile/index.js';
import { type Calibration, etaOf, type Spread, UNCALIBRATED } from './calibration.js';
import { fitMedian } from './fit-median.js';
import { fitSpread } from './fit-spread.js';
import { DEFAULT_BANDS, HOURS_OF_WEEK, type HourBand, mergeBands } from './hour-of-week.js';
import { type Observation, observeTrips } from './observe.js';
import { count, type LeftOut, type SnappedTrip, snapTrips, type Trip } from './trips.js';

export interface FitOptions {
  /** Hours that share their traffic; `DEFAULT_BANDS` by default. Those with fewer than 40 trips become one. */
  readonly bands?: readonly HourBand[];
  /** Fit to times that have the delays of turns in them; on by default. */
  readonly turns?: boolean;
  /** Called now and then with the share of the work that is done, in [0, 1]. */
  readonly onProgress?: (fraction: number) => void;
}

export interface Fitted {
  readonly calibration: Calibration;
  readonly leftOut: LeftOut;
  /** Of the usable trips, how many were looked at: every one, up to 20,000 spread evenly over the list. */
  readonly used: number;
}

export interface TooFewTrips {
  readonly code: 'too-few-trips';
  /** English, for logs. */
  readonly message: string;
  readonly usable: number;
  readonly needed: number;
  readonly leftOut: LeftOut;
}

const FEWEST_TRIPS = 50;
const FEWEST_IN_BAND = 40;
const MOST_USED = 20_000;
/** Ways are chosen by the speeds of the round before; what a third round changes is far below the scatter of trips. */
const ROUNDS = 3;

/**
 * Learns speeds by class of road and band of hours, the delay of starting and arriving, and the spread, from recorded
 * trips. Robust: it fits medians and quantiles, so gross errors among the trips do little harm. The same trips in the
 * same order give the same calibration. Refuses fewer than 50 usable trips with `too-few-trips`.
 */
export function fitCalibration(
  network: RoadNetwork,
  trips: readonly Trip[],
  { bands = DEFAULT_BANDS, turns = true, onProgress = () => {} }: FitOptions = {},
): Result<Fitted, TooFewTrips> {
  const { usable: snapped, leftOut } = snapTrips(network, trips);
  const chosen = spreadEvenly(snapped, MOST_USED);
  const counts = new Uint32Array(HOURS_OF_WEEK);
  for (const { trip } of chosen) counts[trip.hour] = (counts[trip.hour] ?? 0) + 1;
  let calibration: Calibration = {
    ...UNCALIBRATED,
    source: 'fitted',
    turns,
    bands: mergeBands(bands, counts, FEWEST_IN_BAND),
  };

  let whole: Observation[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const observed = observeTrips(network, calibration, chosen);
    whole = [];
    const legs: Observation[] = [];
    for (const each of observed) {
      if (typeof each !== 'string') {
        whole.push(each.trip);
        legs.push(...each.legs);
      } else if (round === 0) {
        count(leftOut, each);
      }
    }
    if (whole.length < FEWEST_TRIPS) return tooFew(whole.length, leftOut);
    calibration = withMedian(calibration, whole, legs);
    onProgress((round + 1) / ROUNDS);
  }
  return ok({ calibration: withSpread(calibration, whole), leftOut, used: whole.length });
}

function withMedian(
  calibration: Calibration,
  whole: readonly Observation[],
  legs: readonly Observation[],
): Calibration {
  const { bands, ramp } = calibration;
  const { delay, routineFactor, slowness } = fitMedian([...whole, ...legs], bands.length, ramp);
  const speedFactor: Partial<Record<RoadClass, number[]>> = {};
  ROAD_CLASSES.forEach((roadClass, index) => {
    speedFactor[roadClass] = (slowness[index] ?? []).map((factor) => rounded(1 / factor));
  });
  return {
    ...calibration,
    trips: whole.length,
    speedFactor,
    delay: seconds(rounded(delay)),
    routineFactor: rounded(routineFactor),
  };
}

function withSpread(calibration: Calibration, whole: readonly Observation[]): Calibration {
  const scattered = whole.map(({ path, band, urgent, seconds: recorded }) => ({
    median: etaOf(calibration, seconds(drivenBy(calibration, path.freeFlow, band) + path.turning), { urgent })
      .p50,
    recorded,
  }));
  const { below, above } = fitSpread(scattered);
  return { ...calibration, spread: { below: roundedSpread(below), above: roundedSpread(above) } };
}

/** Seconds of driving on the way that was last chosen, by the speeds found since. */
function drivenBy({ speedFactor }: Calibration, freeFlow: Float64Array, band: number): number {
  return ROAD_CLASSES.reduce(
    (sum, roadClass, index) => sum + (freeFlow[index] ?? 0) / (speedFactor[roadClass]?.[band] ?? 1),
    0,
  );
}

/** At most so many, spread over the whole list, so that no season and no hour is preferred. */
function spreadEvenly(trips: readonly SnappedTrip[], most: number): readonly SnappedTrip[] {
  if (trips.length <= most) return trips;
  return Array.from({ length: most }, (_, i) => trips[Math.floor((i * trips.length) / most)]).filter(
    (trip) => trip !== undefined,
  );
}

function tooFew(usable: number, leftOut: LeftOut): Result<never, TooFewTrips> {
  return err({
    code: 'too-few-trips',
    message: `${usable} usable trips, and ${FEWEST_TRIPS} are needed`,
    usable,
    needed: FEWEST_TRIPS,
    leftOut,
  });
}

/** A file for people to read needs no more than four digits. */
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
const roundedSpread = (spread: Spread): Spread => ({
  share: rounded(spread.share),
  seconds: seconds(rounded(spread.seconds)),
});
