import { createRandom, type LonLat, metres, offset, seconds } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { followRoute, stepsOf } from '../src/guidance/index.js';
import {
  createMetric,
  createSnapper,
  createTravelTimes,
  positionAlong,
  type RoadNetwork,
  type Route,
} from '../src/index.js';
import { networkOf, node, place, randomTown, SQUARE, way } from './fixtures/towns.js';

type Spot = readonly [east: number, north: number];

function routeOf(network: RoadNetwork, from: Spot, to: Spot): Route {
  const snapper = createSnapper(network);
  const [a, b] = [from, to].map(([east, north]) => {
    const { lon, lat } = place(east, north);
    return snapper.snap([lon, lat], { maxDistance: metres(5_000) });
  });
  if (!a?.ok || !b?.ok) throw new Error('off the network');
  const route = createTravelTimes(createMetric(network, { turns: false })).route(a.value, b.value);
  if (!route.ok) throw new Error(route.error.message);
  return route.value;
}

const kindsOf = (network: RoadNetwork, from: Spot, to: Spot): string[] =>
  stepsOf(network, routeOf(network, from, to)).map(({ kind }) => kind);

/** Streets that cross at the middle, east to west named A, north to south B, and one that bears off at 45 degrees. */
const CROSS = networkOf({
  nodes: [
    node(1, -300, 0),
    node(2, 0, 0),
    node(3, 300, 0),
    node(4, 0, 300),
    node(5, 0, -300),
    node(6, 212, 212),
    node(7, 600, 0),
    node(8, -300, -300),
  ],
  ways: [
    way(1, [1, 2, 3], { name: '中山路', 'name:en': 'Zhongshan Road' }),
    way(2, [4, 2, 5], { name: 'B Street', 'name:zh': '乙街' }),
    way(3, [2, 6], { name: 'C Street' }),
    way(4, [3, 7], { name: 'D Street' }),
    way(5, [5, 8, 1]),
  ],
});

describe('a01 steps at a junction', () => {
  it.each<[string, Spot, string]>([
    ['left', [0, 200], 'left'],
    ['right', [0, -200], 'right'],
    ['half left', [140, 140], 'slight-left'],
  ])('say to turn %s', (_, to, kind) => {
    expect(kindsOf(CROSS, [-200, 0], to)).toEqual(['depart', kind, 'arrive']);
  });

  it('say nothing where the way goes on along its street', () => {
    expect(kindsOf(CROSS, [-200, 0], [200, 0])).toEqual(['depart', 'arrive']);
  });

  it('say when the street gets another name', () => {
    expect(kindsOf(CROSS, [-200, 0], [500, 0])).toEqual(['depart', 'straight', 'arrive']);
  });

  it('say sharp for more than a right angle', () => {
    expect(kindsOf(CROSS, [200, 0], [140, 140])).toEqual(['depart', 'sharp-right', 'arrive']);
  });

  it('have lengths and durations that add up, and places where they begin', () => {
    const route = routeOf(CROSS, [-200, 0], [0, 200]);
    const steps = stepsOf(CROSS, route);
    expect(steps.map(({ length }) => Math.round(length))).toEqual([200, 200, 0]);
    expect(sum(steps.map(({ duration }) => duration))).toBeCloseTo(route.duration, 6);
    expect(steps.map(({ position }) => position)).toEqual([
      route.geometry[0],
      [place(0, 0).lon, place(0, 0).lat],
      route.geometry.at(-1),
    ]);
    expect(steps.map((step) => Math.round(step.bearing) % 360)).toEqual([90, 0, 0]);
  });

  it('read well in both languages, with the names of the language', () => {
    const route = routeOf(CROSS, [-200, 0], [0, 200]);
    expect(stepsOf(CROSS, route).map(({ text }) => text)).toEqual([
      'Head east on Zhongshan Road',
      'Turn left onto B Street',
      'Arrive at the destination',
    ]);
    expect(stepsOf(CROSS, route, 'zh-CN').map(({ text }) => text)).toEqual([
      '沿中山路向东行驶',
      '左转进入乙街',
      '到达目的地',
    ]);
  });

  it('keep a road without a name in one piece round its bends', () => {
    expect(kindsOf(CROSS, [-100, -300], [-300, -100])).toEqual(['depart', 'arrive']);
  });

  it('begin and end where nothing is to be driven', () => {
    const steps = stepsOf(CROSS, routeOf(CROSS, [50, 0], [50, 0]));
    expect(steps.map(({ kind }) => kind)).toEqual(['arrive']);
  });
});

