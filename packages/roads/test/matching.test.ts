import { createRandom, distance, type LonLat, metres, offset, type Random, seconds } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import {
  buildNetwork,
  createMetric,
  createSnapper,
  createTravelTimes,
  type Metric,
  positionAlong,
  type RoadNetwork,
  type Route,
  type Snap,
} from '../src/index.js';
import { createCandidates } from '../src/matching/candidates.js';
import { createFollower, createMatcher, type Fix, type TraceMatch } from '../src/matching/index.js';
import { bestOf, firstLayer, type Layer, nextLayer } from '../src/matching/layers.js';
import { type DrivenPlace, RoadWalk } from '../src/matching/road-walk.js';
import { findSharedFile, networkOf, node, place, randomTown, SQUARE, way } from './fixtures/towns.js';

const at = (east: number, north: number): LonLat => [place(east, north).lon, place(east, north).lat];

const fixAt = (east: number, north: number, time: number, more: Partial<Fix> = {}): Fix => ({
  position: at(east, north),
  at: seconds(time),
  ...more,
});

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** What a receiver with some noise on each axis says every `interval` seconds on the way. */
function traceOf(route: Route, interval: number, sigma: number, random: Random): Fix[] {
  const fixes: Fix[] = [];
  const times = Array.from({ length: Math.ceil(route.duration / interval) }, (_, i) => i * interval);
  for (const time of [...times, route.duration]) {
    const { position } = positionAlong(route, seconds(time));
    fixes.push({
      position: offset(position, sigma * normal(random), sigma * normal(random)),
      at: seconds(time),
      accuracy: metres(1.51 * Math.max(1, sigma)),
    });
  }
  return fixes;
}

function routesIn(metric: Metric, seed: string, count: number, least: number): Route[] {
  const { bounds } = metric.network;
  const random = createRandom(seed);
  const times = createTravelTimes(metric);
  const snapper = createSnapper(metric.network);
  const spot = (): Snap | undefined => {
    const [west, south, east, north] = bounds;
    const position = [west + (east - west) * random.next(), south + (north - south) * random.next()] as const;
    const snapped = snapper.snap(position);
    return snapped.ok ? snapped.value : undefined;
  };
  const routes: Route[] = [];
  while (routes.length < count) {
    const [from, to] = [spot(), spot()];
    const route = from && to && times.route(from, to);
    if (route?.ok && route.value.length >= least) routes.push(route.value);
  }
  return routes;
}

/** Length driven that was not matched and length matched that was not driven, as a share of the length driven. */
function mismatch({ arrays }: RoadNetwork, route: Route, match: TraceMatch): number {
  const difference = new Map<number, number>();
  const add = (parts: Route['edges'] | TraceMatch['segments'][number]['parts'], sign: number): void => {
    for (const { edge, start, end } of parts) {
      const directed = 2 * edge + (end < start ? 1 : 0);
      const length = Math.abs(end - start) * (arrays.edgeLength[edge] ?? 0);
      difference.set(directed, (difference.get(directed) ?? 0) + sign * length);
    }
  };
  add(route.edges, 1);
  for (const { parts } of match.segments) add(parts, -1);
  const wrong = [...difference.values()].reduce((sum, value) => sum + Math.abs(value), 0);
  return wrong / route.length;
}

