import { createRandom, type LonLat } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { CROWD, findCrowds } from '../src/map/crowding.js';
import { LabelRoom } from '../src/map/label-room.js';
import { mercatorX, mercatorY } from '../src/map/mercator.js';
import { UnitMotion } from '../src/map/unit-motion.js';

const A: LonLat = [113.6, 24.8];
const B: LonLat = [113.601, 24.8005];
const FAR: LonLat = [114.6, 25.8];

describe('a unit between its fixes', () => {
  it('glides from where it was shown to its newest fix, in the time that passed between the last two', () => {
    const motion = new UnitMotion();
    const unit = motion.add(A, 0);
    motion.move(unit, B, 1000, true);
    expect(motion.x(unit, 1000)).toBeCloseTo(mercatorX(A[0]), 12);
    expect(motion.x(unit, 1500)).toBeCloseTo((mercatorX(A[0]) + mercatorX(B[0])) / 2, 12);
    expect(motion.y(unit, 2000)).toBeCloseTo(mercatorY(B[1]), 12);
    expect(motion.speed(unit, 1500)).toBeGreaterThan(0);
    expect(motion.speed(unit, 2000)).toBe(0);
  });

  it('is never shown ahead of what was reported', () => {
    const motion = new UnitMotion();
    const unit = motion.add(A, 0);
    motion.move(unit, B, 1000, true);
    expect(motion.x(unit, 60_000)).toBeCloseTo(mercatorX(B[0]), 12);
  });

  it('turns towards a new fix from where it is shown, without a jump', () => {
    const motion = new UnitMotion();
    const unit = motion.add(A, 0);
    motion.move(unit, B, 1000, true);
    const before = motion.x(unit, 1400);
    motion.move(unit, A, 1400, true);
    expect(motion.x(unit, 1400)).toBeCloseTo(before, 12);
  });

  it('jumps when it has found itself again far away, and whenever gliding is not wanted', () => {
    const motion = new UnitMotion();
    const unit = motion.add(A, 0);
    motion.move(unit, FAR, 1000, true);
    expect(motion.x(unit, 1000)).toBeCloseTo(mercatorX(FAR[0]), 12);
    motion.move(unit, A, 2000, false);
    expect(motion.x(unit, 2000)).toBeCloseTo(mercatorX(A[0]), 12);
  });

  it('keeps the others where they are when one is taken away, beyond any number', () => {
    const random = createRandom('units that come and go');
    const motion = new UnitMotion();
    const places: LonLat[] = [];
    for (let index = 0; index < 1000; index++) {
      const place: LonLat = [113 + random.next(), 24 + random.next()];
      places.push(place);
      motion.add(place, 0);
    }
    motion.remove(10);
    places[10] = places[999] ?? A;
    expect(motion.count).toBe(999);
    for (let index = 0; index < 999; index++) {
      expect(motion.x(index, 0)).toBeCloseTo(mercatorX(places[index]?.[0] ?? 0), 12);
    }
  });
});

describe('units that stand too close to be told apart', () => {
  const random = createRandom('a crowded city');
  const xs = Array.from({ length: 5000 }, () => 0.8 + random.next() * 0.001);
  const ys = Array.from({ length: 5000 }, () => 0.4 + random.next() * 0.001);
  const at = (list: readonly number[]) => (index: number) => list[index] ?? 0;

  it('are counted once each: those in crowds and those by themselves add up', () => {
    const { crowdOf, members } = findCrowds(5000, at(xs), at(ys), 1e-5, () => false);
    const alone = crowdOf.filter((crowd) => crowd < 0).length;
    const together = members.reduce((sum, { length }) => sum + length, 0);
    expect(alone + together).toBe(5000);
    for (const [crowd, units] of members.entries()) {
      expect(units.length).toBeGreaterThanOrEqual(CROWD);
      expect(units.every((index) => crowdOf[index] === crowd)).toBe(true);
    }
  });

  it('make one crowd exactly where a cell of the ground holds enough of them', () => {
    const cell = 1e-5;
    const { members } = findCrowds(5000, at(xs), at(ys), cell, () => false);
    const cells = new Map<string, number>();
    for (let index = 0; index < 5000; index++) {
      const key = `${Math.floor((xs[index] ?? 0) / cell)} ${Math.floor((ys[index] ?? 0) / cell)}`;
      cells.set(key, (cells.get(key) ?? 0) + 1);
    }
    const expected = [...cells.values()].filter((count) => count >= CROWD).sort();
    expect(members.map(({ length }) => length).sort()).toEqual(expected);
  });

  it('never hide one that matters now', () => {
    const { crowdOf } = findCrowds(5000, at(xs), at(ys), 1e-3, (index) => index % 100 === 0);
    for (let index = 0; index < 5000; index += 100) expect(crowdOf[index]).toBe(-1);
  });
});

describe('room for labels', () => {
  it('goes to who asks first, and is not given twice', () => {
    const room = new LabelRoom(800, 600);
    expect(room.take(100, 100, 60, 14)).toBe(true);
    expect(room.take(140, 104, 60, 14)).toBe(false);
    expect(room.take(100, 140, 60, 14)).toBe(true);
  });

  it('is not there where a mark stands, and ends at the edge of the view', () => {
    const room = new LabelRoom(800, 600);
    room.fill(300, 300, 20, 20);
    expect(room.take(280, 305, 60, 14)).toBe(false);
    expect(room.take(780, 590, 60, 14)).toBe(true);
    expect(room.take(790, 595, 60, 14)).toBe(false);
  });
});
