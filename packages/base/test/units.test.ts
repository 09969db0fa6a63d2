import { expect, expectTypeOf, test } from 'vitest';
import {
  type Instant,
  instant,
  kilometresPerHour,
  type Metres,
  metres,
  metresPerSecond,
  type Seconds,
  seconds,
} from '../src/index.js';

test('a unit costs nothing: inside it is the bare number', () => {
  expect(seconds(1.5)).toBe(1.5);
  expect(metres(12)).toBe(12);
  expect(metresPerSecond(3)).toBe(3);
  expect(instant(1_767_225_600_000)).toBe(1_767_225_600_000);
});

test('36 km/h is 10 m/s', () => {
  expect(kilometresPerHour(36)).toBe(10);
});

test('one unit does not pass for another, nor a bare number for a unit', () => {
  expectTypeOf<Seconds>().not.toExtend<Metres>();
  expectTypeOf<Instant>().not.toExtend<Seconds>();
  expectTypeOf<number>().not.toExtend<Seconds>();
  expectTypeOf<Seconds>().toExtend<number>();
});
