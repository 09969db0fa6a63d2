import { distance, type LonLat } from '@lamplight/base';
import type { Street } from './streets.js';

/** Where two streets meet. */
export interface Junction {
  readonly a: Street;
  readonly b: Street;
  readonly position: LonLat;
}

/** Nodes shared by the same two streets this close are one junction, as where a street has two carriageways; metres. */
const SAME_JUNCTION = 80;

/** Finds where streets share a node. Of a cluster of nodes the one nearest to its middle is the junction. */
export function findJunctions(streets: readonly Street[]): Junction[] {
  const atNode = new Map<number, { position: LonLat; streets: Street[] }>();
  for (const street of streets) {
    for (const { refs, points } of street.lines) {
      refs.forEach((ref, index) => {
        const position = points[index];
        const node = atNode.get(ref);
        if (!node) {
          if (position) atNode.set(ref, { position, streets: [street] });
        } else if (!node.streets.includes(street)) {
          node.streets.push(street);
        }
      });
    }
  }

  const number = new Map(streets.map((street, index) => [street, index] as const));
  const byPair = new Map<number, { a: Street; b: Street; positions: LonLat[] }>();
  for (const { position, streets: meeting } of atNode.values()) {
    for (let i = 0; i < meeting.length; i++) {
      for (let j = i + 1; j < meeting.length; j++) {
        const a = meeting[i];
        const b = meeting[j];
        if (!a || !b) continue;
        const key = (number.get(a) ?? 0) * streets.length + (number.get(b) ?? 0);
        const pair = byPair.get(key);
        if (pair) pair.positions.push(position);
        else byPair.set(key, { a, b, positions: [position] });
      }
    }
  }
  return [...byPair.values()].flatMap(({ a, b, positions }) =>
    clustersOf(positions).map((cluster): Junction => ({ a, b, position: middleMost(cluster) })),
  );
}

function clustersOf(positions: readonly LonLat[]): LonLat[][] {
  const clusters: LonLat[][] = [];
  for (const position of positions) {
    const near = clusters.find((cluster) =>
      cluster.some((other) => distance(other, position) <= SAME_JUNCTION),
    );
    if (near) near.push(position);
    else clusters.push([position]);
  }
  return clusters;
}

function middleMost(cluster: readonly LonLat[]): LonLat {
  const lon = cluster.reduce((sum, position) => sum + position[0], 0) / cluster.length;
  const lat = cluster.reduce((sum, position) => sum + position[1], 0) / cluster.length;
  const sorted = [...cluster].sort((a, b) => distance(a, [lon, lat]) - distance(b, [lon, lat]));
  return sorted[0] ?? [lon, lat];
}