describe('a01 ways between places', () => {
  it.each(['w1', 'w2', 'w3', 'w4'])('are the shortest of all that a plain search finds: %s', (seed) => {
    const network = networkOf(randomTown(seed, 25));
    const metric = createMetric(network);
    const random = createRandom(seed);
    for (const againstOneWay of [false, true]) {
      const walk = new RoadWalk(metric, againstOneWay);
      const places: DrivenPlace[] = [];
      for (let directed = 0; directed < 2 * network.edgeCount; directed++) {
        if (walk.isDriven(directed)) places.push({ directed, share: Math.round(4 * random.next()) / 4 });
      }
      const limits = new Float64Array(places.length).fill(20_000);
      const lengths = new Float64Array(places.length);
      for (let i = 0; i < places.length; i += 7) {
        const from = places[i];
        if (!from) continue;
        walk.measure(from, places, limits, lengths);
        const expected = plainLengths(metric, againstOneWay, walk, from, places);
        expect([...lengths]).toEqual(expected.map((length) => (length <= 20_000 ? length : Infinity)));
      }
    }
  });

  /** By relaxing every step until nothing changes. */
  function plainLengths(
    { network: { arrays, edgeCount }, graph, turns }: Metric,
    againstOneWay: boolean,
    walk: RoadWalk,
    from: DrivenPlace,
    places: readonly DrivenPlace[],
  ): number[] {
    const tail = (directed: number): number =>
      (directed & 1 ? arrays.edgeTo : arrays.edgeFrom)[directed >>> 1] ?? 0;
    const arcOf = (directed: number): number =>
      (directed & 1 ? arrays.edgeBackwardArc : arrays.edgeForwardArc)[directed >>> 1] ?? 0;
    const directedOf = (state: number): number => arrays.arcEdge[arrays.stateArc[state] ?? 0] ?? 0;
    // Vertices: states, or every directed edge. Each is "at the end of this one".
    const states = turns && !againstOneWay;
    const count = states ? graph.nodeCount : 2 * edgeCount;
    const onward = (vertex: number): number[] => {
      if (states) {
        const { first, node: next } = graph.leaving;
        return [...next.subarray(first[vertex] ?? 0, first[vertex + 1] ?? 0)];
      }
      return Array.from({ length: count }, (_, directed) => directed).filter(
        (directed) => tail(directed) === tail(vertex ^ 1),
      );
    };
    const named = (vertex: number): number => (states ? directedOf(vertex) : vertex);
    const reach = new Array<number>(count).fill(Infinity);
    const entered = new Map<number, number>();
    reach[states ? arcOf(from.directed) : from.directed] = Math.round(
      (1 - from.share) * walk.lengthOf(from.directed),
    );
    for (let changed = true; changed; ) {
      changed = false;
      for (let vertex = 0; vertex < count; vertex++) {
        const here = reach[vertex] ?? Infinity;
        if (here === Infinity) continue;
        for (const next of onward(vertex)) {
          const start = here + ((named(next) ^ 1) === named(vertex) ? 400 : 0);
          entered.set(named(next), Math.min(entered.get(named(next)) ?? Infinity, start));
          if (start + walk.lengthOf(named(next)) < (reach[next] ?? 0)) {
            reach[next] = start + walk.lengthOf(named(next));
            changed = true;
          }
        }
      }
    }
    return places.map((to) => {
      const length = walk.lengthOf(to.directed);
      const round = (entered.get(to.directed) ?? Infinity) + to.share * length;
      if (to.directed === from.directed && to.share >= from.share) return (to.share - from.share) * length;
      if (to.directed === (from.directed ^ 1) && to.share >= 1 - from.share) {
        return (to.share - (1 - from.share)) * length + 400;
      }
      return round;
    });
  }
});

describe('a02 the likeliest chain', () => {
  it.each(['v1', 'v2', 'v3', 'v4', 'v5'])('is the best of all chains there are: %s', (seed) => {
    const network = networkOf(randomTown(seed, 40));
    const metric = createMetric(network);
    const walk = new RoadWalk(metric, false);
    const findCandidates = createCandidates(network, walk.isDriven);
    const random = createRandom(seed);
    const [route] = routesIn(metric, seed, 1, 500);
    if (!route) throw new Error('no route');
    const fixes = traceOf(route, 6, 8, random).slice(0, 4);
    const lists = fixes.map((fix) => findCandidates(fix, 8));
    const layers: Layer[] = [];
    fixes.forEach((fix, i) => {
      const last = layers.at(-1);
      const layer = last
        ? nextLayer(walk, last, fix, 8, lists[i] ?? [], 10)
        : firstLayer(fix, 8, lists[i] ?? []);
      if (layer) layers.push(layer);
    });
    expect(layers).toHaveLength(4);
    const chosen: number[] = [];
    const newest = layers[3];
    if (!newest) throw new Error('no chain');
    let candidate = bestOf(newest);
    for (let i = 3; i >= 0; i--) {
      chosen[i] = candidate;
      candidate = layers[i]?.before[candidate] ?? 0;
    }

    /** log P of a chain; the same model, said plainly. */
    const scoreOf = (chain: readonly number[]): number => {
      let score = 0;
      chain.forEach((number, i) => {
        const here = lists[i]?.[number];
        score += here?.emission ?? -Infinity;
        const before = i > 0 ? lists[i - 1]?.[chain[i - 1] ?? 0] : undefined;
        const [fix, last] = [fixes[i], fixes[i - 1]];
        if (!here || !before || !fix || !last) return;
        score += transition(before, here, distance(last.position, fix.position));
      });
      return score;
    };
    const known = new Map<string, number>();
    const lengthOf = (from: DrivenPlace, to: DrivenPlace): number => {
      const key = JSON.stringify([from.directed, from.share, to.directed, to.share]);
      const length = known.get(key);
      if (length !== undefined) return length;
      const lengths = new Float64Array(1);
      walk.measure(from, [to], Float64Array.of(1e7), lengths);
      known.set(key, (lengths[0] ?? Infinity) / 10);
      return (lengths[0] ?? Infinity) / 10;
    };
    const transition = (from: DrivenPlace, to: DrivenPlace, straight: number): number => {
      const ahead = -Math.abs(lengthOf(from, to) - straight) / 10;
      const back = lengthOf(to, from);
      const slack = 3 * Math.sqrt(128);
      const standing = straight < slack && back > 0 && back <= slack ? -(back * back) / 256 : -Infinity;
      return Math.max(ahead, standing);
    };
    let best = -Infinity;
    const extend = (chain: number[]): void => {
      if (chain.length === 4) {
        best = Math.max(best, scoreOf(chain));
        return;
      }
      (lists[chain.length] ?? []).forEach((_, number) => {
        extend([...chain, number]);
      });
    };
    extend([]);
    expect(scoreOf(chosen)).toBeCloseTo(best, 6);
  });
});