/** A roundabout of 30 m radius driven counter-clockwise, with arms to the west, south, east and north. */
const ROUNDABOUT = networkOf({
  nodes: [
    node(1, -30, 0),
    node(2, 0, -30),
    node(3, 30, 0),
    node(4, 0, 30),
    node(11, -300, 0),
    node(12, 0, -300),
    node(13, 300, 0),
    node(14, 0, 300),
  ],
  ways: [
    way(1, [1, 2, 3, 4, 1], { junction: 'roundabout' }),
    way(2, [11, 1], { name: 'West Road' }),
    way(3, [2, 12], { name: 'South Road' }),
    way(4, [3, 13], { name: 'East Road' }),
    way(5, [4, 14], { name: 'North Road' }),
  ],
});

describe('a02 steps at a roundabout', () => {
  it.each<[number, Spot, string]>([
    [1, [0, -200], 'South Road'],
    [2, [200, 0], 'East Road'],
    [3, [0, 200], 'North Road'],
    [4, [-200, 0], 'West Road'],
  ])('count the exits: %d', (exit, to, name) => {
    const from: Spot = exit === 4 ? [-290, 0] : [-200, 0];
    const route = exit === 4 ? roundAndBack() : routeOf(ROUNDABOUT, from, to);
    const steps = stepsOf(ROUNDABOUT, route);
    expect(steps.map((step) => [step.kind, step.exit])).toEqual([
      ['depart', undefined],
      ['roundabout', exit],
      ['arrive', undefined],
    ]);
    expect(steps[1]?.name?.local).toBe(name);
    expect(steps[1]?.text).toBe(`At the roundabout take exit ${exit} onto ${name}`);
    expect(sum(steps.map(({ length }) => length))).toBeCloseTo(route.length, 6);
    expect(stepsOf(ROUNDABOUT, route, 'zh-CN')[1]?.text).toBe(`经环岛从第 ${exit} 个出口驶出进入${name}`);
  });

  it('enter one in which the route ends, and leave one in which it begins', () => {
    const into = stepsOf(ROUNDABOUT, routeOf(ROUNDABOUT, [-200, 0], [15, -15]));
    expect(into.map(({ kind, exit }) => [kind, exit])).toEqual([
      ['depart', undefined],
      ['roundabout', undefined],
      ['arrive', undefined],
    ]);
    const out = stepsOf(ROUNDABOUT, routeOf(ROUNDABOUT, [-15, -15], [200, 0]));
    expect(out.map(({ kind, exit }) => [kind, exit])).toEqual([
      ['depart', undefined],
      ['roundabout', 2],
      ['arrive', undefined],
    ]);
  });

  /** All the way round, which no search would do on streets where one may turn: laid edge by edge. */
  function roundAndBack(): Route {
    const there = routeOf(ROUNDABOUT, [-200, 0], [0, 25]);
    const north = routeOf(ROUNDABOUT, [0, 30], [-200, 0]);
    const joined = there.edges.slice(0, -1);
    const offset = there.geometry.length - 1;
    return {
      ...north,
      length: metres(there.length + north.length),
      geometry: [...there.geometry, ...north.geometry.slice(1)],
      edges: [
        ...(joined.length < there.edges.length ? there.edges : joined),
        ...north.edges.map((edge) => ({ ...edge, point: edge.point + offset })),
      ],
    };
  }
});

