import { type Seconds, seconds } from '@lamplight/base';
import type { RoadNetwork } from '../network/index.js';
import { ROAD_CLASSES, type RoadClass } from '../profile/index.js';
import { HOURS_OF_WEEK, type HourBand } from './hour-of-week.js';
import { studentQuantile } from './student.js';
import { withStartAndStop } from './travel-curve.js';

/** How far recorded times scatter to one side of the median: standard deviation of the logarithm, in two parts. */
export interface Spread {
  /** A share of the whole journey, however long it is. */
  readonly share: number;
  /** Seconds that do not grow with the journey, so that they matter less the longer it is. */
  readonly seconds: Seconds;
}

/**
 * What an agency's recorded trips tell of its travel times; plain JSON. Times on the network are those of
 * `durationsFor`, searched with or without turns as `turns` says; what a trip takes beyond them is in the rest.
 */
export interface Calibration {
  readonly format: 'lamplight-calibration';
  readonly version: 1;
  /** `default`: of no agency in particular, see `UNCALIBRATED`. */
  readonly source: 'fitted' | 'default';
  /** How many trips it was fitted on. */
  readonly trips: number;
  /** Whether the times on the network are meant with the delays of turns. */
  readonly turns: boolean;
  /** Every hour of the week is in exactly one. */
  readonly bands: readonly HourBand[];
  /** For each class of road, for each band: by how much the speed of the network is multiplied. 1 for a class not listed. */
  readonly speedFactor: Readonly<Partial<Record<RoadClass, readonly number[]>>>;
  /** Start-up and arrival together, which trips with two stamps cannot tell apart. */
  readonly delay: Seconds;
  /** Cruising speed divided by acceleration: how long it takes to reach speed. */
  readonly ramp: Seconds;
  /** A trip that is not urgent, driven without lights and siren, takes so many times as long. */
  readonly routineFactor: number;
  readonly spread: { readonly below: Spread; readonly above: Spread };
}

/**
 * What is assumed of an agency that has not recorded its trips: rounded from a fit to the station responses of six days
 * in San Francisco (2017), since the figures of another city are nearer than free flow. Speeds are as the network has
 * them.
 */
export const UNCALIBRATED: Calibration = {
  format: 'lamplight-calibration',
  version: 1,
  source: 'default',
  trips: 0,
  turns: true,
  bands: [{ id: 'all-week', hours: Array.from({ length: HOURS_OF_WEEK }, (_, hour) => hour) }],
  speedFactor: {},
  delay: seconds(35),
  ramp: seconds(15),
  routineFactor: 1.4,
  spread: { below: { share: 0.3, seconds: seconds(15) }, above: { share: 0.35, seconds: seconds(15) } },
};

/** The index of the band that an hour of the week is in. Throws a RangeError for what is no hour of the week. */
export function bandAt({ bands }: Calibration, hour: number): number {
  const band = bands.findIndex(({ hours }) => hours.includes(hour));
  if (band < 0) throw new RangeError(`${hour} is no hour of the week: a whole number from 0 to 167`);
  return band;
}

/** For each arc: deciseconds to drive it in a band; for `createMetric(network, { turns: calibration.turns, durations })`. */
export function durationsFor(
  { arrays, arcCount }: RoadNetwork,
  { speedFactor }: Calibration,
  band: number,
): Uint32Array {
  const slowness = ROAD_CLASSES.map((roadClass) => 1 / (speedFactor[roadClass]?.[band] ?? 1));
  const durations = new Uint32Array(arcCount);
  for (let arc = 0; arc < arcCount; arc++) {
    const roadClass = arrays.edgeClass[(arrays.arcEdge[arc] ?? 0) >>> 1] ?? 0;
    durations[arc] = Math.max(1, Math.round((arrays.arcDuration[arc] ?? 0) * (slowness[roadClass] ?? 1)));
  }
  return durations;
}

/** When a unit arrives, as a distribution. */
export interface Eta {
  /** As many trips take longer as take less. */
  readonly p50: Seconds;
  /** Nine of ten trips take no longer. */
  readonly p90: Seconds;
  /** False when the figures are those of no agency in particular. */
  readonly calibrated: boolean;
  /** The time that a share of trips, inside (0, 1), does not exceed. */
  quantile(share: number): Seconds;
}

export interface EtaOptions {
  /** Driven with lights and siren; by default it is. */
  readonly urgent?: boolean;
}

/**
 * From wheels rolling to arrival, for a trip that takes `networkTime` with the durations of its band. The median is
 * (delay + the travel curve) times the factor of routine trips; around it the logarithm is a Student t with three
 * degrees of freedom, with a scale of its own on either side that falls with the length of the trip. That the spread of
 * ambulances' travel times depends on distance is in Budge, Ingolfsson & Zerom, "Empirical Analysis of Ambulance Travel
 * Times", Management Science 56(4), 2010. Infinite where there is no way.
 */
export function etaOf(
  calibration: Calibration,
  networkTime: Seconds,
  { urgent = true }: EtaOptions = {},
): Eta {
  const p50 = medianOf(calibration, networkTime, urgent);
  const quantile = (share: number): Seconds => {
    if (p50 === Infinity) return seconds(Infinity);
    const z = studentQuantile(share);
    return seconds(p50 * Math.exp(z * scaleOf(calibration.spread[z < 0 ? 'below' : 'above'], p50)));
  };
  return { p50: seconds(p50), p90: quantile(0.9), calibrated: calibration.source === 'fitted', quantile };
}

function medianOf({ delay, ramp, routineFactor }: Calibration, networkTime: number, urgent: boolean): number {
  return (delay + withStartAndStop(networkTime, ramp)) * (urgent ? 1 : routineFactor);
}

/** The standard deviations of two independent parts add up by their squares. */
export const scaleOf = ({ share, seconds: constant }: Spread, median: number): number =>
  Math.sqrt(share * share + (constant / median) * (constant / median));