describe('b01 traces of known ways', () => {
  const metric = createMetric(networkOf(randomTown('trace', 120)));
  const routes = routesIn(metric, 'trace', 25, 800);

  it.each([
    // Some streets of these towns lie on one another, so that no receiver can tell them apart.
    { sigma: 0, interval: 2, most: 0.04 },
    { sigma: 3, interval: 2, most: 0.1 },
    { sigma: 5, interval: 5, most: 0.06 },
    { sigma: 10, interval: 5, most: 0.15 },
  ])('are found again: noise $sigma m, every $interval s', ({ sigma, interval, most }) => {
    const random = createRandom('noise');
    const matcher = createMatcher(metric);
    let length = 0;
    let wrong = 0;
    for (const route of routes) {
      const match = matcher.match(traceOf(route, interval, sigma, random));
      wrong += mismatch(metric.network, route, match) * route.length;
      length += route.length;
      for (const fix of match.fixes) {
        if (fix.kind !== 'matched') continue;
        expect(fix.confidence).toBeGreaterThanOrEqual(0);
        expect(fix.confidence).toBeLessThanOrEqual(1);
      }
    }
    expect(wrong / length).toBeLessThan(most);
  });

  it('give the same answer again', () => {
    const [route] = routes;
    if (!route) throw new Error('no route');
    const fixes = traceOf(route, 3, 8, createRandom('again'));
    const matcher = createMatcher(metric);
    const first = matcher.match(fixes);
    matcher.match(traceOf(routes[1] ?? route, 3, 8, createRandom('other')));
    expect(matcher.match(fixes)).toEqual(first);
  });

  it('tell their noise, where the fixes do not', () => {
    const random = createRandom('estimate');
    const fixes = routes
      .flatMap((route) => traceOf(route, 5, 8, random))
      .map(({ position }, i) => ({
        position,
        at: seconds(i),
      }));
    const { sigma } = createMatcher(metric).match(fixes);
    expect(sigma).toBeGreaterThan(5);
    expect(sigma).toBeLessThan(11);
  });

  it('are one way without a gap, each part where the one before ends', () => {
    const { edgeFrom, edgeTo } = metric.network.arrays;
    for (const route of routes.slice(0, 10)) {
      const { segments } = createMatcher(metric).match(traceOf(route, 4, 3, createRandom('joined')));
      for (const { parts } of segments) {
        parts.forEach(({ edge, start, end }, i) => {
          const next = parts[i + 1];
          if (!next || next.edge === edge) return;
          const head = (end > start ? edgeTo : edgeFrom)[edge];
          const tail = (next.end > next.start ? edgeFrom : edgeTo)[next.edge];
          expect(tail).toBe(head);
        });
      }
    }
  });
});

/** A long street from west to east, and one beside it. */
const STREETS = networkOf({
  nodes: [node(1, 0, 0), node(2, 4_000, 0), node(3, 0, 400), node(4, 4_000, 400)],
  ways: [way(1, [1, 2]), way(2, [3, 4]), way(3, [1, 3]), way(4, [2, 4])],
});

