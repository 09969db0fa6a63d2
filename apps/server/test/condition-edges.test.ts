import { instant, type LonLat, metres } from '@lamplight/base';
import type { RoadCondition, RoadPlace } from '@lamplight/domain';
import {
  createMetric,
  createRoadConditions,
  createSnapper,
  createTravelTimes,
  openNetwork,
} from '@lamplight/roads';
import { describe, expect, it } from 'vitest';
import { createRoadPlaces } from '../src/roads/condition-edges.js';
import { place, townNetwork } from './fixtures/town.js';

const opened = openNetwork(townNetwork());
if (!opened.ok) throw new Error(opened.error.message);
const network = opened.value;
const places = createRoadPlaces(network);

const condition = (
  where: RoadPlace,
  effect: RoadCondition['effect'] = { kind: 'closed' },
): RoadCondition => ({
  id: 'r1',
  version: 1,
  effect,
  place: where,
  matched: null,
  from: instant(0),
  to: null,
  source: 'police',
  reason: 'flood',
  declaredAt: instant(0),
  declaredBy: 'account:wang',
  amended: null,
  ended: null,
});
/** Along the street 400 m north of the south-west corner, from the first crossing to the fourth. */
const line = (direction: 'both' | 'along' | 'against', ...points: readonly LonLat[]): RoadPlace => ({
  kind: 'line',
  points: points.length > 0 ? points : [place(0, 402), place(600, 398)],
  width: metres(20),
  direction,
});
const SECOND_STREET: RoadPlace = { kind: 'street', name: '2 Street', within: null };

describe('the place of a road condition on a network', () => {
  it('is drawn by the courses of its edges', () => {
    const courses = places.geometryOf(SECOND_STREET);
    expect(courses).toHaveLength(5);
    for (const [, lat] of courses.flat()) expect(lat).toBeCloseTo(place(0, 400)[1], 6);
  });

  it('is found once, however often it is asked for', () => {
    expect(places.edgesOf(SECOND_STREET)).toBe(places.edgesOf(SECOND_STREET));
  });

  it('keeps the direction of the line that was drawn, whichever way the street is', () => {
    const edges = places.edgesOf(line('both'));
    expect(edges).toHaveLength(3);
    const backwards = [place(600, 398), place(0, 402)];
    const byDirection = (where: RoadPlace) =>
      Object.fromEntries(
        places.effectsOf([condition(where)]).map((effect) => [effect.direction, effect.edges]),
      );
    expect(byDirection(line('both'))).toEqual({ both: edges });
    // The streets of the town run east.
    expect(byDirection(line('along'))).toEqual({ along: edges, against: [] });
    expect(byDirection(line('against'))).toEqual({ along: [], against: edges });
    expect(byDirection(line('along', ...backwards))).toEqual({ along: [], against: edges });
    expect(byDirection(line('against', ...backwards))).toEqual({ along: edges, against: [] });
  });

  it('bears on travel times as it was declared, and no more when it is over', () => {
    const metric = createMetric(network);
    const snapper = createSnapper(network);
    const conditions = createRoadConditions(metric);
    const times = createTravelTimes(metric);
    const snapAt = (position: LonLat) => {
      const snap = snapper.snap(position);
      if (!snap.ok) throw new Error(snap.error.code);
      return snap.value;
    };
    const [west, east] = [snapAt(place(100, 400)), snapAt(place(500, 400))];
    const bothWays = () =>
      [times.route(west, east), times.route(east, west)].map((route) =>
        route.ok ? route.value.duration : null,
      );
    const apply = (...active: readonly RoadCondition[]): void => {
      conditions.apply(places.effectsOf(active));
    };
    const open = bothWays();
    const [there = 0, back = 0] = open.map(Number);
    apply(condition(SECOND_STREET, { kind: 'slowed', factor: 0.9 }));
    expect(bothWays()[0]).toBeGreaterThan(there);
    apply(condition(line('along', place(190, 400), place(410, 400))));
    expect(bothWays()[0]).toBeGreaterThan(there);
    expect(bothWays()[1]).toBe(back);
    apply();
    expect(bothWays()).toEqual(open);
  });
});
