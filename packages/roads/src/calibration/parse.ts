import { err, ok, type Result, seconds } from '@lamplight/base';
import { ROAD_CLASSES, type RoadClass } from '../profile/index.js';
import type { Calibration, Spread } from './calibration.js';
import { HOURS_OF_WEEK, type HourBand } from './hour-of-week.js';

export interface CalibrationError {
  readonly code: 'invalid-calibration';
  /** Path of the field, such as `spread.above.share`; empty for the whole. */
  readonly field: string;
  readonly reason: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Thrown inside this module only, so that the reading below stays one straight description. */
class Invalid extends Error {
  readonly field: string;
  constructor(field: string, reason: string) {
    super(reason);
    this.field = field;
  }
}

/** Reads a calibration from parsed JSON. Refuses with the first field that is missing or wrong. */
export function parseCalibration(json: unknown): Result<Calibration, CalibrationError> {
  try {
    return ok(readCalibration(fieldsOf(json, '')));
  } catch (thrown) {
    if (!(thrown instanceof Invalid)) throw thrown;
    return err({ code: 'invalid-calibration', field: thrown.field, reason: thrown.message });
  }
}

function readCalibration(json: Fields): Calibration {
  if (json.format !== 'lamplight-calibration') throw new Invalid('format', 'must be "lamplight-calibration"');
  if (json.version !== 1) throw new Invalid('version', 'must be 1; fit the calibration again');
  if (json.source !== 'fitted' && json.source !== 'default')
    throw new Invalid('source', 'must be "fitted" or "default"');
  if (typeof json.turns !== 'boolean') throw new Invalid('turns', 'must be true or false');
  const bands = readBands(json.bands);
  const spread = fieldsOf(json.spread, 'spread');
  return {
    format: 'lamplight-calibration',
    version: 1,
    source: json.source,
    trips: numberIn(json.trips, 'trips', 0, Number.MAX_SAFE_INTEGER),
    turns: json.turns,
    bands,
    speedFactor: readSpeedFactors(fieldsOf(json.speedFactor, 'speedFactor'), bands.length),
    delay: seconds(numberIn(json.delay, 'delay', 0, 3600)),
    ramp: seconds(numberIn(json.ramp, 'ramp', 0, 600)),
    routineFactor: numberIn(json.routineFactor, 'routineFactor', 0.1, 10),
    spread: {
      below: readSpread(spread.below, 'spread.below'),
      above: readSpread(spread.above, 'spread.above'),
    },
  };
}

function readBands(json: unknown): HourBand[] {
  const owner = new Map<number, number>();
  const bands = listOf(json, 'bands').map((each, index): HourBand => {
    const { id, hours } = fieldsOf(each, `bands.${index}`);
    if (typeof id !== 'string' || id === '')
      throw new Invalid(`bands.${index}.id`, 'must be a text that is not empty');
    return {
      id,
      hours: listOf(hours, `bands.${index}.hours`).map((hour) => {
        const field = `bands.${index}.hours`;
        const value = numberIn(hour, field, 0, HOURS_OF_WEEK - 1);
        if (!Number.isInteger(value)) throw new Invalid(field, `${value} is no whole number`);
        if (owner.has(value)) throw new Invalid(field, `hour ${value} is given twice`);
        owner.set(value, index);
        return value;
      }),
    };
  });
  if (owner.size < HOURS_OF_WEEK)
    throw new Invalid('bands', `have ${owner.size} of the ${HOURS_OF_WEEK} hours of the week`);
  return bands;
}

function readSpeedFactors(json: Fields, bandCount: number): Calibration['speedFactor'] {
  const known: Partial<Record<RoadClass, number[]>> = {};
  for (const name of Object.keys(json))
    if (!ROAD_CLASSES.some((roadClass) => roadClass === name))
      throw new Invalid(`speedFactor.${name}`, 'is no class of road');
  for (const roadClass of ROAD_CLASSES) {
    if (json[roadClass] === undefined) continue;
    const field = `speedFactor.${roadClass}`;
    const factors = listOf(json[roadClass], field);
    if (factors.length !== bandCount)
      throw new Invalid(field, `must have ${bandCount} numbers, one for each band`);
    known[roadClass] = factors.map((factor, band) => numberIn(factor, `${field}.${band}`, 0.05, 20));
  }
  return known;
}

function readSpread(json: unknown, field: string): Spread {
  const { share, seconds: constant } = fieldsOf(json, field);
  return {
    share: numberIn(share, `${field}.share`, 0.001, 5),
    seconds: seconds(numberIn(constant, `${field}.seconds`, 0, 3600)),
  };
}

function fieldsOf(json: unknown, field: string): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Invalid(field, 'must be an object');
  return Object.fromEntries(Object.entries(json));
}

function listOf(json: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(json)) throw new Invalid(field, 'must be a list');
  return json;
}

function numberIn(json: unknown, field: string, minimum: number, maximum: number): number {
  if (typeof json === 'number' && json >= minimum && json <= maximum) return json;
  throw new Invalid(field, `must be a number from ${minimum} to ${maximum}`);
}