describe('c01 fixes that are no use', () => {
  const matcher = createMatcher(createMetric(STREETS), { sigma: metres(5) });
  const kinds = (fixes: readonly Fix[]): string[] =>
    matcher.match(fixes).fixes.map((fix) => (fix.kind === 'matched' ? 'matched' : fix.reason));

  it('are told apart, one by one', () => {
    const fixes = [
      fixAt(100, 3, 0),
      fixAt(200, 150, 10),
      { position: [Number.NaN, 0] as const, at: seconds(15) },
      fixAt(300, -3, 20),
      fixAt(250, 0, 5),
      fixAt(3_900, 2, 30),
      fixAt(500, 3, 40),
    ];
    expect(kinds(fixes)).toEqual([
      'matched',
      'off-road',
      'invalid',
      'matched',
      'out-of-order',
      'outlier',
      'matched',
    ]);
    const { segments } = matcher.match(fixes);
    expect(segments.map(({ length }) => Math.round(length))).toEqual([400]);
  });

  it('make a gap where the vehicle goes on elsewhere', () => {
    const fixes = [0, 10, 20, 30, 40, 50, 60].map((time) =>
      fixAt(time < 25 ? 100 + 10 * time : 3_000 + 10 * time, 0, time),
    );
    const { segments, fixes: matches } = matcher.match(fixes);
    expect(segments.map(({ firstFix, lastFix }) => [firstFix, lastFix])).toEqual([
      [0, 2],
      [3, 6],
    ]);
    expect(matches.map((match) => match.kind === 'matched' && match.segment)).toEqual([0, 0, 0, 1, 1, 1, 1]);
  });

  it('make a gap where too long passes, and none before', () => {
    const fixes = [fixAt(100, 0, 0), fixAt(200, 0, 10), fixAt(900, 0, 200), fixAt(1_000, 0, 210)];
    expect(matcher.match(fixes).segments).toHaveLength(2);
    const patient = createMatcher(createMetric(STREETS), { maxGap: seconds(600) });
    expect(patient.match(fixes).segments).toHaveLength(1);
  });

  it('are none of none', () => {
    expect(matcher.match([])).toEqual({ fixes: [], segments: [], sigma: 5 });
    expect(kinds([fixAt(100, 2_000, 0)])).toEqual(['off-road']);
    expect(kinds([fixAt(100, 2, 0)])).toEqual(['matched']);
  });

  it('do not make a vehicle drive that stands', () => {
    const random = createRandom('stand');
    const fixes = Array.from({ length: 120 }, (_, i) =>
      fixAt(500 + 5 * normal(random), 5 * normal(random), 5 * i),
    );
    const { segments } = matcher.match(fixes);
    expect(segments).toHaveLength(1);
    expect(segments[0]?.length).toBeLessThan(60);
  });
});

describe('c02 directions', () => {
  const network = networkOf(SQUARE);
  const metric = createMetric(network, { turns: false });
  /** Up the north street, which runs west, from west to east. */
  const against = [10, 30, 50, 70, 90].map((east, i) => fixAt(east, 100, 5 * i));

  it('of one-way streets are kept, or not, as asked', () => {
    const wayOf = (match: TraceMatch): boolean =>
      match.segments.some(({ parts }) =>
        parts.some(({ edge, start, end }) => network.arrays.edgeWay[edge] === 12 && end < start),
      );
    const options = { sigma: metres(3) };
    expect(wayOf(createMatcher(metric, options).match(against))).toBe(false);
    const match = createMatcher(metric, { ...options, againstOneWay: true }).match(against);
    expect(wayOf(match)).toBe(true);
    expect(match.segments.map(({ length }) => Math.round(length))).toEqual([80]);
  });

  it('come from the bearing where there is one fix', () => {
    const matcher = createMatcher(metric);
    for (const [bearing, heading] of [
      [90, 'along'],
      [270, 'against'],
    ] as const) {
      const [match] = matcher.match([fixAt(30, 2, 0, { bearing, speed: 10 })]).fixes;
      expect(match?.kind === 'matched' && match.heading).toBe(heading);
    }
  });
});

