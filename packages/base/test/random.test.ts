import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../src/index.js';

const N = 50_000;
const draw = (random: Random, count = 5): number[] => Array.from({ length: count }, () => random.next());
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};
/** Pearson's chi-squared of counts against equal expectation. */
const chiSquared = (counts: readonly number[]): number => {
  const expected = mean(counts);
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};
const countBy = (size: number, next: () => number): number[] => {
  const counts = new Array<number>(size).fill(0);
  for (let i = 0; i < N; i++) {
    const index = next();
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
};

describe('a seed', () => {
  test('gives the same sequence every time, another seed another one', () => {
    expect(draw(createRandom('night shift'))).toEqual(draw(createRandom('night shift')));
    expect(draw(createRandom('night shift'))).not.toEqual(draw(createRandom('day shift')));
    expect(draw(createRandom(7))).toEqual(draw(createRandom('7')));
  });

  test('gives these very numbers, on every machine', () => {
    const random = createRandom('lamplight');
    expect([1, 2, 3, 4].map(() => random.integer(1_000_000))).toEqual([679_467, 813_519, 29_749, 10_292]);
  });

  test('that differs by one gives a sequence that has nothing to do with the other', () => {
    const [a, b] = [draw(createRandom(1), N), draw(createRandom(2), N)];
    const correlation = mean(a.map((value, i) => (value - 0.5) * ((b[i] ?? 0) - 0.5))) * 12;
    expect(Math.abs(correlation)).toBeLessThan(0.02);
  });
});

describe('a fork', () => {
  test('does not depend on what was drawn before, nor disturbs what is drawn after', () => {
    const [fresh, used] = [createRandom('city'), createRandom('city')];
    const first = used.next();
    expect(draw(used.fork('streets'))).toEqual(draw(fresh.fork('streets')));
    expect(fresh.next()).toBe(first);
    expect(used.next()).toBe(fresh.next());
  });

  test('differs by its label and from its parent', () => {
    const random = createRandom('city');
    expect(draw(random.fork('streets'))).not.toEqual(draw(random.fork('parks')));
    expect(draw(random.fork('streets'))).not.toEqual(draw(createRandom('city')));
  });
});

describe('uniform numbers', () => {
  test('lie in [0, 1) and fill it evenly', () => {
    const random = createRandom('uniform');
    const values = draw(random, N);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(deviation(values)).toBeCloseTo(Math.sqrt(1 / 12), 2);
    // 99.9 % point of chi-squared with 19 degrees of freedom
    expect(chiSquared(countBy(20, () => Math.floor(random.next() * 20)))).toBeLessThan(43.8);
  });

  test('do not depend on their predecessor', () => {
    const random = createRandom('pairs');
    const values = draw(random, N);
    const serial = mean(values.slice(1).map((value, i) => (value - 0.5) * ((values[i] ?? 0) - 0.5))) * 12;
    expect(Math.abs(serial)).toBeLessThan(0.02);
  });

  test('as whole numbers reach every value below the bound', () => {
    const random = createRandom('dice');
    // 99.9 % point of chi-squared with 5 degrees of freedom
    expect(chiSquared(countBy(6, () => random.integer(6)))).toBeLessThan(20.5);
  });
});

describe('picking', () => {
  test('takes every item about equally often', () => {
    const random = createRandom('pick');
    const items = [0, 1, 2, 3];
    // 99.9 % point of chi-squared with 3 degrees of freedom
    expect(chiSquared(countBy(4, () => random.pick(items)))).toBeLessThan(16.3);
  });

  test('by weight takes each in proportion, and never one that weighs nothing', () => {
    const random = createRandom('weights');
    const weights = [1, 0, 3, -2];
    const counts = countBy(4, () => random.pickWeighted([0, 1, 2, 3], (item) => weights[item] ?? 0));
    expect(counts[1]).toBe(0);
    expect(counts[3]).toBe(0);
    expect((counts[2] ?? 0) / N).toBeCloseTo(0.75, 2);
  });

  test('from nothing, or from what weighs nothing, is a bug', () => {
    const random = createRandom('nothing');
    expect(() => random.pick([])).toThrow(RangeError);
    expect(() => random.pickWeighted([], () => 1)).toThrow(RangeError);
    expect(() => random.pickWeighted([1, 2], () => 0)).toThrow(RangeError);
  });
});

describe('other distributions', () => {
  test('exponential times have the mean asked for, and a deviation as large', () => {
    const random = createRandom('arrivals');
    const values = Array.from({ length: N }, () => random.exponential(40));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(mean(values) / 40).toBeCloseTo(1, 1);
    expect(deviation(values) / 40).toBeCloseTo(1, 1);
  });

  test('normal numbers have the mean and deviation asked for; 68 % lie within one deviation', () => {
    const random = createRandom('bell');
    const values = Array.from({ length: N }, () => random.normal(100, 15));
    expect(mean(values)).toBeCloseTo(100, 0);
    expect(deviation(values)).toBeCloseTo(15, 0);
    expect(values.filter((value) => Math.abs(value - 100) < 15).length / N).toBeCloseTo(0.683, 2);
  });

  test('log-normal times have the median asked for and are never negative', () => {
    const random = createRandom('turnout');
    const values = Array.from({ length: N }, () => random.logNormal(60, 0.5)).sort((a, b) => a - b);
    expect(values[0]).toBeGreaterThan(0);
    expect((values[N / 2] ?? 0) / 60).toBeCloseTo(1, 1);
  });
});

describe('shuffling', () => {
  test('keeps every item and leaves the list that it was given alone', () => {
    const items = Object.freeze([1, 2, 3, 4, 5]);
    expect(createRandom('cards').shuffle(items).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(createRandom('cards').shuffle([])).toEqual([]);
  });

  test('gives each of the six orders of three about equally often', () => {
    const random = createRandom('orders');
    const orders = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'];
    const counts = countBy(6, () => orders.indexOf(random.shuffle(['a', 'b', 'c']).join('')));
    expect(chiSquared(counts)).toBeLessThan(20.5);
  });
});