describe('b01 steps on random towns', () => {
  it.each(['s1', 's2', 's3'])('add up to the route, and begin along it: %s', (seed) => {
    const network = networkOf(randomTown(seed, 60));
    const random = createRandom(seed);
    for (let i = 0; i < 40; i++) {
      const spot = (): Spot => [random.integer(2_000), random.integer(2_000)];
      const route = routeOf(network, spot(), spot());
      const steps = stepsOf(network, route);
      expect(sum(steps.map(({ length }) => length))).toBeCloseTo(route.length, 6);
      expect(sum(steps.map(({ duration }) => duration))).toBeCloseTo(route.duration, 6);
      expect(steps.at(-1)?.kind).toBe('arrive');
      if (route.length > 0) expect(steps[0]?.kind).toBe('depart');
      for (const { position } of steps) expect(route.geometry).toContainEqual(position);
      // The route of its edges is the route: each begins where the one before ends.
      for (const { point } of route.edges) expect(point).toBeLessThan(route.geometry.length);
    }
  });
});

describe('c01 a vehicle that follows its route', () => {
  const network = networkOf(randomTown('follow', 60));

  it('has the time of the route left, wherever it is, however it wobbles', () => {
    const random = createRandom('wobble');
    const errors: number[] = [];
    for (let trip = 0; trip < 20; trip++) {
      const route = routeOf(network, [random.integer(2_000), 100], [random.integer(2_000), 1_900]);
      const exact = followRoute(route);
      const noisy = followRoute(route);
      let last = Infinity;
      for (let time = 0; time <= route.duration; time += 3) {
        const { position } = positionAlong(route, seconds(time));
        const left = exact.timeLeft(position);
        expect(left).toBeDefined();
        // At a hairpin the leg before is taken for the one after for a few metres.
        errors.push(Math.abs((left ?? Infinity) - (route.duration - time)));
        const seen = offset(position, 24 * (random.next() - 0.5), 24 * (random.next() - 0.5));
        const about = noisy.timeLeft(seen);
        expect(about).toBeDefined();
        expect(about ?? Infinity).toBeLessThanOrEqual(last);
        expect(Math.abs((about ?? 0) - (route.duration - time))).toBeLessThan(30);
        last = about ?? last;
      }
      expect(exact.timeLeft(route.geometry.at(-1) ?? [0, 0])).toBeCloseTo(0, 1);
    }
    expect(errors.filter((error) => error > 0.5).length / errors.length).toBeLessThan(0.02);
    expect(Math.max(...errors)).toBeLessThan(8);
  });

  it('has none when it left the route, and has some again when it is back', () => {
    const route = routeOf(CROSS, [-200, 0], [0, 200]);
    const follower = followRoute(route);
    const at = (east: number, north: number): LonLat => [place(east, north).lon, place(east, north).lat];
    const before = follower.timeLeft(at(-100, 10));
    expect(before).toBeLessThan(route.duration);
    expect(follower.timeLeft(at(100, -100))).toBeUndefined();
    expect(follower.timeLeft(at(0, 100))).toBeLessThan(before ?? 0);
  });

  it('never has more left than before, though it is seen farther back', () => {
    const follower = followRoute(routeOf(CROSS, [-200, 0], [0, 200]));
    const at = (east: number): LonLat => [place(east, 0).lon, place(east, 0).lat];
    const left = follower.timeLeft(at(-100));
    expect(follower.timeLeft(at(-130))).toBe(left);
  });

  it('takes the next of two passes of one street', () => {
    // Up Bent Street's stub and back: the way to the end of the stub and out again.
    const square = networkOf(SQUARE);
    const out = routeOf(square, [110, 0], [190, 0]);
    const back = routeOf(square, [190, 0], [110, 0]);
    const both: Route = {
      ...out,
      geometry: [...out.geometry, ...back.geometry.slice(1)],
      times: [...out.times, ...back.times.slice(1).map((time) => seconds(time + out.duration))],
      duration: seconds(out.duration + back.duration),
    };
    const follower = followRoute(both);
    const at = (east: number): LonLat => [place(east, 0).lon, place(east, 0).lat];
    expect(follower.timeLeft(at(150))).toBeGreaterThan(back.duration);
    expect(follower.timeLeft(at(190))).toBeGreaterThanOrEqual(back.duration - 0.2);
    expect(follower.timeLeft(at(150))).toBeLessThan(back.duration);
  });

  it('has no time left on a way that is none', () => {
    const route = routeOf(CROSS, [50, 0], [50, 0]);
    expect(followRoute(route).timeLeft(route.geometry[0] ?? [0, 0])).toBe(0);
  });
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