describe('d01 a vehicle that is followed', () => {
  const metric = createMetric(networkOf(randomTown('follower', 120)));
  const routes = routesIn(metric, 'follower', 20, 800);

  it('is on the street on which it drives, most of the time, and surer of it later', () => {
    const follower = createFollower(metric);
    const random = createRandom('follower');
    let right = 0;
    let settledRight = 0;
    let settled = 0;
    let total = 0;
    routes.forEach((route, number) => {
      for (const fix of traceOf(route, 4, 5, random)) {
        const truth = positionAlong(route, fix.at).position;
        const found = follower.fix(`vehicle ${number}`, fix);
        total++;
        if (found && distance(found.snap.position, truth) < 20) right++;
        if (!found?.settled) continue;
        settled++;
        const then = positionAlong(route, found.settled.at).position;
        if (distance(found.settled.snap.position, then) < 20) settledRight++;
      }
    });
    expect(right / total).toBeGreaterThan(0.95);
    expect(settledRight / settled).toBeGreaterThan(0.97);
    expect(follower.size).toBe(routes.length);
  });

  it('has a place of its own, whoever else is followed', () => {
    const traces = routes.slice(0, 8).map((route, i) => traceOf(route, 4, 8, createRandom(`v${i}`)));
    const together = createFollower(metric);
    const places = traces.map((): unknown[] => []);
    for (let i = 0; traces.some((trace) => i < trace.length); i++) {
      traces.forEach((trace, vehicle) => {
        const fix = trace[i];
        if (fix) places[vehicle]?.push(together.fix(`v${vehicle}`, fix));
      });
    }
    traces.forEach((trace, vehicle) => {
      const alone = createFollower(metric);
      expect(trace.map((fix) => alone.fix('alone', fix))).toEqual(places[vehicle]);
    });
  });

  it('begins anew when time goes backwards, after a gap, and elsewhere', () => {
    const streets = createMetric(STREETS);
    const begin = (): ReturnType<typeof createFollower> => {
      const follower = createFollower(streets, { sigma: metres(5), lag: 1 });
      follower.fix('a', fixAt(100, 0, 100));
      expect(follower.fix('a', fixAt(200, 0, 110))?.settled?.at).toBe(100);
      return follower;
    };
    // Nothing is settled by the first fix of a new beginning.
    expect(begin().fix('a', fixAt(300, 0, 50))?.settled).toBeUndefined();
    expect(begin().fix('a', fixAt(300, 0, 400))?.settled).toBeUndefined();
    expect(begin().fix('a', fixAt(3_500, 0, 115))?.settled).toBeUndefined();
    expect(begin().fix('a', fixAt(300, 0, 120))?.settled?.at).toBe(110);
  });

  it('moves on with every fix, also with those that carry no news, and knows its heading', () => {
    const follower = createFollower(createMetric(STREETS), { sigma: metres(5) });
    const easts: number[] = [];
    let heading = 0;
    for (let time = 0; time < 30; time++) {
      const found = follower.fix('a', fixAt(100 + 4 * time, 1, time));
      if (!found) throw new Error('lost');
      easts.push(found.snap.position[0]);
      heading = found.heading;
    }
    expect(easts.every((east, i) => i === 0 || east >= (easts[i - 1] ?? 0))).toBe(true);
    expect(distance([easts.at(-1) ?? 0, at(0, 0)[1]], at(216, 0))).toBeLessThan(1);
    expect(heading).toBeCloseTo(90, 0);
  });

  it('has no place off the roads, and can be forgotten', () => {
    const follower = createFollower(createMetric(STREETS));
    expect(follower.fix('a', fixAt(100, 200, 0))).toBeUndefined();
    expect(follower.fix('a', { position: [500, 0], at: seconds(1) })).toBeUndefined();
    follower.fix('a', fixAt(100, 0, 2));
    expect(follower.size).toBe(1);
    follower.forget('a');
    expect(follower.size).toBe(0);
  });
});

const sanFrancisco = findSharedFile('sf/roads.osm.pbf');

describe.skipIf(!sanFrancisco)('e01 San Francisco (skipped where the shared data is absent)', () => {
  it('is matched through noise of 5 to 20 m', () => {
    const built = buildNetwork(sanFrancisco ?? new Uint8Array());
    if (!built.ok) throw new Error(built.error.message);
    const metric = createMetric(built.value.network);
    const routes = routesIn(metric, 'sf', 12, 1_500);
    const matcher = createMatcher(metric);
    for (const [sigma, interval, most] of [
      [5, 1, 0.04],
      [10, 5, 0.06],
      [20, 10, 0.15],
    ] as const) {
      const random = createRandom(`sf ${sigma}`);
      const shares = routes.map((route) =>
        mismatch(metric.network, route, matcher.match(traceOf(route, interval, sigma, random))),
      );
      const length = routes.reduce((sum, route) => sum + route.length, 0);
      const wrong = routes.reduce((sum, route, i) => sum + route.length * (shares[i] ?? 0), 0);
      expect(wrong / length).toBeLessThan(most);
    }
  });
});
