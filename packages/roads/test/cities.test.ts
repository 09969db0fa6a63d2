import { createRandom, type LonLat, metres } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import {
  type BuildOptions,
  buildNetwork,
  createMetric,
  createSnapper,
  createTravelTimes,
  emergencyProfile,
  exportArcs,
  footProfile,
  listEdges,
  openNetwork,
  ordinaryProfile,
  type RestrictionCounts,
  type RoadNetwork,
  type Snap,
  serializeNetwork,
} from '../src/index.js';
import { heapDijkstra, plainGraph } from './fixtures/oracle.js';
import { findSharedFile } from './fixtures/towns.js';

/** A real extract through everything: built, written, opened. */
function cityOf(extract: Uint8Array, options: BuildOptions = {}): RoadNetwork {
  const built = buildNetwork(extract, options);
  if (!built.ok) throw new Error(built.error.message);
  const opened = openNetwork(serializeNetwork(built.value.network));
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

function randomSnaps(network: RoadNetwork, seed: string, count: number): Snap[] {
  const random = createRandom(seed);
  const snapper = createSnapper(network);
  const [west, south, east, north] = network.bounds;
  const snaps: Snap[] = [];
  while (snaps.length < count) {
    const snapped = snapper.snap([
      west + (east - west) * random.next(),
      south + (north - south) * random.next(),
    ]);
    if (snapped.ok) snaps.push(snapped.value);
  }
  return snaps;
}

const portland = findSharedFile('osm/portland.osm.pbf');

describe.skipIf(!portland)('Portland (skipped where the shared data is absent)', () => {
  it('has the times of an independent search, to the tenth of a second', () => {
    const network = cityOf(portland ?? new Uint8Array());
    const places = randomSnaps(network, 'portland', 120);
    const graph = plainGraph(network, places);
    const times = createTravelTimes(createMetric(network, { turns: false }));
    for (let origin = 0; origin < places.length; origin += 8) {
      const here = places[origin];
      if (!here) continue;
      const known = heapDijkstra(graph, `place ${origin}`);
      const expected = places.map((_, index) => (known.get(`place ${index}`) ?? Infinity) / 10);
      expect([...times.oneToMany(here, places)]).toEqual(expected);
      places.slice(0, 20).forEach((to, index) => {
        const route = times.route(here, to);
        expect(route.ok && route.value.duration).toBe(expected[index]);
      });
    }
    const [here] = places;
    if (!here) throw new Error('no place');
    const towards = places.map(
      (_, from) => (heapDijkstra(graph, `place ${from}`).get('place 0') ?? Infinity) / 10,
    );
    expect([...times.manyToOne(places, here)]).toEqual(towards);
    const ranked = towards
      .map((duration, index) => ({ index, duration }))
      .sort((a, b) => a.duration - b.duration || a.index - b.index);
    expect(times.nearest(here, places, 10)).toEqual(ranked.slice(0, 10));
  });
});

describe.skipIf(!portland)('Restrictions of Portland (skipped where the shared data is absent)', () => {
  const extract = portland ?? new Uint8Array();
  const sum = ({ broken, obeyed, disregarded, exempt }: RestrictionCounts): number =>
    Object.values(broken).reduce((a, b) => a + b, obeyed + disregarded + exempt);

  it('are all accounted for, whoever drives', () => {
    for (const profile of [ordinaryProfile, emergencyProfile]) {
      const { restrictions } = cityOf(extract, { profile }).report;
      expect(restrictions.read).toBe(779);
      expect(sum(restrictions)).toBe(779);
      expect(restrictions.obeyed + restrictions.disregarded).toBeGreaterThan(690);
    }
  });

  it('leave nearly all of the city connected for those who obey them', () => {
    const { report } = cityOf(extract, { profile: ordinaryProfile });
    expect(report.stuckStates / report.states).toBeLessThan(0.002);
    expect(cityOf(extract).report.stuckStates).toBe(0);
  });

  it('do not bind walkers, who have more ways', () => {
    const walking = cityOf(extract, { profile: footProfile }).report;
    expect(walking.restrictions.read).toBe(0);
    expect(walking.edges).toBeGreaterThan(0);
  });
});

const liechtenstein = findSharedFile('osm/liechtenstein.osm.pbf');

describe.skipIf(!liechtenstein)('Liechtenstein (skipped where the shared data is absent)', () => {
  it('is made of roads alone and stops at bollards', () => {
    const { report } = cityOf(liechtenstein ?? new Uint8Array());
    expect(report.dropped['not-a-road']).toBeGreaterThan(20_000);
    expect(report.barriers).toBeGreaterThan(0);
    expect(report.connectedShare).toBeGreaterThan(0.9);
  });
});

const sanFrancisco = findSharedFile('sf/roads.osm.pbf');
const dispatch = findSharedFile('sf/dispatch.csv');

describe.skipIf(!sanFrancisco || !dispatch)('San Francisco (skipped where the shared data is absent)', () => {
  const network = sanFrancisco ? cityOf(sanFrancisco) : undefined;
  const known = (): RoadNetwork => {
    if (!network) throw new Error('absent');
    return network;
  };

  it('holds 99.5 % of the nodes in one strongly connected part, of 2,188 km within one part in a hundred', () => {
    const { report } = known();
    expect(report.connectedShare).toBeCloseTo(0.995, 3);
    expect((report.lengthMetres + report.disconnectedMetres) / 2_188_000).toBeCloseTo(1, 2);
    expect(Math.abs(report.lengthMetres / 2_188_000 - 1)).toBeLessThan(0.01);
    expect(report.dropped['missing-node']).toBe(0);
  });

  it('counts in its report what it exports', () => {
    const { report, nodeCount, arcCount } = known();
    expect([report.nodes, report.arcs]).toEqual([nodeCount, arcCount]);
    expect([...exportArcs(known())]).toHaveLength(arcCount);
    const length = [...listEdges(known())].reduce((sum, edge) => sum + edge.length, 0);
    expect(length).toBeCloseTo(report.lengthMetres, 3);
  });

  it('lies within 150 m of all but at most 7 of the 7,704 recorded positions', () => {
    const snapper = createSnapper(known());
    const positions = [...new TextDecoder().decode(dispatch).matchAll(/"\((-?[\d.]+), (-?[\d.]+)\)"/g)].map(
      ([, lat, lon]): LonLat => [Number(lon), Number(lat)],
    );
    expect(positions).toHaveLength(7_704);
    const far = positions.filter((position) => !snapper.snap(position, { maxDistance: metres(150) }).ok);
    expect(far.length).toBeLessThanOrEqual(7);
    // All of them at the airport, which is outside.
    for (const [, lat] of far) expect(lat).toBeLessThan(37.65);
  });

  it('finds the nearest units that a full comparison finds', () => {
    const places = randomSnaps(known(), 'units', 300);
    const times = createTravelTimes(createMetric(known()));
    for (const here of places.slice(0, 10)) {
      const all = times.manyToOne(places, here);
      const ranked = [...all]
        .map((duration, index) => ({ index, duration }))
        .sort((a, b) => a.duration - b.duration || a.index - b.index);
      expect(times.nearest(here, places, 10)).toEqual(ranked.slice(0, 10));
    }
  });
});
