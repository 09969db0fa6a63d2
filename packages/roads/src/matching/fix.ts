import { isLonLat, type LonLat, type Metres, type Seconds } from '@lamplight/base';

/** One measured position of a vehicle. */
export interface Fix {
  readonly position: LonLat;
  /** When it was measured, in seconds on any clock that runs evenly. */
  readonly at: Seconds;
  /** Radius around the position within which the receiver takes two in three true positions to lie. */
  readonly accuracy?: Metres;
  /** Direction of travel: degrees clockwise from north. Not used below 2 m/s, where receivers make it up. */
  readonly bearing?: number;
  /** Metres a second. */
  readonly speed?: number;
}

export interface MatchOptions {
  /** Standard deviation of positions on each axis. Where it is not given: from the accuracy of each fix, or estimated. */
  readonly sigma?: Metres;
  /** How much a way driven differs from the straight line, on average; 10 m by default. */
  readonly beta?: Metres;
  /** After so long without a usable fix a new segment begins; 180 s by default. */
  readonly maxGap?: Seconds;
  /** Lets the vehicle go against one-way streets and take forbidden turns; off by default. */
  readonly againstOneWay?: boolean;
}

/** Newson and Krumm, who measured 4.07 m with a receiver in a car. */
export const DEFAULT_SIGMA = 5;
export const DEFAULT_BETA = 10;
export const DEFAULT_MAX_GAP = 180;

/** Positions are never taken for better than this: the map itself is off by as much. */
const LEAST_SIGMA = 3;
const GREATEST_SIGMA = 80;

export const clampSigma = (sigma: number): number => Math.min(GREATEST_SIGMA, Math.max(LEAST_SIGMA, sigma));

/**
 * Standard deviation on each axis for a fix. Of a normal distribution on the plane 68 % lie within 1.51 standard
 * deviations (√(−2 ln 0.32)).
 */
export function sigmaOf({ accuracy }: Fix, sigma: number | undefined, otherwise: number): number {
  if (sigma !== undefined) return sigma;
  return accuracy !== undefined && accuracy > 0 && Number.isFinite(accuracy)
    ? clampSigma(accuracy / 1.51)
    : otherwise;
}

export const isUsable = ({ position, at }: Fix): boolean => isLonLat(position) && Number.isFinite(at);

/**
 * A fix within so many standard deviations of the one before carries no news. Newson and Krumm take two; at one fix a
 * second with much noise those that get past two are mostly the odd ones.
 */
export const NEWS = 3;
