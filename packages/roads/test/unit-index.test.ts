import { createRandom, metres, seconds } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import {
  createMetric,
  createTravelTimes,
  createUnitIndex,
  type Heading,
  type Metric,
  prepareHierarchy,
  type RoadNetwork,
  type Snap,
} from '../src/index.js';
import { networkOf, randomTown } from './fixtures/towns.js';

function placeOn(network: RoadNetwork, random: ReturnType<typeof createRandom>): Snap {
  return {
    edge: random.integer(network.edgeCount),
    fraction: random.pick([0, 1, random.next(), random.next(), random.next()]),
    position: [0, 0],
    distance: metres(0),
  };
}

/** What the index should say, by asking for one pair at a time. */
function expected(metric: Metric, units: ReadonlyMap<string, Snap>, place: Snap) {
  const times = createTravelTimes(metric);
  return [...units]
    .map(([id, from]) => ({ id, duration: times.time(from, place) }))
    .sort((a, b) => a.duration - b.duration || (a.id < b.id ? -1 : 1));
}

describe.each([false, true])('an index of units, turns: %s', (turns) => {
  // Of few units on many streets each move is followed, of many on few one search for all is cheaper.
  it.each([
    ['u1', 60, 30],
    ['u2', 60, 30],
    ['u3', 400, 8],
    ['u4', 400, 8],
  ])('answers as one pair at a time, while units move and streets close: %s', (seed, size, crowd) => {
    const network = networkOf(randomTown(seed, size));
    const metric = createMetric(network, { turns });
    const index = createUnitIndex(metric);
    const random = createRandom(seed);
    const units = new Map<string, Snap>();
    for (let round = 0; round < 40; round++) {
      for (let i = 0; i < 5; i++) {
        const id = `unit ${random.integer(crowd)}`;
        if (random.next() < 0.2) {
          units.delete(id);
          index.remove(id);
        } else {
          const place = placeOn(network, random);
          units.set(id, place);
          index.put(id, place);
        }
      }
      const arc = random.integer(network.arcCount);
      metric.setArc(arc, 1 + random.integer(400), random.next() < 0.3);
      // Now and then the times are prepared again; in between, changes of the roads make that void.
      const isPrepared = round % 4 === 0 && index.useHierarchy(prepareHierarchy(metric.graph));
      expect([round % 4 === 0, index.isPrepared]).toEqual([isPrepared, isPrepared]);
      if (isPrepared) {
        const moved = placeOn(network, random);
        units.set('unit 3', moved);
        index.put('unit 3', moved);
      }

      const place = placeOn(network, random);
      const all = expected(metric, units, place);
      const reachable = all.filter(({ duration }) => Number.isFinite(duration));
      expect(index.size).toBe(units.size);
      expect(index.nearest(place, 4)).toEqual(reachable.slice(0, 4));
      expect(index.nearest(place, 100)).toEqual(reachable);
      const limit = seconds(90);
      expect(index.nearest(place, 100, { limit })).toEqual(
        reachable.filter(({ duration }) => duration <= limit),
      );
      const even = ({ id }: { id: string }): boolean => Number(id.slice(5)) % 2 === 0;
      expect(index.nearest(place, 3, { accept: (id) => even({ id }) })).toEqual(
        reachable.filter(even).slice(0, 3),
      );
      const byId = new Map(all.map(({ id, duration }) => [id, duration]));
      for (const { id, duration } of index.timesTo(place)) expect(duration, id).toBe(byId.get(id));
    }
  });

  it('lets a unit that is driving leave its edge forwards only', () => {
    const network = networkOf(randomTown('heading', 40));
    const metric = createMetric(network, { turns });
    const random = createRandom('heading');
    for (let i = 0; i < 100; i++) {
      const from = { ...placeOn(network, random), fraction: 0.5 };
      const ahead = { ...from, fraction: 0.75 };
      const behind = { ...from, fraction: 0.25 };
      const { edgeForwardArc, edgeBackwardArc } = network.arrays;
      if (edgeForwardArc[from.edge] === 0xffff_ffff || edgeBackwardArc[from.edge] === 0xffff_ffff) continue;
      const timesOf = (heading: Heading | undefined, place: Snap): number => {
        const index = createUnitIndex(metric);
        index.put('car', from, heading);
        return index.timesTo(place)[0]?.duration ?? Number.NaN;
      };
      expect(timesOf('along', ahead)).toBe(timesOf(undefined, ahead));
      expect(timesOf('against', behind)).toBe(timesOf(undefined, behind));
      expect(timesOf('along', behind)).toBeGreaterThan(timesOf(undefined, behind));
      expect(timesOf('against', ahead)).toBeGreaterThan(timesOf(undefined, ahead));
    }
  });

  it('answers nothing where there is nothing', () => {
    const network = networkOf(randomTown('none', 20));
    const index = createUnitIndex(createMetric(network, { turns }));
    const place = placeOn(network, createRandom('none'));
    expect(index.nearest(place, 3)).toEqual([]);
    expect(index.timesTo(place)).toEqual([]);
    index.remove('nobody');
    index.put('one', place);
    expect(index.nearest(place, 0)).toEqual([]);
    expect(index.nearest(place, 3)).toEqual([{ id: 'one', duration: 0 }]);
  });
});
