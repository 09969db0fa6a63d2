import { seconds } from '@lamplight/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  durationsFor,
  etaOf,
  HOURS_OF_WEEK,
  parseCalibration,
  UNCALIBRATED,
} from '../src/calibration/index.js';
import { studentQuantile } from '../src/calibration/student.js';
import { slopeWithStartAndStop, withStartAndStop } from '../src/calibration/travel-curve.js';
import { networkOf, SQUARE } from './fixtures/towns.js';

const FILE = {
  ...UNCALIBRATED,
  source: 'fitted',
  trips: 1234,
  bands: [
    { id: 'early', hours: Array.from({ length: 100 }, (_, hour) => hour) },
    { id: 'late', hours: Array.from({ length: HOURS_OF_WEEK - 100 }, (_, hour) => 100 + hour) },
  ],
  speedFactor: { residential: [0.5, 2] },
} as const;

describe('a calibration file', () => {
  it('is read back as it was written', () => {
    const written: unknown = JSON.parse(JSON.stringify(FILE));
    expect(parseCalibration(written)).toEqual({ ok: true, value: FILE });
    expect(parseCalibration(JSON.parse(JSON.stringify(UNCALIBRATED)))).toEqual({
      ok: true,
      value: UNCALIBRATED,
    });
  });

  it.each([
    ['', [1], 'must be an object'],
    ['format', { ...FILE, format: 'something' }, 'lamplight-calibration'],
    ['version', { ...FILE, version: 2 }, 'must be 1'],
    ['source', { ...FILE, source: 'guess' }, 'fitted'],
    ['turns', { ...FILE, turns: 'yes' }, 'true or false'],
    ['trips', { ...FILE, trips: -1 }, 'from 0'],
    ['bands', { ...FILE, bands: {} }, 'must be a list'],
    ['bands', { ...FILE, bands: FILE.bands.slice(0, 1) }, '100 of the 168 hours'],
    ['bands.0.id', { ...FILE, bands: [{ id: '', hours: [] }] }, 'not empty'],
    ['bands.0.hours', { ...FILE, bands: [{ id: 'a', hours: [1, 1] }] }, 'hour 1 is given twice'],
    ['bands.0.hours', { ...FILE, bands: [{ id: 'a', hours: [1.5] }] }, 'whole'],
    ['speedFactor.residential', { ...FILE, speedFactor: { residential: [1] } }, '2 numbers'],
    ['speedFactor.residential.1', { ...FILE, speedFactor: { residential: [1, 0] } }, 'from 0.05'],
    ['speedFactor.canal', { ...FILE, speedFactor: { canal: [1, 1] } }, 'no class of road'],
    ['delay', { ...FILE, delay: '30' }, 'must be a number'],
    ['ramp', { ...FILE, ramp: Number.NaN }, 'must be a number'],
    ['routineFactor', { ...FILE, routineFactor: 0 }, 'from 0.1'],
    ['spread', { ...FILE, spread: null }, 'must be an object'],
    [
      'spread.above.share',
      { ...FILE, spread: { ...FILE.spread, above: { share: 0, seconds: 1 } } },
      'from 0.001',
    ],
    [
      'spread.below.seconds',
      { ...FILE, spread: { ...FILE.spread, below: { share: 1 } } },
      'must be a number',
    ],
  ])('with a wrong "%s" is refused by field and reason', (field, json, reason) => {
    expect(parseCalibration(json)).toEqual({
      ok: false,
      error: { code: 'invalid-calibration', field, reason: expect.stringContaining(reason) },
    });
  });
});

describe('durations of a band', () => {
  it('are those of the network divided by the factor of the class, whole and at least one', () => {
    const network = networkOf(SQUARE);
    const { arcDuration, arcEdge, edgeClass } = network.arrays;
    const residential = network.arrays.edgeClass[0];
    [0, 1].forEach((band) => {
      const durations = durationsFor(network, { ...FILE, source: 'fitted' }, band);
      durations.forEach((duration, arc) => {
        const isResidential = edgeClass[(arcEdge[arc] ?? 0) >>> 1] === residential;
        const expected = (arcDuration[arc] ?? 0) * (isResidential ? (band === 0 ? 2 : 0.5) : 1);
        expect(duration).toBe(Math.max(1, Math.round(expected)));
      });
    });
  });
});

