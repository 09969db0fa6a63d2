import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantile } from '../src/index.js';

const seed = 20260131;

test('lies between neighbours in proportion, as worked out by hand', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7, 12);
  expect(quantile([15, 20, 35, 40, 50], 0.4)).toBeCloseTo(29, 12);
  expect(quantile(Float64Array.of(10, 20, 30), 0.25)).toBe(15);
});

test('is the smallest at 0 and the greatest at 1', () => {
  expect(quantile([3, 5, 9], 0)).toBe(3);
  expect(quantile([3, 5, 9], 1)).toBe(9);
});

test('of one number is that number, of none does not exist', () => {
  for (const p of [0, 0.3, 1]) {
    expect(quantile([7], p)).toBe(7);
    expect(quantile([], p)).toBeUndefined();
  }
});

test('has about the share p of the numbers below it, and grows with p', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(numbers, share, share, (values, one, other) => {
      const sorted = values.sort((a, b) => a - b);
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      const value = quantile(sorted, low) ?? Number.NaN;
      expect(sorted.filter((each) => each < value).length).toBeLessThanOrEqual(
        Math.ceil((sorted.length - 1) * low),
      );
      expect(sorted.filter((each) => each > value).length).toBeLessThanOrEqual(
        Math.ceil((sorted.length - 1) * (1 - low)),
      );
      expect(quantile(sorted, high)).toBeGreaterThanOrEqual(value - 1e-9);
    }),
    { seed, numRuns: 500 },
  );
});
