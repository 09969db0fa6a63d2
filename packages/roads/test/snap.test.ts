import { createRandom, type LonLat, METRES_PER_DEGREE, metres } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import { createSnapper, listEdges, type RoadNetwork, streetNameAt } from '../src/index.js';
import { networkOf, place, randomTown, SQUARE } from './fixtures/towns.js';

const positionOf = (east: number, north: number): LonLat => [place(east, north).lon, place(east, north).lat];

/** The least distance to any segment, by looking at all of them in steps too small to matter. */
function bruteForceDistance(network: RoadNetwork, [lon, lat]: LonLat): number {
  const east = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  let least = Infinity;
  for (const { geometry } of listEdges(network)) {
    for (let i = 1; i < geometry.length; i++) {
      const [from, to] = [geometry[i - 1], geometry[i]];
      if (!from || !to) continue;
      const at = (share: number): number =>
        Math.hypot(
          (from[0] + (to[0] - from[0]) * share - lon) * east,
          (from[1] + (to[1] - from[1]) * share - lat) * METRES_PER_DEGREE,
        );
      // The distance to a point on a line has one valley: halve the stretch that holds it.
      let [low, high] = [0, 1];
      while (high - low > 1e-9) {
        const third = (high - low) / 3;
        if (at(low + third) < at(high - third)) high -= third;
        else low += third;
      }
      least = Math.min(least, at(low));
    }
  }
  return least;
}

describe('snapping', () => {
  const network = networkOf(SQUARE);
  const snapper = createSnapper(network);

  it('finds the point on the edge, not the nearest node', () => {
    const snapped = snapper.snap(positionOf(30, -8));
    if (!snapped.ok) throw new Error(snapped.error.message);
    const { fraction, position, distance } = snapped.value;
    expect(distance).toBeCloseTo(8, 1);
    expect(position[0]).toBeCloseTo(place(30, 0).lon, 6);
    expect(position[1]).toBeCloseTo(place(30, 0).lat, 6);
    expect(Math.min(fraction, 1 - fraction)).toBeCloseTo(0.3, 3);
    expect(streetNameAt(network, snapped.value)?.en).toBe('Jiefang Road');
  });

  it('measures the fraction by length along the bends', () => {
    const snapped = snapper.snap(positionOf(120, 50));
    expect(snapped.ok && snapped.value.fraction).toBeCloseTo(0.5, 3);
  });

  it.each(['s1', 's2', 's3'])('is as near as brute force finds: town %s', (seed) => {
    const town = networkOf(randomTown(seed, 40));
    const townSnapper = createSnapper(town);
    const random = createRandom(seed);
    for (let i = 0; i < 60; i++) {
      const position = positionOf(random.integer(3_000) - 500, random.integer(3_000) - 500);
      const expected = bruteForceDistance(town, position);
      const snapped = townSnapper.snap(position);
      if (snapped.ok) expect(snapped.value.distance).toBeCloseTo(expected, 3);
      else expect(expected).toBeGreaterThan(500);
      expect(snapped.ok).toBe(expected <= 500);
    }
  });

  it('refuses a position too far off and says how far', () => {
    expect(snapper.snap(positionOf(50, -499)).ok).toBe(true);
    const far = snapper.snap(positionOf(50, -510));
    expect(far).toMatchObject({ ok: false, error: { code: 'off-network' } });
    if (!far.ok && far.error.code === 'off-network') expect(far.error.distance).toBeCloseTo(510, 0);
  });

  it('takes another greatest distance', () => {
    const position = positionOf(50, -100);
    expect(snapper.snap(position, { maxDistance: metres(99) }).ok).toBe(false);
    expect(snapper.snap(position, { maxDistance: metres(101) }).ok).toBe(true);
    expect(snapper.snap(positionOf(50, -9_000), { maxDistance: metres(10_000) }).ok).toBe(true);
  });

  it.each<[LonLat]>([[[Number.NaN, 0]], [[0, Infinity]], [[200, 0]], [[0, 95]]])(
    'refuses %j, which is nowhere on Earth',
    (position) => {
      expect(snapper.snap(position)).toMatchObject({ error: { code: 'off-network', distance: Infinity } });
    },
  );

  it('refuses the other side of the Earth', () => {
    for (const position of [
      [0, 0],
      [-66, -24],
      [0, 90],
      [180, -90],
    ] as const) {
      expect(snapper.snap(position)).toMatchObject({ error: { code: 'off-network' } });
    }
  });
});