describe('an estimated time of arrival', () => {
  const anyTime = fc.double({ min: 0, max: 7_200, noNaN: true });

  it('is a distribution: quantiles rise with their share, and the median is the median', () => {
    fc.assert(
      fc.property(
        anyTime,
        fc.array(fc.double({ min: 0.001, max: 0.999, noNaN: true })),
        fc.boolean(),
        (time, shares, urgent) => {
          const eta = etaOf(UNCALIBRATED, seconds(time), { urgent });
          const ordered = [...shares].sort((a, b) => a - b).map((share) => eta.quantile(share));
          expect(ordered).toEqual([...ordered].sort((a, b) => a - b));
          expect(eta.quantile(0.5)).toBeCloseTo(eta.p50, 6);
          expect(eta.p90).toBeGreaterThan(eta.p50);
          expect(eta.quantile(0.1)).toBeGreaterThan(0);
        },
      ),
      { seed: 1975, numRuns: 200 },
    );
  });

  it('rises with the time on the network, and is relatively surer the longer that is', () => {
    fc.assert(
      fc.property(anyTime, fc.double({ min: 1, max: 600, noNaN: true }), (time, more) => {
        const [near, far] = [etaOf(UNCALIBRATED, seconds(time)), etaOf(UNCALIBRATED, seconds(time + more))];
        expect(far.p50).toBeGreaterThan(near.p50);
        expect(far.p90).toBeGreaterThan(near.p90);
        expect(far.p90 / far.p50).toBeLessThan(near.p90 / near.p50);
      }),
      { seed: 2010, numRuns: 200 },
    );
  });

  it('says whether an agency has told its times, and is infinite where there is no way', () => {
    expect(etaOf(UNCALIBRATED, seconds(60)).calibrated).toBe(false);
    expect(etaOf({ ...FILE, source: 'fitted' }, seconds(60)).calibrated).toBe(true);
    const nowhere = etaOf(UNCALIBRATED, seconds(Infinity));
    expect([nowhere.p50, nowhere.p90, nowhere.quantile(0.01)]).toEqual([Infinity, Infinity, Infinity]);
  });

  it('takes longer without lights and siren', () => {
    const [urgent, routine] = [true, false].map(
      (each) => etaOf(UNCALIBRATED, seconds(100), { urgent: each }).p50,
    );
    expect((routine ?? 0) / (urgent ?? 1)).toBeCloseTo(UNCALIBRATED.routineFactor);
  });
});

describe('the curve of starting and stopping', () => {
  it('is a square root, then a line, that meet in height and slope', () => {
    expect(withStartAndStop(0, 15)).toBe(0);
    expect(withStartAndStop(15 / 4, 15)).toBeCloseTo(15);
    expect(withStartAndStop(100, 15)).toBe(115);
    expect(withStartAndStop(15 - 1e-9, 15)).toBeCloseTo(withStartAndStop(15, 15), 6);
    expect(slopeWithStartAndStop(15 - 1e-9, 15)).toBeCloseTo(slopeWithStartAndStop(15, 15), 6);
    expect(slopeWithStartAndStop(5, 15)).toBeCloseTo(
      (withStartAndStop(5.001, 15) - withStartAndStop(4.999, 15)) / 0.002,
      4,
    );
  });
});

describe('quantiles of Student’s t with three degrees of freedom', () => {
  it.each([
    [0.5, 0],
    [0.75, 0.76489],
    [0.9, 1.63774],
    [0.95, 2.35336],
    [0.975, 3.18245],
    [0.99, 4.5407],
    [0.1, -1.63774],
  ])('are those of the printed tables at %f', (share, expected) => {
    expect(studentQuantile(share)).toBeCloseTo(expected, 4);
  });

  it.each([0, 1, -1, Number.NaN])('are not asked for at %f', (share) => {
    expect(() => studentQuantile(share)).toThrow(RangeError);
  });
});
